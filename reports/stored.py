"""A report as JSON and back: exact, and the same text for an equal report."""

from collections.abc import Mapping
from typing import Any

from reports.catalogue import Function, Measure, Shape
from reports.report import HIDDEN, Cell, Column, Report, Row, Table
from visits.period import Period

#: Of the JSON itself; one that is not this is refused instead of guessed at.
FORM = 1


class UnknownFormError(ValueError):
    """The JSON was written by a version of the project that this one does not know."""


def as_json(report: Report) -> dict[str, Any]:
    return {
        "form": FORM,
        "kind": report.kind,
        "title": report.title,
        "steks": list(report.steks),
        "period": report.period.key,
        "columns": [
            [column.key, column.label, column.period.key, list(column.stek_ids)]
            for column in report.columns
        ],
        "tables": [_table_as_json(table) for table in report.tables],
        # Pairs: PostgreSQL would put the keys of an object in an order of its own.
        "definitions": [[measure, text] for measure, text in report.definitions.items()],
        "definitions_version": report.definitions_version,
        "safe": report.safe,
    }


def from_json(stored: Mapping[str, Any]) -> Report:
    """Raises `UnknownFormError`."""
    if stored.get("form") != FORM:
        raise UnknownFormError(stored.get("form"))
    return Report(
        kind=stored["kind"],
        title=stored["title"],
        steks=tuple(stored["steks"]),
        period=Period.parse(stored["period"]),
        columns=tuple(
            Column(key, label, Period.parse(period), tuple(stek_ids))
            for key, label, period, stek_ids in stored["columns"]
        ),
        tables=tuple(_table_from_json(table) for table in stored["tables"]),
        definitions=dict(stored["definitions"]),
        definitions_version=stored["definitions_version"],
        safe=stored["safe"],
    )


def _table_as_json(table: Table) -> dict[str, Any]:
    return {
        "key": table.key,
        "title": table.title,
        "function": table.function.value,
        "shape": table.shape.value,
        "measure": table.measure.value if table.measure else None,
        "rows": [
            [row.key, row.label, row.measure.value, [_cell_as_json(cell) for cell in row.cells]]
            for row in table.rows
        ],
        "total": None if table.total is None else [_cell_as_json(cell) for cell in table.total],
        "definition": table.definition,
    }


def _table_from_json(stored: Mapping[str, Any]) -> Table:
    total = stored["total"]
    return Table(
        key=stored["key"],
        title=stored["title"],
        function=Function(stored["function"]),
        shape=Shape(stored["shape"]),
        measure=Measure(stored["measure"]) if stored["measure"] else None,
        rows=tuple(
            Row(key, label, Measure(measure), tuple(map(_cell_from_json, cells)))
            for key, label, measure, cells in stored["rows"]
        ),
        total=None if total is None else tuple(map(_cell_from_json, total)),
        definition=stored["definition"],
    )


def _cell_as_json(cell: Cell) -> Any:
    """A number, "hidden", null, or of a mean the number and of how many it is."""
    if cell.hidden:
        return "hidden"
    return cell.number if cell.of is None else [cell.number, cell.of]


def _cell_from_json(stored: Any) -> Cell:
    if stored == "hidden":
        return HIDDEN
    if isinstance(stored, list):
        return Cell(stored[0], of=stored[1])
    return Cell(stored)
