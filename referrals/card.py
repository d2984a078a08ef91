"""What stands on the visitor's card of a referral."""

from dataclasses import dataclass

from babel.dates import format_date
from django.utils import timezone

from forms_help.models import Document
from places.languages import say_time, say_weekday
from referrals.models import Referral, Service
from referrals.visitor_words import VisitorWords


@dataclass(frozen=True)
class Card:
    """`when` are lines of text; `papers` are in the visitor's language where we know the word."""

    words: VisitorWords
    partner: str
    where: str
    when: tuple[str, ...]
    papers: tuple[str, ...]
    ask_for: str
    phone: str
    by_appointment: bool

    @classmethod
    def of(cls, referral: Referral, words: VisitorWords) -> "Card":
        """Four queries; with an appointment its day and place, else those of the service."""
        services = list(Service.objects.of_partner(referral.partner_id).in_use().for_card())
        chosen = [one for one in services if one.pk == referral.service_id] or services
        service = chosen[0] if len(chosen) == 1 else None
        address = " ".join(filter(None, [service.postcode, service.town])) if service else ""
        place = ", ".join(filter(None, [service.street, address])) if service else ""
        at = referral.appointment_at
        documents = list(service.documents.all()) if service else []
        return cls(
            words=words,
            partner=referral.partner.name,
            where=referral.appointment_place or place,
            when=_appointment(referral, words) if at else _hours(service, words),
            papers=tuple(_name(document, words) for document in documents),
            ask_for=referral.ask_for,
            phone=(service.phone if service else "") or referral.partner.phone,
            by_appointment=service is not None and service.by_appointment and at is None,
        )


def _appointment(referral: Referral, words: VisitorWords) -> tuple[str, ...]:
    assert referral.appointment_at is not None
    local = timezone.localtime(referral.appointment_at)
    day = format_date(local.date(), "full", locale=words.language.locale)
    return (f"{day}, {say_time(local.time(), words.language)}",)


def _hours(service: Service | None, words: VisitorWords) -> tuple[str, ...]:
    if service is None:
        return ()
    language = words.language
    return tuple(
        f"{say_weekday(line.weekday, language)} "
        f"{say_time(line.opens_at, language)}–{say_time(line.closes_at, language)}"
        for line in service.hours.all()
    )


def _name(document: Document, words: VisitorWords) -> str:
    names = {name.language: name.name for name in document.names.all()}
    own = names.get(words.code, "")
    return f"{own} ({document.name})" if own and own != document.name else document.name
