"""What the public page of a STEK shows to anybody, in the language that is active."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from places.languages import DUTCH, LAST_MINUTE, VisitorLanguage, say_day, say_hours, say_time
from places.models import Partner, SitterKind, Stek
from places.planning import Closed, PlannedDay, Sitter, planned_days
from stek.open_now import OpenState, open_state
from visits.models import Activity, Opening

#: Shown one by one: the coming four weeks, today included.
SHOWN = dt.timedelta(days=27)
#: How far the next opening is looked for.
LOOKED_AT = dt.timedelta(days=180)
#: A link to press; nothing of it is loaded by the page.
MAP = "https://www.openstreetmap.org/search"
#: What a closing without a reason calls itself: its date, which stands there already.
_ONLY_A_DATE = re.compile(r"\d\d/\d\d/\d{4}")


@dataclass(frozen=True)
class Said:
    """A text that somebody typed in Dutch, translated where we know it; `lang` when we don't."""

    text: str
    lang: str

    @classmethod
    def of(cls, dutch: str, language: VisitorLanguage) -> Self:
        # gettext("") answers with the header of the catalog.
        text = _(dutch) if dutch else ""
        known = language is DUTCH or text != dutch
        return cls(text, "" if known else DUTCH.code)


@dataclass(frozen=True)
class AtTable:
    """Who sits at the table, as a visitor may know it: no volunteer by name."""

    partners: tuple[str, ...]
    volunteers: bool
    #: Community workers by first name.
    there: tuple[str, ...]
    absent: tuple[str, ...]

    @classmethod
    def of(cls, sitters: Iterable[Sitter], workers: Iterable[str]) -> Self:
        sitters = list(sitters)
        there = community_workers(sitters)
        return cls(
            partners=tuple(s.who for s in sitters if s.kind == SitterKind.PARTNER),
            volunteers=any(s.kind == SitterKind.VOLUNTEER for s in sitters),
            there=there,
            absent=tuple(name for name in workers if name not in there),
        )

    @property
    def is_empty(self) -> bool:
        return not (self.partners or self.volunteers or self.there)


def community_workers(sitters: Iterable[Sitter]) -> tuple[str, ...]:
    """The first names, each once."""
    names = (s.who.split()[0] for s in sitters if s.kind == SitterKind.COMMUNITY_WORKER)
    return tuple(dict.fromkeys(names))


def all_workers(days: Iterable[PlannedDay]) -> tuple[str, ...]:
    """Those who come on some of these days, so that a visitor may wonder about the others."""
    return community_workers(s for day in days for s in (*day.sitters, *day.missing))


@dataclass(frozen=True)
class Day:
    """One day that opens, or on which people may think that it does."""

    iso: str
    name: str
    hours: tuple[str, ...]
    at_table: AtTable
    is_open: bool
    #: Closed, cancelled, moved, or here instead of on another day.
    note: str
    because: Said

    @classmethod
    def of(cls, day: PlannedDay, workers: Sequence[str], language: VisitorLanguage) -> Self:
        return cls(
            iso=day.day.isoformat(),
            name=say_day(day.day, language),
            hours=tuple(say_hours(start, end, language) for start, end in day.hours),
            at_table=AtTable.of(day.sitters, workers),
            is_open=day.is_open,
            note=_note(day, language),
            because=Said.of(reason_of(day), language),
        )


def _note(day: PlannedDay, language: VisitorLanguage) -> str:
    if day.moved_to is not None:
        return _("Verplaatst naar %(day)s") % {"day": say_day(day.moved_to, language)}
    if day.closed is Closed.CANCELLED:
        return _("Gaat niet door")
    if day.closed is not None:
        return _("Gesloten")
    if day.moved_from is not None:
        return _("In de plaats van %(day)s") % {"day": say_day(day.moved_from, language)}
    return ""


def reason_of(day: PlannedDay) -> str:
    """Why it is closed or changed, as somebody typed it, or the name of the holiday."""
    if day.change is not None:
        return day.change.reason
    is_date = _ONLY_A_DATE.fullmatch(day.closed_because)
    return "" if is_date else day.closed_because


