"""What was counted for one STEK, or several together, in one period: plain numbers by table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.catalogue import TABLES, Shape

#: The row of a table of means that is about all rows together.
ALL = "all"


@dataclass(frozen=True)
class Entry:
    """One row of a table. Of a mean `number` is the sum, and `of` how many it is the mean of."""

    label: str
    number: int
    of: int | None = None


@dataclass(frozen=True)
class Tally:
    """One table: its rows by key, in order, and what they are part of; figures have no total."""

    entries: Mapping[str, Entry]
    total: int | None = None


#: By key of `reports.catalogue.TABLES`; every table is there, also an empty one.
Counted = Mapping[str, Tally]


def in_order(key: str, entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """The rows of a table as they are listed; fixed rows stay as they are."""
    spec, rows = TABLES[key], list(entries.items())
    if spec.largest_first:
        rows.sort(key=lambda row: (-row[1].number, row[1].label.casefold(), row[0]))
    elif spec.by_key:
        rows.sort(key=lambda row: row[0])
    elif spec.shape is Shape.MEAN:
        rows.sort(key=lambda row: (row[0] != ALL, row[1].label.casefold(), row[0]))
    return dict(rows)


def summed(counts: Iterable[Counted]) -> Counted:
    """Several STEKs together. A household belongs to one STEK, so one that comes to two STEKs is
    counted in each; whoever shows the sum says so.
    """
    counts = list(counts)
    return {key: _summed(key, [one[key] for one in counts]) for key in TABLES}


def _summed(key: str, tallies: list[Tally]) -> Tally:
    entries: dict[str, Entry] = {}
    for tally in tallies:
        for row, entry in tally.entries.items():
            there = entries.get(row)
            if there is not None:
                of = None if entry.of is None else entry.of + (there.of or 0)
                entry = Entry(there.label, there.number + entry.number, of)
            entries[row] = entry
    entries = in_order(key, entries)
    if TABLES[key].shape in {Shape.FIGURES, Shape.MEAN}:
        return Tally(entries)
    return Tally(entries, sum(tally.total or 0 for tally in tallies))
