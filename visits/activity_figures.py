"""Activities of a period in figures, for "leren" and part of "ontmoeten"; reports read the same."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

from places.models import Stek
from visits.models import Activity


@dataclass(frozen=True)
class FigureLine:
    """One kind or one organiser."""

    label: str
    count: int
    participants: int


@dataclass(frozen=True)
class ActivityFigures:
    """What counts: activities that were not cancelled and in which somebody counted who took part.

    Somebody who takes part in two activities is two participants: nobody notes who they are.
    """

    first: dt.date
    last: dt.date
    count: int
    participants: int
    by_kind: tuple[FigureLine, ...]
    by_organiser: tuple[FigureLine, ...]
    #: They went on in this period too, but are in none of the figures yet.
    uncounted: int

    @classmethod
    def of(cls, stek: Stek, first: dt.date, last: dt.date) -> Self:
        """Both days included; two queries."""
        activities = Activity.objects.of_stek(stek).between(first, last)
        sums = activities.counted().sums()
        return cls(
            first=first,
            last=last,
            count=sum(one["count"] for one in sums),
            participants=sum(one["people"] for one in sums),
            by_kind=_lines(sums, lambda one: str(Activity.Kind(one["kind"]).label)),
            by_organiser=_lines(sums, lambda one: one["organiser__name"] or _("de STEK zelf")),
            uncounted=activities.uncounted().count(),
        )


def _lines(
    sums: list[dict[str, Any]], label: Callable[[dict[str, Any]], str]
) -> tuple[FigureLine, ...]:
    """The largest first."""
    counts: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for one in sums:
        counts[label(one)] += one["count"]
        people[label(one)] += one["people"]
    lines = (FigureLine(name, counts[name], people[name]) for name in counts)
    return tuple(sorted(lines, key=lambda line: (-line.participants, -line.count, line.label)))
