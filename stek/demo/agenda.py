"""Activities before and after today, and what is different on some of the coming days."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from accounts.models import User
from places.models import ChangedDay, ClosingDay, Partner, Stek, TableChange
from places.planning import PlannedDay, planned_days
from places.schedule import holiday_name
from stek.demo.population import at, made_key
from stek.demo.shape import Shape
from visits.models import Activity, TableReply

#: How far ahead activities are announced.
AHEAD = dt.timedelta(weeks=8)
TRIPS = (
    "Uitstap naar de zoo",
    "Dag aan zee in Oostende",
    "Wandeling op de Kalmthoutse Heide",
    "Bezoek aan Bokrijk",
)


class Idea(NamedTuple):
    """An activity on one day; `partner` is empty for what the STEK does by itself."""

    day: dt.date
    kind: Activity.Kind
    title: str
    partner: str
    hours: tuple[int, int]
    #: About so many take part.
    usual: int


def _ideas(days: Iterator[dt.date], lesson_day: int) -> Iterator[Idea]:
    """Lessons in the school year, cooking each month, now and then a workshop or a trip."""
    for day in days:
        week = day.toordinal() // 7  # counts on at New Year
        if day.weekday() == lesson_day and day.month not in {7, 8}:
            yield Idea(day, Activity.Kind.LESSON, "Nederlands oefenen", "LIGO", (10, 12), 9)
        if day.weekday() == 2 and day.day <= 7:
            yield Idea(day, Activity.Kind.COOKING, "Samen soep koken", "", (10, 13), 8)
        if day.weekday() == 0 and week % 9 == 0:
            yield Idea(day, Activity.Kind.WORKSHOP, "Kleren herstellen", "Twinkeltje", (13, 15), 6)
        if day.weekday() == 5 and week % 8 == 0:
            yield Idea(
                day, Activity.Kind.TRIP, TRIPS[week // 8 % len(TRIPS)], "Rap op Stap", (9, 17), 22
            )


def save_activities(
    stek: Stek, shape: Shape, *, by: User, today: dt.date, rng: random.Random
) -> None:
    """Since the first week; those before today were counted, and one to come is cancelled."""
    first = today - dt.timedelta(weeks=shape.weeks)
    closings = list(ClosingDay.objects.of_stek(stek).touching(first, today + AHEAD))
    partners = {partner.name: partner for partner in Partner.objects.of_stek(stek)}
    days = (
        day
        for n in range((today + AHEAD - first).days)
        if not holiday_name(day := first + dt.timedelta(days=n))
        and not any(closing.first_day <= day <= closing.last_day for closing in closings)
    )
    rows = [
        _activity(stek, idea, partners.get(idea.partner), by, today, rng)
        for idea in _ideas(days, shape.weekdays[-1])
    ]
    coming = [row for row in rows if row.day > today]
    coming[1].cancelled_at, coming[1].cancelled_by = at(today - dt.timedelta(days=1), 11), by
    coming[1].version = 2
    Activity.objects.bulk_create(rows, batch_size=500)


def _activity(
    stek: Stek, idea: Idea, organiser: Partner | None, by: User, today: dt.date, rng: random.Random
) -> Activity:
    starts, ends = idea.hours
    count = max(2, round(rng.gauss(idea.usual, idea.usual / 4)))
    announced = min(idea.day - dt.timedelta(days=30), today - dt.timedelta(days=1))
    return Activity(
        stek=stek,
        day=idea.day,
        starts_at=dt.time(starts),
        ends_at=dt.time(ends),
        kind=idea.kind,
        title=idea.title,
        organiser=organiser,
        participants=count if idea.day < today else None,
        request_id=made_key(rng),
        created_at=at(announced, 11),
        created_by=by,
    )


def save_changes(stek: Stek, *, colleagues: Sequence[User], today: dt.date) -> None:
    """One coming day is cancelled, one moved; LIGO is missing once; two colleagues answered."""
    tomorrow = today + dt.timedelta(days=1)
    days = planned_days(stek, tomorrow, tomorrow + dt.timedelta(weeks=10))
    coming = [day for day in days if day.is_open]
    ChangedDay.objects.create(stek=stek, day=coming[3].day, reason="teamdag van SAAMO")
    moved = next(day for day in coming[5:] if _free(stek, _next_day(day)))
    ChangedDay.objects.create(
        stek=stek,
        day=moved.day,
        to_day=_next_day(moved),
        opens_at=moved.starts_at,
        closes_at=moved.ends_at,
        reason="zaal niet vrij",
    )
    gap = next(day for day in coming[:3] if "LIGO" in day.at_table)
    TableChange.objects.create(stek=stek, day=gap.day, who="LIGO", comes=False)
    for user, day, comes in zip(colleagues, coming, (False, True), strict=False):
        TableReply.objects.create(
            stek=stek,
            user=user,
            day=day.day,
            comes=comes,
            answered_at=at(today - dt.timedelta(days=1), 18),
        )


def _next_day(day: PlannedDay) -> dt.date:
    return day.day + dt.timedelta(days=1)


def _free(stek: Stek, day: dt.date) -> bool:
    closings = ClosingDay.objects.of_stek(stek).touching(day, day)
    return not holiday_name(day) and not closings.exists()
