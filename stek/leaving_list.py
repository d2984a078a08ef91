"""The list "gaat uit de boeken": who leaves in a month, when, and who stays and why."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import Membership
from people.models import Household, RetentionHold
from reviews.leaving import Leaves, leaving

#: Lines on the page; whoever has more than this works from the top.
MOST = 500


@dataclass(frozen=True)
class LeavingLine:
    """`hold` is what keeps it longer, None when nothing does."""

    household: Household
    leaves: Leaves
    hold: RetentionHold | None


@dataclass(frozen=True)
class LeavingList:
    """Those that go first; those that stay for a reason after them."""

    going: tuple[LeavingLine, ...]
    staying: tuple[LeavingLine, ...]
    months: int

    @classmethod
    def of(cls, membership: Membership, *, today: dt.date) -> "LeavingList":
        """Two queries."""
        stek = membership.stek
        mine = Household.objects.visible_to(membership)
        rows = list(leaving(mine, stek=stek, today=today).order_by("about_day", "number")[:MOST])
        live = RetentionHold.objects.live(today).of_households([row.pk for row in rows])
        holds = {hold.household_id: hold for hold in live}
        lines = [
            LeavingLine(row, Leaves.of(row, stek=stek, today=today), holds.get(row.pk))
            for row in rows
        ]
        lines.sort(key=lambda line: (line.leaves.day, line.household.number))
        return cls(
            going=tuple(line for line in lines if line.leaves.stays is None),
            staying=tuple(line for line in lines if line.leaves.stays is not None),
            months=stek.identity_months,
        )
