"""Which six digits are too easy to guess, and how little of a name tells colleagues apart."""

import datetime as dt
import re
from collections.abc import Sequence

DIGITS = 6
#: Up and down the number row, going round at the end.
_ROWS = ("0123456789" * 2, "9876543210" * 2)


def is_pin(text: str) -> bool:
    return re.fullmatch(r"[0-9]{6}", text) is not None


def is_too_simple(pin: str) -> bool:
    """What somebody at the laptop tries first: repeats, rows, mirrors, and dates of birth."""
    half, pairs = pin[:3], [pin[at : at + 2] for at in (0, 2, 4)]
    return (
        len(set(pin)) <= 2
        or any(pin in row for row in _ROWS)
        or pin == half * 2
        or pin == half + half[::-1]
        or all(two[0] == two[1] for two in pairs)
        or _is_date(pin)
    )


def _is_date(pin: str) -> bool:
    """Day, month and year, or the other way round; in a leap year, as nobody knows the century."""
    return any(_is_day(pin[day : day + 2], pin[2:4]) for day in (0, 4))


def _is_day(day: str, month: str) -> bool:
    try:
        dt.date(2000, int(month), int(day))
    except ValueError:
        return False
    return True


def short_names(names: Sequence[tuple[str, str]]) -> list[str]:
    """First name and initial; as many letters more as it takes when two would be called alike."""
    lengths = [1] * len(names)
    while True:
        shown = [_short(*name, length) for name, length in zip(names, lengths, strict=True)]
        longer = [
            length + 1 if shown.count(text) > 1 and length < len(last) else length
            for text, length, (_first, last) in zip(shown, lengths, names, strict=True)
        ]
        if longer == lengths:
            return shown
        lengths = longer


def _short(first: str, last: str, length: int) -> str:
    if not last:
        return first
    return f"{first} {last[:length]}{'.' if length < len(last) else ''}".strip()
