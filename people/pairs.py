"""Which households of a STEK may be double: found when one changed, and kept as pairs.

Nobody waits for it: `run_due` compares those that changed with the whole book, which lies in
memory by sound and by phone, so that each is held against a handful and never against everybody.
A person decides; what was said to be not the same stays so until a name or a phone changes.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.crypto import salted_hmac

from people.duplicate import Duplicate, Reason
from people.duplicates import DuplicateFinder, phone_key
from people.models import DuplicatePair, Household, Member
from people.names import normalise
from places.models import Stek

#: Households that are written at once, so that nobody else waits long for the database.
BATCH = 200
#: Of one household at most so many others are kept.
MOST_OF_ONE = 6
#: What members in common add, and what two of them are worth by themselves.
_MEMBERS_ADD, _MEMBERS_ALONE, _ENOUGH_MEMBERS = 0.05, 0.82, 2

Name = tuple[str, ...]


@dataclass(frozen=True)
class Likeness:
    """How alike two households are, from 0 to 1, and why."""

    score: float
    reasons: tuple[Reason, ...]

    @property
    def percent(self) -> int:
        return round(min(self.score, 1) * 100)


@dataclass
class _Book:
    """Everybody of one STEK, in memory."""

    finder: DuplicateFinder = field(default_factory=DuplicateFinder)
    members: dict[int, list[Member]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, stek: Stek) -> "_Book":
        book = cls()
        members = list(Member.objects.filter(household__stek=stek))
        book.finder.add_households(Household.objects.of_stek(stek).in_use(), members)
        for member in members:
            book.members[member.household_id].append(member)
        return book

    def like(self, household: Household) -> dict[int, Likeness]:
        """The others that may be this one, by id."""
        best: dict[int, Likeness] = {}
        for found in self._find(household, household.first_name, household.last_name):
            self._keep(best, household, found, found.reasons)
        for member in self.members[household.pk]:
            for found in self._find(household, member.first_name, member.last_name):
                if Reason.MEMBER not in found.reasons:
                    self._keep(best, household, found, (Reason.MEMBER, *found.reasons))
                elif found.household and found.household.pk not in best:
                    self._keep_members(best, household, found.household)
        likeliest = sorted(best.items(), key=lambda one: (-one[1].score, one[0]))
        return dict(likeliest[:MOST_OF_ONE])

    def _find(self, household: Household, first_name: str, last_name: str) -> list[Duplicate]:
        return self.finder.find(
            first_name=first_name,
            last_name=last_name,
            phone=household.phone,
            adults=household.adults,
            children=household.children,
            exclude=household,
        )

    def _keep(
        self,
        best: dict[int, Likeness],
        household: Household,
        found: Duplicate,
        reasons: tuple[Reason, ...],
    ) -> None:
        other = found.household
        assert other is not None  # the finder knows no rows of a list here
        score = found.score
        if self._in_common(household, other):
            score, reasons = score + _MEMBERS_ADD, (*reasons, Reason.SAME_MEMBERS)
        if other.pk not in best or score > best[other.pk].score:
            best[other.pk] = Likeness(score, reasons)

    def _keep_members(
        self, best: dict[int, Likeness], household: Household, other: Household
    ) -> None:
        """Nobody's name but that of members: with two of them it is worth a look."""
        if len(self._in_common(household, other)) >= _ENOUGH_MEMBERS:
            best[other.pk] = Likeness(_MEMBERS_ALONE, (Reason.SAME_MEMBERS,))

    def _in_common(self, household: Household, other: Household) -> set[Name]:
        return self._names(household) & self._names(other)

    def _names(self, household: Household) -> set[Name]:
        return {
            tuple(sorted((*normalise(one.first_name), *normalise(one.last_name))))
            for one in self.members[household.pk]
        }


def compare_all_changed(now: dt.datetime) -> int:
    """For every STEK, what changed since the last time; how many households that were."""
    return sum(compare_changed(stek) for stek in _with_changes())


def _with_changes() -> Iterable[Stek]:
    changed = Household.objects.to_compare().order_by().values("stek")
    return Stek.objects.filter(pk__in=changed).order_by("pk")


def compare_changed(stek: Stek) -> int:
    """Compare what changed with all of this STEK, and keep the pairs; safe to break off."""
    changed = list(Household.objects.of_stek(stek).to_compare())
    if not changed:
        return 0
    book = _Book.of(stek)
    for start in range(0, len(changed), BATCH):
        batch = changed[start : start + BATCH]
        found = {household: book.like(household) for household in batch}
        _write(stek, batch, found)
    return len(changed)


@transaction.atomic
def _write(
    stek: Stek, batch: Sequence[Household], found: dict[Household, dict[int, Likeness]]
) -> None:
    wanted = {
        (min(household.pk, other), max(household.pk, other)): likeness
        for household, others in found.items()
        for other, likeness in others.items()
    }
    rows = DuplicatePair.objects.of_stek(stek).among(household.pk for household in batch)
    pairs = list(rows.select_for_update(of=("self",)))
    # Asked apart and not joined: right after an import the database does not know yet how many
    # there are, and would look through all of them for each pair.
    both = {pk for pair in pairs if pair.apart_print for pk in (pair.one_id, pair.other_id)}
    known = Household.objects.in_bulk(both)
    for pair in pairs:
        likeness = wanted.pop((pair.one_id, pair.other_id), None)
        said = pair.apart_print and pair.apart_print == print_of(
            known[pair.one_id], known[pair.other_id]
        )
        if likeness is None:
            if not said:
                pair.delete()
            continue
        if pair.apart_print and not said:
            pair.apart_at, pair.apart_by, pair.apart_print = None, None, ""
        pair.score, pair.reasons = likeness.percent, list(likeness.reasons)
        pair.save()
    there = Household.objects.in_use().in_bulk({pk for pair in wanted for pk in pair})
    DuplicatePair.objects.bulk_create(
        [
            DuplicatePair(
                stek=stek,
                one_id=one,
                other_id=other,
                score=likeness.percent,
                reasons=list(likeness.reasons),
            )
            for (one, other), likeness in wanted.items()
            if one in there and other in there
        ],
        ignore_conflicts=True,
    )
    _compared(batch)


def _compared(batch: Iterable[Household]) -> None:
    """Unless one changed again meanwhile: then it is compared again."""
    by_changes: dict[int, list[int]] = defaultdict(list)
    for household in batch:
        by_changes[household.to_compare].append(household.pk)
    for changes, ids in by_changes.items():
        Household.objects.filter(pk__in=ids, to_compare=changes).update(to_compare=0)


def print_of(one: Household, other: Household) -> str:
    """The same as long as both keep their name and their phone; it says nothing of either."""
    texts = [
        "/".join((" ".join(normalise(f"{who.first_name} {who.last_name}")), phone_key(who.phone)))
        for who in (one, other)
    ]
    return salted_hmac("people.pairs", "|".join(texts)).hexdigest()[:32]
