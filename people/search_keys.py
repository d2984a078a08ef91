"""Which keys are stored for a person's name, and which are asked for a typed text; pure.

One table (`people.models.NameKey`) holds three kinds of key, all in [a-z0-9 ]:

* WORD: a word of the name followed by the others, "eynde jos vandeneynde". One ordered scan of the
  index answers "starts with" and yields whole words before longer ones; the other typed words
  are looked for in the same key, so that "jos van den ey" needs no join.
* SOUND: the same, of the name as it sounds, with the plain spelling of its first word put in:
  "haga huige jas" for Jos Huyghe. Names that sound alike share it.
* TRIGRAM: three letters of the lightly folded name, for what neither of the two finds.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
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
# "ch" is read as in Rachid and Kachmarek, which are Rashid and Kaczmarek to others; "g" for it, as
# in Bochaert, is left to the trigrams.
_HEARD_AS = [
    (re.compile(pattern), heard)
    for pattern, heard in (
        (r"chr", "kr"),
        (r"szcz|shch|tsch|tch|ts?j|sch|cz|ch|sz|sj|sh|z", "s"),
        (r"^dj|^dzh|^dsh|^zh", "j"),
        (r"(?<=[ao])w(?![aeiouy])", "u"),
        (r"ph|v|w|f", "f"),
        (r"(?<=[aeou]u)f(?=[aeiouy]|$)", ""),  # Pauwels, by now "paufels"
        (r"c(?=[eiy])", "s"),
        (r"qu|q|ck|kh|c", "k"),
        (r"(?<=[bdgrtlnk])h", ""),
        (r"x", "ks"),
        (r"dt|td|d", "t"),
        (r"^y(?=[aeiou])|^i(?=[aeou])", "j"),
        (r"(?<=[^aeiouy])j(?=[aeiou])", ""),
        (r"ij|ey|ei|ay|ai|ie|y|(?<!^)j", "i"),
        (r"oe|ou|oo|uu|ue", "u"),
        (r"ae|aa", "a"),
        (r"(?<!^)h(?![aeiou])", ""),
        (r"(.)\1+", r"\1"),
    )
]
_BEFORE_THE_NAME = re.compile(r"^fan(ten|ter|te)(?=...)")
_NAME_ALONE = re.compile(r"^fan(ten|ter|te)?(?=...)")
# The trigrams that most names have ("_" is the edge of a word), most common first. Asking for them
# would read half the book and tell nobody apart. Counted over the benchmark's invented book; in
# another book the answers are the same and only the cost differs.
_COMMON_TRIGRAMS = """
    ns_ _ma _te en_ mar ens ter an_ ans er_ rs_ ik_ ers ne_ _an rt_ art ari _ja _fi sen in_ is_
    ten _fe _lu te_ _jo _ti fer rik ia_ _ka ris ls_ _pa jan ine _ta man le_ ber tin ri_ as_ rk_
    ite ise tri na_ ts_ ant _kr _li lin _fa _je ks_ se_ ert
"""
_COMMONNESS = {
    trigram.replace("_", " "): place
    for place, trigram in enumerate(reversed(_COMMON_TRIGRAMS.split()), 1)
}
_LEAST_TRIGRAMS = 6
_PARTICLES_TOGETHER = re.compile(r"van(den|der|de)?(?=.{4})")
#: Words whose reading is kept: a book has few first names, and a search meets a word many times.
_REMEMBERED = 16384
_VOWEL_RUN = re.compile("[aeiou]+")


@lru_cache(maxsize=_REMEMBERED)
def fold(word: str) -> str:
    """The word in a plain spelling: "huyghe" and "huige" give "huige", "claes" gives "klas"."""
    for pattern, heard in _HEARD_AS:
        word = pattern.sub(heard, word)
    return word


@lru_cache(maxsize=_REMEMBERED)
def sound(word: str) -> str:
    """The folded word with every run of vowels alike: "vermeir" and "vermeer" give "farmar"."""
    return _VOWEL_RUN.sub("a", _plain(word))


def _plain(word: str) -> str:
    """The folded word; the same for Van den Broeck, Van de Broeck and Van Broeck."""
    return _BEFORE_THE_NAME.sub("fan", fold(word))


# --- what is stored ------------------------------------------------------------------------------


def _with_tails(parts: Sequence[str]) -> list[str]:
    """The word and what remains of it without its particles: vanderauwera, derauwera, auwera."""
    if len(parts) > 1:
        return ["".join(parts[start:]) for start in range(len(parts))]
    written_together = _PARTICLES_TOGETHER.match(parts[0])
    return [parts[0]] + ([parts[0][written_together.end() :]] if written_together else [])


@dataclass(frozen=True)
class Spelling:
    """A word of a name, and which words of the whole name it stands for."""

    word: str
    stands_for: frozenset[int]


@lru_cache(maxsize=_REMEMBERED)
def spellings(first_name: str, last_name: str) -> tuple[Spelling, ...]:
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
    return tuple(found)


def _rotations(names: Sequence[Spelling]) -> Iterator[tuple[str, list[str]]]:
    """Each word with those that stand for other parts of the name."""
    for name in names:
        others = [other.word for other in names if not name.stands_for & other.stands_for]
        yield name.word, others


def _word_key(word: str, others: list[str]) -> str:
    return " ".join(dict.fromkeys([word, *others]))[:KEY_LENGTH].rstrip()


def _sound_key(word: str, others: list[str]) -> str:
    heard = dict.fromkeys(map(sound, others))
    return " ".join([sound(word), _plain(word), *heard])[:KEY_LENGTH].rstrip()


def trigrams(words: Iterable[str]) -> set[str]:
    """The trigrams of folded words, with a space before and after each."""
    found: set[str] = set()
    for word in words:
        folded = f" {_NAME_ALONE.sub('', fold(word))} "
        found.update(folded[start : start + 3] for start in range(len(folded) - 2))
    return found


def stored_keys(first_name: str, last_name: str) -> set[tuple[Kind, str]]:
    """Every key under which this person is found."""
    names = spellings(first_name, last_name)
    whole = ["".join(parts) for parts in split(first_name) + split(last_name)]
    return {
        *((Kind.WORD, _word_key(*rotation)) for rotation in _rotations(names)),
        *((Kind.SOUND, _sound_key(*rotation)) for rotation in _rotations(names)),
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


def asked(kind: Kind, words: Sequence[str]) -> Asked:
    """The scan for these words: it runs along the longest, which the fewest names start with."""
    keys = [sound(word) if kind is Kind.SOUND else word for word in words]
    keys = sorted(dict.fromkeys(key[:KEY_LENGTH] for key in keys), key=len, reverse=True)
    if kind is Kind.SOUND and len(keys) == 1:
        # The sound of one word alone means too many people: its vowels must be right as well.
        keys.append(_plain(words[0]))
    return Asked(kind, keys[0], tuple(keys[1:]))


def asked_trigrams(words: Iterable[str]) -> list[str]:
    """The trigrams worth asking for: those that few names have, and some others if need be."""
    rarest_first = sorted(trigrams(words), key=lambda found: (_COMMONNESS.get(found, 0), found))
    rare = [found for found in rarest_first if found not in _COMMONNESS]
    return rare if len(rare) >= _LEAST_TRIGRAMS else rarest_first[:_LEAST_TRIGRAMS]
