"""What the weekly pattern, the closing days and the holidays say about one day of a STEK."""

import datetime as dt
from dataclasses import dataclass

from places.models import ClosingDay, OpeningHours, Stek
from places.schedule import has_turn, holiday_name


@dataclass(frozen=True)
class PlannedDay:
    """`closed_because` is empty when the place opens; `at_table` names who is expected."""

    day: dt.date
    hours: tuple[tuple[dt.time, dt.time], ...]
    at_table: tuple[str, ...]
    closed_because: str

    @property
    def is_open(self) -> bool:
        return bool(self.hours) and not self.closed_because


def planned_day(stek: Stek, day: dt.date) -> PlannedDay:
    """Three queries: hours, turns and closings."""
    hours = list(OpeningHours.objects.on(day).of_stek(stek).prefetch_related("turns"))
    closing = ClosingDay.objects.touching(day, day).of_stek(stek).first()
    reason = holiday_name(day)
    if closing is not None:
        reason = closing.reason or reason or str(closing)
    at_table: dict[str, None] = {}
    for line in hours:
        for turn in line.turns.all():
            if has_turn(first_day=turn.first_day, every_weeks=turn.every_weeks, day=day):
                at_table[turn.who] = None
    return PlannedDay(
        day=day,
        hours=tuple((line.opens_at, line.closes_at) for line in hours),
        at_table=tuple(at_table),
        closed_because=reason,
    )
