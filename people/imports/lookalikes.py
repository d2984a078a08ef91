"""Finds who may be the same household in a whole list at once; pure, quick for 10,000 rows.

Two names look alike when they share the sound of a family name and every word of the shorter name
has a partner in the other. A shared phone alone says nothing (a social worker's number); together
with one shared name it does.
"""

from collections import defaultdict
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from people.imports.person_names import PersonName
from people.names import normalise
from people.search_keys import fold, sound

ALIKE = 0.8
SHORT_FORM = 0.85
SHORTEST_FORM = 3
TOO_COMMON = 300
"""A name that so many share is only compared as a whole: comparing all would take minutes."""


@dataclass(frozen=True)
class Lookalike:
    """Somebody who may be meant: a household we have (`number`), or an earlier row of the list."""

    name: str
    number: int | None = None
    sheet: str = ""
    row: int | None = None


@dataclass(frozen=True)
class _Entry:
    who: Lookalike
    folded: tuple[str, ...]
    heard: frozenset[str]
    phone: str


class Lookalikes:
    """Everybody seen so far; ask before adding, so that nobody looks like himself."""

    def __init__(self) -> None:
        self._by_family: dict[str, list[_Entry]] = defaultdict(list)
        self._by_phone: dict[str, list[_Entry]] = defaultdict(list)
        self._by_whole: dict[frozenset[str], list[_Entry]] = defaultdict(list)

    def add(self, who: Lookalike, name: PersonName, phone: str) -> None:
        entry = _entry(who, name, phone)
        if not entry.heard:
            return
        for word in {sound(word) for word in normalise(name.last or name.first)}:
            self._by_family[word].append(entry)
        self._by_whole[entry.heard].append(entry)
        if phone:
            self._by_phone[phone].append(entry)

    def find(self, name: PersonName, phone: str) -> list[Lookalike]:
        """Return who looks like this, in the order they were added."""
        asked = _entry(Lookalike(""), name, phone)
        found = {entry.who: None for entry in self._by_whole.get(asked.heard, ())}
        for word in asked.heard:
            same_family = self._by_family.get(word, ())
            if len(same_family) <= TOO_COMMON:
                found.update({e.who: None for e in same_family if _alike(e.folded, asked.folded)})
        if phone:
            same_phone = self._by_phone.get(phone, ())[:TOO_COMMON]
            found.update({e.who: None for e in same_phone if e.heard & asked.heard})
        return list(found)


def _entry(who: Lookalike, name: PersonName, phone: str) -> _Entry:
    words = normalise(name.first) + normalise(name.last)
    folded = tuple(fold(word) for word in words)
    return _Entry(who, folded, frozenset(sound(word) for word in words), phone)


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Compare word by word, each used once; a name of one word is too little to say anything."""
    short, long = sorted((one, other), key=len)
    if len(short) < 2:
        return one == other
    left = list(long)
    for word in short:
        best = max(left, key=lambda candidate: _likeness(word, candidate))
        if _likeness(word, best) < ALIKE:
            return False
        left.remove(best)
    return True


def _likeness(word: str, other: str) -> float:
    likeness = OSA.normalized_similarity(word, other)
    short, long = sorted((word, other), key=len)
    if len(short) >= SHORTEST_FORM and long.startswith(short):
        return max(likeness, SHORT_FORM)  # Jos for Jozef
    return likeness
