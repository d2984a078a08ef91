"""Several STEKs in one report for others: put together from what each of them froze.

Nothing in it is new to who has the reports of the STEKs, so nothing more can be told from it. A sum
is shown when every number in it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from places.models import Stek
from reports.catalogue import Shape
from reports.kinds import Kind
from reports.models import Snapshot
from reports.report import HIDDEN, NOTHING, Cell, Column, Report, Row, Table
from visits.period import Period


@dataclass(frozen=True)
class Several:
    """`report` is None while no STEK froze it; `missing` did not yet."""

    report: Report | None
    missing: tuple[Stek, ...]


def from_frozen(kind: Kind, steks: Sequence[Stek], period: Period) -> Several:
    """The latest version of each STEK beside the others, and their sum; one query."""
    rows = Snapshot.objects.of_steks(stek.pk for stek in steks).for_others().without_true()
    frozen = {row.stek_id: row for row in rows.of_report(kind.key, period.key).reverse()}
    there = [stek for stek in steks if stek.pk in frozen]
    missing = tuple(stek for stek in steks if stek.pk not in frozen)
    if not there:
        return Several(None, missing)
    reports = [frozen[stek.pk].report for stek in there]
    return Several(_beside(kind, there, reports, period), missing)


def _beside(kind: Kind, steks: Sequence[Stek], reports: Sequence[Report], period: Period) -> Report:
    columns = [Column(stek.slug, stek.name, period, (stek.pk,)) for stek in steks]
    columns.append(Column("sum", _("samen"), period, tuple(stek.pk for stek in steks)))
    keys = list(dict.fromkeys(table.key for report in reports for table in report.tables))
    definitions = {k: v for report in reversed(reports) for k, v in report.definitions.items()}
    return Report(
        kind=kind.key,
        title=str(kind.name),
        steks=tuple(stek.name for stek in steks),
        period=period,
        columns=tuple(columns),
        tables=tuple(_table([report.table(key) for report in reports]) for key in keys),
        definitions=definitions,
        definitions_version=max(report.definitions_version for report in reports),
        safe=True,
    )


def _table(tables: Sequence[Table | None]) -> Table:
    """One table of all STEKs; a row that a STEK does not have is zero there."""
    first = next(table for table in tables if table is not None)
    found: dict[str, Row] = {}
    for table in tables:
        for row in table.rows if table else ():
            found.setdefault(row.key, row)
    absent = NOTHING if first.shape in {Shape.MEAN, Shape.TIME} else Cell(0)
    by_key = [{row.key: row.cells[0] for row in table.rows} if table else {} for table in tables]
    rows = []
    for key, row in found.items():
        cells = tuple(cells.get(key, absent) for cells in by_key)
        rows.append(Row(key, row.label, row.measure, (*cells, _sum(first.shape, cells))))
    total = None
    if first.total is not None:
        cells = tuple(table.total[0] if table and table.total else Cell(0) for table in tables)
        total = (*cells, _sum(first.shape, cells))
    return Table(
        key=first.key,
        title=first.title,
        function=first.function,
        shape=first.shape,
        measure=first.measure,
        rows=tuple(rows),
        total=total,
        definition=first.definition,
    )


def _sum(shape: Shape, cells: Sequence[Cell]) -> Cell:
    """Hidden as soon as one of them is. Of means there is none: weighing them would tell how many
    stand behind each.
    """
    if shape is Shape.MEAN:
        return NOTHING
    if any(cell.hidden for cell in cells):
        return HIDDEN
    there = [int(cell.number) for cell in cells if cell.number is not None]
    return Cell(sum(there)) if there else NOTHING
