"""Lists that nobody read in yet, and that hold a household that is erased."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from people.models import Household, HouseholdImport
from people.sought import Sought


@transaction.atomic
def forget_rows_of(household: Household, *, by: User | None) -> int:
    """Cancel the lists in which somebody of this household stands; how many.

    Whoever chose the file still has it. Call it while the names are still there.
    """
    sought = Sought.of(household)
    cancelled = 0
    for row in HouseholdImport.objects.of_stek(household.stek).with_cells():
        if any(sought.is_in(cells) for cells in _rows(row.table)):
            _cancel(row, by=by)
            cancelled += 1
    return cancelled


def _cancel(row: HouseholdImport, *, by: User | None) -> None:
    """A draft is over; of a list that was read in only what was left over goes."""
    row.table = {}
    if row.state == HouseholdImport.State.DRAFT:
        row.state, row.mapping = HouseholdImport.State.CANCELLED, {}
    row.save(update_fields=["table", "mapping", "state"])
    record("cancel", on=row, by=by, fields=["table"])


def _rows(kept: Any) -> Iterator[list[str]]:
    """What stands together: the cells of one row, or one text by itself."""
    if isinstance(kept, str):
        yield [kept]
    elif isinstance(kept, dict):
        for value in kept.values():
            yield from _rows(value)
    elif isinstance(kept, list) and all(isinstance(value, str) for value in kept):
        yield kept
    elif isinstance(kept, list):
        for value in kept:
            yield from _rows(value)
