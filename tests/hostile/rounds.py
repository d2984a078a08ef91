"""Which string goes to which field in which round: others for each field."""

from collections.abc import Iterable, Iterator, Mapping

from django.db import connection

from tests.hostile import HOSTILE, Hostile
from tests.hostile.fields import TYPED, ending, is_written
from tests.hostile.sending import Sent

CLASSES = list(dict.fromkeys(one.kind for one in HOSTILE))
#: What a database may take otherwise than another: signs that it can't hold, and what is too large.
#: That a form refuses or keeps the others is Python's, and was seen on the first engine.
OF_AN_ENGINE = ["unicode", "surrogate", "control", "hidden", "number", "day", "long"]
OF_CLASS = {kind: [one for one in HOSTILE if one.kind == kind] for kind in CLASSES}


def parts(body: Mapping[str, str]) -> list[list[str]]:
    """The fields that may be wrong together: what is typed, and what is chosen or carried along."""
    typed = [name for name in body if ending(name) in TYPED]
    return [part for part in (typed, [name for name in body if name not in typed]) if part]


def kinds_here() -> list[str]:
    """The classes that are worth the time on this engine."""
    return CLASSES if connection.vendor == "sqlite" else OF_AN_ENGINE


def few(part: list[str], number: int, many: int, kinds: list[str]) -> Iterator[Sent]:
    """`many` classes for each field, and half of them all where somebody writes: the next form has
    the other half, and `every` form all of them.
    """
    rounds = max(many, (len(kinds) + 1) // 2) if any(map(is_written, part)) else many
    for turn in range(rounds):
        yield {
            name: _one(kinds, number + place * 5 + turn, number * 7 + place * 3)
            for place, name in enumerate(part)
        }


def _one(kinds: list[str], kind: int, place: int) -> Hostile:
    strings = OF_CLASS[kinds[kind % len(kinds)]]
    return strings[place % len(strings)]


def every(part: list[str], strings: list[Hostile]) -> Iterable[Sent]:
    """Each string for each field, another one for each field of a round."""
    for turn in range(len(strings)):
        yield {name: strings[(turn + place * 37) % len(strings)] for place, name in enumerate(part)}
