"""The openings of a STEK, who was on duty, and who came."""

import datetime as dt
import random
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from accounts.models import User
from places.models import ClosingDay, OpeningHours, Stek
from places.schedule import has_turn, holiday_name
from stek.demo.bulk import write_rows
from stek.demo.population import Customer, at, made_key
from stek.demo.shape import Shape
from visits.eligibility import VoidReason
from visits.models import Attendance, Opening, Visit

#: How sure it is that somebody comes in a week in which they usually come.
FAITHFUL = 0.98
#: July and August are quieter.
SUMMER = (7, 8)
IN_SUMMER = 0.9
#: Share of the visits that is struck out afterwards.
VOIDED = 0.005


class VisitRow(NamedTuple):
    """The columns of a visit, in the order in which they are written."""

    opening_id: int
    household_id: int | None
    adults: int
    children: int
    first_this_year: bool
    arrived_at: dt.datetime
    for_grocery: bool
    for_coffee: bool
    for_question: bool
    for_activity: bool
    queue_number: int | None
    request_id: uuid.UUID
    created_at: dt.datetime
    created_by_id: int
    refusal: str = ""
    override_reason: str = ""
    repeated: bool = False
    voided_at: dt.datetime | None = None
    voided_by_id: int | None = None
    void_reason: str = ""


def opening_days(stek: Stek, shape: Shape, today: dt.date) -> list[dt.date]:
    """The days before today on which the STEK was open."""
    first = today - dt.timedelta(weeks=shape.weeks)
    closings = list(ClosingDay.objects.of_stek(stek).touching(first, today))
    days = (first + dt.timedelta(days=n) for n in range((today - first).days))
    return [
        day
        for day in days
        if day.weekday() in shape.weekdays
        and not holiday_name(day)
        and not any(closing.first_day <= day <= closing.last_day for closing in closings)
    ]


def save_openings(stek: Stek, days: Iterable[dt.date], by: User) -> list[Opening]:
    """All opened just before and closed just after the hours of the pattern."""
    return Opening.objects.bulk_create([
        Opening(
            stek=stek,
            day=day,
            opened_at=at(day, 12, 55),
            opened_by=by,
            closed_at=at(day, 16, 10),
            closed_by=by,
        )
        for day in days
    ])  # fmt: skip


def save_attendances(
    stek: Stek, openings: Iterable[Opening], colleagues: Sequence[User], rng: random.Random
) -> None:
    """Who had a turn at the table, under the name of their account when they have one."""
    by_weekday = {
        hours.weekday: list(hours.turns.all())
        for hours in OpeningHours.objects.of_stek(stek).prefetch_related("turns")
    }
    accounts = {user.first_name: user for user in colleagues}
    rows = []
    for opening in openings:
        there = [colleagues[0], *(user for user in colleagues[1:2] if rng.random() < 0.7)]
        rows += [Attendance(opening=opening, user=user, who=str(user)) for user in there]
        for turn in by_weekday.get(opening.day.weekday(), []):
            if has_turn(first_day=turn.first_day, every_weeks=turn.every_weeks, day=opening.day):
                user = accounts.get(turn.who)
                rows.append(Attendance(opening=opening, user=user, who=str(user or turn.who)))
    Attendance.objects.bulk_create(rows)


