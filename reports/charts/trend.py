"""Standing bars over time: the months of a period, each beside the same month a year earlier."""

from collections.abc import Sequence

from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext as _

from reports.charts.bars import Bar
from reports.charts.svg import (
    EDGE,
    GREEN,
    LETTER,
    SAND,
    STUB,
    WIDTH,
    drawing,
    legend,
    line,
    number,
    rect,
    stub,
    text,
)
from reports.report import Cell

LEFT, TOP, TALL, BOTTOM = 52, 44, 190, 30
#: Names under the bars that there is room for.
MOST_LABELS = 14


def trend(key: str, alt: str, rows: Sequence[Bar], names: tuple[str, str]) -> str:
    compared = any(before is not None for _label, _cell, before in rows)
    cells = [c for row in rows for c in row[1:] if c is not None]
    size, steps = _axis(max([c.number or 0 for c in cells if not c.hidden] + [4]))
    top = size * steps
    parts = [legend(16, [("now", GREEN, names[0])], LEFT)]
    if compared:
        parts = [legend(16, [("now", GREEN, names[0]), ("before", SAND, names[1])], LEFT)]
    for part in range(steps + 1):
        y = TOP + TALL - TALL * part / steps
        parts.append(line(LEFT, y, WIDTH, y))
        parts.append(text(LEFT - 8, y + 5, number(size * part), anchor="end", soft=True))
    step = (WIDTH - LEFT) / max(len(rows), 1)
    wide = min(step * (0.38 if compared else 0.66), 54)
    every = -(-len(rows) // MOST_LABELS)
    whole = all(len(label) * 15 * LETTER < step * every for label, _cell, _before in rows)
    for place, (label, cell, before) in enumerate(rows):
        middle = LEFT + step * (place + 0.5)
        if before is not None:
            _bar(parts, key, middle, wide, before, top, ("before", SAND))
        start = middle - wide if compared else middle - wide / 2
        _bar(parts, key, start, wide, cell, top, ("now", GREEN))
        if place % every == 0:
            words = label if whole else _short(label)
            parts.append(text(middle, TOP + TALL + 21, words, anchor="middle", soft=True))
    parts.append(rect(LEFT, TOP + TALL, WIDTH - LEFT, 1.2, "edge", EDGE))
    return drawing(key, TOP + TALL + BOTTOM, alt, parts)


def _bar(
    parts: list[str], key: str, x: float, wide: float, cell: Cell, top: int,
    look: tuple[str, str],
) -> None:  # fmt: skip
    bottom = TOP + TALL
    if cell.hidden:
        parts.append(stub(key, x, bottom - STUB, wide, STUB))
        if look[0] == "now":
            middle = f'transform="rotate(-90 {x + wide / 2 + 5:.1f} {bottom - STUB - 6})"'
            word = text(x + wide / 2 + 5, bottom - STUB - 6, _("verborgen"), size=13, soft=True)
            parts.append(word.replace("<text ", f"<text {middle} ", 1))
    elif cell.number:
        tall = TALL * cell.number / top
        parts.append(rect(x, bottom - tall, wide, tall, *look))


def _axis(most: float) -> tuple[int, int]:
    """The step between two lines, and how many steps: the lowest top that is high enough."""
    size = 1
    while True:
        for steps, factor in ((4, 1), (5, 1), (4, 2), (5, 2), (4, 5), (5, 5)):
            if size * factor * steps >= most:
                return size * factor, steps
        size *= 10


def _short(label: str) -> str:
    """januari as jan, maart 2026 as mrt 26."""
    name, _space, year = label.partition(" ")
    names = {str(MONTHS[one]): str(MONTHS_3[one]) for one in MONTHS}
    return f"{names.get(name, name[:3])} {year[-2:]}".strip()
