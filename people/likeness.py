"""How sure it is that two names are one person's, on paper and as they are called; pure."""

from functools import lru_cache

from rapidfuzz.distance import OSA

from people.search_keys import fold, sound

#: A word may differ by a slip or another spelling, not more.
_LEAST_WORD = 0.78
_SHORT_WORD = 5
_SHORT_FORM = 0.9
_FOLDED = 0.98
#: The surname says a little more than the first name.
_FIRST, _LAST = 0.45, 0.55
_LEFT_OUT = 0.05

# What people are called at home and on paper. Only pairs that no rule of spelling would find.
_SHORT_FORMS = [
    frozenset(names.split())
    for names in (
        "jozef jos jef joseph seppe sjef",
        "jan johan johannes jean hans",
        "maria marie mia ria mieke marijke maryam mariam meryem",
        "frans francis franciscus sus cis francois",
        "anna an ann annie anneke anita",
        "elisabeth liesbeth lies els elza bet elise lisa",
        "hendrik henri rik henk harry",
        "pieter piet peter pierre petrus",
        "antoon toon anton antoine antonius tony",
        "willem wim guillaume wil willy",
        "louis lodewijk lode lowie ludovic ludo",
        "gustaaf gust staf august gustave",
        "alfons fons alphonse",
        "albert bert berten hubert",
        "karel charles carolus",
        "margareta margriet greet griet greta margaretha marguerite",
        "catharina katrien trien katrijn cathy katherine kathleen",
        "cornelis kees cornelius nelis",
        "jacobus jaak jacques sjaak",
        "michel michiel michael mich",
        "christine christiane kristien kristin chris kris",
        "alexander alex sander sacha oleksandr aleksandr",
        "nicolaas klaas nico nicolas niko mykola nikolaj",
        "mohamed mohammed muhammad mohammad mehmet mo",
        "volodymyr vladimir vova",
        "serhij sergej serge",
        "mykhailo michail misha",
    )
]


Words = tuple[str, ...]


@lru_cache(maxsize=16384)
def word_likeness(one: str, other: str) -> float:
    """How sure it is that two words are the same name, from 0 to 1; 0 when it is unlikely."""
    if one == other:
        return 1.0
    if any(one in names and other in names for names in _SHORT_FORMS):
        return _SHORT_FORM
    folded = OSA.normalized_similarity(fold(one), fold(other))
    if folded < 1 and min(len(one), len(other)) < _SHORT_WORD:
        return 0.0  # Jan and An, Bart and Bert: one letter makes another person
    likeness = max(OSA.normalized_similarity(one, other), _FOLDED * folded)
    if sound(one) == sound(other):
        likeness = (1 + likeness) / 2
    return likeness if likeness >= _LEAST_WORD else 0.0


def _part_likeness(one: Words, other: Words) -> float:
    """Two first names, or two surnames: every word of the shorter has its partner."""
    together = word_likeness("".join(one), "".join(other))
    short, long = sorted((one, other), key=len)
    if not short or len(short) == len(long) == 1:
        return together
    left, total = list(long), 0.0
    for word in short:
        best = max(left, key=lambda candidate: word_likeness(word, candidate))
        likeness = word_likeness(word, best)
        if not likeness:
            return together
        left.remove(best)
        total += likeness
    # "Mohamed" for "Mohamed Amine": right, and a little less sure for each name left out.
    return max(together, total / len(short) - _LEFT_OUT * len(left))


def name_likeness(one: tuple[Words, Words], other: tuple[Words, Words]) -> tuple[float, bool]:
    """How alike two names (first, last) are, and whether one has them the other way round."""
    (first, last), (other_first, other_last) = one, other
    if not all((first, last, other_first, other_last)):
        # Of somebody only one name is known: the same whole name, or nothing.
        return float(sorted(first + last) == sorted(other_first + other_last)), False
    straight = _both(_part_likeness(first, other_first), _part_likeness(last, other_last))
    swapped = _both(_part_likeness(first, other_last), _part_likeness(last, other_first))
    return (straight, False) if straight >= swapped else (swapped, True)


def _both(first: float, last: float) -> float:
    return _FIRST * first + _LAST * last if first and last else 0.0


def all_forms(word: str) -> frozenset[str]:
    """The word and what else the same person may be called."""
    return frozenset({word}).union(*(names for names in _SHORT_FORMS if word in names))


def called(word: str) -> str:
    """One name for all its short forms, so that Jos and Jozef meet."""
    return min(all_forms(word))
