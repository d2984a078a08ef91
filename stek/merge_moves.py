"""What of a household moves when it is merged into another, by every foreign key to a household.

tests/stek/merging/test_moving.py fails on a key that stands in none of these lists. Whatever is
moved is noted by id, so that undoing finds it wherever it is by then.
"""

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Model

from people.models import GroceryAccess, Household, Member, RetentionHold
from people.names import normalise
from reviews.kinds import OF_HOUSEHOLDS
from reviews.models import Decision
from visits.models import Message, Visit

logger = logging.getLogger(__name__)

#: Every row moves, as it is. Of consents the newest of a partner counts, as always.
WHOLE = (
    "people.Consent.household",
    "people.Household.merged_into",
    "forms_help.FollowUp.household",
    "referrals.Referral.household",
    "referrals.InboundReferral.household",
)
MEMBERS, ACCESSES = "people.Member.household", "people.GroceryAccess.household"
VISITS, MESSAGES = "visits.Visit.household", "visits.Message.household"
HOLDS = "people.RetentionHold.household"
#: Pointed at by number, and not by a foreign key.
DECISIONS = "reviews.Decision.subject_id"
#: Keys whose rows stay where they are, and why.
STAYS = {
    "people.LeavingNotice.household": "the timer takes it out of the list, and puts it in again",
    "people.NameKey.household": "made anew from the names",
    "people.DuplicatePair.one": "says nothing while one of both is merged; back after an undo",
    "people.DuplicatePair.other": "the same",
    "people.Merge.kept": "what happened then",
    "people.Merge.gone": "what happened then",
}


@dataclass
class Moved:
    """Ids of what moved, by key; which marks were set, and which access was current on each side.

    `repeated` are visits that became a second one of that opening; `added` is a member that the
    merge made.
    """

    rows: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    repeated: list[int] = field(default_factory=list)
    current: dict[str, int | None] = field(default_factory=lambda: {"kept": None, "gone": None})
    added: list[int] = field(default_factory=list)
    #: A hold that became longer: its id, the day that it had and the one that it has.
    hold: list[Any] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "rows": dict(self.rows),
            "repeated": self.repeated,
            "current": self.current,
            "added": self.added,
            "hold": self.hold,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Moved":
        rows = defaultdict(list, kept["rows"])
        return cls(rows, kept["repeated"], kept["current"], kept["added"], kept["hold"])


def model_and_field(key: str) -> tuple[type[Model], str]:
    label, name = key.rsplit(".", 1)
    return apps.get_model(label), name


def move_all(kept: Household, gone: Household, *, access: str, moved: Moved) -> None:
    """Everything of `gone` becomes of `kept`; `access` is the side whose access goes on."""
    movers: tuple[Callable[[Household, Household, Moved], None], ...] = (
        _members,
        _visits,
        _messages,
        _holds,
        _decisions,
    )
    for key in WHOLE:
        model, name = model_and_field(key)
        ids = model._base_manager.filter(**{name: gone}).values_list("pk", flat=True)
        _move(key, list(ids), kept.pk, moved)
    _accesses(kept, gone, access, moved)
    for mover in movers:
        mover(kept, gone, moved)


def _move(key: str, ids: list[int], to: int, moved: Moved) -> None:
    if ids:
        put(key, ids, to)
        moved.rows[key] += ids


def put(key: str, ids: list[int], household_id: int) -> None:
    """These rows become of this household."""
    model, name = model_and_field(key)
    model._base_manager.filter(pk__in=ids).update(**{name: household_id})


def name_of(one: Household | Member) -> tuple[str, ...]:
    """The same for one name in any order, with or without accents and capitals."""
    return tuple(sorted((*normalise(one.first_name), *normalise(one.last_name))))


def _members(kept: Household, gone: Household, moved: Moved) -> None:
    """Somebody who stands in both is in it once; the other row stays with what goes."""
    there = {name_of(kept), *map(name_of, Member.objects.of_household(kept))}
    ids = []
    for member in Member.objects.of_household(gone).order_by("pk"):
        if name_of(member) not in there:
            there.add(name_of(member))
            ids.append(member.pk)
    _move(MEMBERS, ids, kept.pk, moved)


