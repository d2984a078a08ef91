"""The days of one week: planned, held, who was there; and sessions with and without Mika."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import forms_help.tallies as asked
import visits.tallies as came
from accounts.models import Membership
from accounts.roles import Role
from places.models import Stek
from places.planning import PlannedDay, planned_days
from visits.models import Opening
from visits.period import Period

#: How far back sessions are counted.
WEEKS_BACK = 8


@dataclass(frozen=True)
class Day:
    """One day of the week; without `opening` it was planned only."""

    day: dt.date
    plan: PlannedDay | None
    opening: Opening | None
    present: str
    visits: int
    questions: int
    is_past: bool

    @property
    def starts_at(self) -> dt.time | None:
        return self.plan.starts_at if self.plan else None

    @property
    def state(self) -> str:
        """closed, running, never_closed, missed, planned or not_open."""
        if self.opening is not None:
            if not self.opening.is_open:
                return "closed"
            return "never_closed" if self.is_past else "running"
        if self.plan is not None and not self.plan.is_open:
            return "not_open"
        return "missed" if self.is_past else "planned"


@dataclass(frozen=True)
class Sessions:
    """Openings with and without a community worker at the table, where Koffie & Formulieren is.

    `last` is the last day that one was there; what follows counts from the day after it.
    """

    names: str
    last: dt.date | None
    since: int
    questions_since: int
    with_worker: int
    without_worker: int


@dataclass(frozen=True)
class Happened:
    days: tuple[Day, ...]
    sessions: Sessions | None

    @property
    def last_planned(self) -> dt.date | None:
        """The last day of the week on which the place opens, or was to open."""
        there = [one.day for one in self.days if one.opening or (one.plan and one.plan.is_open)]
        return max(there, default=None)

    @property
    def held(self) -> int:
        return sum(one.opening is not None for one in self.days)

    @classmethod
    def of(cls, stek: Stek, week: Period, *, today: dt.date) -> Self:
        """Eleven queries."""
        start = week.first - dt.timedelta(weeks=WEEKS_BACK)
        plans = {plan.day: plan for plan in planned_days(stek, week.first, week.last)}
        openings = Opening.objects.of_stek(stek).since(start).until(week.last).with_present()
        held = {opening.day: opening for opening in openings}
        visits = {
            row.day: row.visits for row in came.visits_by_day([stek.pk], week.first, week.last)
        }
        counted = asked.questions_by_day([stek.pk], start, week.last)
        questions = {row.day: row.questions for row in counted}
        roles = dict(Membership.objects.roles_of(stek))
        dates = sorted({*plans, *(day for day in held if day >= week.first)})
        days = tuple(
            Day(
                day=day,
                plan=plans.get(day),
                opening=held.get(day),
                present=_present(held.get(day), roles),
                visits=visits.get(day, 0),
                questions=questions.get(day, 0),
                is_past=day < today,
            )
            for day in dates
        )
        return cls(days, _sessions(held, questions, roles))


def _present(opening: Opening | None, roles: Mapping[int, str]) -> str:
    """Volunteers as a number, the others by name: "3 vrijwilligers, CAW, Mika"."""
    if opening is None:
        return ""
    there = list(opening.attendances.all())
    volunteers = sum(roles.get(one.user_id or 0) == Role.VOLUNTEER for one in there)
    names = [
        one.user.first_name or one.who if one.user else one.who
        for one in there
        if roles.get(one.user_id or 0) != Role.VOLUNTEER
    ]
    counted = ngettext("%(n)s vrijwilliger", "%(n)s vrijwilligers", volunteers) % {"n": volunteers}
    return ", ".join([counted, *names] if volunteers else names)


def _sessions(
    held: Mapping[dt.date, Opening], questions: Mapping[dt.date, int], roles: Mapping[int, str]
) -> Sessions | None:
    """None where nobody is a community worker."""
    if Role.COMMUNITY_WORKER not in roles.values():
        return None
    with_worker = {
        day: [
            one.user.first_name or one.who
            for one in opening.attendances.all()
            if one.user and roles.get(one.user_id or 0) == Role.COMMUNITY_WORKER
        ]
        for day, opening in held.items()
    }
    there = {day for day, names in with_worker.items() if names}
    last = max(there, default=None)
    after = [day for day in held if last is None or day > last]
    named = {name for names in with_worker.values() for name in names}
    return Sessions(
        names=", ".join(sorted(named)) or _("de opbouwwerker"),
        last=last,
        since=len(after),
        questions_since=sum(questions.get(day, 0) for day in after),
        with_worker=len(there),
        without_worker=len(held) - len(there),
    )
