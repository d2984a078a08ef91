"""Which rows stand behind one number of a report: the figure, asked the other way round."""

from collections.abc import Callable

from places.models import Stek
from reports.rows.sources import asked, came, signalled
from reports.rows.sources.place import Behind, Place, UnknownRowError
from visits.period import Period

__all__ = ["Behind", "UnknownRowError", "behind"]

_TABLES: dict[str, Callable[[Place, str], Behind]] = {
    **came.TABLES,
    **asked.TABLES,
    **signalled.TABLES,
}


def behind(stek: Stek, table: str, row: str, period: Period) -> Behind:
    """Raises UnknownRowError."""
    find = _TABLES.get(table)
    if find is None:
        raise UnknownRowError(table)
    return find(Place(stek, period), row)
