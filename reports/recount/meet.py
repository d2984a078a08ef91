"""Ontmoeten and leren again: visits, households, persons, activities."""

import datetime as dt
from collections import Counter, defaultdict

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import date_format

from places.purposes import Purpose
from reports.counted import Counted, Tally
from reports.recount.rows import Rows, lies_in
from reports.recount.tables import figures_of, rows_found, rows_of, rows_weighed
from visits.models import Visit
from visits.period import Period


def meet(rows: Rows, period: Period) -> Counted:
    standing = [visit for visit in rows.visits if visit.voided_at is None]
    inside = [visit for visit in standing if lies_in(visit.opening.day, period)]
    nameless = [visit for visit in inside if visit.household_id is None]
    last = _last_visits(inside)
    new = set(last) - {v.household_id for v in standing if v.opening.day < period.first}
    adults = sum(visit.adults for visit in last.values())
    children = sum(visit.children for visit in last.values())
    sizes = Counter(str(min(5, visit.adults + visit.children)) for visit in last.values())
    firsts = _firsts_of_year(standing, period)
    first_nameless = sum(visit.first_this_year for visit in nameless)
    times = Counter(v.household_id for v in inside if v.household_id is not None)
    earlier = period.before()
    before = {v.household_id for v in standing if lies_in(v.opening.day, earlier)} - {None}
    figures = {
        "openings": sum(lies_in(opening.day, period) for opening in rows.openings),
        "visits": len(inside),
        "households": len(last),
        "persons": adults + children,
        "first_visits": firsts + first_nameless,
        "not_seen": len(before - set(last)),
    }
    return {
        "meet": figures_of(_MEET, figures),
        "visits_month": _by_month(inside, period),
        "visits_weekday": rows_found(
            (str(v.opening.day.isoweekday()), str(WEEKDAYS[v.opening.day.weekday()]))
            for v in inside
        ),
        "visits_purpose": rows_of(
            {purpose.value: str(purpose.label) for purpose in Purpose},
            Counter(purpose.value for visit in inside for purpose in visit.purposes),
            len(inside),
        ),
        "visits_named": rows_of(
            {"named": "huishouden met een nummer", "anonymous": "zonder naam"},
            {"named": len(inside) - len(nameless), "anonymous": len(nameless)},
        ),
        "households_size": rows_of(_SIZES, sizes),
        "households_seen": rows_of(
            {"new": "voor het eerst", "known": "kwam al eerder"},
            {"new": len(new), "known": len(last) - len(new)},
        ),
        "households_often": rows_of(_OFTEN, Counter(map(_times, times.values()))),
        "persons_age": rows_of(
            {"adults": "volwassenen", "children": "kinderen"},
            {"adults": adults, "children": children},
        ),
        "first_visits": rows_of(
            {"households": "huishoudens", "anonymous": "zonder naam"},
            {"households": firsts, "anonymous": first_nameless},
        ),
        "visits_day": rows_found(
            (str(v.opening.day), date_format(v.opening.day, "D d/m/Y")) for v in inside
        ),
    }


_MEET = {
    "openings": "openingen",
    "visits": "bezoeken",
    "households": "huishoudens",
    "persons": "personen in die huishoudens",
    "first_visits": "eerste bezoeken van het jaar",
    "not_seen": "huishoudens die wegbleven",
}
_OFTEN = {"1": "één keer", "2": "2 of 3 keer", "4": "4 tot 11 keer", "12": "12 keer of meer"}
_SIZES = {
    "1": "1 persoon",
    "2": "2 personen",
    "3": "3 personen",
    "4": "4 personen",
    "5": "5 personen of meer",
}


def _times(visits: int) -> str:
    if visits in {1, 2}:
        return str(visits)
    if visits == 3:
        return "2"
    return "4" if visits < 12 else "12"


def _last_visits(inside: list[Visit]) -> dict[int, Visit]:
    """Of each household the last visit; of one day the one with the most people."""
    last: dict[int, Visit] = {}
    for visit in sorted(inside, key=lambda v: (v.opening.day, v.adults + v.children, v.adults)):
        if visit.household_id is not None:
            last[visit.household_id] = visit
    return last


def _firsts_of_year(standing: list[Visit], period: Period) -> int:
    days: dict[tuple[int, int], list[dt.date]] = defaultdict(list)
    for visit in standing:
        if visit.household_id is not None:
            days[visit.household_id, visit.opening.day.year].append(visit.opening.day)
    return sum(lies_in(min(some), period) for some in days.values())


def _by_month(inside: list[Visit], period: Period) -> Tally:
    touched = []
    for number in range(period.first.year * 12, period.last.year * 12 + 12):
        month = (number // 12, number % 12 + 1)
        first, last = (day.year * 12 + day.month - 1 for day in (period.first, period.last))
        if first <= number <= last:
            touched.append(month)
    short = len(touched) <= 12
    labels = {
        (f"{month:02}" if short else f"{year}-{month:02}"): (
            str(MONTHS[month]) if short else f"{MONTHS[month]} {year}"
        )
        for year, month in touched
    }
    days = [visit.opening.day for visit in inside]
    return rows_of(labels, Counter(f"{day:%m}" if short else f"{day:%Y-%m}" for day in days))


def learn(rows: Rows, period: Period) -> Counted:
    held = [
        activity
        for activity in rows.activities
        if lies_in(activity.day, period)
        and activity.cancelled_at is None
        and activity.participants is not None
    ]
    people = [(one, one.participants or 0) for one in held]
    return {
        "learn": figures_of(
            {"activities": "activiteiten", "participants": "deelnemers"},
            {"activities": len(held), "participants": sum(count for _one, count in people)},
        ),
        "activities_kind": rows_found((one.kind, one.get_kind_display()) for one in held),
        "participants_kind": rows_weighed(
            (one.kind, one.get_kind_display(), count) for one, count in people
        ),
        "participants_organiser": rows_weighed(
            (
                f"partner:{one.organiser.name.casefold()}" if one.organiser else "stek",
                one.organiser.name if one.organiser else "de STEK zelf",
                count,
            )
            for one, count in people
        ),
    }
