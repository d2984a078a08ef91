"""The headline figure: of how many referrals we know what came of them within thirty days.

Definition 1 (2026-11): of all referrals whose contact was made in the last twelve months, warm and
cold, struck out ones not counted, the share that was arrived, closed, refused or dropped out at
most 30 days after the contact. Those that are younger than 30 days and still open count as not
known: they can only make the figure better.
"""

import datetime as dt
from dataclasses import dataclass

from places.models import Stek
from referrals.models import Referral

WITHIN = 30  # days
LOOKED_BACK = dt.timedelta(days=365)


@dataclass(frozen=True)
class Share:
    """`known` of `all`; `early` of the rest are younger than thirty days."""

    name: str
    known: int
    all: int
    early: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.known / self.all) if self.all else None


@dataclass(frozen=True)
class KnownOutcomes:
    total: Share
    by_partner: tuple[Share, ...]

    @classmethod
    def of(cls, stek: Stek, *, now: dt.datetime) -> "KnownOutcomes":
        """One query."""
        rows = Referral.objects.of_stek(stek).contacted_between(now - LOOKED_BACK, now)
        shares = tuple(
            Share(name, known, everything, early)
            for name, known, everything, early in rows.known_by_partner(WITHIN, now)
        )
        total = Share(
            "",
            sum(one.known for one in shares),
            sum(one.all for one in shares),
            sum(one.early for one in shares),
        )
        return cls(total, shares)
