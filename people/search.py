"""Finding households by number or by the name of any of their people, within one STEK.

By name in three steps, each taken only when those before it found too little: names that start as
typed, names that sound so, names that share most of their trigrams. The last is the costly one; a
name found as typed never reaches it. What is found is ranked by comparing the names themselves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Household, Member, NameKey
from people.names import full_name
from people.ranking import Typed, marks, score
from people.search_keys import Kind, asked, asked_trigrams, asked_words, stored_keys
from places.models import Stek

#: As many answers as a person looks through; with these, no further step is taken.
ENOUGH = 8
#: Rows read per step. More than the answers: several people of one household may match, and by
#: trigrams the one who is meant is often among many who share as much.
_POOL = 48
_POOL_OF_RESEMBLING = 120
#: A name scoring this is what was meant; below the second it only shares some letters.
_GOOD = 0.85
_LEAST = 0.6
_LAST_NUMBER = 999_999


class Matched(TextChoices):
    """How a household was found."""

    NUMBER = "number", gettext_lazy("klantnummer")
    PREFIX = "prefix", gettext_lazy("naam")
    SOUND = "sound", gettext_lazy("klinkt als")


@dataclass(frozen=True)
class Hit:
    """A household that may be meant, by the one of its people who fits best."""

    household_id: int
    #: None: the contact person.
    member_id: int | None
    name: str
    matched: Matched
    #: From 0 to 1.
    score: float
    #: The name in pieces, True where it is what was typed.
    marks: list[tuple[str, bool]]


def find_households(*, stek: Stek, text: str, limit: int = ENOUGH) -> list[Hit]:
    """The households that may be meant, best first; one query for most texts, at most three."""
    text = text[:200].strip()
    if text.isdecimal():
        return _by_number(stek, int(text), limit)
    words = asked_words(text)
    return _by_name(stek, words, limit) if words else []


# --- by number -----------------------------------------------------------------------------------


def _by_number(stek: Stek, number: int, limit: int) -> list[Hit]:
    """The household with this number, then those whose number starts with it."""
    if not 0 < number <= _LAST_NUMBER:
        return []
    ranges, low, high = Q(number=number), number * 10, number * 10 + 9
    while low <= _LAST_NUMBER:
        ranges |= Q(number__range=(low, high))
        low, high = low * 10, high * 10 + 9
    mine = Household.objects.of_stek(stek).in_use()
    rows = list(mine.filter(ranges).order_by("number")[:limit])
    hits = [_numbered(row, row.full_name, row.number == number) for row in rows]
    if not rows or rows[0].number != number:
        # The number of a household that was merged into this one.
        kept = mine.filter(absorbed__number=number).first()
        if kept is not None:
            was = _("%(name)s (was nr. %(number)s)") % {"name": kept.full_name, "number": number}
            rest = [hit for hit in hits if hit.household_id != kept.pk]
            hits = [_numbered(kept, was, True), *rest][:limit]
    return hits


def _numbered(household: Household, name: str, is_exact: bool) -> Hit:
    return Hit(
        household_id=household.pk,
        member_id=None,
        name=name,
        matched=Matched.NUMBER,
        score=1.0 if is_exact else 0.9,
        marks=[(name, False)],
    )


# --- by name -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Person:
    household_id: int
    member_id: int | None
    first_name: str
    last_name: str


@dataclass(frozen=True)
class _Fit:
    """How well a person fits what was typed, and by which step it was found."""

    score: float
    person: _Person
    matched: Matched

    @property
    def name(self) -> str:
        return full_name(self.person.first_name, self.person.last_name)

    def as_hit(self, words: list[str]) -> Hit:
        return Hit(
            household_id=self.person.household_id,
            member_id=self.person.member_id,
            name=self.name,
            matched=self.matched,
            score=self.score,
            marks=marks(self.name, words),
        )


def _by_name(stek: Stek, words: list[str], limit: int) -> list[Hit]:
    typed, best = Typed(words), dict[int, _Fit]()
    most = max(_POOL, 4 * limit)
    _keep_best(best, typed, _starting(stek, Kind.WORD, words, most), Matched.PREFIX)
    if len(best) < ENOUGH:
        _keep_best(best, typed, _starting(stek, Kind.SOUND, words, most), Matched.SOUND)
    if len(best) < ENOUGH and all(fit.score < _GOOD for fit in best.values()):
        _keep_best(best, typed, _resembling(stek, words), Matched.SOUND)
    fits = sorted(best.values(), key=lambda fit: (-fit.score, fit.name, fit.person.household_id))
    return [fit.as_hit(words) for fit in fits[:limit]]


def _keep_best(
    best: dict[int, _Fit], typed: Typed, people: Iterable[_Person], matched: Matched
) -> None:
    """Add these people's households, each with the person who fits best."""
    for person in people:
        worth = round(score(typed, person.first_name, person.last_name), 4)
        known = best.get(person.household_id)
        if worth >= _LEAST and (known is None or worth > known.score):
            best[person.household_id] = _Fit(worth, person, matched)


