"""A number of this week against what is usual; pure.

Usual is the median of the eight weeks before, without those in which the STEK did not open: a
week of holidays would make the usual low and the week after it a feast. With fewer than three of
them nothing is called usual.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from django.utils.translation import gettext as _

WEEKS = 8
LEAST_WEEKS = 3
#: The drawing: its width and height, and the room that a line needs at its edges.
WIDTH, HEIGHT, EDGE = 120, 28, 4


@dataclass(frozen=True)
class Measure:
    """`before` are the weeks before, the earliest first; None: not open in that week."""

    now: int
    before: tuple[int | None, ...] = ()

    @property
    def usual(self) -> int | None:
        open_weeks = [number for number in self.before if number is not None]
        # A half goes up: the words speak of people and things.
        return int(median(open_weeks) + 0.5) if len(open_weeks) >= LEAST_WEEKS else None

    @property
    def level(self) -> str:
        """More, less, same or unknown, for a sign beside the words."""
        if (usual := self.usual) is None:
            return "unknown"
        return "same" if self.now == usual else "more" if self.now > usual else "less"

    @property
    def said(self) -> str:
        if (usual := self.usual) is None:
            return _("nog te weinig weken om te vergelijken")
        if self.now == usual:
            return _("zoals gewoonlijk")
        words = _("%(n)s meer dan gewoonlijk"), _("%(n)s minder dan gewoonlijk")
        return words[self.now < usual] % {"n": abs(self.now - usual)}

    @property
    def told(self) -> str:
        """The drawing in words: "51, 47, gesloten, 49 en nu 51"."""
        before = [_("gesloten") if one is None else str(one) for one in self.before]
        if not before:
            return str(self.now)
        return _("%(before)s en nu %(now)s") % {"before": ", ".join(before), "now": self.now}

    @property
    def line(self) -> str:
        """The points of a polyline; weeks that were closed are passed over."""
        return " ".join(f"{x},{y}" for x, y in self._points())

    @property
    def last_point(self) -> tuple[str, str]:
        """As an address in the drawing: with a point, in any language."""
        x, y = self._points()[-1]
        return str(x), str(y)

    def _points(self) -> list[tuple[float, float]]:
        numbers: Sequence[int | None] = (*self.before, self.now)
        most = max(1, *(number or 0 for number in numbers))
        step = (WIDTH - 2 * EDGE) / max(1, len(numbers) - 1)
        return [
            (
                round(EDGE + place * step, 1),
                round(HEIGHT - EDGE - n / most * (HEIGHT - 2 * EDGE), 1),
            )
            for place, n in enumerate(numbers)
            if n is not None
        ]
