"""Which keys are stored for a person's name, and which are asked for a typed text; pure.

One table (`people.models.NameKey`) holds three kinds of key, all in [a-z0-9 ]:

* WORD: a word of the name followed by the others, "eynde jos vandeneynde". One ordered scan of the
  index answers "starts with" and yields whole words before longer ones; the other typed words
  are looked for in the same key, so that "jos van den ey" needs no join.
* SOUND: the same, of the name as it sounds. Spellings that sound alike share it.
* TRIGRAM: three letters of the lightly folded name, for what neither of the two finds.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from people.names import split

KEY_LENGTH = 80
#: Fewer letters than this name too many people to be an answer.
LEAST_LETTERS = 2


class Kind(IntEnum):
    """What a key holds; the numbers are stored."""

    WORD = 1
    SOUND = 2
    TRIGRAM = 3


# Letters that sound alike in the names heard at a Flemish counter, applied in this order. It need
# not be right for every language: the ranking afterwards compares the names as they are written.
_CONSONANTS = [
    (re.compile(pattern), heard)
    for pattern, heard in (
        (r"szcz|shch|sch", "s"),
        (r"ts?j|tch|tsch|cz|ch", "k"),  # Tkaczenko, Tkatsjenko, Tkachenko; also Bogaerdt, Bochaert
        (r"sz|sj|sh|z", "s"),
        (r"^dj|^dzh|^zh", "j"),
        (r"ph|v|w|f", "f"),
        (r"c(?=[eiy])", "s"),
        (r"qu|q|ck|kh|c", "k"),
        (r"(?<=[bdgrtlnk])h", ""),
        (r"x", "ks"),
        (r"dt|td", "t"),
        (r"d$", "t"),
    )
]  # fmt: skip
_VOWELS = [
    (re.compile(pattern), heard)
    for pattern, heard in (
        (r"(?<=[aeou]u)f(?=[aeiouy]|$)", ""),  # "Pauwels", by now "paufels"
        (r"^y(?=[aeiou])|^i(?=[aeou])", "j"),
        (r"(?<=[^aeiouy])j(?=[aeiou])", ""),
        (r"ij|ey|ei|ay|ai|ie|ee|y|j(?!^)(?<!^j)", "i"),
        (r"oe|ou|oo|uu|ue", "u"),
        (r"ae|aa", "a"),
        (r"(?!^)h(?![aeiou])", ""),
        (r"(.)\1+", r"\1"),
    )
]  # fmt: skip
_BEFORE_THE_NAME = re.compile(r"^fan(den|der|de)(?=...)")
_NAME_ALONE = re.compile(r"^fan(den|der|de)?(?=...)")
_PARTICLES_TOGETHER = re.compile(r"van(den|der|de)?(?=.{4})")
_VOWEL_RUN = re.compile("[aeiou]+")


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """The word in a plain spelling: "huyghe" and "huige" give "huige", "claes" gives "klas"."""
    for pattern, heard in _CONSONANTS:
        word = pattern.sub(heard, word)
    for pattern, heard in _VOWELS:
        word = pattern.sub(heard, word)
    return word


@lru_cache(maxsize=4096)
def sound(word: str) -> str:
    """The folded word with every run of vowels alike: "vermeir" and "vermeer" give "farmar"."""
    folded = _BEFORE_THE_NAME.sub("fan", fold(word)).replace("d", "t")
    return _VOWEL_RUN.sub("a", folded)


# --- what is stored ------------------------------------------------------------------------------


def _with_tails(parts: list[str]) -> list[str]:
    """The word and what remains of it without its particles: vanderauwera, derauwera, auwera."""
    if len(parts) > 1:
        return ["".join(parts[start:]) for start in range(len(parts))]
    written_together = _PARTICLES_TOGETHER.match(parts[0])
    return parts + ([parts[0][written_together.end() :]] if written_together else [])


@dataclass(frozen=True)
class Spelling:
    """A word of a name, and which words of the whole name it stands for."""

    word: str
    stands_for: frozenset[int]


def spellings(first_name: str, last_name: str) -> list[Spelling]:
    """Every word under which a person is asked for.

    "Jean-Paul Van den Eynde" has jean, paul, vandeneynde, deneynde, eynde, jeanpaul and jp.
    """
    first = split(first_name)
    found = [
        Spelling(word, frozenset({place}))
        for place, parts in enumerate(first + split(last_name))
        for word in _with_tails(parts)
    ]
    if len(first) > 1:
        both = frozenset(range(len(first)))
        words = ["".join(parts) for parts in first]
        found.append(Spelling("".join(words), both))
        found.append(Spelling("".join(word[0] for word in words), both))
    return found


def _rotations(names: list[Spelling]) -> set[str]:
    """Each word followed by those that stand for other parts of the name."""
    keys = set()
    for name in names:
        others = [other.word for other in names if not name.stands_for & other.stands_for]
        keys.add(" ".join(dict.fromkeys([name.word, *others]))[:KEY_LENGTH].rstrip())
    return keys


def trigrams(words: Iterable[str]) -> set[str]:
    """The trigrams of folded words, with a space before and after each."""
    found = set()
    for word in words:
        folded = f" {_NAME_ALONE.sub('', fold(word))} "
        found.update(folded[start : start + 3] for start in range(len(folded) - 2))
    return found


def stored_keys(first_name: str, last_name: str) -> set[tuple[Kind, str]]:
    """Every key under which this person is found."""
    names = spellings(first_name, last_name)
    heard = [Spelling(sound(name.word), name.stands_for) for name in names]
    whole = ["".join(parts) for parts in split(first_name) + split(last_name)]
    return {
        *((Kind.WORD, key) for key in _rotations(names)),
        *((Kind.SOUND, key) for key in _rotations(heard)),
        *((Kind.TRIGRAM, key) for key in trigrams(whole)),
    }


# --- what is asked -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A typed name as keys: `first` starts a stored key, each of `others` starts a later word."""

    kind: Kind
    first: str
    others: tuple[str, ...]

    @property
    def until(self) -> str:
        """The first text after everything that starts with `first`; "{" follows "z"."""
        return self.first + "{"


def asked_words(text: str) -> list[str]:
    """The typed words, or none when there are too few letters to name anybody."""
    words = ["".join(parts) for parts in split(text)]
    return words if sum(map(len, words)) >= LEAST_LETTERS else []


def asked(kind: Kind, words: Iterable[str]) -> Asked:
    """The scan for these words: it runs along the longest, which the fewest names start with."""
    keys = [sound(word) if kind is Kind.SOUND else word for word in words]
    keys = list(dict.fromkeys(key[:KEY_LENGTH] for key in keys if key))
    keys.sort(key=len, reverse=True)
    return Asked(kind, keys[0], tuple(keys[1:]))
