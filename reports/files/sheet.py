"""A sheet: columns of one kind each, and rows that come one after the other; what every writer of a
file is given, for a report and for a raw export alike.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _


class Kind(Enum):
    """What a column holds. Any cell may also be None, for nothing, or a text."""

    TEXT = "text"
    #: A whole number, or one with a decimal.
    NUMBER = "number"
    DAY = "day"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Column:
    """`width` is in letters, for the spreadsheets."""

    title: str
    kind: Kind = Kind.TEXT
    width: int = 14


@dataclass(frozen=True)
class Sheet:
    """`rows` may be read once only; `above` are pairs of a name and a text, or a text alone."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Any]]
    above: tuple[tuple[str, str], ...] = ()
    charts: tuple["SheetChart", ...] = field(default=())


@dataclass(frozen=True)
class SheetChart:
    """A chart of the spreadsheet's own, over the first `count` rows.

    `across` stands the bars up, which suits time; otherwise they lie, which suits long labels.
    """

    title: str
    label_column: int
    series: tuple[int, ...]
    count: int
    across: bool = False


def hidden_text() -> str:
    """What stands in a cell that is not told, in every file."""
    return _("verborgen")


def belgian_day(day: dt.date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def belgian_number(number: float) -> str:
    """A whole number as it is; one decimal after a comma, and never as a power of ten."""
    return str(number) if isinstance(number, int) else f"{number:.1f}".replace(".", ",")


class TooManyRows(Exception):
    """More rows than a sheet of a spreadsheet holds; a CSV has no end."""
