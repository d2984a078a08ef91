"""The part of a sheet that may be kept: headings and rows, without what is never read in."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from people.imports.columns import (
    FREE_TEXT_LENGTH,
    fallback_header,
    field_of,
    find_header,
    is_second_header,
    never_read_by,
    plain,
)
from people.imports.sheets import Sheet, Workbook
from people.imports.words import MASK, Field, FileProblem, NeverRead, UnreadableFileError
from places.sensitive import holds_national_number


@dataclass(frozen=True)
class Refused:
    """A column that is never read in, and why."""

    heading: str
    reason: NeverRead


@dataclass(frozen=True)
class TableRow:
    """One row with its place in the spreadsheet (1 is the first row)."""

    number: int
    cells: tuple[str, ...]
    too_long: bool = False


@dataclass(frozen=True)
class Table:
    """A sheet from its headings on; the columns that are never read in are gone."""

    sheet: str
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    refused: tuple[Refused, ...]
    recognised: bool

    @property
    def signature(self) -> str:
        """The same for every list with these headings in this order."""
        text = "|".join(plain(heading) for heading in self.headings)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Tables:
    """All that is kept of a file until somebody decides about it."""

    tables: tuple[Table, ...]
    hidden: tuple[str, ...] = ()
    without_names: tuple[str, ...] = ()

    @property
    def places(self) -> set[str]:
        """The places of all rows, as choices about them name them."""
        return {place_of(table.sheet, row.number) for table in self.tables for row in table.rows}

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Tables":
        return cls(
            tuple(_table_from(table) for table in kept["tables"]),
            tuple(kept["hidden"]),
            tuple(kept["without_names"]),
        )


def place_of(sheet: str, row: int) -> str:
    """Name a row within the file, to remember a choice about it."""
    return f"{sheet}:{row}"


def _table_from(kept: dict[str, Any]) -> Table:
    return Table(
        kept["sheet"],
        tuple(kept["headings"]),
        tuple(
            TableRow(row["number"], tuple(row["cells"]), row["too_long"]) for row in kept["rows"]
        ),
        tuple(Refused(one["heading"], NeverRead(one["reason"])) for one in kept["refused"]),
        kept["recognised"],
    )


def tables_of(workbook: Workbook) -> Tables:
    """Find the tables of a file: the sheets with names, or else the longest for a person to say."""
    found = {sheet.name: find_header(sheet.rows) for sheet in workbook.sheets}
    with_names = [sheet for sheet in workbook.sheets if found[sheet.name] is not None]
    chosen = with_names or [max(workbook.sheets, key=lambda sheet: len(sheet.rows))]
    tables = tuple(_table(sheet, found[sheet.name]) for sheet in chosen)
    if not any(table.rows for table in tables):
        raise UnreadableFileError(FileProblem.HEADER_ONLY)
    others = tuple(sheet.name for sheet in workbook.sheets if sheet not in chosen)
    return Tables(tuple(table for table in tables if table.rows), workbook.hidden, others)


def _table(sheet: Sheet, header: int | None) -> Table:
    at = fallback_header(sheet.rows) if header is None else header
    width = max((len(row) for row in sheet.rows[at:]), default=0)
    if sheet.delimited:
        width = len(sheet.rows[at])
    headings = _padded(sheet.rows[at], width)
    if at + 1 < len(sheet.rows) and is_second_header(sheet.rows[at + 1]):
        at += 1
        below = _padded(sheet.rows[at], width)
        headings = tuple(under or above for above, under in zip(headings, below, strict=True))
    body = [
        (number, row)
        for number, row in enumerate(sheet.rows[at + 1 :], start=at + 2)
        if any(row) and _padded(row, width) != headings
    ]
    columns = list(zip(*(_padded(row, width) for _number, row in body), strict=True))
    reasons = [
        refuse_column(heading, columns[index] if columns else ())
        for index, heading in enumerate(headings)
    ]
    kept = [
        index
        for index, reason in enumerate(reasons)
        if reason is None and (headings[index] or any(columns[index] if columns else ()))
    ]
    rows = tuple(
        TableRow(
            number, tuple(masked(_padded(row, width)[index]) for index in kept), any(row[width:])
        )
        for number, row in body
    )
    return Table(
        sheet.name,
        tuple(headings[index] for index in kept),
        tuple(row for row in rows if any(row.cells) or row.too_long),
        tuple(Refused(headings[i], reason) for i, reason in enumerate(reasons) if reason),
        header is not None,
    )


def _padded(row: Sequence[str], width: int) -> tuple[str, ...]:
    return tuple(row[:width]) + ("",) * (width - len(row))


def refuse_column(heading: str, cells: Iterable[str]) -> NeverRead | None:
    """Say why a column is never read in: by its heading, or by what stands in it."""
    if reason := never_read_by(heading):
        return reason
    filled = [cell for cell in cells if cell]
    field = field_of(heading)
    national = sum(holds_national_number(cell) for cell in filled)
    if national * 2 > len(filled) or (national and field == Field.SKIP):
        return NeverRead.NATIONAL_NUMBER
    if field == Field.SKIP and any(len(cell) > FREE_TEXT_LENGTH for cell in filled):
        return NeverRead.FREE_TEXT
    return None


def masked(cell: str) -> str:
    """Replace a cell in which a national number slipped, so that not even a draft keeps it."""
    return MASK if holds_national_number(cell) else cell
