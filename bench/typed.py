"""What people type at the counter to find somebody; pure."""

import random
from collections.abc import Iterable
from dataclasses import dataclass

from people.names import normalise


@dataclass(frozen=True)
class Typed:
    """`kind`: prefix (found as typed), number, or slip (a letter wrong, missing or doubled)."""

    kind: str
    text: str


def _slip(word: str, rng: random.Random) -> str:
    place = rng.randrange(1, len(word))
    return rng.choice((
        word[:place] + word[place + 1 :],
        word[:place] + word[place] + word[place:],
        word[:place] + rng.choice("aeiouklnrst") + word[place + 1 :],
    ))  # fmt: skip


def typed_for(number: int, first_name: str, last_name: str, rng: random.Random) -> Typed:
    """One way to ask for this person: mostly a few letters, one in eight with a slip."""
    first, last = normalise(first_name), normalise(last_name)
    word = (last or first)[0]
    kind = rng.choices(("letters", "both", "whole", "number", "slip"), (40, 25, 10, 12, 13))[0]
    if kind == "number":
        return Typed("number", str(number))
    if kind == "slip" and len(word) > 4:
        return Typed("slip", _slip(word, rng))
    if kind == "both" and first and last:
        return Typed("prefix", f"{first[0][:3]} {word[:2]}")
    if kind == "whole":
        return Typed("prefix", word)
    return Typed("prefix", word[: rng.choice((2, 3, 3, 4, 4))])


def typed_texts(people: Iterable[tuple[int, str, str]], rng: random.Random) -> list[Typed]:
    return [typed_for(number, first, last, rng) for number, first, last in people]
