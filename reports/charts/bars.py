"""Lying bars for the rows of a table: themes, partners, outcomes, sizes; with the year before thin
under each, where there is one.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from reports.charts.svg import (
    GREEN,
    SAND,
    STUB,
    WIDTH,
    cut,
    drawing,
    legend,
    number,
    rect,
    stub,
    text,
)
from reports.report import Cell

#: Rows that are drawn; the table has them all.
MOST = 14
LABELS = 212
VALUES = 76

Bar = tuple[str, Cell, Cell | None]


def bars(key: str, alt: str, rows: Sequence[Bar], names: tuple[str, str]) -> str:
    """`rows` are a label, the cell, and the one to compare with; `names` of these two."""
    shown = rows[:MOST]
    compared = any(before is not None for _label, _cell, before in shown)
    numbers = [c.number or 0 for row in shown for c in row[1:] if c is not None and not c.hidden]
    room, most = WIDTH - LABELS - VALUES, max([*numbers, 1])
    step, y, parts = (36 if compared else 30), 0.0, []
    if compared:
        parts.append(legend(14, [("now", GREEN, names[0]), ("before", SAND, names[1])], LABELS))
        y = 30
    for label, cell, before in shown:
        parts.append(text(LABELS - 12, y + 17, cut(label, LABELS - 16), anchor="end"))
        end = _bar(parts, key, y + 4, 17, cell, room / most, ("now", GREEN))
        if before is not None:
            _bar(parts, key, y + 23, 6, before, room / most, ("before", SAND))
        said = _("verborgen") if cell.hidden else number(cell.number or 0)
        parts.append(text(end + 7, y + 18, said, bold=not cell.hidden, soft=cell.hidden))
        y += step
    if len(rows) > MOST:
        left = len(rows) - MOST
        said = _("en nog %(count)s rijen, in de tabel") % {"count": left}
        parts.append(text(LABELS, y + 16, said, soft=True))
        y += 24
    return drawing(key, y + 4, alt, parts)


def _bar(
    parts: list[str], key: str, y: float, height: float, cell: Cell, scale: float,
    look: tuple[str, str],
) -> float:  # fmt: skip
    """Draw one and return where it ends."""
    if cell.hidden:
        parts.append(stub(key, LABELS, y, STUB, height))
        return LABELS + STUB
    long = (cell.number or 0) * scale
    parts.append(rect(LABELS, y, long, height, *look))
    return LABELS + long
