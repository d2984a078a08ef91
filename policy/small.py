"""Small numbers are hidden in what leaves the house, and can't be solved from a total; pure."""

from collections.abc import Sequence

#: From so many on, a number says nothing about somebody.
FEWEST = 5


def is_small(number: int) -> bool:
    """Whether it is shown as "minder dan 5"; none at all says nothing about anybody."""
    return 0 < number < FEWEST


def hidden_cells(numbers: Sequence[int]) -> frozenset[int]:
    """The places in a row of numbers that are hidden when their sum may be shown.

    Besides the small ones as many others as it takes, the smallest first, until what is known of
    the hidden ones leaves room for each to be large. When there are not enough, all are hidden.
    """
    hidden = {place for place, number in enumerate(numbers) if is_small(number)}
    others = [place for place, number in enumerate(numbers) if number >= FEWEST]
    others.sort(key=lambda place: (numbers[place], place))
    while hidden and is_found(sum(numbers[place] for place in hidden), len(hidden)):
        if not others:
            return frozenset(range(len(numbers)))
        hidden.add(others.pop(0))
    return frozenset(hidden)


def is_found(rest: int, count: int) -> bool:
    """Whether somebody can tell that a hidden number is small, when `count` of them are `rest`.

    One is the rest of the sum. Of several each is at least 1, so none is above what is left.
    """
    return count == 1 or rest - (count - 1) < FEWEST
