"""Ontmoeten: openings, visits, the households behind them and the people in those."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from places.purposes import Purpose
from reports.counted import Tally
from reports.counting.grouping import figures, fixed, grouped, listed
from visits import tallies
from visits.period import Period, year_of
from visits.tallies import DayOfVisits, SeenHousehold

#: From so many persons on, a household is counted as "5 of meer".
LARGEST_SIZE = 5


def count(stek_ids: Collection[int], period: Period) -> Mapping[int, Mapping[str, Tally]]:
    """Six queries, and one more for each calendar year that the period touches after its first."""
    span = (period.first, period.last)
    openings = listed(tallies.openings(stek_ids, *span), lambda row: row.stek_id)
    days = listed(tallies.visits_by_day(stek_ids, *span), lambda row: row.stek_id)
    households = listed(tallies.seen_households(stek_ids, *span), lambda row: row.stek_id)
    known = tallies.seen_before(stek_ids, *span)
    earlier = period.before()
    gone = _gone(stek_ids, earlier, households)
    firsts = first_visits(stek_ids, period)
    return {
        stek_id: _tables(
            period,
            openings=len(openings.get(stek_id, [])),
            days=days.get(stek_id, []),
            households=households.get(stek_id, []),
            known=known,
            gone=gone[stek_id],
            firsts=firsts[stek_id],
        )
        for stek_id in stek_ids
    }


def _gone(
    stek_ids: Collection[int], earlier: Period, now: Mapping[int, list[SeenHousehold]]
) -> Mapping[int, int]:
    """By STEK: how many households came in the period before, and not in this one."""
    before = tallies.seen_ids(stek_ids, earlier.first, earlier.last)
    return {
        stek_id: len(
            before.get(stek_id, set()) - {one.household_id for one in now.get(stek_id, [])}
        )
        for stek_id in stek_ids
    }


def first_visits(stek_ids: Collection[int], period: Period) -> Mapping[int, int]:
    """By STEK: households whose first visit of a calendar year lies in the period."""
    found = dict.fromkeys(stek_ids, 0)
    year = year_of(period.first)
    while year.first <= period.last:
        first, last = max(year.first, period.first), min(year.last, period.last)
        came = tallies.seen_ids(stek_ids, first, last)
        again: set[int] = set()
        if first > year.first:
            again = tallies.seen_before(stek_ids, first, last, since=year.first)
        for stek_id, ids in came.items():
            found[stek_id] += len(ids - again)
        year = year.after()
    return found


def _tables(
    period: Period,
    *,
    openings: int,
    days: list[DayOfVisits],
    households: list[SeenHousehold],
    known: Collection[int],
    gone: int,
    firsts: int,
) -> Mapping[str, Tally]:
    visits, named = sum(day.visits for day in days), sum(day.named for day in days)
    adults, children = sum(h.adults for h in households), sum(h.children for h in households)
    first_anonymous = sum(day.first_anonymous for day in days)
    again = sum(h.household_id in known for h in households)
    return {
        "meet": figures(
            {
                "openings": _("openingen"),
                "visits": _("bezoeken"),
                "households": _("huishoudens"),
                "persons": _("personen in die huishoudens"),
                "first_visits": _("eerste bezoeken van het jaar"),
                "not_seen": _("huishoudens die wegbleven"),
            },
            {
                "openings": openings,
                "visits": visits,
                "households": len(households),
                "persons": adults + children,
                "first_visits": firsts + first_anonymous,
                "not_seen": gone,
            },
        ),
        "visits_month": _months(period, days),
        "visits_weekday": _weekdays(days),
        "visits_purpose": _purposes(days, visits),
        "visits_named": fixed(
            "visits_named",
            {"named": _("huishouden met een nummer"), "anonymous": _("zonder naam")},
            {"named": named, "anonymous": visits - named},
        ),
        "households_size": _sizes(households),
        "households_seen": fixed(
            "households_seen",
            {"new": _("voor het eerst"), "known": _("kwam al eerder")},
            {"new": len(households) - again, "known": again},
        ),
        "persons_age": fixed(
            "persons_age",
            {"adults": _("volwassenen"), "children": _("kinderen")},
            {"adults": adults, "children": children},
        ),
        "first_visits": fixed(
            "first_visits",
            {"households": _("huishoudens"), "anonymous": _("zonder naam")},
            {"households": firsts, "anonymous": first_anonymous},
        ),
        "visits_day": grouped("visits_day", (_day(day) for day in days)),
    }


def _day(day: DayOfVisits) -> tuple[str, str, int]:
    return day.day.isoformat(), date_format(day.day, "D d/m/Y"), day.visits


def month_key(period: Period, month: dt.date) -> str:
    """The month of the year, so that two years stand beside each other; in longer periods the
    month itself.
    """
    return (
        f"{month.month:02}"
        if period.days <= 366 and len(period.months()) <= 12
        else (f"{month.year}-{month.month:02}")
    )


def _months(period: Period, days: Iterable[DayOfVisits]) -> Tally:
    numbers: Counter[str] = Counter()
    for day in days:
        numbers[month_key(period, day.day)] += day.visits
    labels = {}
    for month in period.months():
        key = month_key(period, month.first)
        name = str(MONTHS[month.first.month])
        labels[key] = name if len(key) == 2 else f"{name} {month.first.year}"
    return fixed("visits_month", labels, numbers)


def _weekdays(days: Iterable[DayOfVisits]) -> Tally:
    numbers: Counter[int] = Counter()
    for day in days:
        numbers[day.day.weekday()] += day.visits
    ordered = sorted(numbers)
    return grouped("visits_weekday", ((str(d + 1), WEEKDAYS[d], numbers[d]) for d in ordered))


def _purposes(days: Iterable[DayOfVisits], visits: int) -> Tally:
    numbers: Counter[str] = Counter()
    for day in days:
        for purpose in Purpose:
            numbers[purpose.value] += getattr(day, purpose.value)
    tally = fixed("visits_purpose", dict(Purpose.choices), numbers)
    return Tally(tally.entries, visits)


def _sizes(households: Iterable[SeenHousehold]) -> Tally:
    numbers = Counter(str(min(h.adults + h.children, LARGEST_SIZE)) for h in households)
    labels = {str(size): _("%(count)s personen") % {"count": size} for size in range(2, 5)}
    labels = {"1": _("1 persoon"), **labels, str(LARGEST_SIZE): _("5 personen of meer")}
    return fixed("households_size", labels, numbers)
