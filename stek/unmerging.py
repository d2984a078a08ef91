"""Undoing a merge within a month, in any order, and making it final after that.

Every row that moved goes back to the household it came from, wherever a later merge took it since;
later merges forget those rows. What happened since stays with the household that was kept.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from people.models import (
    UNDO_DAYS,
    DuplicatePair,
    GroceryAccess,
    Household,
    Member,
    Merge,
    NameKey,
    RetentionHold,
)
from people.search import rebuild_keys
from stek.merge_moves import ACCESSES, VISITS, Moved, put
from visits.message_actions import forget_message_of
from visits.models import Visit


class TooLate(Exception):
    """The month is over, or one of both was erased: it stays as it is."""


class OnRestriction(Exception):
    """Who would change is kept and not used: that must be lifted first."""

    def __init__(self, household: Household) -> None:
        self.household = household
        super().__init__("on restriction")


@transaction.atomic
def undo_merge(merge: Merge, *, by: User) -> Merge:
    """Two households again. A second time: nothing. Raises `TooLate` and `OnRestriction`."""
    # The households first, as erasing does: who holds one and waits for the other blocks both.
    now_in = Household.objects.get(pk=merge.gone_id).merged_into_id or merge.kept_id
    rows = Household.objects.held({merge.kept_id, merge.gone_id, now_in})
    merge = Merge.objects.locked(merge.pk)
    if merge.undone_at is not None:
        return merge
    if not merge.may_be_undone(timezone.now()):
        raise TooLate
    for one in rows.values():
        if one.is_restricted:
            raise OnRestriction(one)
    kept, gone, holder = rows[merge.kept_id], rows[merge.gone_id], rows[now_in]
    later = list(Merge.objects.after(merge).undoable().held())
    moved = Moved.from_json(merge.moved)
    _rows_back(moved, gone, later)
    _accesses_back(moved, gone, later)
    _fields_back(merge, kept, later)
    _hold_back(moved)
    Member.objects.filter(pk__in=moved.added).delete()
    for name, value in merge.before["gone"].items():
        setattr(gone, name, value)
    gone.merged_into = None
    for one in rows.values():
        one.version += 1
        one.to_compare += one.merged_into_id is None
        one.save()
    for one in Household.objects.filter(pk__in=(gone.pk, holder.pk)):
        rebuild_keys(one)
    for other in later:
        other.save(update_fields=["before", "moved"])
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.before, merge.moved = {}, {}
    merge.save(update_fields=["undone_at", "undone_by", "before", "moved"])
    record("undo_merge", on=kept, by=by)
    record("split_off", on=gone, by=by, fields=["merged_into"])
    return merge


def _rows_back(moved: Moved, gone: Household, later: list[Merge]) -> None:
    visits = set(moved.rows[VISITS])
    once_again = visits & set(moved.repeated)
    for other in later:
        theirs = Moved.from_json(other.moved)
        once_again |= visits & set(theirs.repeated)
        theirs.repeated = [pk for pk in theirs.repeated if pk not in visits]
        for key, ids in moved.rows.items():
            theirs.rows[key] = [pk for pk in theirs.rows[key] if pk not in set(ids)]
        theirs.rows["people.Household.merged_into"] = [
            pk for pk in theirs.rows["people.Household.merged_into"] if pk != gone.pk
        ]
        other.moved = theirs.as_json()
    ids = moved.rows[ACCESSES]
    GroceryAccess.objects.filter(pk__in=ids).update(current=False)
    for key, ids in moved.rows.items():
        put(key, ids, gone.pk)
    Visit.objects.filter(pk__in=once_again).update(repeated=False)


def _accesses_back(moved: Moved, gone: Household, later: list[Merge]) -> None:
    """Its own decision goes on for `gone`; the other one as well, unless there is a newer one."""
    own, other = moved.current["gone"], moved.current["kept"]
    if own is not None:
        GroceryAccess.objects.filter(pk=own, household=gone).update(current=True)
    for one in later:
        for side, pk in one.moved["current"].items():
            if pk is not None and pk == own:
                one.moved["current"][side] = other
    was = GroceryAccess.objects.filter(pk=other).first() if other is not None else None
    if was and not GroceryAccess.objects.current().filter(household=was.household_id).exists():
        GroceryAccess.objects.filter(pk=was.pk).update(current=True)


def _hold_back(moved: Moved) -> None:
    """As short as it was, unless somebody changed it since."""
    if moved.hold:
        pk, was, new = moved.hold
        RetentionHold.objects.filter(pk=pk, until=new).update(until=was)


def _fields_back(merge: Merge, kept: Household, later: list[Merge]) -> None:
    """What was written over comes back, where nobody wrote something else since."""
    for name, (was, new) in merge.before["kept"].items():
        _write_back(name, was, new, kept, later)


def _write_back(name: str, was: Any, new: Any, kept: Household, later: list[Merge]) -> None:
    """As it stood just after the merge, a value lives in the next merge that wrote over it."""
    for other in later:
        if other.gone_id == kept.pk:
            if other.before["gone"][name] == new:
                other.before["gone"][name] = was
            return
        if other.kept_id == kept.pk and name in other.before["kept"]:
            if other.before["kept"][name][0] == new:
                other.before["kept"][name][0] = was
            return
    if getattr(kept, name) == new:
        setattr(kept, name, was)


# --- for good ---


@transaction.atomic
def make_merges_final(now: dt.datetime) -> int:
    """After a month what was kept to undo them goes; how many."""
    old = list(Merge.objects.undoable().older_than(now - UNDO_DAYS).held().with_gone())
    for merge in old:
        _make_final(merge, by=None)
    return len(old)


@transaction.atomic
def forget_merges_of(household: Household, *, by: User | None) -> None:
    """At once, for a household that is erased, with all that went into it: what was kept to undo
    their merges goes too.
    """
    ids = [household.pk, *household.absorbed.values_list("pk", flat=True)]
    for merge in Merge.objects.undoable().among(ids).held().with_gone():
        _make_final(merge, by=by)


def _make_final(merge: Merge, *, by: User | None) -> None:
    """What stayed behind with the one that went, goes: names that stand in the other already."""
    merge.before, merge.moved, merge.final_at = {}, {}, timezone.now()
    merge.save(update_fields=["before", "moved", "final_at"])
    Member.objects.filter(household=merge.gone_id).delete()
    NameKey.objects.filter(household=merge.gone_id).delete()
    DuplicatePair.objects.of_household(merge.gone_id).delete()
    forget_message_of(merge.gone, by=by)
    record("settle_merge", on=merge, by=by)
