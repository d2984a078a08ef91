"""The page of rows behind one number of a report."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, overload

from django.core.paginator import Page, Paginator

from places.models import Stek
from reports import definitions
from reports.catalogue import TABLES, Measure, Shape, Spec
from reports.counting import count
from reports.rows.lines import Line, counted_in_words, line_of
from reports.rows.sources import Behind, behind
from visits.period import Period

PER_PAGE = 50


class Joined(Sequence[Any]):
    """Several lists of rows, one after the other; only what is looked at is fetched."""

    def __init__(self, found: Behind) -> None:
        self._parts = found.parts
        self._sizes = [part.count() for part in found.parts]

    def counts(self) -> dict[type, int]:
        """How many rows of each kind."""
        found: dict[type, int] = {}
        for part, size in zip(self._parts, self._sizes, strict=True):
            found[part.model] = found.get(part.model, 0) + size
        return found

    def __len__(self) -> int:
        return sum(self._sizes)

    @overload
    def __getitem__(self, place: int) -> Any: ...

    @overload
    def __getitem__(self, place: slice) -> list[Any]: ...

    def __getitem__(self, place: int | slice) -> Any:
        if isinstance(place, int):
            return self[place : place + 1][0]
        first, last, _step = place.indices(len(self))
        rows: list[Any] = []
        for part, size in zip(self._parts, self._sizes, strict=True):
            if first < size and last > 0:
                rows += part[max(0, first) : min(last, size)]
            first, last = first - size, last - size
        return rows


@dataclass(frozen=True)
class RowsPage:
    """`number` is the one in the report; `said` names the rows when they are something else.
    `label` is that of the row in its table; empty when it has none there, because it is nothing.
    """

    spec: Spec
    label: str
    period: Period
    number: int
    unit: str
    said: tuple[str, ...]
    definition: tuple[str, ...]
    page: Page[Any]
    lines: tuple[Line, ...]

    @classmethod
    def of(cls, stek: Stek, table: str, row: str, period: Period, *, number: str) -> "RowsPage":
        """Raises UnknownRowError."""
        found = behind(stek, table, row, period)
        spec = TABLES[table]
        measure = Measure(row) if spec.measure is None else spec.measure
        rows = Joined(found)
        page = Paginator(rows, PER_PAGE).get_page(number)
        about = definitions.TABLES.get(table)
        texts = [str(definitions.MEASURES[measure].text), str(about.text) if about else ""]
        is_mean = spec.shape is Shape.MEAN
        entry = count([stek], period)[stek.pk][table].entries.get(row)
        counts = rows.counts()
        is_plain = list(counts.values()) == [found.number] and not is_mean
        return cls(
            spec=spec,
            label=entry.label if entry else "",
            period=period,
            number=found.number,
            unit="" if is_mean else str(measure.label),
            said=()
            if is_plain
            else tuple(counted_in_words(model, size) for model, size in counts.items()),
            definition=tuple(text for text in texts if text),
            page=page,
            lines=tuple(line_of(one, found.weights.get(one.pk)) for one in page),
        )
