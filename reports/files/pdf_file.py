"""PDF on A4, tagged, for reading and for paper: the report's page, set by `reports/paper`."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from policy.printable import printable
from policy.typesetting import typeset
from reports.catalogue import Measure
from reports.charts import Chart, charts_for
from reports.files.of_report import (
    Made,
    capital,
    column_titles,
    several_steks,
    small_numbers,
)
from reports.page import Line, ReportPage, Section, TablePart, Text, Tile, is_side_by_side
from reports.report import Report

TEMPLATE = Path(__file__).resolve().parent.parent / "paper" / "report.typ"
#: Letters of a label, and of a definition.
LABEL, DEFINITION = 70, 600
#: Columns that fit half a page; a table with more takes the whole width.
MOST_IN_HALF = 3
#: STEKs on a line of their own; more are counted.
MOST_STEKS = 6


def make_pdf(report: Report, made: Made | None = None) -> bytes:
    """Raises TypesetError when no paper came of it."""
    return typeset(TEMPLATE, _data(report, made), day=made.day if made else report.period.last)


def _data(report: Report, made: Made | None) -> dict[str, Any]:
    page = ReportPage.of(report, rows_url=lambda _table, _row: "")
    charts = {chart.key: chart for chart in charts_for(report)}
    day = made.day if made else report.period.last
    heads = [_plain(title) for title in column_titles(report)]
    return {
        "title": _plain(report.title),
        "steks": _steks(report),
        "period": capital(report.period.label),
        "days": report.period.days_label,
        "made": [day.year, day.month, day.day],
        "facts": _facts(report, made),
        "notes": _notes(report),
        "sections": [_section(one, charts, heads, report) for one in page.sections],
        "words": {
            "title": _("Wat er geteld is"),
            "intro": _("Versie %(version)s van de definities.")
            % {"version": report.definitions_version},
            "list": [
                {
                    "label": capital(str(Measure(key).label)),
                    "text": printable(text, DEFINITION),
                }
                for key, text in report.definitions.items()
            ],
        },
    }


def _plain(text: str) -> str:
    return printable(text, LABEL)


def _steks(report: Report) -> list[str]:
    names = [_plain(f"STEK {name}") for name in report.steks]
    if len(names) > MOST_STEKS:
        return [_("%(count)s STEKs") % {"count": len(names)}]
    return names


def _facts(report: Report, made: Made | None) -> list[dict[str, str]]:
    facts = [(_("Definities"), _("versie %(number)s") % {"number": report.definitions_version})]
    if made is not None:
        facts = [
            (_("Gemaakt door"), _plain(made.by)),
            (_("Gemaakt op"), made.at),
            (_("Cijfers"), _("versie %(number)s") % {"number": made.version}),
            *facts,
        ]
    return [{"label": label, "value": value} for label, value in facts]


def _notes(report: Report) -> list[str]:
    notes = [small_numbers(report)]
    if len(report.steks) > 1:
        notes.append(several_steks())
    return notes


def _section(
    section: Section, charts: dict[str, Chart], heads: list[str], report: Report
) -> dict[str, Any]:
    return {
        "name": capital(str(section.function.label)),
        "tiles": [_tile(tile) for tile in section.tiles],
        "tables": [
            _table(part, charts.get(part.table.key), heads, report) for part in section.tables
        ],
    }


def _tile(tile: Tile) -> dict[str, Any]:
    return {
        "number": _cell(tile.number),
        "label": _plain(tile.label),
        "change": _plain(tile.change),
    }


def _table(
    part: TablePart, chart: Chart | None, heads: list[str], report: Report
) -> dict[str, Any]:
    wide = len(heads) > MOST_IN_HALF or (chart is not None and chart.wide)
    return {
        "title": capital(_plain(part.table.title)),
        "head": ["", *heads],
        "lines": [_line(line) for line in part.lines],
        "total": _line(part.total) if part.total else None,
        "definition": printable(part.table.definition, DEFINITION),
        "chart": {"alt": printable(chart.alt, DEFINITION), "svg": str(chart.svg)}
        if chart
        else None,
        "wide": wide or is_side_by_side(report),
    }


def _line(line: Line) -> dict[str, Any]:
    return {"label": _plain(line.label), "cells": [_cell(cell) for cell in line.cells]}


def _cell(cell: Text) -> dict[str, Any]:
    return {"text": cell.text, "soft": cell.soft}
