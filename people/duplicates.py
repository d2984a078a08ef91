"""Which households may be the one that is about to be written down again.

`possible_duplicates` asks for one new household at the counter, `DuplicateFinder` for a whole list.
Both only suggest: a person decides. A surname alone, or a shared phone alone, is no duplicate.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from operator import or_

import phonenumbers
from django.db.models import Q

from people.duplicate import Duplicate, Reason
from people.likeness import all_forms, called, name_likeness, word_likeness
from people.models import Household, Member, NameKey
from people.names import normalise
from people.search import households_resembling
from people.search_keys import Kind, sound
from places.models import Stek

_LEAST = 0.8
#: Read at most so many for one question; a name that more people share is no hint by itself.
_MOST_CANDIDATES = 120
#: How the score is made up; together 1.
_NAME_SAYS, _PHONE_ADDS, _SIZE_ADDS = 0.87, 0.1, 0.03


@dataclass(frozen=True)
class _Person:
    """Somebody known, by the words of the name and where it stands."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    owner: "_Owner"
    is_member: bool


@dataclass(eq=False)
class _Owner:
    """A household or a row: what the people on it share."""

    household: Household | None
    row: Hashable
    phone: str
    size: tuple[int | None, int | None]
    people: list[_Person] = field(default_factory=list)


# --- finding candidates --------------------------------------------------------------------------


def _words_of(first: tuple[str, ...], last: tuple[str, ...]) -> list[str]:
    """The words of a name, and those of each part written together."""
    together = ["".join(part) for part in (first, last) if len(part) > 1]
    return list(dict.fromkeys([*first, *last, *together]))


def _blocks(words: Iterable[str]) -> set[tuple[str, str]]:
    """Keys that two entries of one person share: one word in sound, another by how it starts.

    Whoever differs in both words at once is not found; comparing everybody with everybody would
    take minutes.
    """
    heard = [sound(called(word)) for word in words]
    if len(heard) == 1:
        return {(heard[0], "")}
    return {
        (one, other[:2])
        for place, one in enumerate(heard)
        for other in heard[:place] + heard[place + 1 :]
    }


@lru_cache(maxsize=1024)
def phone_key(phone: str) -> str:
    """The phone in one form, "+32476123456"; empty when it is no phone number."""
    try:
        number = phonenumbers.parse(phone, "BE")
    except phonenumbers.NumberParseException:
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


class DuplicateFinder:
    """All people of a STEK in memory, to look up the rows of a list one by one."""

    def __init__(self, stek: Stek | None = None) -> None:
        self._by_block: dict[tuple[str, str], list[_Person]] = defaultdict(list)
        self._by_phone: dict[str, list[_Owner]] = defaultdict(list)
        if stek is not None:
            self.add_households(
                Household.objects.of_stek(stek).in_use(),
                Member.objects.filter(household__stek=stek),
            )

    def add_households(self, households: Iterable[Household], members: Iterable[Member]) -> None:
        """Know these households and those of the members who belong to them."""
        owners = {
            h.pk: self._add(h, None, h.first_name, h.last_name, h.phone, (h.adults, h.children))
            for h in households
        }
        for member in members:
            if owner := owners.get(member.household_id):
                self._add_person(owner, member.first_name, member.last_name, is_member=True)

    def add_row(
        self,
        row: Hashable,
        *,
        first_name: str,
        last_name: str,
        phone: str = "",
        adults: int | None = None,
        children: int | None = None,
    ) -> None:
        """Know a row of the list, so that a later row is compared with it too."""
        self._add(None, row, first_name, last_name, phone, (adults, children))

    def _add(
        self,
        household: Household | None,
        row: Hashable,
        first_name: str,
        last_name: str,
        phone: str,
        size: tuple[int | None, int | None],
    ) -> _Owner:
        owner = _Owner(household, row, phone_key(phone), size)
        self._add_person(owner, first_name, last_name, is_member=False)
        if owner.phone:
            self._by_phone[owner.phone].append(owner)
        return owner

    def _add_person(
        self, owner: _Owner, first_name: str, last_name: str, *, is_member: bool
    ) -> None:
        first, last = tuple(normalise(first_name)), tuple(normalise(last_name))
        person = _Person(first, last, owner, is_member)
        owner.people.append(person)
        for block in _blocks(_words_of(first, last)):
            self._by_block[block].append(person)

    def find(
        self,
        *,
        first_name: str,
        last_name: str,
        phone: str = "",
        adults: int | None = None,
        children: int | None = None,
        exclude: Household | None = None,
        limit: int = 5,
    ) -> list[Duplicate]:
        """The likely duplicates of these details, most likely first."""
        first, last = tuple(normalise(first_name)), tuple(normalise(last_name))
        called, size = phone_key(phone), (adults, children)
        people = {
            p for block in _blocks(_words_of(first, last)) for p in self._by_block.get(block, ())
        }
        people.update(p for owner in self._by_phone.get(called, ()) for p in owner.people)
        best: dict[_Owner, Duplicate] = {}
        for person in people:
            owner = person.owner
            if exclude is not None and owner.household == exclude:
                continue
            found = _judge(
                person,
                first,
                last,
                same_phone=bool(called) and owner.phone == called,
                same_size=None not in size and owner.size == size,
            )
            if found and (owner not in best or found.score > best[owner].score):
                best[owner] = found
        return sorted(best.values(), key=_order)[:limit]


