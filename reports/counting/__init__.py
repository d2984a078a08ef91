"""Counts the figures of a period from the rows: grouped by the database, put into tables here."""

from collections.abc import Collection, Mapping

from places.models import Stek
from reports.catalogue import TABLES
from reports.counted import Counted, Tally
from reports.counting import learn, meet, policy, refer
from visits.period import Period

__all__ = ["count"]


def count(steks: Collection[Stek], period: Period) -> Mapping[int, Counted]:
    """The figures of each STEK, by its id. The number of queries does not depend on how many there
    are, nor on how much happened.
    """
    ids = [stek.pk for stek in steks]
    parts: list[Mapping[int, Mapping[str, Tally]]] = [
        part(ids, period) for part in (meet.count, learn.count, refer.count, policy.count)
    ]
    found = {}
    for stek_id in ids:
        tables = {key: tally for part in parts for key, tally in part[stek_id].items()}
        found[stek_id] = {key: tables[key] for key in TABLES}
    return found
