"""A calendar of days: a column for each week, a row for each weekday, darker for more visits."""

import datetime as dt
from collections.abc import Mapping

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from reports.charts.svg import WIDE, drawing, line, number, rect, stub, text
from reports.report import Cell
from visits.period import Period

#: From few to many; each differs from the next in lightness, so that print and any eye tell them.
SHADES = ("#dff1ea", "#a5d8c5", "#5fb397", "#1d7a63", "#0f3d35")
LEFT, TOP = 44, 30
LARGEST, ROW = 26, 24
#: Weeks beside each other; a longer period goes on in a next band.
MOST_WEEKS = 53
WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")


def heat(key: str, alt: str, period: Period, days: Mapping[dt.date, Cell]) -> str:
    """`days` are those with an opening."""
    numbers = [c.number or 0 for c in days.values() if not c.hidden] or [0]
    ends = (min(numbers), max(numbers))
    weekdays = sorted({day.weekday() for day in days})
    monday = period.first - dt.timedelta(days=period.first.weekday())
    weeks = (period.last - monday).days // 7 + 1
    size = min(LARGEST, (WIDE - LEFT) / min(weeks, MOST_WEEKS))
    parts: list[str] = []
    y = 0.0
    while monday <= period.last:
        _band(parts, key, period, days, (monday, size, y), ends, weekdays)
        y += TOP + ROW * len(weekdays) + 12
        monday += dt.timedelta(weeks=MOST_WEEKS)
    _scale(parts, y + 8, ends)
    return drawing(key, y + 34, alt, parts, WIDE)


def _band(
    parts: list[str], key: str, period: Period, days: Mapping[dt.date, Cell],
    at: tuple[dt.date, float, float], ends: tuple[float, float], weekdays: list[int],
) -> None:  # fmt: skip
    """Only the weekdays on which it was ever open."""
    monday, size, y = at
    for place, weekday in enumerate(weekdays):
        row = y + TOP + ROW * (place + 0.7)
        parts.append(text(LEFT - 8, row, WEEKDAYS[weekday], anchor="end", size=13, soft=True))
    for place in range(MOST_WEEKS * 7):
        day = monday + dt.timedelta(days=place)
        if not period.first <= day <= period.last:
            continue
        x = LEFT + size * (place // 7)
        if day.day == 1 or (day == period.first and day.day <= 15):
            parts.append(text(x, y + TOP - 9, str(MONTHS_3[day.month]), size=13, soft=True))
        if day.weekday() not in weekdays:
            continue
        top = y + TOP + ROW * weekdays.index(day.weekday())
        cell = days.get(day)
        if cell is None:
            parts.append(line(x + size * 0.4, top + ROW / 2, x + size * 0.6, top + ROW / 2))
        elif cell.hidden:
            parts.append(stub(key, x + 1, top + 1, size - 2, ROW - 2))
        else:
            shade = _shade(cell.number or 0, ends)
            parts.append(rect(x + 1, top + 1, size - 2, ROW - 2, f"heat{shade}", SHADES[shade]))


def _shade(value: float, ends: tuple[float, float]) -> int:
    low, high = ends
    return min(int((value - low) / (high - low or 1) * len(SHADES)), len(SHADES) - 1)


def _scale(parts: list[str], y: float, ends: tuple[float, float]) -> None:
    parts.append(text(LEFT - 8, y + 12, number(ends[0]), anchor="end", size=13, soft=True))
    for shade, fill in enumerate(SHADES):
        parts.append(rect(LEFT + 24 * shade, y, 22, 15, f"heat{shade}", fill))
    words = _("%(most)s bezoeken op een dag") % {"most": number(ends[1])}
    parts.append(text(LEFT + 126, y + 12, words, size=13, soft=True))
