"""Two households become one: in one transaction, by somebody who chose what stays of each."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from people.actions import OtherBody
from people.models import Household, Member, Merge, NameKey
from people.search import rebuild_keys
from stek.merge_moves import Moved, move_all, name_of

#: Which fields go together in one choice.
FIELDS = {
    "name": ("first_name", "last_name"),
    "phone": ("phone",),
    "language": ("language",),
    "size": ("adults", "children"),
}
ALL_FIELDS = tuple(name for names in FIELDS.values() for name in names)
#: Says who somebody is: emptied on the row that goes.
IDENTITY = ("first_name", "last_name", "phone", "language")


@dataclass(frozen=True)
class Choices:
    """Per choice the side it comes from, "kept" or "gone"."""

    name: str = "kept"
    phone: str = "kept"
    language: str = "kept"
    size: str = "kept"
    access: str = "kept"
    #: The contact person whose name was not chosen may come for the household too.
    also_member: bool = False


@dataclass(frozen=True)
class Both:
    """The two as the page showed them: which stays, and the version that was read of each."""

    kept: Household
    gone: Household
    kept_version: int
    gone_version: int


class SameHousehold(Exception):
    """A household can't be merged with itself."""


class ChangedMeanwhile(Exception):
    """One of both was changed, merged, restricted or erased meanwhile; both as they are now."""

    def __init__(self, kept: Household, gone: Household) -> None:
        self.kept, self.gone = kept, gone
        super().__init__("changed meanwhile")


@transaction.atomic
def merge_households(both: Both, *, choices: Choices, request_id: UUID, by: User) -> Merge:
    """All history of `gone` moves to `kept`, and its number and card lead there from now on.

    The same key again returns what was done; with other choices it raises `OtherBody`. Raises
    `SameHousehold`, and `ChangedMeanwhile` when a row is not what somebody saw.
    """
    if both.kept.pk == both.gone.pk:
        raise SameHousehold
    rows = Household.objects.held([both.kept.pk, both.gone.pk])
    kept, gone = rows[both.kept.pk], rows[both.gone.pk]
    earlier: Merge | None = Merge.objects.made_by_request(request_id)
    if earlier is not None:
        asked = (kept.pk, gone.pk, asdict(choices))
        if (earlier.kept_id, earlier.gone_id, earlier.choices) != asked:
            raise OtherBody
        return earlier
    seen = ((kept, both.kept_version), (gone, both.gone_version))
    if kept.stek_id != gone.stek_id or any(
        one.erased_at or one.merged_into_id or one.is_restricted or one.version != version
        for one, version in seen
    ):
        raise ChangedMeanwhile(kept, gone)
    return _merge(kept, gone, choices, request_id, by)


def _merge(kept: Household, gone: Household, choices: Choices, request_id: UUID, by: User) -> Merge:
    # Nothing may stop halfway for a row that is taken: what is chosen is written first.
    before: dict[str, Any] = {
        "gone": {name: getattr(gone, name) for name in ALL_FIELDS},
        "kept": _take_over(kept, gone, choices),
    }
    left_out = Member(household=kept, first_name=gone.first_name, last_name=gone.last_name)
    if choices.name == "gone":
        left_out.first_name = before["kept"].get("first_name", [kept.first_name])[0]
        left_out.last_name = before["kept"].get("last_name", [kept.last_name])[0]
    moved = Moved()
    move_all(kept, gone, access=choices.access, moved=moved)
    if choices.also_member and _is_new(left_out, kept):
        left_out.save(force_insert=True)
        moved.added = [left_out.pk]
    for name in IDENTITY:
        setattr(gone, name, "")
    gone.merged_into, gone.to_compare, gone.version = kept, 0, gone.version + 1
    gone.save()
    NameKey.objects.filter(household=gone).delete()
    kept.version += 1
    kept.to_compare += 1
    kept.save()
    rebuild_keys(kept)
    record("merge", on=kept, by=by, fields=before["kept"])
    record("merge_away", on=gone, by=by, fields=["merged_into"])
    return Merge.objects.create(
        stek_id=kept.stek_id,
        kept=kept,
        gone=gone,
        choices=asdict(choices),
        before=before,
        moved=moved.as_json(),
        request_id=request_id,
        merged_by=by,
    )


def _take_over(kept: Household, gone: Household, choices: Choices) -> dict[str, list[Any]]:
    """Fill in what was chosen of the other side; what was there and what came, by field."""
    taken = {}
    for choice, names in FIELDS.items():
        if getattr(choices, choice) != "gone":
            continue
        for name in names:
            was, new = getattr(kept, name), getattr(gone, name)
            if was != new:
                setattr(kept, name, new)
                taken[name] = [was, new]
    return taken


def _is_new(member: Member, kept: Household) -> bool:
    there = {name_of(kept), *map(name_of, Member.objects.of_household(kept))}
    return name_of(member) not in there
