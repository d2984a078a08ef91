"""A report as its page shows it: numbers written out, changes in words, four sections."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from reports.catalogue import Function, Shape
from reports.charts import Chart, chart_of
from reports.report import Cell, Report, Row, Table

#: Where the rows behind a cell are shown: table, row; empty when nobody may see them.
RowsUrl = Callable[[Table, Row], str]


@dataclass(frozen=True)
class Text:
    """A cell as it is read; `soft` when it is no number."""

    text: str
    soft: bool


@dataclass(frozen=True)
class Line:
    """`change` is against the period before; empty when that can't be told."""

    label: str
    cells: tuple[Text, ...]
    change: str
    url: str


@dataclass(frozen=True)
class Tile:
    """One figure, large; `change` in words."""

    number: Text
    label: str
    change: str
    definition: str
    url: str


@dataclass(frozen=True)
class TablePart:
    """`is_wide` when its chart asks for the whole width; its many rows are then folded away."""

    table: Table
    lines: tuple[Line, ...]
    total: Line | None
    definition: str
    chart: Chart | None

    @property
    def is_wide(self) -> bool:
        return self.chart is not None and self.chart.wide


@dataclass(frozen=True)
class Section:
    """One of the four functions; without anything in it there is none."""

    function: Function
    tiles: tuple[Tile, ...]
    tables: tuple[TablePart, ...]


@dataclass(frozen=True)
class ReportPage:
    report: Report
    sections: tuple[Section, ...]
    #: Whether anything at all was counted in the first column.
    is_empty: bool
    hides: bool
    is_side_by_side: bool

    @classmethod
    def of(cls, report: Report, *, rows_url: RowsUrl) -> "ReportPage":
        sections = (_section(report, function, rows_url) for function in Function)
        cells = [cell for table in report.tables for row in table.rows for cell in row.cells]
        return cls(
            report=report,
            sections=tuple(one for one in sections if one.tiles or one.tables),
            is_empty=not any(_first(report)),
            hides=any(cell.hidden for cell in cells),
            is_side_by_side=is_side_by_side(report),
        )


def _first(report: Report) -> list[bool]:
    return [
        row.cells[0].hidden or bool(row.cells[0].number)
        for table in report.tables
        for row in table.rows
    ]


def _section(report: Report, function: Function, rows_url: RowsUrl) -> Section:
    tables = report.of_function(function)
    figures = [table for table in tables if table.shape is Shape.FIGURES]
    return Section(
        function=function,
        tiles=tuple(
            _tile(report, table, row, rows_url(table, row))
            for table in figures
            for row in table.rows
        ),
        tables=tuple(
            _part(report, table, rows_url) for table in tables if table.shape is not Shape.FIGURES
        ),
    )


def _tile(report: Report, table: Table, row: Row, url: str) -> Tile:
    one = row.cells[-1] if is_side_by_side(report) else row.cells[0]
    change = "" if is_side_by_side(report) else _in_words(report, row)
    return Tile(written(one), row.label, change, report.definitions[row.measure], url)


def is_side_by_side(report: Report) -> bool:
    """STEKs beside each other instead of periods."""
    return report.columns[-1].key == "sum"


def _part(report: Report, table: Table, rows_url: RowsUrl) -> TablePart:
    said = [table.definition]
    if table.measure is not None:
        said.insert(0, report.definitions[table.measure])
    total = None
    if table.total is not None:
        change = "" if is_side_by_side(report) else changed(table.total)
        total = Line(_("samen"), tuple(map(written, table.total)), change, "")
    return TablePart(
        table=table,
        lines=tuple(_line(report, table, row, rows_url) for row in table.rows),
        total=total if table.shape is not Shape.PARTS else _of(total),
        definition=" ".join(text for text in said if text),
        chart=None if is_side_by_side(report) else chart_of(table, report.columns),
    )


def _of(total: Line | None) -> Line | None:
    """Of parts that overlap the last line is not their sum."""
    return total and Line(_("van alle"), total.cells, total.change, total.url)


def _line(report: Report, table: Table, row: Row, rows_url: RowsUrl) -> Line:
    change = "" if is_side_by_side(report) else changed(row.cells)
    return Line(row.label, tuple(map(written, row.cells)), change, rows_url(table, row))


def written(cell: Cell) -> Text:
    """1213 as 1.213, a mean with a decimal comma, and in words when there is no number."""
    if cell.hidden:
        return Text(_("verborgen"), soft=True)
    if cell.number is None:
        return Text("–", soft=True)
    places = None if isinstance(cell.number, int) else 1
    return Text(number_format(cell.number, places, force_grouping=True), soft=False)


def difference(cells: tuple[Cell, ...]) -> int | float | None:
    """The first column against the second, when both are shown."""
    if len(cells) < 2 or cells[0].number is None or cells[1].number is None:
        return None
    return round(cells[0].number - cells[1].number, 1)


def changed(cells: tuple[Cell, ...]) -> str:
    """ "+12", "−3" or "="; empty when it can't be told."""
    found = difference(cells)
    if found is None:
        return ""
    if not found:
        return "="
    places = None if isinstance(found, int) else 1
    return f"{'+' if found > 0 else '−'}{number_format(abs(found), places, force_grouping=True)}"


def _in_words(report: Report, row: Row) -> str:
    found = difference(row.cells)
    if found is None:
        return ""
    before = report.columns[1].short
    if not found:
        return _("evenveel als in %(period)s") % {"period": before}
    text = (
        _("%(count)s meer dan in %(period)s")
        if found > 0
        else _("%(count)s minder dan in %(period)s")
    )
    return text % {"count": number_format(abs(found), force_grouping=True), "period": before}
