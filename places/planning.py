"""What the weekly pattern, the closing days, the holidays and the changes say about each day."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _

from places.models import ChangedDay, ClosingDay, OpeningHours, Stek, TableChange
from places.schedule import has_turn, holiday_name

Hours = tuple[dt.time, dt.time]


class Closed(Enum):
    """Why a day that is in the pattern does not open."""

    HOLIDAY = "holiday"
    CLOSING = "closing"
    CANCELLED = "cancelled"
    MOVED = "moved"


@dataclass(frozen=True)
class Sitter:
    """Somebody who sits at the table, and what they are (`SitterKind`)."""

    who: str
    kind: str


@dataclass(frozen=True)
class PlannedDay:
    """`closed` and `closed_because` are empty when the place opens, or is not in the pattern."""

    day: dt.date
    hours: tuple[Hours, ...]
    #: Who is expected at the table.
    sitters: tuple[Sitter, ...]
    #: In the pattern, but not on this date.
    missing: tuple[Sitter, ...]
    closed: Closed | None
    closed_because: str
    #: What was changed about this date, and the opening that was moved to it.
    change: ChangedDay | None
    moved_from: dt.date | None

    @property
    def is_open(self) -> bool:
        return bool(self.hours) and self.closed is None

    @property
    def is_planned(self) -> bool:
        """There is something to tell about this day: it opens, or people may think so."""
        return bool(self.hours)

    @property
    def at_table(self) -> tuple[str, ...]:
        return tuple(sitter.who for sitter in self.sitters)

    @property
    def moved_to(self) -> dt.date | None:
        return self.change.to_day if self.closed is Closed.MOVED and self.change else None

    @property
    def starts_at(self) -> dt.time | None:
        return self.hours[0][0] if self.hours else None

    @property
    def ends_at(self) -> dt.time | None:
        return self.hours[-1][1] if self.hours else None


def planned_day(stek: Stek, day: dt.date) -> PlannedDay:
    """One day, also when nothing is planned on it."""
    return Pattern.of(stek, day, day).on(day)


def planned_days(stek: Stek, first: dt.date, last: dt.date) -> list[PlannedDay]:
    """The days of this period that open, or that would have; five queries whatever its length."""
    pattern = Pattern.of(stek, first, last)
    days = (pattern.on(first + dt.timedelta(days=n)) for n in range((last - first).days + 1))
    return [day for day in days if day.is_planned]


@dataclass(frozen=True)
class Pattern:
    """Everything that is known about a period, to ask of each day."""

    hours: Sequence[OpeningHours]
    closings: Sequence[ClosingDay]
    changes: Sequence[ChangedDay]
    table_changes: Sequence[TableChange]

    @classmethod
    def of(cls, stek: Stek, first: dt.date, last: dt.date) -> "Pattern":
        changes = list(ChangedDay.objects.of_stek(stek).touching(first, last))
        # An opening that was moved into the period keeps the people of its own week.
        start = min([first, *(change.day for change in changes)])
        end = max([last, *(change.day for change in changes)])
        return cls(
            hours=list(OpeningHours.objects.of_stek(stek).between(start, end)),
            closings=list(ClosingDay.objects.of_stek(stek).touching(first, last)),
            changes=changes,
            table_changes=list(TableChange.objects.of_stek(stek).between(first, last)),
        )

    def on(self, day: dt.date) -> PlannedDay:
        change = next((one for one in self.changes if one.day == day), None)
        arriving = next((one for one in self.changes if one.opens_on(day) and one.day != day), None)
        lines = self._lines(day)
        hours = [(line.opens_at, line.closes_at) for line in lines]
        closed, why = self._closed(day, change) if hours else (None, "")
        expected = _turns(lines, day)
        if change is not None and change.opens_on(day):
            hours = [_hours_of(change)]
        if arriving is not None:
            # The own opening of that day is closed, or stays beside the one that came.
            hours = [*(hours if closed is None else ()), _hours_of(arriving)]
            expected = [*(expected if closed is None else ()), *self._moved_along(arriving)]
            closed, why = None, ""
        sitters, missing = self._at_table(day, expected)
        return PlannedDay(
            day=day,
            hours=tuple(sorted(set(hours))),
            sitters=sitters,
            missing=missing,
            closed=closed,
            closed_because=why,
            change=change,
            moved_from=arriving.day if arriving else None,
        )

    def _lines(self, day: dt.date) -> list[OpeningHours]:
        return [line for line in self.hours if line.holds_on(day)]

    def _closed(self, day: dt.date, change: ChangedDay | None) -> tuple[Closed | None, str]:
        """Somebody's decision on this date counts before a closing, and that before a holiday."""
        if change is not None and change.is_cancelled:
            return Closed.CANCELLED, change.reason or _("gaat niet door")
        if change is not None and change.is_moved:
            moved = _("verplaatst naar %(day)s") % {"day": f"{change.to_day:%-d/%-m}"}
            return Closed.MOVED, f"{moved} ({change.reason})" if change.reason else moved
        if change is not None:
            return None, ""
        holiday = holiday_name(day)
        closing = next((c for c in self.closings if c.first_day <= day <= c.last_day), None)
        if closing is not None:
            return Closed.CLOSING, closing.reason or holiday or str(closing)
        return (Closed.HOLIDAY, holiday) if holiday else (None, "")

    def _moved_along(self, arriving: ChangedDay) -> list[Sitter]:
        return _turns(self._lines(arriving.day), arriving.day)

    def _at_table(
        self, day: dt.date, expected: Iterable[Sitter]
    ) -> tuple[tuple[Sitter, ...], tuple[Sitter, ...]]:
        """Who comes and who does not, each once, after the changes of this date."""
        sitters = {sitter.who: sitter for sitter in expected}
        missing = {}
        for change in self.table_changes:
            if change.day != day:
                continue
            if change.comes:
                sitters.setdefault(change.who, Sitter(change.who, change.kind))
            elif change.who in sitters:
                missing[change.who] = sitters.pop(change.who)
        return tuple(sitters.values()), tuple(missing.values())


def _turns(lines: Iterable[OpeningHours], day: dt.date) -> list[Sitter]:
    return [
        Sitter(turn.who, turn.kind)
        for line in lines
        for turn in line.turns.all()
        if has_turn(first_day=turn.first_day, every_weeks=turn.every_weeks, day=day)
    ]


def _hours_of(change: ChangedDay) -> Hours:
    # The constraint `changed_day_hours_when_open` holds that both are there.
    assert change.opens_at is not None
    assert change.closes_at is not None
    return change.opens_at, change.closes_at
