"""What two versions of one report say differently; pure."""

from dataclasses import dataclass

from reports.report import Cell, Report


@dataclass(frozen=True)
class Change:
    """One number of one column; `was` and `now` as cells, because a number may be hidden."""

    table: str
    row: str
    column: str
    was: Cell
    now: Cell


def changes(before: Report, after: Report) -> tuple[Change, ...]:
    """In the order of the later one; a row that only one of them has counts as nothing there."""
    then, now = _cells(before), _cells(after)
    order = [*now, *(key for key in then if key not in now)]
    nothing = Cell(0)
    found = []
    for key in order:
        label, was = then.get(key, ("", nothing))
        label_now, cell = now.get(key, (label, nothing))
        if was != cell:
            table, _row, column = key
            found.append(Change(table, label_now or label, column, was, cell))
    return tuple(found)


def _cells(report: Report) -> dict[tuple[str, str, str], tuple[str, Cell]]:
    found: dict[tuple[str, str, str], tuple[str, Cell]] = {}
    for table in report.tables:
        for row in table.rows:
            for column, cell in zip(report.columns, row.cells, strict=True):
                found[table.title, row.key, column.label] = row.label, cell
    return found
