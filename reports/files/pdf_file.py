"""PDF on A4, tagged, for reading and for paper: the report's page, set by `reports/paper`."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from policy.printable import printable
from policy.typesetting import typeset
from reports.catalogue import Measure
from reports.files.of_report import (
    Made,
    capital,
    several_steks,
    small_numbers,
)
from reports.page import Line, ReportPage, Section, TablePart, Text, Tile, is_side_by_side
from reports.report import Report

TEMPLATE = Path(__file__).resolve().parent.parent / "paper" / "report.typ"
#: Letters of a label, and of a definition.
LABEL, DEFINITION = 70, 600
#: Columns of numbers that fit a page; of more STEKs than that only their sum is on paper.
MOST_COLUMNS = 9
#: Rows of a table that a chart tells of; more stand in the other files.
MOST_ROWS = 40
#: STEKs on a line of their own; more are counted.
MOST_STEKS = 6


def make_pdf(report: Report, made: Made | None = None) -> bytes:
    """Raises TypesetError when no paper came of it."""
    return typeset(TEMPLATE, _data(report, made), day=made.day if made else report.period.last)


def _data(report: Report, made: Made | None) -> dict[str, Any]:
    page = ReportPage.of(report, rows_url=lambda _table, _row: "")
    day = made.day if made else report.period.last
    shown = _columns(report)
    return {
        "title": _plain(report.title),
        "steks": _steks(report),
        "period": capital(report.period.label),
        "days": report.period.days_label,
        "made": [day.year, day.month, day.day],
        "facts": _facts(report, made),
        "notes": _notes(report),
        "sections": [_section(one, report, shown) for one in page.sections],
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


def _columns(report: Report) -> list[int]:
    """Which ones are on paper: each period once, and no more STEKs than fit."""
    if is_side_by_side(report):
        places = list(range(len(report.columns)))
        return places if len(places) <= MOST_COLUMNS else places[-1:]
    periods = [column.period for column in report.columns]
    return [place for place, period in enumerate(periods) if period not in periods[:place]]


def _section(section: Section, report: Report, shown: list[int]) -> dict[str, Any]:
    return {
        "name": capital(str(section.function.label)),
        "tiles": [_tile(tile) for tile in section.tiles],
        "tables": [_table(part, report, shown) for part in section.tables],
    }


def _tile(tile: Tile) -> dict[str, Any]:
    return {
        "number": _cell(tile.number),
        "label": _plain(tile.label),
        "change": _plain(tile.change),
    }


def _table(part: TablePart, report: Report, shown: list[int]) -> dict[str, Any]:
    chart = part.chart
    told = part.lines if chart is None or len(part.lines) <= MOST_ROWS else ()
    return {
        "title": capital(_plain(part.table.title)),
        "head": ["", *(_plain(report.columns[place].short) for place in shown)],
        "lines": [_line(line, shown) for line in told],
        "total": _line(part.total, shown) if part.total and told else None,
        "left_out": 0 if told else len(part.lines),
        "definition": printable(part.table.definition, DEFINITION),
        "chart": chart
        and {"alt": printable(chart.alt, DEFINITION), "svg": str(chart.svg), "wide": chart.wide},
        "wide": chart is not None or is_side_by_side(report),
    }


def _line(line: Line, shown: list[int]) -> dict[str, Any]:
    cells = [_cell(line.cells[place]) for place in shown]
    return {"label": _plain(line.label), "cells": cells}


def _cell(cell: Text) -> dict[str, Any]:
    return {"text": cell.text, "soft": cell.soft}
