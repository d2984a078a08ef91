"""A directory as the tables of HSDS: what both JSON and CSV are turned into, and made of."""

from dataclasses import dataclass, field
from typing import Any

from referrals.hsds.faults import Fault, FileProblem, RowProblem, UnreadableFileError
from referrals.hsds.names import COLUMNS

MOST_ROWS = 100_000
MOST_LETTERS = 5_000
#: Takes the place of a sign that no database keeps; every field of ours refuses it.
_REFUSED = "\u202e"

#: Column: text; `row` is where it stood in the file.
Row = dict[str, Any]


@dataclass
class Tables:
    """The rows of a file, the columns that it speaks of, and what was wrong with its form."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {table: [] for table in COLUMNS})
    #: A table or a column that is not in here, says nothing: ours stays as it is.
    columns: dict[str, set[str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    count: int = 0

    def add(self, table: str, row: Row) -> None:
        self.count += 1
        if self.count > MOST_ROWS:
            raise UnreadableFileError(FileProblem.TOO_MANY_ROWS)
        self.rows[table].append(row)

    def put(self, table: str, **cells: object) -> None:
        """A row of our own making; what is left out is empty."""
        given = {column: str(cells.pop(column, "")) for column in COLUMNS[table]}
        assert not cells, cells
        self.add(table, given)

    def speaks_of(self, table: str, column: str = "id") -> bool:
        return column in self.columns.get(table, ()) or (column == "id" and table in self.columns)

    def as_json(self) -> dict[str, Any]:
        return {
            "rows": {table: rows for table, rows in self.rows.items() if rows},
            "columns": {table: sorted(columns) for table, columns in self.columns.items()},
            "faults": [fault.as_json() for fault in self.faults],
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Tables":
        tables = cls()
        tables.rows.update(kept.get("rows", {}))
        tables.columns = {table: set(names) for table, names in kept.get("columns", {}).items()}
        tables.faults = [
            Fault(RowProblem(problem), *rest) for problem, *rest in kept.get("faults", [])
        ]
        return tables


def cell_text(value: object) -> str | None:
    """A cell as text, or None when it is none."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value)[:MOST_LETTERS]
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        _REFUSED if sign == "\0" or "\ud800" <= sign <= "\udfff" else sign for sign in text
    )
