"""The reports to choose from, for one period: those that everybody has, then those of the STEK."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import Membership
from reports.composing import kind_of
from reports.kinds import KINDS, Kind
from reports.models import ComposedReport
from visits.period import Period


@dataclass(frozen=True)
class Card:
    """`composed` is None for a report that everybody has."""

    kind: Kind
    composed: ComposedReport | None


@dataclass(frozen=True)
class Shelf:
    period: Period
    cards: tuple[Card, ...]
    is_running: bool

    @classmethod
    def of(cls, membership: Membership, period: Period, *, today: dt.date) -> "Shelf":
        """One query."""
        own = ComposedReport.objects.visible_to(membership).in_use()
        cards = [
            *(Card(kind, None) for kind in KINDS.values()),
            *(Card(kind_of(composed), composed) for composed in own),
        ]
        return cls(period, tuple(cards), not period.is_closed(today))
