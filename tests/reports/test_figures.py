"""Every number of every report equals what plain Python counts over the rows, one by one."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from places.models import Stek
from reports.catalogue import TABLES, Shape
from reports.counted import Counted
from reports.counting import count
from reports.kinds import KINDS
from reports.recount import Rows, differences, recount
from reports.report import Cell, Report, beside, compared, side_by_side
from reports.rows.sources import behind
from tests.reports.random_rows import FIRST, LAST, two_steks
from visits.period import Period

#: What chance makes of the rows; that it is counted alike is seen with one of them on each engine.
SEEDS = (3, 5, 2026) if connection.vendor == "sqlite" else (2026,)
_days = st.dates(FIRST - dt.timedelta(days=200), LAST + dt.timedelta(days=40))
KEYS = (
    *("2025-Q4", "2026-Q1", "2026-Q2", "2026-Q4", "2027-Q1", "2025-H2", "2026-H1", "2026-H2"),
    *("2025", "2026", "2027", "2026-03", "2026-10", "2026-12", "2027-01"),
    *("2026-W01", "2026-W13", "2026-W43", "2026-W44", "2026-W53", "2027-W01"),
    *("2026-12-15_2027-01-10", "2026-10-25_2026-10-25", "2025-11-02_2026-11-01"),
)
PERIODS = st.one_of(
    st.sampled_from(KEYS).map(Period.parse),
    st.tuples(_days, _days).map(lambda two: Period.free(min(two), max(two))),
)
examples = settings(max_examples=12, deadline=None)

pytestmark = pytest.mark.django_db


class Book:
    """Two STEKs, and their rows as the slow path wants them."""

    def __init__(self, seed: int) -> None:
        self.steks = two_steks(seed)
        self._rows = {stek.pk: Rows.of(stek) for stek in self.steks}

    def slow(self, steks: list[Stek], period: Period) -> list[Counted]:
        return [recount(self._rows[stek.pk], period) for stek in steks]


@pytest.fixture(params=SEEDS, scope="module")
def book(request, rows_of_module):
    with transaction.atomic():
        yield Book(request.param)
        transaction.set_rollback(True)


@examples
@given(period=PERIODS)
def test_every_figure_of_a_stek_equals_its_rows(book, period):
    fast = count(book.steks, period)
    for stek, slow in zip(book.steks, book.slow(book.steks, period), strict=True):
        assert list(differences(fast[stek.pk], slow)) == []


@examples
@given(period=PERIODS, kind=st.sampled_from(sorted(KINDS)), both=st.booleans())
def test_every_number_of_a_report_equals_the_rows(book, period, kind, both):
    steks = book.steks if both else book.steks[:1]
    report = compared(kind, "", KINDS[kind].tables, steks=steks, period=period)
    assert [column.period for column in report.columns] == list(beside(period))
    _assert_equal(report, [book.slow(steks, column.period) for column in report.columns])


@examples
@given(period=PERIODS, kind=st.sampled_from(sorted(KINDS)))
def test_every_number_side_by_side_equals_the_rows(book, period, kind):
    report = side_by_side(kind, "", KINDS[kind].tables, steks=book.steks, period=period)
    slow = book.slow(book.steks, period)
    _assert_equal(report, [*([one] for one in slow), slow])


@examples
@given(period=PERIODS, today=st.dates(FIRST, LAST))
def test_running_period_counts_as_many_days_of_those_beside_it(book, period, today):
    tables = KINDS["team"].tables
    report = compared("team", "", tables, steks=book.steks, period=period, today=today)
    if period.first <= today < period.last:
        days = (today - period.first).days + 1
        longest = [days, *(min(days, one.days) for one in beside(period)[1:])]
        assert [column.period.days for column in report.columns] == longest
        assert report.columns[0].period.last == today
    _assert_equal(report, [book.slow(book.steks, column.period) for column in report.columns])


@pytest.mark.parametrize(
    "key",
    [
        "2026",
        *(
            pytest.param(key, marks=pytest.mark.one_engine("a year asks all that they do"))
            for key in ("2026-Q4", "2026-W53", "2025-11-02_2026-11-01")
        ),
    ],
)
def test_rows_behind_every_number_are_as_many(book, key):
    period = Period.parse(key)
    for stek in book.steks:
        for table, tally in count([stek], period)[stek.pk].items():
            for row, entry in tally.entries.items():
                found = behind(stek, table, row, period)
                number = entry.of if TABLES[table].shape is Shape.MEAN else entry.number
                assert found.number == number, (table, row)
                rows = [one for part in found.parts for one in part]
                assert sum(found.weights.get(one.pk, 1) for one in rows) == number, (table, row)


def _assert_equal(report: Report, columns: list[list[Counted]]) -> None:
    """`columns` has for each column what was counted of each of its STEKs."""
    kind = KINDS[report.kind]
    assert tuple(table.key for table in report.tables) == kind.tables
    for table in report.tables:
        wanted = list(_rows(table.key, columns))
        assert sorted(row.key for row in table.rows) == sorted(wanted), table.key
        for row in table.rows:
            for cell, counts in zip(row.cells, columns, strict=True):
                assert cell == _cell(table.key, row.key, counts), (table.key, row.key)
        if table.total is not None:
            totals = [sum(one[table.key].total or 0 for one in counts) for counts in columns]
            assert [cell.number for cell in table.total] == totals, table.key


def _rows(key: str, columns: list[list[Counted]]) -> Iterator[str]:
    """All rows of any column; of periods beside each other the time of the first."""
    is_time = TABLES[key].shape is Shape.TIME
    side_by_side = len(columns[-1]) > len(columns[0])
    shown = columns[:1] if is_time and not side_by_side else columns
    yield from {row for counts in shown for one in counts for row in one[key].entries}


def _cell(key: str, row: str, counts: list[Counted]) -> Cell:
    found = [one[key].entries[row] for one in counts if row in one[key].entries]
    shape = TABLES[key].shape
    if shape is Shape.MEAN:
        many = sum(entry.of or 0 for entry in found)
        mean = round(sum(entry.number for entry in found) / many, 1) if many else None
        return Cell(mean, of=many or None)
    if not found and shape is Shape.TIME:
        return Cell(None)
    return Cell(sum(entry.number for entry in found))