def comings(
    customers: Iterable[Customer], days: Sequence[dt.date], shape: Shape, rng: random.Random
) -> list[list[Customer]]:
    """For each day the customers who came, by their habits."""
    came: list[list[Customer]] = [[] for _ in days]
    if not days:
        return came
    monday = days[0] - dt.timedelta(days=days[0].weekday())
    weeks: list[list[int]] = [[] for _ in range((days[-1] - monday).days // 7 + 1)]
    for place, day in enumerate(days):
        weeks[(day - monday).days // 7].append(place)
    for customer in customers:
        since = max(0, (customer.first_day - monday).days // 7)
        until = ((customer.last_day or days[-1]) - monday).days // 7
        first = since + (customer.offset - since) % customer.every_weeks
        for week in range(first, min(until, len(weeks) - 1) + 1, customer.every_weeks):
            chosen = _which_day(customer, days, weeks[week], shape, rng)
            if chosen is not None:
                came[chosen].append(customer)
    return came


def _which_day(
    customer: Customer,
    days: Sequence[dt.date],
    week: Sequence[int],
    shape: Shape,
    rng: random.Random,
) -> int | None:
    """The day of this week on which they come; after a holiday they may come on another."""
    if not week:
        return None
    favourite = shape.weekdays[customer.favourite]
    place = next((p for p in week if days[p].weekday() == favourite), None)
    if place is None or rng.random() < 0.2:
        place = rng.choice(week)
    day = days[place]
    chance = FAITHFUL * (IN_SUMMER if day.month in SUMMER else 1)
    if rng.random() >= chance or day < customer.first_day:
        return None
    return None if customer.last_day and day > customer.last_day else place


@dataclass(frozen=True)
class Reasons:
    """How likely it is that a customer, and somebody without a name, comes with a question."""

    customer: float
    other: float


def reasons(came: Sequence[Sequence[Customer]], shape: Shape) -> Reasons:
    """Two questions in three come from customers."""
    customers = sum(map(len, came)) / max(1, len(came))
    return Reasons(
        customer=min(1, shape.questions * 2 / 3 / max(1, customers)),
        other=min(1, shape.questions / 3 / max(1, shape.others)),
    )


def visit_rows(
    openings: Sequence[Opening],
    came: Sequence[Sequence[Customer]],
    shape: Shape,
    rng: random.Random,
) -> Iterator[VisitRow]:
    """The visits of each opening in the order of arrival; notes the numbers given in the line."""
    question = reasons(came, shape)
    for opening, customers in zip(openings, came, strict=True):
        quiet = IN_SUMMER if opening.day.month in SUMMER else 1
        others = max(0, round(rng.gauss(shape.others, shape.others**0.5 / 2) * quiet))
        visitors: list[Customer | None] = [*customers, *([None] * others)]
        rng.shuffle(visitors)
        seconds = sorted(rng.randrange(3 * 3600) for _ in visitors)
        start = at(opening.day, 13)
        for visitor, second in zip(visitors, seconds, strict=True):
            moment = start + dt.timedelta(seconds=second)
            yield _visit(opening, visitor, moment, question, rng)


def _visit(
    opening: Opening,
    visitor: Customer | None,
    moment: dt.datetime,
    question: Reasons,
    rng: random.Random,
) -> VisitRow:
    if visitor is None:
        asks, shops = rng.random() < question.other, False
        adults = rng.choices((1, 2, 3), (75, 20, 5))[0]
        children = rng.choices((0, 1, 2), (80, 12, 8))[0]
        drinks = not asks or rng.random() < 0.6
    else:
        asks, shops = rng.random() < question.customer, True
        adults, children = visitor.household.adults, visitor.household.children
        drinks = rng.random() < 0.4
    if asks:
        opening.last_queue_number += 1
    row = VisitRow(
        opening_id=opening.pk,
        household_id=visitor.household.pk if visitor else None,
        adults=adults,
        children=children,
        first_this_year=visitor is None and rng.random() < 0.25,
        arrived_at=moment,
        for_grocery=shops,
        for_coffee=drinks,
        for_question=asks,
        for_activity=rng.random() < 0.06,
        queue_number=opening.last_queue_number if asks else None,
        request_id=made_key(rng),
        created_at=moment,
        created_by_id=opening.opened_by_id,
    )
    return voided(row) if rng.random() < VOIDED else row


def voided(row: VisitRow) -> VisitRow:
    """The same visit, struck out two minutes later by who entered it."""
    return row._replace(
        voided_at=row.arrived_at + dt.timedelta(minutes=2),
        voided_by_id=row.created_by_id,
        void_reason=VoidReason.MISTAKE,
    )


def save_visits(openings: Sequence[Opening], rows: Iterable[VisitRow]) -> int:
    """Write the visits, and how far the line of each opening came; returns how many visits."""
    written = write_rows(Visit, VisitRow._fields, rows)
    Opening.objects.bulk_update(openings, ["last_queue_number"], batch_size=500)
    return written