def _accesses(kept: Household, gone: Household, chosen: str, moved: Moved) -> None:
    """One decision goes on: that of the chosen side, or the only one there is."""
    current = {
        "kept": GroceryAccess.objects.current().filter(household=kept).first(),
        "gone": GroceryAccess.objects.current().filter(household=gone).first(),
    }
    moved.current = {side: row.pk if row else None for side, row in current.items()}
    left = moved.current["gone" if chosen == "kept" else "kept"]
    if left is not None and all(moved.current.values()):
        GroceryAccess.objects.filter(pk=left).update(current=False)
    ids = GroceryAccess.objects.filter(household=gone).values_list("pk", flat=True)
    _move(ACCESSES, list(ids), kept.pk, moved)


def _visits(kept: Household, gone: Household, moved: Moved) -> None:
    """Both at one opening: the moved one is the second visit of that day, and still counts."""
    once = Visit.objects.counted().filter(repeated=False)
    openings = once.filter(household=kept).values("opening")
    both = list(once.filter(household=gone, opening__in=openings).values_list("pk", flat=True))
    Visit.objects.filter(pk__in=both).update(repeated=True)
    moved.repeated = both
    ids = Visit.objects.filter(household=gone).values_list("pk", flat=True)
    _move(VISITS, list(ids), kept.pk, moved)


def _messages(kept: Household, gone: Household, moved: Moved) -> None:
    """Only one can wait: with one on each side, that of what goes stays behind."""
    rows = Message.objects.of_household(gone.pk)
    if Message.objects.of_household(kept.pk).waiting().exists():
        rows = rows.filter(delivered_at__isnull=False)
    _move(MESSAGES, list(rows.values_list("pk", flat=True)), kept.pk, moved)


def _holds(kept: Household, gone: Household, moved: Moved) -> None:
    """Only one can run: it lasts as long as the longest of both, and the other stays behind."""
    mine = RetentionHold.objects.of_household(kept.pk).not_lifted().first()
    rows = RetentionHold.objects.of_household(gone.pk)
    theirs = rows.not_lifted().first()
    if mine and theirs:
        rows = rows.filter(lifted_at__isnull=False)
        if theirs.until > mine.until:
            moved.hold = [mine.pk, mine.until.isoformat(), theirs.until.isoformat()]
            RetentionHold.objects.filter(pk=mine.pk).update(until=theirs.until)
    _move(HOLDS, list(rows.values_list("pk", flat=True)), kept.pk, moved)


def _decisions(kept: Household, gone: Household, moved: Moved) -> None:
    """What was decided in the week; of two current ones on one fact that of `kept` stays."""
    about = Decision.objects.about(OF_HOUSEHOLDS)
    taken = set(
        about.current()
        .filter(subject_id=kept.pk, stek=kept.stek_id)
        .values_list("kind", "about_day")
    )
    rows = about.filter(subject_id=gone.pk, stek=kept.stek_id)
    ids = [row.pk for row in rows if not (row.current and (row.kind, row.about_day) in taken)]
    _move(DECISIONS, ids, kept.pk, moved)


def gather_strays(now: dt.datetime) -> int:
    """What was entered for a household at the very moment that it was merged away, follows it."""
    strays = 0
    merged = dict(Household.objects.merged().order_by().values_list("pk", "merged_into"))
    for key in (*WHOLE, ACCESSES, VISITS):
        model, name = model_and_field(key)
        rows = model._base_manager.filter(**{f"{name}__in": list(merged)})
        for pk, gone_id in rows.values_list("pk", f"{name}_id"):
            if key == ACCESSES:
                GroceryAccess.objects.filter(pk=pk).update(current=False)
            elif key == VISITS:
                Visit.objects.filter(pk=pk).update(repeated=True)
            put(key, [pk], merged[gone_id])
            logger.warning("%s %s went along from %s to %s", key, pk, gone_id, merged[gone_id])
            strays += 1
    return strays


def keys_to_a_household() -> set[str]:
    """Every foreign key to a household that there is, as "app.Model.field"."""
    return {
        f"{model._meta.label}.{key.name}"
        for model in apps.get_models(include_auto_created=True)
        for key in model._meta.concrete_fields
        if key.is_relation and key.related_model is Household
    }
