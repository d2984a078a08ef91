"""The tables of HSDS as CSV, a file for each; to and from tables."""

import csv
import io
import re
from collections.abc import Iterator

from places.spreadsheets import FORMULA_STARTS, neutral
from referrals.hsds.faults import FileProblem, UnreadableFileError
from referrals.hsds.names import COLUMNS
from referrals.hsds.tables import Tables, cell_text

_PHONE = re.compile(r"\+[\d ]+", re.ASCII)


def _other_names() -> Iterator[tuple[str, str]]:
    for table in COLUMNS:
        yield table, table
        yield f"{table}s", table
    yield "addresses", "address"
    yield "taxonomies", "taxonomy"
    yield "services_at_location", "service_at_location"


#: What others call these files, without ".csv".
TABLE_OF = dict(_other_names())


def to_csv(tables: Tables, table: str) -> str:
    output = io.StringIO(newline="")
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(COLUMNS[table])
    for row in tables.rows[table]:
        writer.writerow([_safe(row[column]) for column in COLUMNS[table]])
    return output.getvalue()


def _safe(cell: str) -> str:
    return cell if _PHONE.fullmatch(cell) else neutral(cell)


def add_csv(tables: Tables, table: str, content: bytes) -> None:
    """Take in one file; raises `UnreadableFileError` when it is no CSV."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    heading = text.partition("\n")[0]
    delimiter = ";" if heading.count(";") > heading.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        headings = [name.strip().lower() for name in next(reader, [])]
        wanted = [(at, name) for at, name in enumerate(headings) if name in COLUMNS[table]]
        tables.columns[table] = {name for _at, name in wanted}
        for number, cells in enumerate(reader, start=2):
            if any(cells):
                row = dict.fromkeys(COLUMNS[table], "") | {"row": number}
                row |= {name: _plain(cells[at]) for at, name in wanted if at < len(cells)}
                tables.add(table, row)
    except csv.Error as error:
        raise UnreadableFileError(FileProblem.DAMAGED) from error


def _plain(cell: str) -> str:
    if cell[:1] == "'" and cell[1:].startswith(FORMULA_STARTS):
        cell = cell[1:]
    return cell_text(cell) or ""
