"""A report as a value: columns, tables, rows and cells. The page, every file, the frozen snapshot
and the tests share it, and nothing computes a number after it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from places.models import Stek
from reports import definitions
from reports.catalogue import TABLES, Function, Measure, Shape, Spec
from reports.counted import Counted, Entry, Tally, summed
from reports.counting import count, count_together
from visits.period import Period


@dataclass(frozen=True)
class Cell:
    """One number. None: there is nothing to tell; hidden: it is not told."""

    number: int | float | None
    hidden: bool = False
    #: Of a mean: of how many.
    of: int | None = None


HIDDEN = Cell(None, hidden=True)
NOTHING = Cell(None)


@dataclass(frozen=True)
class Column:
    """One period of one STEK, or of several together."""

    key: str
    label: str
    period: Period
    stek_ids: tuple[int, ...]

    @property
    def short(self) -> str:
        """Its label where there is little room."""
        return self.period.short if self.label == self.period.label else self.label


@dataclass(frozen=True)
class Row:
    """`cells` has one for each column of the report."""

    key: str
    label: str
    measure: Measure
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """`total` is what the rows are part of, for each column; figures and means have none."""

    key: str
    title: str
    function: Function
    shape: Shape
    measure: Measure | None
    rows: tuple[Row, ...]
    total: tuple[Cell, ...] | None
    definition: str


@dataclass(frozen=True)
class Report:
    """`kind` names the report (`reports.kinds`); `safe` when small numbers are hidden in it."""

    kind: str
    title: str
    steks: tuple[str, ...]
    period: Period
    columns: tuple[Column, ...]
    tables: tuple[Table, ...]
    #: By measure that occurs: its definition in words.
    definitions: Mapping[str, str]
    definitions_version: int
    safe: bool = False

    def of_function(self, function: Function) -> tuple[Table, ...]:
        return tuple(table for table in self.tables if table.function is function)

    def table(self, key: str) -> Table | None:
        return next((table for table in self.tables if table.key == key), None)


def compared(
    kind: str,
    title: str,
    tables: Sequence[str],
    *,
    steks: Sequence[Stek],
    period: Period,
    today: dt.date | None = None,
) -> Report:
    """The period beside the one before and the same a year earlier (of a year: the two years
    before); several STEKs as their sum.

    With `today` a period that still runs counts until that day, and so do the two beside it.
    """
    ids = tuple(stek.pk for stek in steks)
    now, before, year_before = beside(period, today)
    columns = (
        Column("now", _label(period, now), now, ids),
        Column("before", before.label, before, ids),
        Column("year_before", year_before.label, year_before, ids),
    )
    periods = [column.period for column in columns]
    counts = count_together(steks, periods)
    return _report(kind, title, tables, steks, period, columns, counts)


def beside(period: Period, today: dt.date | None = None) -> tuple[Period, Period, Period]:
    """What the three columns count: this one, the one before, the same a year earlier."""
    before, year_before = period.before(), period.year_before()
    if year_before == before:
        year_before = before.year_before()
    if today is None or not period.first <= today < period.last:
        return period, before, year_before
    over = (today - period.first).days
    now, before, year_before = (
        Period.free(one.first, min(one.last, one.first + dt.timedelta(days=over)))
        for one in (period, before, year_before)
    )
    return now, before, year_before


def _label(period: Period, counted: Period) -> str:
    if counted == period:
        return period.label
    until = date_format(counted.last, "j F Y")
    return _("%(period)s tot en met %(day)s") % {"period": period.label, "day": until}


def side_by_side(
    kind: str, title: str, tables: Sequence[str], *, steks: Sequence[Stek], period: Period
) -> Report:
    """The STEKs beside each other, and last their sum, all in one period."""
    found = count(steks, period)
    columns = [Column(stek.slug, stek.name, period, (stek.pk,)) for stek in steks]
    columns.append(Column("sum", _("samen"), period, tuple(stek.pk for stek in steks)))
    counts = [*(found[stek.pk] for stek in steks), summed(found.values())]
    return _report(kind, title, tables, steks, period, columns, counts)


def _report(
    kind: str,
    title: str,
    tables: Sequence[str],
    steks: Sequence[Stek],
    period: Period,
    columns: Iterable[Column],
    counts: Sequence[Counted],
) -> Report:
    columns = tuple(columns)
    same_days = len({column.period for column in columns}) == 1
    made = tuple(
        _table(TABLES[key], [one[key] for one in counts], same_days=same_days) for key in tables
    )
    measures = {row.measure for table in made for row in table.rows}
    measures |= {table.measure for table in made if table.measure is not None}
    return Report(
        kind=kind,
        title=title,
        steks=tuple(stek.name for stek in steks),
        period=period,
        columns=columns,
        tables=made,
        definitions={m.value: str(definitions.MEASURES[m].text) for m in Measure if m in measures},
        definitions_version=definitions.VERSION,
    )


def _table(spec: Spec, tallies: Sequence[Tally], *, same_days: bool) -> Table:
    about = definitions.TABLES.get(spec.key)
    total = None
    if spec.shape not in {Shape.FIGURES, Shape.MEAN}:
        total = tuple(Cell(tally.total) for tally in tallies)
    rows = []
    for key, label in _rows(spec, tallies, same_days=same_days).items():
        measure = Measure(key) if spec.measure is None else spec.measure
        cells = tuple(_cell(spec, tally.entries.get(key)) for tally in tallies)
        rows.append(Row(key, label, measure, cells))
    return Table(
        key=spec.key,
        title=str(spec.title),
        function=spec.function,
        shape=spec.shape,
        measure=spec.measure,
        rows=tuple(rows),
        total=total,
        definition=str(about.text) if about else "",
    )


def _rows(spec: Spec, tallies: Sequence[Tally], *, same_days: bool) -> dict[str, str]:
    """The rows of the first column, then those that only others have; time is of the first, and
    of STEKs beside each other the days of all, in order.
    """
    first = tallies[0]
    rows = {key: entry.label for key, entry in first.entries.items()}
    if spec.shape is Shape.TIME and not same_days:
        return rows
    for tally in tallies[1:]:
        for key, entry in tally.entries.items():
            rows.setdefault(key, entry.label)
    return dict(sorted(rows.items())) if spec.by_key else rows


def _cell(spec: Spec, entry: Entry | None) -> Cell:
    if entry is None:
        return NOTHING if spec.shape in {Shape.TIME, Shape.MEAN} else Cell(0)
    if spec.shape is Shape.MEAN:
        return Cell(round(entry.number / entry.of, 1), of=entry.of) if entry.of else NOTHING
    return Cell(entry.number)
