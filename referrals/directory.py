"""What the lists of the directory show: narrowed on a page, or printed for the table."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from anyascii import anyascii
from django.core.paginator import Page as Sheet
from django.core.paginator import Paginator
from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import COORDINATION, RECORD
from forms_help.models import Theme
from people.eligibility import months_later
from people.models import Language
from places.models import Partner, Stek, Weekday
from referrals.models import Contact, PartnerCheck, Service
from referrals.next_hour import NextHour, next_hour

#: What nobody looked at for so long may be wrong by now.
CHECK_MONTHS = 6
PER_PAGE = 50
#: Nobody searches for more letters than this.
MOST_LETTERS = 100


@dataclass(frozen=True)
class Checked:
    """When somebody last looked, and whether it is time to look again."""

    check: PartnerCheck | None
    is_due: bool
    is_today: bool

    @classmethod
    def of(cls, check: PartnerCheck | None, *, today: dt.date) -> "Checked":
        if check is None:
            return cls(None, is_due=True, is_today=False)
        day = timezone.localdate(check.checked_at)
        return cls(check, months_later(day, CHECK_MONTHS) < today, day == today)

    def may_be_taken_back_by(self, user: User) -> bool:
        return self.is_today and self.check is not None and self.check.checked_by_id == user.pk


@dataclass(frozen=True)
class Narrowed:
    """What the list was narrowed to; unknown words in the address are as if they were not there."""

    q: str = ""
    theme: int = 0
    language: str = ""
    show: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Narrowed":
        theme, language, show = (query.get(name, "") for name in ("thema", "taal", "toon"))
        is_id = theme.isascii() and theme.isdigit() and len(theme) < 19
        return cls(
            q=query.get("q", "").strip()[:MOST_LETTERS],
            theme=int(theme) if is_id else 0,
            language=language if language in Language.values else "",
            show=show if show in {"nakijken", "alles"} else "",
        )

    @property
    def query(self) -> str:
        """The same as part of an address."""
        parts = {"q": self.q, "thema": self.theme, "taal": self.language, "toon": self.show}
        return urlencode({name: value for name, value in parts.items() if value})


@dataclass(frozen=True)
class ServiceShown:
    """One service, with when it can be reached."""

    service: Service
    next: NextHour | None

    @classmethod
    def of(cls, service: Service, now: dt.datetime) -> "ServiceShown":
        hours = [(one.weekday, one.opens_at, one.closes_at) for one in service.hours.all()]
        return cls(service, next_hour(hours, timezone.localtime(now)))

    @property
    def days(self) -> list[tuple[str, list[tuple[dt.time, dt.time]]]]:
        """The days on which it is open, with from when to when."""
        found: dict[int, list[tuple[dt.time, dt.time]]] = {}
        for one in self.service.hours.all():
            found.setdefault(one.weekday, []).append((one.opens_at, one.closes_at))
        return [(str(Weekday(day).label), found[day]) for day in sorted(found)]

    @property
    def languages(self) -> str:
        labels = dict(Language.choices)
        return ", ".join(str(labels.get(code, code)) for code in self.service.languages)


@dataclass(frozen=True)
class Line:
    """One partner in the list."""

    partner: Partner
    checked: Checked
    services: tuple[ServiceShown, ...]
    contacts: tuple[Contact, ...] = ()

    @property
    def next(self) -> NextHour | None:
        """The first moment at which one of its services can be reached."""
        found = [one.next for one in self.services if one.next]
        return min(found, key=lambda one: (one.day, not one.is_now, one.opens_at), default=None)


@dataclass(frozen=True)
class Directory:
    """The partners of a STEK, narrowed; `due` counts those in use that are to be looked at."""

    narrowed: Narrowed
    sheet: "Sheet[Partner]"
    lines: tuple[Line, ...]
    themes: tuple[Theme, ...]
    is_empty: bool
    due: int
    edits: bool
    exchanges: bool

    @classmethod
    def of(
        cls, membership: Membership, narrowed: Narrowed, *, page: str = "", now: dt.datetime
    ) -> "Directory":
        """Ten queries, however many partners there are."""
        stek, today = membership.stek, timezone.localdate(now)
        everybody = list(Partner.objects.of_stek(stek))
        checked = _checked(stek, everybody, today)
        found = _found(stek, everybody, narrowed, checked)
        sheet = Paginator(found, PER_PAGE).get_page(page)
        return cls(
            narrowed=narrowed,
            sheet=sheet,
            lines=_lines(stek, list(sheet), checked, now),
            themes=tuple(Theme.objects.of_stek(stek).in_use()),
            is_empty=not everybody,
            due=sum(checked[one.pk].is_due for one in everybody if not one.retired),
            edits=membership.role in RECORD,
            exchanges=membership.role in COORDINATION,
        )


def printed(membership: Membership, narrowed: Narrowed, *, now: dt.datetime) -> tuple[Line, ...]:
    """The partners in use with what they offer and whom to ask for: to lie on the table."""
    stek, today = membership.stek, timezone.localdate(now)
    everybody = list(Partner.objects.of_stek(stek).in_use())
    checked = _checked(stek, everybody, today)
    found = _found(stek, everybody, narrowed, checked)
    contacts: dict[int, list[Contact]] = {}
    for contact in Contact.objects.of_partners(one.pk for one in found):
        contacts.setdefault(contact.partner_id, []).append(contact)
    return _lines(stek, found, checked, now, contacts)


def _checked(stek: Stek, partners: Iterable[Partner], today: dt.date) -> dict[int, Checked]:
    newest = {check.partner_id: check for check in PartnerCheck.objects.newest(stek)}
    return {one.pk: Checked.of(newest.get(one.pk), today=today) for one in partners}


def _found(
    stek: Stek, partners: Iterable[Partner], narrowed: Narrowed, checked: Mapping[int, Checked]
) -> list[Partner]:
    """Three queries; who is to be checked stands with the longest ago first."""
    with_retired = narrowed.show == "alles"
    texts: dict[int, list[str]] = {one.pk: [one.name, one.line] for one in partners}
    speaks: dict[int, set[str]] = {}
    for partner, retired, languages, *said in Service.objects.of_stek(stek).texts():
        if partner in texts and (with_retired or not retired):
            texts[partner] += said
            speaks.setdefault(partner, set()).update(languages)
    helps = set(Service.objects.of_stek(stek).theme_pairs())
    helps |= {(partner, theme) for theme, partner in Theme.objects.of_stek(stek).partner_pairs()}
    words = plain(narrowed.q).split()
    found = [
        one
        for one in partners
        if (with_retired or not one.retired)
        and (not narrowed.theme or (one.pk, narrowed.theme) in helps)
        and (not narrowed.language or narrowed.language in speaks.get(one.pk, ()))
        and (narrowed.show != "nakijken" or checked[one.pk].is_due)
        and (not words or all(word in plain(" ".join(texts[one.pk])) for word in words))
    ]
    if narrowed.show == "nakijken":
        found.sort(key=lambda one: _since(checked[one.pk]))
    return found


def _since(checked: Checked) -> float:
    return checked.check.checked_at.timestamp() if checked.check else 0


def plain(text: str) -> str:
    """Without capitals and accents: "Café" is found by "cafe"."""
    return str(anyascii(text)).lower()


def same_name(one: str, other: str) -> bool:
    """Alike to whoever reads a list: capitals and accents make no other name."""
    return (plain(one) or one) == (plain(other) or other)


def _lines(
    stek: Stek,
    partners: Iterable[Partner],
    checked: Mapping[int, Checked],
    now: dt.datetime,
    contacts: Mapping[int, list[Contact]] | None = None,
) -> tuple[Line, ...]:
    """Four queries."""
    services: dict[int, list[ServiceShown]] = {}
    rows = Service.objects.of_stek(stek).of_partners(one.pk for one in partners).for_offer()
    for service in rows:
        if not service.retired:
            shown = ServiceShown.of(service, now)
            services.setdefault(service.partner_id, []).append(shown)
    return tuple(
        Line(
            partner=one,
            checked=checked[one.pk],
            services=tuple(services.get(one.pk, ())),
            contacts=tuple((contacts or {}).get(one.pk, ())),
        )
        for one in partners
    )