@dataclass(frozen=True)
class Now:
    """The first thing that somebody wants to know."""

    is_open: bool
    until: str
    closed_early: bool
    #: What is different about today, when today stays closed.
    today: Day | None
    next_day: str
    next_hours: str

    @classmethod
    def of(
        cls, state: OpenState, today: Day | None, now: dt.datetime, language: VisitorLanguage
    ) -> Self:
        next_day = next_hours = ""
        if (coming := state.next) is not None:
            next_day = _near_day(coming.day, local(now).date(), language)
            next_hours = say_hours(local(coming.start).time(), end_time(coming.end), language)
        return cls(
            is_open=state.is_open,
            until=say_time(end_time(state.until), language) if state.until else "",
            closed_early=state.closed_early,
            today=today if today is not None and not today.is_open else None,
            next_day=next_day,
            next_hours=next_hours,
        )


def local(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE))


def end_time(moment: dt.datetime) -> dt.time:
    """What the clock says at the end; midnight is the end of a day, not the start of one."""
    time = local(moment).time()
    return LAST_MINUTE if time == dt.time() else time


def _near_day(day: dt.date, today: dt.date, language: VisitorLanguage) -> str:
    names = {0: _("Vandaag"), 1: _("Morgen")}
    return names.get((day - today).days) or say_day(day, language)


@dataclass(frozen=True)
class ActivityLine:
    iso: str
    day: str
    hours: str
    kind: str
    title: Said
    organiser: str
    cancelled: bool

    @classmethod
    def of(cls, activity: Activity, language: VisitorLanguage) -> Self:
        start, end = activity.starts_at, activity.ends_at
        return cls(
            iso=activity.day.isoformat(),
            day=say_day(activity.day, language),
            hours=say_hours(start, end, language) if end else say_time(start, language),
            kind=activity.get_kind_display(),
            title=Said.of(activity.title, language),
            organiser=activity.organiser.name if activity.organiser else "",
            cancelled=activity.is_cancelled,
        )


@dataclass(frozen=True)
class PartnerLine:
    name: str
    line: Said


@dataclass(frozen=True)
class PublicPage:
    """Everything on the page; nothing about anybody who comes there."""

    stek: Stek
    now: Now
    days: tuple[Day, ...]
    activities: tuple[ActivityLine, ...]
    partners: tuple[PartnerLine, ...]

    @classmethod
    def of(cls, stek: Stek, language: VisitorLanguage, *, now: dt.datetime) -> Self:
        """Eight queries, whatever there is to show."""
        today = local(now).date()
        # An opening of yesterday may go on after midnight.
        yesterday = today - dt.timedelta(days=1)
        planned = planned_days(stek, yesterday, today + LOOKED_AT)
        openings = list(Opening.objects.of_stek(stek).since(yesterday))
        shown = [day for day in planned if today <= day.day <= today + SHOWN]
        workers = all_workers(shown)
        days = tuple(Day.of(day, workers, language) for day in shown)
        first = days[0] if days and days[0].iso == today.isoformat() else None
        activities = Activity.objects.of_stek(stek).on_public_page().between(today, today + SHOWN)
        return cls(
            stek=stek,
            now=Now.of(open_state(planned, openings, now=now), first, now, language),
            days=days,
            activities=tuple(ActivityLine.of(one, language) for one in activities),
            partners=tuple(
                PartnerLine(partner.name, Said.of(partner.line, language))
                for partner in Partner.objects.of_stek(stek).on_public_page()
            ),
        )

    @property
    def place(self) -> str:
        """Street and town in one line."""
        town = f"{self.stek.postcode} {self.stek.town}".strip()
        return ", ".join(part for part in (self.stek.street, town) if part)

    @property
    def map_address(self) -> str:
        return f"{MAP}?{urlencode({'query': self.place})}"

    @property
    def phone_address(self) -> str:
        """What a phone dials: digits, and a plus in front."""
        return re.sub(r"[^\d+]", "", self.stek.phone)
