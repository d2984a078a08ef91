"""The reports to choose from, for one period: those that everybody has, then those of the STEK."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import Membership
from reports.composed.composing import kind_of
from reports.kinds import KINDS, Kind
from reports.models import ComposedReport, Snapshot
from visits.period import Period


@dataclass(frozen=True)
class Card:
    """`composed` is None for a report that everybody has, `frozen` is its latest version."""

    kind: Kind
    composed: ComposedReport | None
    frozen: Snapshot | None


@dataclass(frozen=True)
class Shelf:
    period: Period
    cards: tuple[Card, ...]
    is_running: bool

    @classmethod
    def of(cls, membership: Membership, period: Period, *, today: dt.date) -> "Shelf":
        """Two queries."""
        own = ComposedReport.objects.visible_to(membership).in_use()
        frozen = {
            row.kind: row
            for row in Snapshot.objects.visible_to(membership).about(period.key).without_figures()
        }
        cards = [
            *(Card(kind, None, frozen.get(key)) for key, kind in KINDS.items()),
            *(Card(kind_of(one), one, frozen.get(one.key)) for one in own),
        ]
        return cls(period, tuple(cards), not period.is_closed(today))
