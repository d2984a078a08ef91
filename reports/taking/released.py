"""What left the house before, of one STEK."""

from places.models import Stek
from reports.models import Snapshot
from reports.safe import Release
from reports.stored import from_json


def released_of(stek: Stek) -> tuple[Release, ...]:
    """Everything that was ever frozen for others, the earliest first; one query."""
    rows = Snapshot.objects.of_stek(stek).for_others().order_by("pk")
    return tuple(Release(from_json(row.figures), from_json(row.shown)) for row in rows)
