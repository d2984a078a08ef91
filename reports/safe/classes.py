"""What can be told about one row over time: the pieces that numbers cut it into, and their sums.

A piece is what lies in exactly the same numbers as the days beside it. When every number lies
inside or beside every other, somebody outside can work out the sum of each piece, and nothing
finer. When two cross, more is taken for known than can be worked out: that errs on hiding.
"""

from collections.abc import Mapping
from fractions import Fraction

from reports.safe.places import inside

#: By the bits of a piece: its sum.
Classes = dict[int, int]


class Contradiction(Exception):
    """The numbers do not fit each other, or not enough is known to tell whether they do."""


def classes(known: Mapping[int, int], true: Mapping[int, int]) -> Classes:
    """Of numbers by their bits; `true` has those that were never shown too.

    Raises `Contradiction`.
    """
    found: Classes = {}
    tops: dict[int, int] = {}
    for mask in sorted(known, key=int.bit_count):
        rest, value = mask, known[mask]
        for top, total in list(tops.items()):
            if top & mask:
                if not inside(top, mask):
                    return _crossing(known, true)
                rest &= ~top
                value -= total
                del tops[top]
        tops[mask] = known[mask]
        if rest:
            found[rest] = value
        elif value:
            raise Contradiction
    if any(value < 0 for value in found.values()):
        raise Contradiction
    return found


def _crossing(known: Mapping[int, int], true: Mapping[int, int]) -> Classes:
    pieces = _cut(known)
    equations = [(mask, known[mask]) for mask in known]
    equations += [(mask, value) for mask, value in true.items() if mask not in known]
    rows: list[tuple[dict[int, Fraction], Fraction]] = []
    for mask, value in equations:
        parts = [piece for piece in pieces if piece & mask]
        if all(inside(piece, mask) for piece in parts) and _union(parts) == mask:
            _reduce_in(rows, dict.fromkeys(parts, Fraction(1)), Fraction(value))
    found: Classes = {}
    for left, right in rows:
        if len(left) == 1:
            (piece,) = left
            if right.denominator != 1 or right < 0:
                raise Contradiction
            found[piece] = int(right)
    if len(found) != len(pieces):
        raise Contradiction
    return found


def _cut(known: Mapping[int, int]) -> list[int]:
    pieces: list[int] = []
    for mask in known:
        rest, cut = mask, []
        for piece in pieces:
            cut += [part for part in (piece & mask, piece & ~mask) if part]
            rest &= ~piece
        pieces = [*cut, rest] if rest else cut
    return pieces


def _union(parts: list[int]) -> int:
    union = 0
    for part in parts:
        union |= part
    return union


def _reduce_in(
    rows: list[tuple[dict[int, Fraction], Fraction]], left: dict[int, Fraction], right: Fraction
) -> None:
    """Add an equation to a system that is kept fully reduced: each starts with its own piece."""
    for there, value in rows:
        pivot = next(iter(there))
        if pivot in left:
            left, right = _minus(left, right, there, value, left[pivot])
    if not left:
        if right:
            raise Contradiction
        return
    pivot, size = next(iter(left.items()))
    left = {piece: one / size for piece, one in left.items()}
    right /= size
    for place, (there, value) in enumerate(rows):
        if pivot in there:
            rows[place] = _minus(there, value, left, right, there[pivot])
    rows.append((left, right))


def _minus(
    left: dict[int, Fraction],
    right: Fraction,
    other: dict[int, Fraction],
    value: Fraction,
    times: Fraction,
) -> tuple[dict[int, Fraction], Fraction]:
    made = dict(left)
    for piece, one in other.items():
        made[piece] = made.get(piece, Fraction(0)) - times * one
    return {piece: one for piece, one in made.items() if one}, right - times * value