def _starting(stek: Stek, kind: Kind, words: Sequence[str], most: int) -> list[_Person]:
    """People of whom some word starts with the longest typed one, and others with the rest."""
    scan = asked(kind, words)
    keys = NameKey.objects.filter(
        stek=stek, kind=kind, key__gte=scan.first, key__lt=scan.until
    ).order_by("key")
    for other in scan.others:
        keys = keys.filter(key__contains=f" {other}")
    rows = keys.values_list(
        "household_id",
        "member_id",
        "household__first_name",
        "household__last_name",
        "member__first_name",
        "member__last_name",
    )[:most]
    return list(dict.fromkeys(_person(*row) for row in rows))


def _person(
    household_id: int,
    member_id: int | None,
    contact_first: str,
    contact_last: str,
    member_first: str | None,
    member_last: str | None,
) -> _Person:
    if member_id is None:
        return _Person(household_id, None, contact_first, contact_last)
    return _Person(household_id, member_id, member_first or "", member_last or "")


def households_resembling(stek: Stek, words: Sequence[str], most: int) -> QuerySet:
    """The ids of the households of those who share the most trigrams with these words."""
    return (
        NameKey.objects.filter(stek=stek, kind=Kind.TRIGRAM, key__in=asked_trigrams(words))
        .values("household_id", "member_id")
        .annotate(shared=Count("*"))
        .order_by("-shared", "household_id")
        .values_list("household_id", flat=True)[:most]
    )


def _resembling(stek: Stek, words: Sequence[str]) -> list[_Person]:
    """Everybody in the households that resemble most; one query."""
    shared = households_resembling(stek, words, _POOL_OF_RESEMBLING)
    rows = Household.objects.filter(pk__in=shared).values_list(
        "pk",
        "members__id",
        "first_name",
        "last_name",
        "members__first_name",
        "members__last_name",
    )
    people = {_Person(pk, None, first, last) for pk, _, first, last, _, _ in rows}
    people.update(_person(*row) for row in rows)
    return sorted(people, key=lambda person: (person.household_id, person.member_id or 0))


# --- keeping the keys ----------------------------------------------------------------------------


def keys_for(household: Household, members: Iterable[Member]) -> list[NameKey]:
    """The keys of all people of a household, unsaved."""
    people: list[tuple[Member | None, str, str]]
    people = [(None, household.first_name, household.last_name)]
    people += [(member, member.first_name, member.last_name) for member in members]
    return [
        NameKey(stek_id=household.stek_id, household=household, member=member, kind=kind, key=key)
        for member, first_name, last_name in people
        for kind, key in sorted(stored_keys(first_name, last_name))
    ]


def rebuild_keys(household: Household) -> None:
    """Write the keys anew; called by every action that changes a name, in its transaction."""
    NameKey.objects.filter(household=household).delete()
    NameKey.objects.bulk_create(keys_for(household, Member.objects.of_household(household)))
