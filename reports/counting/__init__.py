"""Counts the figures of a period from the rows: grouped by the database, put into tables here."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from places.models import Stek
from reports.catalogue import TABLES
from reports.counted import Counted, Tally
from reports.counting import learn, meet, policy, refer
from visits.period import Period

__all__ = ["count", "count_periods"]


def count(steks: Collection[Stek], period: Period) -> Mapping[int, Counted]:
    """The figures of each STEK, by its id. The number of queries does not depend on how many there
    are, nor on how much happened.
    """
    return next(count_periods(steks, [period]))


def count_periods(
    steks: Collection[Stek], periods: Iterable[Period]
) -> Iterator[Mapping[int, Counted]]:
    """Of each period in turn; what one needs of another is asked once."""
    ids = [stek.pk for stek in steks]
    seen = meet.Seen(ids)
    for period in periods:
        parts: list[Mapping[int, Mapping[str, Tally]]] = [
            meet.count(ids, period, seen),
            *(part(ids, period) for part in (learn.count, refer.count, policy.count)),
        ]
        yield {stek_id: _in_order([part[stek_id] for part in parts]) for stek_id in ids}


def _in_order(parts: Iterable[Mapping[str, Tally]]) -> Counted:
    tables = {key: tally for part in parts for key, tally in part.items()}
    return {key: tables[key] for key in TABLES}
