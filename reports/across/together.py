"""Several STEKs beside each other: a line for each of them, and their sum last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from places.models import Stek
from reports.catalogue import Function, Shape
from reports.page import Text, written
from reports.report import Report, Table


@dataclass(frozen=True)
class StekLine:
    """One STEK, or their sum."""

    label: str
    cells: tuple[Text, ...]


@dataclass(frozen=True)
class StekTable:
    """A table on its side: its rows stand above, the STEKs below each other."""

    key: str
    title: str
    heads: tuple[str, ...]
    lines: tuple[StekLine, ...]
    total: StekLine


@dataclass(frozen=True)
class Together:
    report: Report
    sections: tuple[tuple[Function, tuple[StekTable, ...]], ...]

    @classmethod
    def of(cls, report: Report) -> "Together":
        """`report` comes from `side_by_side`: its last column is the sum."""
        sections = (
            (function, tuple(_on_its_side(report, table) for table in report.of_function(function)))
            for function in Function
        )
        return cls(report, tuple(one for one in sections if one[1]))


def _on_its_side(report: Report, table: Table) -> StekTable:
    heads = [row.label for row in table.rows]
    if table.total is not None:
        heads.append(_("van alle") if table.shape is Shape.PARTS else _("samen"))
    lines = []
    for place, column in enumerate(report.columns):
        cells = [written(row.cells[place]) for row in table.rows]
        if table.total is not None:
            cells.append(written(table.total[place]))
        lines.append(StekLine(column.label, tuple(cells)))
    return StekTable(table.key, table.title, tuple(heads), tuple(lines[:-1]), lines[-1])


def chosen(steks: Sequence[Stek], slugs: Iterable[str]) -> list[Stek]:
    """Those that were ticked; all of them when none was, or none that one may see."""
    wanted = set(slugs)
    return [stek for stek in steks if stek.slug in wanted] or list(steks)
