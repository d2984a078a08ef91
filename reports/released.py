"""What left the house before, for a set of STEKs."""

from collections.abc import Iterable

from reports.models import Snapshot
from reports.models.snapshot import set_key
from reports.safe import Release
from reports.stored import from_json


def released_to(stek_ids: Iterable[int]) -> tuple[Release, ...]:
    """Everything that was ever frozen for others, the earliest first; one query."""
    rows = Snapshot.objects.of_set(set_key(stek_ids)).for_others().order_by("pk")
    return tuple(Release(from_json(row.figures), from_json(row.shown)) for row in rows)
