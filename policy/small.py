"""Small numbers are hidden in what leaves the house, and can't be solved from a total; pure."""

from collections.abc import Sequence

#: From so many on, a number says nothing about somebody.
FEWEST = 5


def is_small(number: int) -> bool:
    """Whether it is shown as "minder dan 5"; none at all says nothing about anybody."""
    return 0 < number < FEWEST


def hidden_cells(numbers: Sequence[int]) -> frozenset[int]:
    """The places in a row of numbers that are hidden when their sum is shown.

    Besides the small ones as many others as it takes, the smallest first, so that nobody finds a
    hidden one by subtraction: they could all be different, each at least 1.
    """
    hidden = {place for place, number in enumerate(numbers) if is_small(number)}
    others = sorted(
        (place for place, number in enumerate(numbers) if number >= FEWEST),
        key=lambda place: (numbers[place], place),
    )
    for place in others:
        if not _is_solvable([numbers[one] for one in hidden]):
            break
        hidden.add(place)
    return frozenset(hidden)


def total_is_safe(numbers: Sequence[int]) -> bool:
    """Whether the sum may stand beside what `hidden_cells` leaves."""
    return not _is_solvable([numbers[one] for one in hidden_cells(numbers)])


def _is_solvable(hidden: Sequence[int]) -> bool:
    """One hidden number is the rest of the sum; several that are all 1 are found too."""
    if not hidden:
        return False
    return len(hidden) == 1 or sum(hidden) == len(hidden)
