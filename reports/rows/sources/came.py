"""The rows behind ontmoeten and leren."""

import datetime as dt
from collections.abc import Callable

from django.db import models

from people.models import Household
from places.purposes import Purpose
from reports.counting.meet import LARGEST_SIZE, OFTEN, how_often
from reports.rows.sources.place import Behind, Place, UnknownRowError, one_of, partners_named, rows
from visits import tallies
from visits.models import Activity, Visit
from visits.period import year_of


def _meet(place: Place, row: str) -> Behind:
    if row == "openings":
        return rows(place.openings())
    if row == "visits":
        return rows(place.visits())
    if row == "households":
        return rows(place.households(place.seen()))
    if row == "persons":
        return _persons(place, lambda one: one.adults + one.children)
    if row == "first_visits":
        return rows(*_first_households(place), _first_nameless(place))
    one_of(row, {"not_seen"})
    earlier = place.period.before()
    before = tallies.seen_ids([place.stek.pk], earlier.first, earlier.last)
    return rows(place.households(before.get(place.stek.pk, set()) - set(place.seen())))


def _persons(place: Place, weigh: Callable[[tallies.SeenHousehold], int]) -> Behind:
    weights = {pk: weigh(one) for pk, one in place.seen().items() if weigh(one)}
    return Behind((place.households(weights),), sum(weights.values()), weights)


def _first_households(place: Place) -> "list[models.QuerySet[Household]]":
    """One list for each year: in a period of two years a household may be first twice."""
    found = []
    year = year_of(place.period.first)
    while year.first <= place.period.last:
        first, last = max(year.first, place.period.first), min(year.last, place.period.last)
        came = tallies.seen_ids([place.stek.pk], first, last).get(place.stek.pk, set())
        found.append(place.households(came - tallies.seen_before(came, first, since=year.first)))
        year = year.after()
    return found


def _first_nameless(place: Place) -> "models.QuerySet[Visit]":
    return place.visits().filter(household__isnull=True, first_this_year=True)


def _first_visits(place: Place, row: str) -> Behind:
    one_of(row, {"households", "anonymous"})
    if row == "households":
        return rows(*_first_households(place))
    return rows(_first_nameless(place))


def _visits_month(place: Place, row: str) -> Behind:
    months = place.period.months()
    for month in months:
        short = f"{month.first:%m}" if len(months) <= 12 else f"{month.first:%Y-%m}"
        if short == row:
            return rows(place.visits().filter(opening__day__range=(month.first, month.last)))
    raise UnknownRowError(row)


def _visits_weekday(place: Place, row: str) -> Behind:
    one_of(row, {str(number) for number in range(1, 8)})
    return rows(place.visits().filter(opening__day__iso_week_day=int(row)))


def _visits_purpose(place: Place, row: str) -> Behind:
    one_of(row, Purpose.values)
    return rows(place.visits().filter(**{f"for_{row}": True}))


def _visits_named(place: Place, row: str) -> Behind:
    one_of(row, {"named", "anonymous"})
    return rows(place.visits().filter(household__isnull=row == "anonymous"))


def _visits_day(place: Place, row: str) -> Behind:
    try:
        day = dt.date.fromisoformat(row)
    except ValueError:
        raise UnknownRowError(row) from None
    if not place.period.first <= day <= place.period.last:
        raise UnknownRowError(row)
    return rows(place.visits().filter(opening__day=day))


def _households_size(place: Place, row: str) -> Behind:
    one_of(row, {str(size) for size in range(1, LARGEST_SIZE + 1)})
    seen = place.seen().items()
    return rows(
        place.households(
            {pk for pk, one in seen if min(one.adults + one.children, LARGEST_SIZE) == int(row)}
        )
    )


def _households_seen(place: Place, row: str) -> Behind:
    one_of(row, {"new", "known"})
    seen = set(place.seen())
    known = tallies.seen_before(seen, place.period.first)
    return rows(place.households(known if row == "known" else seen - known))


def _households_often(place: Place, row: str) -> Behind:
    one_of(row, OFTEN)
    seen = place.seen().items()
    return rows(place.households({pk for pk, one in seen if how_often(one.visits) == row}))


def _persons_age(place: Place, row: str) -> Behind:
    one_of(row, {"adults", "children"})
    return _persons(place, lambda one: one.adults if row == "adults" else one.children)


# --- leren ---


def _participants(held: "models.QuerySet[Activity]") -> Behind:
    some = held.filter(participants__gt=0)
    weights = {pk: people or 0 for pk, people in some.values_list("pk", "participants")}
    return Behind((some,), sum(weights.values()), weights)


def _learn(place: Place, row: str) -> Behind:
    one_of(row, {"activities", "participants"})
    held = place.activities()
    return rows(held) if row == "activities" else _participants(held)


def _activities_kind(place: Place, row: str) -> Behind:
    one_of(row, Activity.Kind.values)
    return rows(place.activities().filter(kind=row))


def _participants_kind(place: Place, row: str) -> Behind:
    one_of(row, Activity.Kind.values)
    return _participants(place.activities().filter(kind=row))


def _participants_organiser(place: Place, row: str) -> Behind:
    if row == "stek":
        return _participants(place.activities().filter(organiser__isnull=True))
    return _participants(place.activities().filter(organiser__in=partners_named(place, row)))


TABLES = {
    "meet": _meet,
    "first_visits": _first_visits,
    "visits_month": _visits_month,
    "visits_weekday": _visits_weekday,
    "visits_purpose": _visits_purpose,
    "visits_named": _visits_named,
    "visits_day": _visits_day,
    "households_size": _households_size,
    "households_seen": _households_seen,
    "households_often": _households_often,
    "persons_age": _persons_age,
    "learn": _learn,
    "activities_kind": _activities_kind,
    "participants_kind": _participants_kind,
    "participants_organiser": _participants_organiser,
}
