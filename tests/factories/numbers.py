"""A number that no row was called by yet."""

import itertools

_counter = itertools.count(1)


def fresh() -> int:
    return next(_counter)
