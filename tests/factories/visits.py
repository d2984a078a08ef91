"""Openings and who came: visits, the line for a question, messages, activities."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from accounts.models import User
from people.models import Household
from places.models import Stek
from places.purposes import Purpose
from tests.factories.accounts import user
from tests.factories.moments import moment
from visits.days import current_day
from visits.models import Activity, Attendance, Message, Opening, QueueTurn, Visit


def opening(
    stek: Stek,
    day: dt.date | None = None,
    *,
    closed: bool = False,
    by: User | None = None,
    **fields: Any,
) -> Opening:
    """Today unless another day is given, opened at 13 o'clock, and still open unless `closed`."""
    day = day or current_day(timezone.now())  # at night still that of the evening
    by = by or user()
    values: dict[str, Any] = {"opened_at": moment(day, 13), "opened_by": by}
    if closed:
        values |= {"closed_at": moment(day, 16), "closed_by": by}
    return Opening.objects.create(stek=stek, day=day, **(values | fields))


def attendance(opening: Opening, who: str = "CAW", **fields: Any) -> Attendance:
    return Attendance.objects.create(opening=opening, who=who, **fields)


def visit(
    opening: Opening,
    household: Household | None,
    *,
    purposes: Iterable[str] = (Purpose.GROCERY,),
    by: User | None = None,
    **fields: Any,
) -> Visit:
    """A household that came in at half past one; a question gets the next number in the line."""
    values: dict[str, Any] = {f"for_{purpose}": True for purpose in purposes}
    if values.get("for_question"):
        opening.last_queue_number += 1
        opening.save(update_fields=["last_queue_number"])
        values["queue_number"] = opening.last_queue_number
    if household is not None:
        values |= {"adults": household.adults, "children": household.children}
    values |= {"arrived_at": moment(opening.day, 13, 30), "created_by": by or opening.opened_by}
    return Visit.objects.create(opening=opening, household=household, **(values | fields))


def anonymous_visit(
    opening: Opening,
    *,
    adults: int = 1,
    children: int = 0,
    purposes: Iterable[str] = (Purpose.COFFEE,),
    **fields: Any,
) -> Visit:
    return visit(opening, None, purposes=purposes, adults=adults, children=children, **fields)


def message(
    household: Household, text: str = "LIGO belde terug.", *, by: User | None = None
) -> Message:
    return Message.objects.create(
        household=household, text=text, created_by=by or household.created_by
    )


def turn(visit: Visit, *, by: User | None = None, end: str = "") -> QueueTurn:
    """The visitor was called by this colleague; `end` says how it ended, if it did."""
    by = by or user()
    now = timezone.now()
    ended: dict[str, Any] = {"end": end, "ended_at": now, "ended_by": by} if end else {}
    return QueueTurn.objects.create(visit=visit, taken_at=now, taken_by=by, **ended)


def activity(stek: Stek, day: dt.date | None = None, **fields: Any) -> Activity:
    """A lesson today at ten, in which nobody was counted yet."""
    values: dict[str, Any] = {
        "starts_at": dt.time(10),
        "kind": Activity.Kind.LESSON,
        "title": "Nederlands oefenen",
        "created_by": fields.pop("by", None) or user(),
    }
    day = day or current_day(timezone.now())
    return Activity.objects.create(stek=stek, day=day, **(values | fields))
