"""CSV as a Belgian Excel opens it by double click: `;`, decimal comma, 21/03/2026, CRLF, UTF-8 with
a mark at its start. Written in pieces, so that a million rows take no memory.
"""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from places.spreadsheets import neutral
from reports.files.sheet import Column, Kind, Sheet, belgian_day, belgian_number

#: Rows that are written at once.
PIECE = 2_000

Values = Sequence[Any]


class _Days(dict[Any, Any]):
    """A day in words, worked out once: a table holds the same few days over and over."""

    def __missing__(self, day: Any) -> Any:
        self[day] = belgian_day(day) if isinstance(day, dt.date) else _text(day)
        return self[day]


def csv_pieces(sheets: Iterable[Sheet]) -> Iterator[bytes]:
    """The sheets under each other, with an empty line between them."""
    first = True
    for sheet in sheets:
        yield "\ufeff".encode() if first else b"\r\n"
        first = False
        above = [[neutral(name), neutral(text)] for name, text in sheet.above]
        yield _written([*above, []] if above else [])
        yield _written([[neutral(column.title) for column in sheet.columns]])
        rows = iter(sheet.rows)
        while piece := list(islice(rows, PIECE)):
            yield _written(_converted(piece, sheet.columns))


def _written(rows: Iterable[Values]) -> bytes:
    output = io.StringIO(newline="")
    csv.writer(output, delimiter=";", lineterminator="\r\n").writerows(rows)
    return output.getvalue().encode()


def _converted(rows: list[Values], columns: tuple[Column, ...]) -> Iterable[Values]:
    """Column after column: one call for a piece of a column costs less than one per cell."""
    pieces = zip(*rows, strict=True)
    return zip(
        *(_WAYS[c.kind](piece) for c, piece in zip(columns, pieces, strict=True)), strict=True
    )


def _numbers(piece: Values) -> Values:
    if all(type(one) is int for one in piece):
        return piece
    return [belgian_number(one) if isinstance(one, int | float) else _text(one) for one in piece]


def _days(piece: Values) -> Values:
    days = _Days()
    return [days[one] for one in piece]


def _yes_no(piece: Values) -> Values:
    return ["ja" if one else "nee" for one in piece]


def _texts(piece: Values) -> Values:
    return [_text(one) for one in piece]


def _text(value: Any) -> str:
    return "" if value is None else neutral(str(value))


_WAYS: dict[Kind, Callable[[Values], Values]] = {
    Kind.TEXT: _texts,
    Kind.NUMBER: _numbers,
    Kind.DAY: _days,
    Kind.YES_NO: _yes_no,
}
