"""Ontmoeten: openings, visits, the households behind them and the people in those."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from operator import attrgetter

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from places.purposes import Purpose
from reports.counted import Tally
from reports.counting.grouping import Parts, figures, fixed, grouped, listed
from visits import tallies
from visits.period import Period, year_of
from visits.tallies import DayOfVisits, SeenHousehold

#: From so many persons on, a household is counted as "5 of meer".
LARGEST_SIZE = 5
#: The rows of how often: from so many visits on.
OFTEN = {"12": 12, "4": 4, "2": 2, "1": 1}


def how_often(visits: int) -> str:
    """The row of a household that came so many times."""
    return next(row for row, least in OFTEN.items() if visits >= least)


class Seen:
    """Which households came in which days, by part; each span of days is asked once, so periods
    that are counted beside each other share it.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._ids: dict[tuple[dt.date, dt.date], Mapping[int, set[int]]] = {}

    def ids(self, first: dt.date, last: dt.date) -> Mapping[int, set[int]]:
        """Each part is there."""
        if (first, last) not in self._ids:
            found: dict[int, set[int]] = {part: set() for part in self._parts.values()}
            for stek_id, ids in tallies.seen_ids(self._parts, first, last).items():
                found[self._parts[stek_id]] |= ids
            self._ids[first, last] = found
        return self._ids[first, last]

    def households(self, period: Period) -> Mapping[int, list[SeenHousehold]]:
        rows = tallies.seen_households(self._parts, period.first, period.last)
        found = listed(rows, self._parts)
        self._ids[period.first, period.last] = {
            part: {one.household_id for one in some} for part, some in found.items()
        }
        return found

    def known_before(self, day: dt.date) -> set[int]:
        """Those of whom it is known already that they came before this day."""
        spans = [ids for (_first, last), ids in self._ids.items() if last < day]
        return {pk for ids in spans for some in ids.values() for pk in some}


def count(parts: Parts, period: Period, seen: Seen) -> Mapping[int, Mapping[str, Tally]]:
    """Five queries, and two more for each calendar year that the period touches in part."""
    span = (period.first, period.last)
    openings = listed(tallies.openings(parts, *span), parts)
    days = listed(tallies.visits_by_day(parts, *span), parts)
    households = seen.households(period)
    came, earlier = seen.ids(*span), period.before()
    before = seen.ids(earlier.first, earlier.last)
    maybe = {pk for part, ids in came.items() for pk in ids - before[part]}
    maybe -= seen.known_before(earlier.first)
    new = maybe - tallies.seen_before(maybe, earlier.first)
    firsts = first_visits(period, seen)
    labels = _Labels.of(period)
    return {
        part: _tables(
            labels,
            openings=len(openings[part]),
            days=days[part],
            households=households[part],
            new=len(new & ids),
            gone=len(before[part] - ids),
            firsts=firsts[part],
        )
        for part, ids in came.items()
    }


def first_visits(period: Period, seen: Seen) -> Mapping[int, int]:
    """By part: households whose first visit of a calendar year lies in the period."""
    found: Counter[int] = Counter()
    year = year_of(period.first)
    while year.first <= period.last:
        first, last = max(year.first, period.first), min(year.last, period.last)
        came = seen.ids(first, last)
        again: set[int] = set()
        if first > year.first:
            again = tallies.seen_before(set().union(*came.values()), first, since=year.first)
        for part, ids in came.items():
            found[part] += len(ids - again)
        year = year.after()
    return found


def _tables(
    labels: "_Labels",
    *,
    openings: int,
    days: list[DayOfVisits],
    households: list[SeenHousehold],
    new: int,
    gone: int,
    firsts: int,
) -> Mapping[str, Tally]:
    visits, named = sum(day.visits for day in days), sum(day.named for day in days)
    adults, children = sum(h.adults for h in households), sum(h.children for h in households)
    first_anonymous = sum(day.first_anonymous for day in days)
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
        "visits_month": _months(labels, days),
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
            {"new": new, "known": len(households) - new},
        ),
        "households_often": _often(households),
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
        "visits_day": grouped("visits_day", (labels.day(day) for day in days)),
    }


class _Labels:
    """The rows of time of one period, named once for all STEKs."""

    def __init__(self, months: Mapping[tuple[int, int], str], names: Mapping[str, str]) -> None:
        self.months = months
        self.names = names
        self._days: dict[dt.date, tuple[str, str]] = {}

    @classmethod
    def of(cls, period: Period) -> "_Labels":
        """The month of the year, so that two years stand beside each other; in periods of more
        than twelve months the month itself.
        """
        found = [month.first for month in period.months()]
        months, names = {}, {}
        for month in found:
            name = str(MONTHS[month.month])
            key = f"{month.month:02}" if len(found) <= 12 else f"{month.year}-{month.month:02}"
            months[month.year, month.month] = key
            names[key] = name if len(found) <= 12 else f"{name} {month.year}"
        return cls(months, names)

    def day(self, row: DayOfVisits) -> tuple[str, str, int]:
        if row.day not in self._days:
            self._days[row.day] = (row.day.isoformat(), date_format(row.day, "D d/m/Y"))
        return (*self._days[row.day], row.visits)


def _months(labels: _Labels, days: Iterable[DayOfVisits]) -> Tally:
    numbers: Counter[str] = Counter()
    for day in days:
        numbers[labels.months[day.day.year, day.day.month]] += day.visits
    return fixed("visits_month", labels.names, numbers)


def _weekdays(days: Iterable[DayOfVisits]) -> Tally:
    numbers: Counter[int] = Counter()
    for day in days:
        numbers[day.day.weekday()] += day.visits
    ordered = sorted(numbers)
    return grouped("visits_weekday", ((str(d + 1), WEEKDAYS[d], numbers[d]) for d in ordered))


def _purposes(days: Collection[DayOfVisits], visits: int) -> Tally:
    numbers = {p.value: sum(map(attrgetter(p.value), days)) for p in Purpose}
    tally = fixed("visits_purpose", dict(Purpose.choices), numbers)
    return Tally(tally.entries, visits)


def _sizes(households: Iterable[SeenHousehold]) -> Tally:
    numbers = Counter(str(min(h.adults + h.children, LARGEST_SIZE)) for h in households)
    labels = {str(size): _("%(count)s personen") % {"count": size} for size in range(2, 5)}
    labels = {"1": _("1 persoon"), **labels, str(LARGEST_SIZE): _("5 personen of meer")}
    return fixed("households_size", labels, numbers)


def _often(households: Iterable[SeenHousehold]) -> Tally:
    labels = {
        "1": _("één keer"),
        "2": _("2 of 3 keer"),
        "4": _("4 tot 11 keer"),
        "12": _("12 keer of meer"),
    }
    numbers = Counter(how_often(one.visits) for one in households)
    return fixed("households_often", labels, numbers)
