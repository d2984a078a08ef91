"""What the agenda shows: the coming weeks, and one date on which something may be changed."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from typing import Self

from accounts.models import Membership
from accounts.roles import RECORD
from places.models import ChangedDay, OpeningHours, Partner
from visits.models import Activity
from visits.table_plan import Gap, TableDay, TablePlan

#: The coming eight weeks, today included.
AHEAD = dt.timedelta(weeks=8) - dt.timedelta(days=1)
#: Nobody plans further away than this; another date is a typing error.
FURTHEST = dt.timedelta(days=2 * 365)


@dataclass(frozen=True)
class AgendaDay:
    """A date with a session, with activities, or with both."""

    day: dt.date
    table: TableDay | None
    activities: tuple[Activity, ...]
    #: What whoever looks answered, and whether they are expected without having said so.
    answer: bool | None
    is_expected: bool

    @classmethod
    def of(
        cls, day: dt.date, table: TableDay | None, activities: tuple[Activity, ...], user_id: int
    ) -> Self:
        return cls(
            day=day,
            table=table,
            activities=activities,
            answer=table.said_by(user_id) if table else None,
            is_expected=any(user_id == one.user_id for one in (table.coming if table else ())),
        )


@dataclass(frozen=True)
class AgendaWeek:
    monday: dt.date
    days: tuple[AgendaDay, ...]

    @property
    def number(self) -> int:
        """As in the calendar on the wall: the first week has the year's first Thursday."""
        return self.monday.isocalendar().week

    @property
    def sunday(self) -> dt.date:
        return self.monday + dt.timedelta(days=6)


@dataclass(frozen=True)
class Agenda:
    weeks: tuple[AgendaWeek, ...]
    #: Only for who may do something about it.
    gaps: tuple[Gap, ...]

    @classmethod
    def of(cls, membership: Membership, *, today: dt.date) -> Self:
        """Eight queries, whatever stands in it."""
        last = today + AHEAD
        plan = TablePlan.of(membership.stek, today, last)
        activities = list(Activity.objects.visible_to(membership).between(today, last))
        tables = {table.day: table for table in plan.days}
        days = [
            AgendaDay.of(
                day,
                tables.get(day),
                tuple(one for one in activities if one.day == day),
                membership.user_id,
            )
            for day in sorted({*tables, *(one.day for one in activities)})
        ]
        weeks = groupby(days, key=lambda one: one.day - dt.timedelta(days=one.day.weekday()))
        return cls(
            weeks=tuple(AgendaWeek(monday, tuple(group)) for monday, group in weeks),
            gaps=plan.gaps if membership.role in RECORD else (),
        )


@dataclass(frozen=True)
class OneDay:
    """One date, with what may be changed about it."""

    day: dt.date
    table: TableDay
    #: The weekly pattern has hours on this date, whatever closes it.
    in_pattern: bool
    is_past: bool
    #: Organisations that are not at the table yet.
    partners: tuple[str, ...]

    @classmethod
    def of(cls, membership: Membership, day: dt.date, *, today: dt.date) -> Self:
        stek = membership.stek
        (table,) = TablePlan.on(stek, day).days
        there = {one.who.casefold() for one in (*table.coming, *table.absent)}
        partners = Partner.objects.of_stek(stek).in_use()
        return cls(
            day=day,
            table=table,
            in_pattern=OpeningHours.objects.of_stek(stek).on(day).exists(),
            is_past=day < today,
            partners=tuple(one.name for one in partners if one.name.casefold() not in there),
        )

    @property
    def change(self) -> ChangedDay | None:
        return self.table.plan.change

    @property
    def version(self) -> int:
        return self.change.version if self.change else 0

    @property
    def has_session(self) -> bool:
        """There is an opening of its own to cancel or to move."""
        return self.in_pattern or (self.change is not None and not self.change.is_cancelled)

    def has_place(self, who: str) -> bool:
        """Whether the plan speaks of somebody by this name, whether they come or not."""
        planned = [one for one in self.table.coming if not one.is_offered]
        return any(one.who == who for one in (*planned, *self.table.absent))
