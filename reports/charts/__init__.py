"""The charts of a report, drawn from the value alone; the table under each has every number."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from reports.catalogue import Function, Shape
from reports.charts.bars import Bar, bars
from reports.charts.flow import flow
from reports.charts.heat import heat
from reports.charts.svg import number
from reports.charts.trend import trend
from reports.report import Cell, Column, Table


@dataclass(frozen=True)
class Chart:
    """`key` and `title` are those of its table; `alt` says it in words, for who does not see it."""

    key: str
    title: str
    function: Function
    alt: str
    svg: SafeString
    #: Asks for the whole width of a page.
    wide: bool = False


#: Two rows say as much in words; these have too many, or are a mean or figures of many kinds.
DRAWN_FROM = 3
WIDE = ("visits_day", "questions_flow")
BARS = (Shape.PARTITION, Shape.PARTS)


@lru_cache(maxsize=256)
def chart_of(table: Table, columns: tuple[Column, ...]) -> Chart | None:
    """None for a table without a chart. An equal table is drawn once by each worker."""
    now, before = _compared(columns)
    rows = [
        (row.label, row.cells[now], None if before is None else row.cells[before])
        for row in table.rows
    ]
    if not any(cell.number for _label, cell, _before in rows):
        return None
    alt = in_words(table.title, [(label, cell) for label, cell, _before in rows])
    names = (columns[now].short, "" if before is None else columns[before].short)
    svg = _drawn(table, alt, rows, names, columns[now])
    if svg is None:
        return None
    drawn = mark_safe(svg)  # noqa: S308  (ours)
    return Chart(table.key, table.title, table.function, alt, drawn, table.key in WIDE)


def _drawn(
    table: Table, alt: str, rows: list[Bar], names: tuple[str, str], column: Column
) -> str | None:
    """As the rows of the table ask for."""
    cells = [cell for _label, cell, _before in rows]
    if table.key == "visits_day":
        keys = (dt.date.fromisoformat(row.key) for row in table.rows)
        return heat(table.key, alt, column.period, dict(zip(keys, cells, strict=True)))
    if table.key == "questions_flow":
        ends = (row.label.partition(" → ")[::2] for row in table.rows)
        return flow(table.key, alt, dict(zip(ends, cells, strict=True)))
    if len(rows) < DRAWN_FROM:
        return None
    if table.shape is Shape.TIME:
        return trend(table.key, alt, rows, names)
    return bars(table.key, alt, rows, names) if table.shape in BARS else None


def _compared(columns: tuple[Column, ...]) -> tuple[int, int | None]:
    """Which column is drawn, and which one beside it."""
    keys = [column.key for column in columns]
    if "year_before" in keys:
        return 0, keys.index("year_before")
    return (keys.index("sum") if "sum" in keys else 0), None


def in_words(title: str, rows: list[tuple[str, Cell]]) -> str:
    """The title and its largest rows."""
    told = [(label, cell.number) for label, cell in rows if cell.number]
    told.sort(key=lambda one: one[1], reverse=True)
    largest = ", ".join(f"{label} {number(value)}" for label, value in told[:3])
    text = _("Grafiek: %(title)s.") % {"title": title}
    if largest:
        text += " " + _("Het meest: %(rows)s.") % {"rows": largest}
    hidden = sum(cell.hidden for _label, cell in rows)
    if hidden:
        text += " " + _("Verborgen: %(count)s.") % {"count": hidden}
    return text + " " + _("Alle cijfers staan in de tabel.")
