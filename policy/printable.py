"""What people type, as the typeface of the brief can show it: Latin letters, one line, no longer
than there is room for. Pure.

Other scripts are spelled in Latin letters; pictures and signs that steer the text are left out.
"""

import unicodedata
from collections.abc import Iterable

from anyascii import anyascii


def _signs(ranges: Iterable[tuple[int, int]]) -> frozenset[str]:
    return frozenset(chr(code) for first, last in ranges for code in range(first, last + 1))


#: What both weights in paper/fonts hold, without loose accents and spaces of another width.
SIGNS = _signs(
    (
        *((0x20, 0x7E), (0xA1, 0xAC), (0xAE, 0xB4), (0xB6, 0x107), (0x10A, 0x113), (0x116, 0x11B)),
        *((0x11E, 0x123), (0x126, 0x127), (0x12A, 0x12B), (0x12E, 0x133), (0x136, 0x137)),
        *((0x139, 0x13E), (0x141, 0x148), (0x150, 0x155), (0x158, 0x15B), (0x15E, 0x165)),
        *((0x16A, 0x16B), (0x16E, 0x17E), (0x192, 0x192), (0x218, 0x21B), (0x1E80, 0x1E85)),
        *((0x1E9E, 0x1E9E), (0x1EF2, 0x1EF3), (0x2013, 0x2014), (0x2018, 0x201A)),
        *((0x201C, 0x201E), (0x2020, 0x2020), (0x2022, 0x2022), (0x2026, 0x2026)),
        *((0x2039, 0x203A), (0x2044, 0x2044), (0x20AC, 0x20AC), (0x20B9, 0x20B9)),
        *((0x2113, 0x2113), (0x2122, 0x2122), (0x2212, 0x2212), (0x2215, 0x2215)),
    )
)

#: A longer run of letters without a space may be broken anywhere, as often as this.
LONGEST_RUN = 20
#: Where a line may end, though nothing is seen there.
MAY_BREAK = "\u200b"


def printable(text: str, most: int) -> str:
    """One line of at most `most` signs; a longer one ends at a whole word, with "…"."""
    known = "".join(map(_shown, unicodedata.normalize("NFC", text)))
    return _breakable(_shortened(" ".join(known.split()), most))


def _shown(sign: str) -> str:
    if sign in SIGNS:
        return sign
    category = unicodedata.category(sign)
    if category in {"Zs", "Zl", "Zp", "Cc"}:
        return " "
    if category[0] in "LNP" or category in {"Sc", "Sm"}:
        return "".join(one for one in anyascii(sign) if one in SIGNS)
    return ""


def _shortened(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    whole, _space, rest = kept.rpartition(" ")
    # A word that fills half of the room is cut, or nothing would be left.
    if text[most - 1] != " " and len(rest) < most // 2:
        kept = whole
    return f"{kept.rstrip(' ,;:.-')}…"


def _breakable(text: str) -> str:
    return " ".join(
        word
        if len(word) <= LONGEST_RUN * 2
        else MAY_BREAK.join(word[at : at + LONGEST_RUN] for at in range(0, len(word), LONGEST_RUN))
        for word in text.split(" ")
    )
