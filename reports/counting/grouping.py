"""Makes a table out of grouped counts: adds up, puts in order, leaves the empty rows out."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol, TypeVar

from reports.counted import Entry, Tally, in_order

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: By STEK that is counted: the one it is counted as, so that several can be counted as one.
#: A household belongs to one STEK, so one that comes to two STEKs is counted in each.
Parts = Mapping[int, int]


class OfStek(Protocol):
    """A grouped count of one STEK."""

    @property
    def stek_id(self) -> int: ...


Row = TypeVar("Row", bound=OfStek)
#: A row: its key, its label, how many.
Group = tuple[str, "StrOrPromise", int]


def grouped(key: str, groups: Iterable[Group], *, total: int | None = None) -> Tally:
    """The table `key`; without a total it is the sum of the rows. Rows without anything go."""
    numbers: dict[str, int] = {}
    labels: dict[str, str] = {}
    for row, label, number in groups:
        if row in numbers:
            numbers[row] += number
            # Two spellings of one name: the same one on both engines.
            if type(label) is str and label < labels[row]:
                labels[row] = label
        else:
            numbers[row], labels[row] = number, str(label)
    entries = {row: Entry(labels[row], number) for row, number in numbers.items() if number}
    return Tally(in_order(key, entries), sum(numbers.values()) if total is None else total)


def fixed(key: str, labels: Mapping[str, "StrOrPromise"], numbers: Mapping[str, int]) -> Tally:
    """A table whose rows are always the same, in the order of the labels; empty ones stay."""
    entries = {row: Entry(str(label), numbers.get(row, 0)) for row, label in labels.items()}
    return Tally(entries, sum(entry.number for entry in entries.values()))


def figures(labels: Mapping[str, "StrOrPromise"], numbers: Mapping[str, int]) -> Tally:
    """Figures of different things, without a total."""
    return Tally({row: Entry(str(label), numbers[row]) for row, label in labels.items()})


def listed(rows: Iterable[Row], parts: Parts) -> dict[int, list[Row]]:
    """By part; each is there."""
    found: dict[int, list[Row]] = {part: [] for part in parts.values()}
    for row in rows:
        found[parts[row.stek_id]].append(row)
    return found
