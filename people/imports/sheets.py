"""Turns the bytes of a file into sheets of text, or refuses with a sentence that helps."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import PurePath

from people.imports import open_workbook
from people.imports.archive import is_workbook
from people.imports.delimited import read_delimited
from people.imports.words import FileProblem, UnreadableFileError

MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELL_LENGTH = 500
"""Longer than anything the list may hold; what is cut off here is refused or skipped later."""
OPEN_SECONDS = 20
EXIT_PROBLEMS = {
    open_workbook.ENCRYPTED: FileProblem.ENCRYPTED,
    open_workbook.DAMAGED: FileProblem.DAMAGED,
}

Row = tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """One visible sheet; `rows[0]` is row 1 in the spreadsheet."""

    name: str
    rows: tuple[Row, ...]
    delimited: bool = False


@dataclass(frozen=True)
class Workbook:
    """What a file holds: its visible sheets, and the names of those left alone."""

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = ()


def read_workbook(content: bytes, file_name: str) -> Workbook:
    """Read any spreadsheet; what it is follows from the content, the name only labels a CSV."""
    if is_workbook(content):
        workbook = _open(content)
    else:
        rows = tuple(tuple(row) for row in read_delimited(content))
        workbook = Workbook((Sheet(safe_name(PurePath(file_name).stem), rows, delimited=True),))
    sheets = tuple(tidy for sheet in workbook.sheets if (tidy := _tidied(sheet)).rows)
    if not sheets:
        empty_or_hidden = FileProblem.ALL_HIDDEN if workbook.hidden else FileProblem.EMPTY
        raise UnreadableFileError(empty_or_hidden)
    if sum(len(sheet.rows) for sheet in sheets) > MAX_ROWS:
        raise UnreadableFileError(FileProblem.TOO_MANY_ROWS)
    return Workbook(sheets, workbook.hidden)


def _open(content: bytes) -> Workbook:
    command = [sys.executable, "-I", open_workbook.__file__]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own script
            command, input=content, capture_output=True, timeout=OPEN_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFileError(FileProblem.UNPACKS_TOO_LARGE) from error
    if done.returncode:
        # A crash for want of memory has no exit code of its own: that is the large one too.
        problem = EXIT_PROBLEMS.get(done.returncode, FileProblem.UNPACKS_TOO_LARGE)
        raise UnreadableFileError(problem)
    found = json.loads(done.stdout)
    return Workbook(
        tuple(Sheet(sheet["name"], tuple(map(tuple, sheet["rows"]))) for sheet in found["sheets"]),
        tuple(found["hidden"]),
    )


def _tidied(sheet: Sheet) -> Sheet:
    """Strip every cell, and drop the empty columns and rows at the far end."""
    rows = [tuple(map(_tidied_cell, row)) for row in sheet.rows]
    while rows and not any(rows[-1]):
        rows.pop()
    filled = (column + 1 for row in rows for column, cell in enumerate(row) if cell)
    width = max(filled, default=0)
    if width > MAX_COLUMNS:
        raise UnreadableFileError(FileProblem.TOO_MANY_COLUMNS)
    if not sheet.delimited:
        rows = [row[:width] for row in rows]
    return Sheet(sheet.name, tuple(rows), sheet.delimited)


def _tidied_cell(cell: str) -> str:
    """Strip and shorten; a NUL, which PostgreSQL can't keep, becomes another sign we refuse."""
    return cell.strip()[:MAX_CELL_LENGTH].replace("\x00", "\x01")


def safe_name(file_name: str) -> str:
    """Keep what is printable of a file's name; it never becomes a path."""
    name = "".join(c for c in file_name.replace("\\", "/").split("/")[-1] if c.isprintable())
    return name[:200] or "lijst"
