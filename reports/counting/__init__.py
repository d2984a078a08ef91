"""Counts the figures of a period from the rows: grouped by the database, put into tables here."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from places.models import Stek
from reports.catalogue import TABLES
from reports.counted import Counted, Tally
from reports.counting import learn, meet, policy, refer
from reports.counting.grouping import Parts
from visits.period import Period

__all__ = ["count", "count_together"]

TOGETHER = 0


def count(steks: Collection[Stek], period: Period) -> Mapping[int, Counted]:
    """The figures of each STEK, by its id. The number of queries does not depend on how many there
    are, nor on how much happened.
    """
    parts = {stek.pk: stek.pk for stek in steks}
    return _count(parts, period, meet.Seen(parts))


def count_together(steks: Collection[Stek], periods: Sequence[Period]) -> list[Counted]:
    """The figures of these STEKs as one, of each period; the same as the sum of what each counts.

    What one period needs of another is asked once: of who came in an earlier one it asks nothing
    when that was counted first.
    """
    parts = {stek.pk: TOGETHER for stek in steks}
    seen = meet.Seen(parts)
    found = {period: _count(parts, period, seen)[TOGETHER] for period in sorted(set(periods))}
    return [found[period] for period in periods]


def _count(parts: Parts, period: Period, seen: meet.Seen) -> Mapping[int, Counted]:
    functions: list[Mapping[int, Mapping[str, Tally]]] = [
        meet.count(parts, period, seen),
        *(module.count(parts, period) for module in (learn, refer, policy)),
    ]
    return {part: _in_order([function[part] for function in functions]) for part in parts.values()}


def _in_order(parts: Iterable[Mapping[str, Tally]]) -> Counted:
    tables = {key: tally for part in parts for key, tally in part.items()}
    return {key: tables[key] for key in TABLES}
