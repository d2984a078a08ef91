"""The rows that were not read in, with the reason: kept for a day, and written as a Belgian CSV."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from people.imports.plan import Plan
from people.imports.results import Fault
from people.imports.tables import Tables
from people.imports.words import RowProblem
from places.spreadsheets import neutral


def problem_rows(tables: Tables, plan: Plan) -> dict[str, Any]:
    """Return what is kept of the rows that could not be read in, empty when there are none."""
    headings = {table.sheet: table.headings for table in tables.tables}
    rows = [
        {
            "sheet": row.result.sheet,
            "row": row.result.row,
            "headings": headings[row.result.sheet],
            "cells": row.result.cells,
            "faults": [
                [fault.problem, fault.cell, fault.other_row, fault.other_sheet]
                for fault in row.faults
            ],
        }
        for row in plan.problems
    ]
    return {"problems": rows} if rows else {}


def fault_text(fault: Fault) -> str:
    """Write a reason with the cell that caused it, and the row that it clashes with."""
    text = str(fault.problem.label)
    if fault.cell:
        text += f" ({fault.cell})"
    if fault.other_row is not None:
        place = fault.other_sheet and f"{fault.other_sheet}, "
        text += " " + _("Zie %(place)srij %(row)s.") % {"place": place, "row": fault.other_row}
    return text


def as_csv(kept: dict[str, Any]) -> str:
    """Write the kept rows for Excel, with row number and reason before the cells of the file."""
    output = io.StringIO(newline="")
    writer = csv.writer(output, delimiter=";", lineterminator="\r\n")
    headings: list[str] | None = None
    for row in kept.get("problems", []):
        if row["headings"] != headings:
            headings = row["headings"]
            writer.writerow([_("Blad"), _("Rij"), _("Reden"), *map(neutral, row["headings"])])
        faults = [Fault(RowProblem(code), *rest) for code, *rest in row["faults"]]
        reasons = " ".join(fault_text(fault) for fault in faults)
        writer.writerow([neutral(row["sheet"]), row["row"], neutral(reasons), *_cells(row)])
    return "\ufeff" + output.getvalue()


def _cells(row: dict[str, Any]) -> Iterable[str]:
    return map(neutral, row["cells"])
