"""The answer of the breach page as two tables: the page shows them, and a CSV has the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.files.csv_file import csv_pieces
from reports.files.sheet import Column, Kind, Sheet
from stek.breach import Breach, Listed, Touched


@dataclass(frozen=True)
class Line:
    """`household` is what the first cell leads to; `is_erased`: nobody has that number any more."""

    cells: Sequence[Any]
    household: int | None = None
    is_erased: bool = False

    @property
    def shown(self) -> list[Any]:
        """The cells, a yes or no in words."""
        words = {True: _("ja"), False: ""}
        return [words[cell] if isinstance(cell, bool) else cell for cell in self.cells]


@dataclass(frozen=True)
class Table:
    """`title` counts the lines, `about` says how to read them, `nothing` stands there without."""

    key: str
    name: str
    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    nothing: str
    about: str = ""


def tables(breach: Breach) -> tuple[Table, Table]:
    """The households first, then what was seen or taken as a list; no names of visitors."""
    return _households(breach.households), _lists(breach.lists)


def as_csv(breach: Breach) -> bytes:
    """Both tables in one file that a Belgian Excel opens."""
    sheets = [
        Sheet(table.name, table.name, table.columns, [line.cells for line in table.lines])
        for table in tables(breach)
    ]
    return b"".join(csv_pieces(sheets))


def _households(touched: Sequence[Touched]) -> Table:
    columns = (
        Column(_("klantnummer"), Kind.NUMBER),
        Column(_("welke gegevens")),
        Column(_("door")),
        Column(_("keren"), Kind.NUMBER),
        Column(_("eerst")),
        Column(_("laatst")),
    )
    title = ngettext(
        "%(count)s huishouden bekeken", "%(count)s huishoudens bekeken", len(touched)
    ) % {"count": len(touched)}
    return Table(
        key="huishoudens",
        name=_("Huishoudens"),
        title=title,
        columns=columns,
        lines=tuple(_household(one) for one in touched),
        nothing=_("Niemand, in deze dagen."),
    )


def _household(one: Touched) -> Line:
    first, last = _moment(one.first), _moment(one.last)
    cells = (one.number, ", ".join(one.kinds), ", ".join(one.people), one.times, first, last)
    return Line(cells, one.pk, one.is_erased)


def _lists(listed: Sequence[Listed]) -> Table:
    columns = (
        Column(_("wanneer")),
        Column(_("wie")),
        Column(_("wat")),
        Column(_("bestand"), Kind.YES_NO),
    )
    return Table(
        key="lijsten",
        name=_("Lijsten"),
        title=_("Lijsten en bestanden"),
        columns=columns,
        lines=tuple(Line((_moment(one.at), one.who, one.what, one.is_file)) for one in listed),
        nothing=_("Geen, in deze dagen."),
        about=_(
            "Het logboek weet wie een lijst zag of een bestand nam, niet wie erop stond. Reken op "
            "iedereen van die dagen."
        ),
    )


def _moment(at: Any) -> str:
    local = timezone.localtime(at)
    return f"{local:%d/%m/%Y} {local.hour}u{local:%M}"