def _order(duplicate: Duplicate) -> tuple[float, bool, int]:
    household = duplicate.household
    return -duplicate.score, household is None, household.number if household else 0


def _judge(
    person: _Person,
    first: tuple[str, ...],
    last: tuple[str, ...],
    *,
    same_phone: bool,
    same_size: bool,
) -> Duplicate | None:
    likeness, swapped = name_likeness((person.first, person.last), (first, last))
    shares_a_word = any(
        word_likeness(a, b) for a in first + last for b in person.first + person.last
    )
    if same_phone and shares_a_word:
        likeness = max(likeness, _LEAST)  # with the phone, half a name is enough
    if likeness < _LEAST:
        return None
    reasons = []
    if swapped:
        reasons.append(Reason.SWAPPED_NAME)
    else:
        same = person.first == first and person.last == last
        reasons.append(Reason.SAME_NAME if same else Reason.SIMILAR_NAME)
    if person.is_member:
        reasons.append(Reason.MEMBER)
    if same_phone:
        reasons.append(Reason.SAME_PHONE)
    if same_size:
        reasons.append(Reason.SAME_SIZE)
    worth = _NAME_SAYS * likeness + _PHONE_ADDS * same_phone + _SIZE_ADDS * same_size
    return Duplicate(person.owner.household, round(worth, 4), tuple(reasons), person.owner.row)


def _heard_alike(stek: Stek, words: list[str]) -> Iterable[int]:
    """Households with somebody who shares a word by sound and has another that starts alike."""
    alike = Q()
    for place, word in enumerate(words):
        rest = words[:place] + words[place + 1 :]
        starts = {sound(name)[:2] for other in rest for name in all_forms(other)}
        others = [Q(key__contains=f" {start}") for start in sorted(starts)] or [Q()]
        heard = sound(word)
        # From the whole word on: "!" is the first sign after the space that ends it.
        exactly = Q(key__gte=f"{heard} ", key__lt=f"{heard}!")
        alike |= exactly & reduce(or_, others)
    keys = (
        NameKey.objects.filter(alike, stek=stek, kind=Kind.SOUND)
        if words
        else NameKey.objects.none()
    )
    return keys.values_list("household_id", flat=True)[:_MOST_CANDIDATES]


def _with_phone(stek: Stek, phone: str) -> Iterable[int]:
    """Households with this number, in the form in which numbers are stored or as it was typed."""
    key = phone_key(phone)
    if not key:
        return []
    national = phonenumbers.format_number(
        phonenumbers.parse(key), phonenumbers.PhoneNumberFormat.NATIONAL
    )
    forms = {phone, key, national, "".join(c for c in national if c.isdigit())}
    found = Household.objects.of_stek(stek).in_use().filter(phone__in=forms)
    return found.values_list("pk", flat=True)[:_MOST_CANDIDATES]


def possible_duplicates(
    *,
    stek: Stek,
    first_name: str,
    last_name: str,
    phone: str = "",
    adults: int | None = None,
    children: int | None = None,
    exclude: Household | None = None,
    limit: int = 5,
) -> list[Duplicate]:
    """Households of this STEK that may be the same one as these details; five queries at most."""
    words = _words_of(tuple(normalise(first_name)), tuple(normalise(last_name)))
    candidates = {
        *_heard_alike(stek, words),
        *households_resembling(stek, words, _MOST_CANDIDATES // 2),
        *_with_phone(stek, phone),
    }
    finder = DuplicateFinder()
    finder.add_households(
        Household.objects.of_stek(stek).in_use().filter(pk__in=candidates),
        Member.objects.filter(household__in=candidates),
    )
    return finder.find(
        first_name=first_name,
        last_name=last_name,
        phone=phone,
        adults=adults,
        children=children,
        exclude=exclude,
        limit=limit,
    )
