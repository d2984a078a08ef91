"""Places: a STEK, its hours, who sits at the table, days that are otherwise, partners."""

import datetime as dt
from typing import Any

from places.models import (
    ChangedDay,
    ClosingDay,
    OpeningHours,
    Partner,
    SitterKind,
    Stek,
    TableChange,
    TableTurn,
)
from tests.factories.moments import today
from tests.factories.numbers import fresh


def stek(name: str = "", **fields: Any) -> Stek:
    number = fresh()
    return Stek.objects.create(
        name=name or f"Dorp {number}",
        slug=fields.pop("slug", "") or name.lower().replace(" ", "-") or f"dorp-{number}",
        **fields,
    )


def opening_hours(stek: Stek, weekday: int = 2, **fields: Any) -> OpeningHours:
    """Wednesday from 13 to 16, since the start of last year."""
    values = {
        "opens_at": dt.time(13),
        "closes_at": dt.time(16),
        "first_day": dt.date(today().year - 1, 1, 1),
    } | fields
    return OpeningHours.objects.create(stek=stek, weekday=weekday, **values)


def table_turn(hours: OpeningHours, who: str = "CAW", **fields: Any) -> TableTurn:
    return TableTurn.objects.create(
        hours=hours,
        who=who,
        **{"first_day": hours.first_day, "kind": SitterKind.PARTNER, **fields},
    )


def closing_day(stek: Stek, day: dt.date, **fields: Any) -> ClosingDay:
    return ClosingDay.objects.create(stek=stek, **{"first_day": day, "last_day": day, **fields})


def changed_day(stek: Stek, day: dt.date, **fields: Any) -> ChangedDay:
    """A day that is cancelled, unless the fields say that it moved or has other hours."""
    return ChangedDay.objects.create(stek=stek, day=day, **fields)


def table_change(stek: Stek, day: dt.date, who: str, *, comes: bool, **fields: Any) -> TableChange:
    return TableChange.objects.create(stek=stek, day=day, who=who, comes=comes, **fields)


def partner(stek: Stek, name: str = "CAW", **fields: Any) -> Partner:
    return Partner.objects.create(stek=stek, name=name, **fields)
