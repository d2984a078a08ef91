"""What a row of the list turned out to be: values that may be kept, or reasons why not."""

import datetime as dt
from dataclasses import dataclass, field

from people.imports.person_names import PersonName
from people.imports.tables import place_of
from people.imports.words import Notice, RowProblem


@dataclass(frozen=True)
class Values:
    """What one good row says about a household."""

    name: PersonName
    number: int | None = None
    adults: int = 1
    children: int = 0
    phone: str = ""
    language: str = ""
    valid_until: dt.date | None = None
    referrer_key: str = ""
    referrer: str = ""
    referrer_as_written: str = field(default="", compare=False)
    members: tuple[PersonName, ...] = ()


@dataclass(frozen=True)
class Fault:
    """A reason to leave a row out, with the cell that caused it."""

    problem: RowProblem
    cell: str = ""
    other_row: int | None = None
    other_sheet: str = ""


@dataclass(frozen=True)
class RowResult:
    """A row of the list: `values` when it can be read in, `faults` when it can't.

    `number` is its customer number also when the row can't be read in: it stays given out.
    """

    sheet: str
    row: int
    cells: tuple[str, ...]
    values: Values | None = None
    faults: tuple[Fault, ...] = ()
    notices: tuple[Notice, ...] = ()
    number: int | None = None

    @property
    def shown(self) -> str:
        """The cells in one line, for a row that has no values."""
        return " · ".join(cell for cell in self.cells if cell)[:120]

    @property
    def place(self) -> str:
        return place_of(self.sheet, self.row)
