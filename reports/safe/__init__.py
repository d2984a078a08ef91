"""Hides what would say something about somebody in a report that leaves the house; pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from policy.small import FEWEST, hidden_cells, is_small
from reports.catalogue import PUBLIC_MEASURES, Shape
from reports.report import HIDDEN, Cell, Report, Table

__all__ = ["Release", "make_safe"]


@dataclass(frozen=True)
class Release:
    """One report that left before: what was true, and what was shown."""

    true: Report
    shown: Report


def make_safe(report: Report, released: Collection[Release]) -> Report:
    """The report as others may see it."""
    tables = tuple(_safe_table(table) for table in report.tables)
    return replace(report, tables=tables, safe=True)


def _safe_table(table: Table) -> Table:
    if table.measure in PUBLIC_MEASURES:
        return table
    columns = range(len(table.rows[0].cells)) if table.rows else range(0)
    hidden = {column: _hidden(table, column) for column in columns}
    rows = tuple(
        replace(
            row,
            cells=tuple(
                HIDDEN if place in hidden[column] and row.measure not in PUBLIC_MEASURES else cell
                for column, cell in enumerate(row.cells)
            ),
        )
        for place, row in enumerate(table.rows)
    )
    total = table.total and tuple(HIDDEN if _small(cell) else cell for cell in table.total)
    return replace(table, rows=rows, total=total)


def _hidden(table: Table, column: int) -> frozenset[int]:
    cells = [row.cells[column] for row in table.rows]
    if table.shape is Shape.MEAN:
        return frozenset(place for place, cell in enumerate(cells) if 0 < (cell.of or 0) < FEWEST)
    total = table.total[column] if table.total else None
    if total is not None and _small(total):
        return frozenset(range(len(cells)))
    numbers = _numbers(cells)
    if table.shape in {Shape.PARTITION, Shape.TIME}:
        return hidden_cells(numbers)
    whole = int(total.number or 0) if total else 0
    return frozenset(
        place
        for place, number in enumerate(numbers)
        if is_small(number) or (table.shape is Shape.PARTS and is_small(whole - number))
    )


def _numbers(cells: Sequence[Cell]) -> list[int]:
    return [int(cell.number or 0) for cell in cells]


def _small(cell: Cell) -> bool:
    return cell.number is not None and is_small(int(cell.number))
