"""One report at one address: what it says, whether it is frozen, and what may be done with it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from places.models import Stek
from reports.kinds import Kind
from reports.report import Report, Row, Table, compared
from visits.period import Period


@dataclass(frozen=True)
class Shown:
    """`is_running` when the period is not over yet, so that it can't be frozen."""

    kind: Kind
    period: Period
    report: Report
    is_running: bool

    @classmethod
    def of(cls, kind: Kind, steks: Sequence[Stek], period: Period, *, today: dt.date) -> "Shown":
        report = compared(kind.key, str(kind.name), kind.tables, steks=steks, period=period)
        return cls(kind, period, report, not period.is_closed(today))

    @property
    def is_draft(self) -> bool:
        """Made for others and not frozen: it can be looked at, and nothing of it leaves."""
        return self.kind.leaves_house

    @property
    def choose_url(self) -> str:
        return reverse("reports:choose", kwargs={"kind": self.kind.key})

    def rows_url(self, table: Table, row: Row) -> str:
        return ""


def no_rows(table: Table, row: Row) -> str:
    """Nowhere: of several STEKs together no rows are shown."""
    return ""
