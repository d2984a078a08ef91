"""Where a number is about: which STEKs, on which days, as bits, so that sets are compared fast."""

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from visits.period import Period


class Where(NamedTuple):
    """`mask` has a bit for each STEK on each piece of time; `steks` and `span` are its sides."""

    mask: int
    steks: int
    span: int


class Axis:
    """The pieces of time that no period cuts, and the STEKs."""

    def __init__(self, periods: Iterable[Period], stek_ids: Iterable[int]) -> None:
        days = set()
        for period in periods:
            days |= {period.first, period.last + dt.timedelta(days=1)}
        self._place = {day: place for place, day in enumerate(sorted(days))}
        self._stek = {pk: place for place, pk in enumerate(sorted(set(stek_ids)))}
        self._known: dict[tuple[Period, tuple[int, ...]], Where] = {}

    @cached_property
    def width(self) -> int:
        return max(len(self._place) - 1, 1)

    def where(self, period: Period, stek_ids: tuple[int, ...]) -> Where:
        found = self._known.get((period, stek_ids))
        if found is None:
            first = self._place[period.first]
            last = self._place[period.last + dt.timedelta(days=1)]
            span = (1 << last) - (1 << first)
            steks, mask = 0, 0
            for pk in stek_ids:
                place = self._stek[pk]
                steks |= 1 << place
                mask |= span << (place * self.width)
            found = self._known[period, stek_ids] = Where(mask, steks, span)
        return found

    def periods(self) -> dict[Where, Period]:
        return {where: period for (period, _), where in self._known.items()}

    def before(self, where: Where) -> Where | None:
        """The same STEKs in the period before, when anything is known of that."""
        for (period, stek_ids), there in self._known.items():
            if there == where:
                found = self._known.get((period.before(), stek_ids))
                if found is not None:
                    return found
        return None


def inside(small: int, large: int) -> bool:
    return small & ~large == 0
