"""A report as sheets: one tidy table for a machine, or a sheet for each table for a person."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from reports.catalogue import Measure, Shape
from reports.files.sheet import Column, Kind, Sheet, SheetChart, belgian_day, hidden_text
from reports.report import Cell, Report, Table

#: Rows in a chart of a spreadsheet; what comes after stands in the table.
MOST_BARS = 14


@dataclass(frozen=True)
class Made:
    """Who made it and when, of a report that was frozen; `version` of its figures."""

    by: str
    day: dt.date
    version: int = 1

    @property
    def at(self) -> str:
        return belgian_day(self.day)


def capital(text: str) -> str:
    """The first letter large; the others as they are."""
    return text[:1].upper() + text[1:]


def cell_value(cell: Cell) -> Any:
    return hidden_text() if cell.hidden else cell.number


def about(report: Report, made: Made | None = None) -> tuple[tuple[str, str], ...]:
    """What the report is, for above its tables."""
    lines = [
        (_("rapport"), report.title),
        (_("STEK"), ", ".join(report.steks)),
        (_("periode"), report.period.label),
        (_("van"), belgian_day(report.period.first)),
        (_("tot en met"), belgian_day(report.period.last)),
        (_("versie van de definities"), str(report.definitions_version)),
    ]
    if made is not None:
        lines += [(_("gemaakt door"), made.by), (_("gemaakt op"), made.at)]
        lines += [(_("versie van de cijfers"), str(made.version))]
    lines.append((_("kleine getallen"), small_numbers(report)))
    if len(report.steks) > 1:
        lines.append((_("meer STEKs"), several_steks()))
    return tuple(lines)


def column_titles(report: Report) -> list[str]:
    """The labels of the columns, each once: of a year the one before is also the year before."""
    titles: list[str] = []
    for column in report.columns:
        title = column.label
        if title in titles:
            title = _("%(period)s (een jaar eerder)") % {"period": title}
        titles.append(title if title not in titles else f"{title} ({column.key})")
    return titles


def small_numbers(report: Report) -> str:
    """How this report treats them."""
    if report.safe:
        return _(
            "Getallen van 1 tot en met 4 zijn verborgen, en wat nodig is om ze niet te kunnen "
            "uitrekenen. Er staat dan “verborgen”."
        )
    return _("Alle getallen staan erin. Dit rapport is voor binnenshuis.")


def several_steks() -> str:
    return _("Een huishouden dat bij twee STEKs komt, telt in elke STEK mee, en dus ook in de som.")


def tidy(report: Report, made: Made | None = None) -> tuple[Sheet, Sheet]:
    """Every number of the report on a row of its own table, and then what is counted."""
    fixed = (
        Column(_("functie")),
        Column(_("tabel")),
        Column(_("rij")),
        Column(_("maat")),
    )
    columns = fixed + tuple(Column(title, Kind.NUMBER) for title in column_titles(report))
    figures = Sheet("", report.title, columns, list(_tidy_rows(report)), about(report, made))
    return figures, meanings(report)


def _tidy_rows(report: Report) -> Iterator[tuple[Any, ...]]:
    for table in report.tables:
        start = (str(table.function.label), table.title)
        for row in table.rows:
            yield (*start, row.label, str(row.measure.label), *map(cell_value, row.cells))
        if table.total is not None and table.measure is not None:
            total = map(cell_value, table.total)
            yield (*start, total_label(table), str(table.measure.label), *total)


def meanings(report: Report) -> Sheet:
    """What each measure and table means."""
    rows = [(str(Measure(key).label), text) for key, text in report.definitions.items()]
    rows += [(table.title, table.definition) for table in report.tables if table.definition]
    columns = (Column(_("maat of tabel"), width=34), Column(_("betekenis"), width=110))
    return Sheet(_("Definities"), _("Wat er geteld is"), columns, sorted(rows))


def workbook(report: Report, made: Made | None = None) -> tuple[Sheet, ...]:
    """A front sheet, a sheet for each table, and the definitions last."""
    front = Sheet(
        _("Voorblad"),
        _("Rapport %(title)s") % {"title": report.title},
        (Column(_("wat"), width=26), Column("", width=90)),
        about(report, made),
    )
    taken = {front.name, _("Definities")}
    tables = [_sheet(report, table, taken) for table in report.tables]
    return front, *tables, meanings(report)


def _sheet(report: Report, table: Table, taken: set[str]) -> Sheet:
    rows = [(row.label, *map(cell_value, row.cells)) for row in table.rows]
    count = len(rows)
    if table.total is not None:
        rows.append((total_label(table), *map(cell_value, table.total)))
    widest = max([len(row[0]) for row in rows] + [len(table.title), 12])
    columns = tuple(
        Column(title, Kind.NUMBER, max(14, len(title) + 3)) for title in column_titles(report)
    )
    charts: tuple[SheetChart, ...] = ()
    if table.shape not in {Shape.FIGURES, Shape.MEAN} and count > 1:
        across = table.shape is Shape.TIME
        # The year before beside the period; of several STEKs their sum.
        last = len(columns)
        series = (last,) if report.columns[-1].key == "sum" else tuple(sorted({1, last}))
        shown = count if across else min(count, MOST_BARS)
        charts = (SheetChart(table.title, 0, series, shown, across),)
    return Sheet(
        name=sheet_name(table.title, taken),
        title=capital(table.title),
        columns=(Column(_what(table), width=min(widest + 2, 60)), *columns),
        rows=rows,
        above=((table.definition, ""),) if table.definition else (),
        charts=charts,
    )


def total_label(table: Table) -> str:
    """Of parts that overlap the last line is not their sum."""
    return _("van alle") if table.shape is Shape.PARTS else _("samen")


def _what(table: Table) -> str:
    return str(table.measure.label) if table.measure is not None else _("cijfer")


#: What Excel does not take in the name of a sheet, and how many letters it takes.
NOT_IN_NAMES = str.maketrans("", "", "[]:*?/\\'")
LONGEST_NAME = 31


def sheet_name(title: str, taken: set[str]) -> str:
    """A short one that is not `taken` yet, to which it is added."""
    plain = capital(title.translate(NOT_IN_NAMES).strip()) or "Blad"
    name = plain
    if len(plain) > LONGEST_NAME:
        name = plain[: LONGEST_NAME + 1].rpartition(" ")[0].strip() or plain[:LONGEST_NAME]
    number, base = 2, name
    while name.lower() in {one.lower() for one in taken}:
        name = f"{base[: LONGEST_NAME - 3]} {number}"
        number += 1
    taken.add(name)
    return name
