"""Whether a STEK is open at a moment: what was planned, and what the counter did about it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.conf import settings

from places.languages import LAST_MINUTE
from places.planning import PlannedDay
from visits.models import Opening

#: A day that nobody closes counts as open until this long after the hours.
OVERTIME = dt.timedelta(hours=1)
#: And that long when no hours were planned at all.
UNPLANNED = dt.timedelta(hours=4)


@dataclass(frozen=True)
class Span:
    """A time without interruption in which the doors are open; `day` is when it began."""

    day: dt.date
    start: dt.datetime
    end: dt.datetime

    def holds(self, moment: dt.datetime) -> bool:
        return self.start <= moment < self.end


@dataclass(frozen=True)
class OpenState:
    """`until` is empty when nobody can say; `closed_early` while the plan says open."""

    is_open: bool
    until: dt.datetime | None
    closed_early: bool
    next: Span | None


def open_state(
    days: Iterable[PlannedDay], openings: Sequence[Opening], *, now: dt.datetime
) -> OpenState:
    """What the counter did outranks the plan, for as long as it may be believed."""
    planned = spans(days)
    kept = [span for span in planned if not _ended_by_hand(span, openings)]
    current = next((span for span in kept if span.holds(now)), None)
    late = [_left_open(opening, planned) for opening in openings]
    by_hand = next((span for span in late if span and span.holds(now)), None)
    until = None
    if by_hand is not None:
        # Doors that opened early stay open until the end of the hours; later nobody knows.
        ends = [s.end for s in kept if s.day == by_hand.day and s.end > now]
        until = min(ends, default=None)
    elif current is not None:
        until = current.end
    return OpenState(
        is_open=current is not None or by_hand is not None,
        until=until,
        closed_early=by_hand is None and any(s.holds(now) for s in planned if s not in kept),
        next=next((span for span in kept if span.start > now), None),
    )


def spans(days: Iterable[PlannedDay]) -> list[Span]:
    """The planned hours in their order; what touches, also over midnight, is one."""
    single = sorted(
        (
            Span(day.day, _local(day.day, start), _end(day.day, end))
            for day in days
            if day.is_open
            for start, end in day.hours
        ),
        key=lambda span: span.start,
    )
    joined: list[Span] = []
    for span in single:
        if joined and span.start <= joined[-1].end:
            joined[-1] = replace(joined[-1], end=max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _ended_by_hand(span: Span, openings: Iterable[Opening]) -> bool:
    return any(
        opening.closed_at is not None and opening.day == span.day and span.start < opening.closed_at
        for opening in openings
    )


def _left_open(opening: Opening, planned: Iterable[Span]) -> Span | None:
    """The time in which an opening that was not closed counts as open."""
    zone = ZoneInfo(settings.TIME_ZONE)
    typed_in_later = opening.opened_at.astimezone(zone).date() != opening.day
    if opening.closed_at is not None or typed_in_later:
        return None
    ends = [span.end for span in planned if span.day == opening.day]
    end = max(ends) + OVERTIME if ends else opening.opened_at + UNPLANNED
    return Span(opening.day, opening.opened_at, end)


def _local(day: dt.date, time: dt.time) -> dt.datetime:
    """In UTC, because two local times of one zone compare by what the clock says."""
    return dt.datetime.combine(day, time, ZoneInfo(settings.TIME_ZONE)).astimezone(dt.UTC)


def _end(day: dt.date, time: dt.time) -> dt.datetime:
    if time == LAST_MINUTE:
        return _local(day + dt.timedelta(days=1), dt.time())
    return _local(day, time)
