"""How well a typed name fits a person's name, and which letters of it to mark; pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import OSA

from people.names import latin, normalise
from people.search_keys import Spelling, fold, sound, spellings

#: A typed word that only starts a word of the name is worth this, and more the further it got.
_STARTS = 0.9
#: The same after folding is a little less than the same as written; the same sound takes away a
#: part of what is still different.
_FOLDED = 0.97
_SOUNDED = 0.4
#: Written together or apart, or cut in other places: "jan willem" for Janwillem.
_TOGETHER = 0.98
#: "Mohamed" fitting well must not make up for a surname that hardly does.
_WORST_WORD = 0.25
#: Of two names that fit the typed words alike, the one with less left over comes first.
_LEFT_OVER = 0.04
#: From this many typed letters on, a slip in an unfinished word is worth looking for.
_LONG = 4
#: Folding leaves little of some texts, as "s" of "zzzz": fewer letters start half the book.
_TELLING = 3


@dataclass
class Typed:
    """The typed words with their folded forms, made once per search."""

    words: list[str]
    joined: str = field(init=False)
    folded: list[str] = field(init=False)
    heard: list[str] = field(init=False)

    #: How each typed word fits a word of a name: households share most of their words.
    _likeness: dict[str, list[float]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.joined = "".join(self.words)
        self.folded = [fold(word) for word in self.words]
        self.heard = [sound(word) for word in self.words]

    def likeness(self, word: str) -> list[float]:
        """How well each typed word fits this word of a name, from 0 to 1."""
        known = self._likeness.get(word)
        if known is None:
            asked = zip(self.words, self.folded, self.heard, strict=True)
            known = self._likeness[word] = [_likeness(*one, word) for one in asked]
        return known


def _part(typed: str, word: str) -> float:
    """What it is worth that the word starts as typed."""
    return _STARTS + (1 - _STARTS) * len(typed) / len(word)


def _likeness(typed: str, folded: str, heard: str, word: str) -> float:
    """From 0 to 1: the same, then starts so, then folds or sounds the same, then nearly."""
    if word.startswith(typed):
        return _part(typed, word)
    word_folded = fold(word)
    best = OSA.normalized_similarity(typed, word)
    if folded == word_folded or len(folded) >= _LONG:
        best = max(best, _FOLDED * OSA.normalized_similarity(folded, word_folded))
    if len(typed) >= _LONG:
        best = max(best, _STARTS * OSA.normalized_similarity(typed, word[: len(typed)]))
        if len(folded) >= _TELLING and word_folded.startswith(folded):
            best = max(best, _FOLDED * _part(folded, word_folded))
    if heard == sound(word):
        best += _SOUNDED * (1 - best)
    return best


def score(typed: Typed, first_name: str, last_name: str) -> float:
    """How well the typed words together fit this person, from 0 to 1."""
    names = spellings(first_name, last_name)
    if not names:
        return 0.0
    table = [typed.likeness(name.word) for name in names]
    if len(typed.words) == 1:
        apart = max(row[0] for row in table)
    else:
        apart = _each_part_once(typed, names, table)
    whole = _whole(first_name, last_name)
    together = _TOGETHER * OSA.normalized_similarity(typed.joined, whole)
    left_over = max(0.0, 1 - len(typed.joined) / len(whole))
    return max(0.0, max(apart, together) - _LEFT_OVER * left_over)


@lru_cache(maxsize=16384)
def _whole(first_name: str, last_name: str) -> str:
    return "".join(normalise(first_name) + normalise(last_name))


def _each_part_once(
    typed: Typed, names: Sequence[Spelling], table: Sequence[Sequence[float]]
) -> float:
    """The mean likeness of the typed words, each with another part of the name."""
    fits = sorted(
        ((likeness, i, n) for n, row in enumerate(table) for i, likeness in enumerate(row)),
        key=lambda fit: -fit[0],
    )
    best, used = dict[int, float](), frozenset[int]()
    for likeness, i, n in fits:
        if i not in best and not used & names[n].stands_for:
            best[i] = likeness
            used |= names[n].stands_for
    mean = sum(likeness * len(typed.words[i]) for i, likeness in best.items()) / len(typed.joined)
    if len(best) < len(typed.words):
        return mean
    return mean - _WORST_WORD * (mean - min(best.values()))


def marks(name: str, words: list[str]) -> list[tuple[str, bool]]:
    """The name in pieces, those letters marked that were typed as the start of a word."""
    letters, places, starts = "", [], set[int]()
    for place, character in enumerate(name):
        plain = "".join(c for c in latin(character) if c.isalnum())
        if plain and (place == 0 or not name[place - 1].isalnum()):
            starts.add(len(letters))
        letters += plain
        places += [place] * len(plain)
    marked = set[int]()
    for word in words:
        start = next((s for s in sorted(starts) if letters.startswith(word, s)), None)
        if start is not None:
            starts.discard(start)
            # With what stands between its letters, as in "Van den".
            marked.update(range(places[start], places[start + len(word) - 1] + 1))
    pieces: list[tuple[str, bool]] = []
    for place, character in enumerate(name):
        inside = place in marked
        if pieces and pieces[-1][1] == inside:
            pieces[-1] = (pieces[-1][0] + character, inside)
        else:
            pieces.append((character, inside))
    return pieces
