"""To whom a question may be referred, and what one should know of each partner."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from forms_help.models import Theme
from places.models import Partner, Stek
from referrals.models import Referral, Service
from referrals.next_hour import NextHour, next_hour
from referrals.states import Channel
from visits.models import Opening

#: Answers of the last year say how long a partner usually takes.
LOOKED_BACK = dt.timedelta(days=365)


@dataclass(frozen=True)
class PartnerOffer:
    """One partner as a choice. `usual` is how it is contacted when nobody says otherwise."""

    partner: Partner
    services: tuple[Service, ...]
    next: NextHour | None
    #: Whole days until the first answer, on average over the last year; None without any.
    answers_in: int | None
    sits_here: bool
    helps_with_theme: bool

    @property
    def usual(self) -> Channel:
        if self.sits_here:
            return Channel.TABLE
        return Channel.MAIL if self.partner.email else Channel.LETTER

    @property
    def conditions(self) -> str:
        return " · ".join(dict.fromkeys(one.conditions for one in self.services if one.conditions))

    @property
    def papers(self) -> str:
        names = (document.name for one in self.services for document in one.documents.all())
        return ", ".join(dict.fromkeys(names))


@dataclass(frozen=True)
class Offer:
    """The partners of a STEK: those that help with this theme first."""

    partners: tuple[PartnerOffer, ...]

    @classmethod
    def of(cls, stek: Stek, theme: Theme | None, opening: Opening, *, now: dt.datetime) -> "Offer":
        """Seven queries, whatever there is."""
        services: dict[int, list[Service]] = {}
        rows = Service.objects.of_stek(stek).in_use().for_offer()
        for service in rows:
            fits = theme is None or theme in service.themes.all() or not service.themes.all()
            if fits:
                services.setdefault(service.partner_id, []).append(service)
        by_theme = set(theme.partners.values_list("pk", flat=True)) if theme else set()
        by_theme |= {
            service.partner_id for service in rows if theme and theme in service.themes.all()
        }
        here = {one.who.casefold() for one in opening.attendances.all()}
        days = Referral.objects.of_stek(stek).days_to_answer(now - LOOKED_BACK)
        offers = [
            _offer(partner, services.get(partner.pk, []), now, days, here, by_theme)
            for partner in Partner.objects.of_stek(stek).in_use()
        ]
        return cls(tuple(sorted(offers, key=lambda one: not one.helps_with_theme)))

    @property
    def suggested(self) -> tuple[PartnerOffer, ...]:
        """Those that help with the theme; all of them when nobody was named for it."""
        return tuple(one for one in self.partners if one.helps_with_theme) or self.partners

    @property
    def others(self) -> tuple[PartnerOffer, ...]:
        shown = {one.partner.pk for one in self.suggested}
        return tuple(one for one in self.partners if one.partner.pk not in shown)

    def only(self, partner_id: int) -> "Offer":
        return Offer(tuple(one for one in self.partners if one.partner.pk == partner_id))

    def chosen(self, pk: str) -> PartnerOffer:
        return next(one for one in self.partners if str(one.partner.pk) == pk)


def _offer(
    partner: Partner,
    services: list[Service],
    now: dt.datetime,
    days: Mapping[int, int],
    here: set[str],
    by_theme: set[int],
) -> PartnerOffer:
    hours = [
        (line.weekday, line.opens_at, line.closes_at)
        for service in services
        for line in service.hours.all()
    ]
    return PartnerOffer(
        partner=partner,
        services=tuple(services),
        next=next_hour(hours, timezone.localtime(now)),
        answers_in=days.get(partner.pk),
        sits_here=partner.name.casefold() in here,
        helps_with_theme=partner.pk in by_theme,
    )
