"""Puts what was counted one by one into the tables of a report."""

from collections import Counter
from collections.abc import Iterable, Mapping

from reports.counted import Entry, Tally

#: Label by key, and number by key.
Labels = Mapping[str, str]
Numbers = Mapping[str, int]


def rows_of(labels: Labels, numbers: Numbers, total: int | None = None) -> Tally:
    """Every row that is named, also an empty one."""
    entries = {key: Entry(label, numbers.get(key, 0)) for key, label in labels.items()}
    return Tally(entries, sum(numbers.values()) if total is None else total)


def figures_of(labels: Labels, numbers: Numbers) -> Tally:
    return Tally({key: Entry(label, numbers[key]) for key, label in labels.items()})


def rows_found(pairs: Iterable[tuple[str, str]], total: int | None = None) -> Tally:
    """A row for each key that occurs, counted one by one; of two spellings the first by letter."""
    numbers: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for key, label in pairs:
        numbers[key] += 1
        labels[key] = min(label, labels.get(key, label))
    return rows_of(labels, numbers, total)


def rows_weighed(pairs: Iterable[tuple[str, str, int]]) -> Tally:
    """The same, where a row counts for more than one; rows of nothing are left out."""
    return rows_found((key, label) for key, label, weight in pairs for _one in range(weight))


def row_of_word(word: "object | None", nothing: tuple[str, str]) -> tuple[str, str]:
    """The row of a theme or a kind of help: its key, or its name without one."""
    if word is None:
        return nothing
    name = str(word)
    return getattr(word, "key", "") or f"name:{name.casefold()}", name
