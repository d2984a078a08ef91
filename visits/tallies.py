"""Grouped counts of openings, visits and activities, per STEK and day: what figures add up.

Every function takes the STEKs and the first and last day, both included, and asks one query. Voided
visits are in none of them.
"""

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, Sum

from people.models import Household
from visits.models import Activity, Opening, Visit
from visits.querysets import VisitQuerySet


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
    first: dt.date
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
        .values_list("opening__stek_id", "household_id", "adults", "children")
        .annotate(visits=Count("pk"), first=Min("opening__day"), last=Max("opening__day"))
    )
    found: dict[int, SeenHousehold] = {}
    for row in rows:
        one = SeenHousehold(row[0], row[1], row[4], row[2], row[3], row[5], row[6])
        there = found.get(one.household_id)
        found[one.household_id] = one if there is None else _together(one, there)
    return list(found.values())


def _together(one: SeenHousehold, other: SeenHousehold) -> SeenHousehold:
    """The same household in two sizes."""
    later = max(one, other, key=lambda h: (h.last, h.adults + h.children, h.adults))
    return later._replace(visits=one.visits + other.visits, first=min(one.first, other.first))


def seen_ids(stek_ids: Collection[int], first: dt.date, last: dt.date) -> dict[int, set[int]]:
    """By STEK: the households that came; a STEK without any is absent."""
    rows = _visits(stek_ids, first, last).filter(household__isnull=False)
    found: dict[int, set[int]] = {}
    for stek_id, household_id in rows.values_list("opening__stek_id", "household_id").distinct():
        found.setdefault(stek_id, set()).add(household_id)
    return found


def seen_before(
    stek_ids: Collection[int], first: dt.date, last: dt.date, *, since: dt.date | None = None
) -> set[int]:
    """The households seen in the period that also came before it: ever, or since a day."""
    earlier = Visit.objects.counted().filter(household_id=OuterRef("pk"), opening__day__lt=first)
    if since is not None:
        earlier = earlier.filter(opening__day__gte=since)
    inside = _visits(stek_ids, first, last).filter(household__isnull=False)
    rows = Household.objects.filter(pk__in=inside.values("household_id"))
    return set(rows.filter(Exists(earlier)).order_by().values_list("pk", flat=True))


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
