"""The numbers of a report as what they count and where; the same number in two tables is one."""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import NamedTuple

from forms_help.outcomes import Outcome
from reports.catalogue import PUBLIC_MEASURES, Measure, Shape
from reports.counted import ALL
from reports.report import Cell, Column, Report, Row, Table
from visits.period import Period

#: Rows that are the total of another table.
_SAME = {("questions_outcome", Outcome.NOT_SOLVED.value): Measure.UNMET.value}
NEW, FIRSTS = "households_seen/new", "first_visits/households"


class Place(NamedTuple):
    """Of a cell in a report; `row` is None for the total."""

    table: int
    row: int | None
    column: int


class Site(NamedTuple):
    """One cell: what it counts, in which days of which STEKs, and whether it was hidden."""

    place: Place
    key: str
    period: Period
    stek_ids: tuple[int, ...]
    number: int
    hidden: bool


def row_key(table: str, row: str) -> str:
    return _SAME.get((table, row), f"{table}/{row}")


def is_public(table: Table, row: Row | None = None) -> bool:
    measure = table.measure if row is None else row.measure
    return measure in PUBLIC_MEASURES


def sites(
    true: Report, shown: Report | None = None, columns: Collection[int] | None = None
) -> Iterator[Site]:
    """All but what is public or says nothing; `shown` is the same report with cells hidden."""
    wanted = range(len(true.columns)) if columns is None else sorted(columns)
    for place, table in enumerate(true.tables):
        seen = table if shown is None else shown.tables[place]
        if table.total is not None and seen.total is not None and not is_public(table):
            key = str(table.measure and table.measure.value)
            for at in wanted:
                about = true.columns[at]
                spot = Place(place, None, at)
                yield _site(spot, key, about.period, about, table.total[at], seen.total[at])
        shown_rows = {row.key: row for row in seen.rows}
        for number, row in enumerate(table.rows):
            if is_public(table, row):
                continue
            key = _key_of(table, row)
            for at in wanted:
                if row.cells[at].number is None:
                    continue
                about, now = true.columns[at], shown_rows[row.key].cells[at]
                period = about.period
                if table.shape is Shape.TIME:
                    period = _piece(period, row.key)
                yield _site(Place(place, number, at), key, period, about, row.cells[at], now)


def _key_of(table: Table, row: Row) -> str:
    if table.shape in {Shape.FIGURES, Shape.TIME}:
        return row.measure.value
    if table.shape is Shape.MEAN and row.key == ALL:
        return Measure.ANSWER_DAYS.value
    return row_key(table.key, row.key)


def _site(place: Place, key: str, period: Period, about: Column, cell: Cell, seen: Cell) -> Site:
    """Of a mean, of how many it is counts."""
    number = cell.number if cell.of is None else cell.of
    return Site(place, key, period, about.stek_ids, int(number or 0), seen.hidden)


def _piece(period: Period, key: str) -> Period:
    """The days of a row of time: "2026-03-21", "2026-03", or "03" in the year it is about."""
    if len(key) == len("2026-03-21"):
        day = dt.date.fromisoformat(key)
        return Period.free(day, day)
    for month in period.months():
        if key in {f"{month.first:%Y-%m}", f"{month.first:%m}"}:
            return month
    raise ValueError(key)
