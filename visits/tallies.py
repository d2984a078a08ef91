"""Grouped counts of openings, visits and activities, per STEK and day: what figures add up.

Every function takes the STEKs and the first and last day, both included, and asks one query. Voided
visits are in none of them.
"""

import datetime as dt
import itertools
from collections.abc import Collection, Iterator
from typing import NamedTuple

from django.db.models import Count, F, Max, Min, Q, Sum

from visits.models import Activity, Opening, Visit
from visits.querysets import VisitQuerySet

#: SQLite takes no more than 32,766 values in one query.
MOST_ASKED = 10_000


class OpeningDay(NamedTuple):
    stek_id: int
    day: dt.date
    closed: bool


class DayOfVisits(NamedTuple):
    """The visits of one day; `first_anonymous` are without a name and the first of the year."""

    stek_id: int
    day: dt.date
    visits: int
    named: int
    persons: int
    first_anonymous: int
    grocery: int
    coffee: int
    question: int
    activity: int


class SeenHousehold(NamedTuple):
    """A household that came, with its size at the last of its visits."""

    stek_id: int
    household_id: int
    visits: int
    adults: int
    children: int
    last: dt.date


class ActivityTally(NamedTuple):
    """Activities that took place and were counted, of one kind and organiser on one day."""

    stek_id: int
    day: dt.date
    kind: str
    organiser: str
    activities: int
    participants: int


def _visits(stek_ids: Collection[int], first: dt.date, last: dt.date) -> VisitQuerySet:
    rows = Visit.objects.counted().order_by()
    return rows.filter(opening__stek_id__in=stek_ids, opening__day__range=(first, last))


def openings(stek_ids: Collection[int], first: dt.date, last: dt.date) -> list[OpeningDay]:
    """The earliest day first."""
    rows = Opening.objects.filter(stek_id__in=stek_ids, day__range=(first, last))
    found = rows.order_by("stek_id", "day").values_list("stek_id", "day", "closed_at")
    return [OpeningDay(stek_id, day, closed is not None) for stek_id, day, closed in found]


def visits_by_day(stek_ids: Collection[int], first: dt.date, last: dt.date) -> list[DayOfVisits]:
    """The earliest day first; a day without visits is absent."""
    rows = (
        _visits(stek_ids, first, last)
        .values("opening__stek_id", "opening__day")
        .annotate(
            visits=Count("pk"),
            named=Count("household_id"),
            people=Sum(F("adults") + F("children")),
            first_anonymous=Count("pk", filter=Q(household__isnull=True, first_this_year=True)),
            grocery=Count("pk", filter=Q(for_grocery=True)),
            coffee=Count("pk", filter=Q(for_coffee=True)),
            question=Count("pk", filter=Q(for_question=True)),
            activity=Count("pk", filter=Q(for_activity=True)),
        )
        .order_by("opening__stek_id", "opening__day")
    )
    words = ("opening__stek_id", "opening__day", *DayOfVisits._fields[2:4], "people")
    return [DayOfVisits(*row) for row in rows.values_list(*words, *DayOfVisits._fields[5:])]


def seen_households(
    stek_ids: Collection[int], first: dt.date, last: dt.date
) -> list[SeenHousehold]:
    """Each household once; with two sizes on its last day, the larger."""
    rows = (
        _visits(stek_ids, first, last)
        .filter(household__isnull=False)
        .values_list("household_id", "adults", "children")
        .annotate(
            # A household is of one STEK; in the grouping it would only make it slower.
            stek_id=Min("opening__stek_id"),
            visits=Count("pk"),
            last=Max("opening__day"),
        )
    )
    found: dict[int, SeenHousehold] = {}
    for household_id, adults, children, stek_id, visits, last_seen in rows:
        one = SeenHousehold(stek_id, household_id, visits, adults, children, last_seen)
        there = found.get(household_id)
        found[household_id] = one if there is None else _together(one, there)
    return list(found.values())


def batched(ids: Collection[int], size: int) -> Iterator[list[int]]:
    """In pieces of at most this size."""
    rest = iter(ids)
    while piece := list(itertools.islice(rest, size)):
        yield piece


def _together(one: SeenHousehold, other: SeenHousehold) -> SeenHousehold:
    """The same household in two sizes."""
    later = max(one, other, key=lambda h: (h.last, h.adults + h.children, h.adults))
    return later._replace(visits=one.visits + other.visits)


def seen_ids(stek_ids: Collection[int], first: dt.date, last: dt.date) -> dict[int, set[int]]:
    """By STEK: the households that came; a STEK without any is absent."""
    rows = _visits(stek_ids, first, last).filter(household__isnull=False)
    found: dict[int, set[int]] = {}
    for stek_id, household_id in rows.values_list("opening__stek_id", "household_id").distinct():
        found.setdefault(stek_id, set()).add(household_id)
    return found


def seen_before(
    household_ids: Collection[int], day: dt.date, *, since: dt.date | None = None
) -> set[int]:
    """Those of these households that came before the day: ever, or since another day.

    One query for each ten thousand of them.
    """
    earlier = Visit.objects.counted().filter(opening__day__lt=day).order_by()
    if since is not None:
        earlier = earlier.filter(opening__day__gte=since)
    found: set[int] = set()
    for some in batched(household_ids, MOST_ASKED):
        rows = earlier.filter(household_id__in=some)
        found.update(rows.values_list("household_id", flat=True).distinct())
    return found


def activities(stek_ids: Collection[int], first: dt.date, last: dt.date) -> list[ActivityTally]:
    """`organiser` is the name of a partner; empty for the STEK itself."""
    rows = (
        Activity.objects.counted()
        .filter(stek_id__in=stek_ids, day__range=(first, last))
        .order_by()
        .values_list("stek_id", "day", "kind", "organiser__name")
        .annotate(activities=Count("pk"), people=Sum("participants"))
    )
    return [
        ActivityTally(stek_id, day, kind, organiser or "", count, people)
        for stek_id, day, kind, organiser, count, people in rows
    ]
