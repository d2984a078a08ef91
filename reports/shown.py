"""One report at one address: what it says, whether it is frozen, and what may be done with it."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from places.models import Stek
from reports.kinds import Kind
from reports.models import Snapshot
from reports.report import Report, Row, Table
from reports.taking.changes import Change, changes
from reports.taking.frozen import live, true_now, versions_of
from visits.period import Period


@dataclass(frozen=True)
class Shown:
    """`frozen` is the version that is shown; None: counted now."""

    kind: Kind
    period: Period
    report: Report
    versions: tuple[Snapshot, ...]
    frozen: Snapshot | None
    #: The last day is not over, so it can't be frozen.
    is_running: bool

    @classmethod
    def of(
        cls,
        kind: Kind,
        stek: Stek,
        period: Period,
        *,
        today: dt.date,
        version: int | None = None,
    ) -> "Shown | None":
        """The latest version, or the one that is asked for; None when that does not exist."""
        versions = versions_of(kind, stek, period)
        frozen = versions[0] if versions else None
        if version is not None:
            frozen = next((one for one in versions if one.version == version), None)
            if frozen is None:
                return None
        report = frozen.report if frozen else live(kind, stek, period, today=today)
        return cls(kind, period, report, versions, frozen, not period.is_closed(today))

    @property
    def is_draft(self) -> bool:
        """Made for others and not frozen: it can be looked at, and nothing of it leaves."""
        return self.kind.leaves_house and self.frozen is None

    @property
    def is_latest(self) -> bool:
        return self.frozen is None or self.frozen == self.versions[0]

    @property
    def may_be_taken(self) -> bool:
        """As a file: what is frozen or can be, and what stays inside at any time."""
        return not self.is_running or not self.kind.leaves_house

    def live_report(self, stek: Stek, *, today: dt.date) -> Report:
        """Counted now, also when a frozen version is shown."""
        if self.frozen is None:
            return self.report
        return live(self.kind, stek, self.period, today=today)

    def rows_url(self, table: Table, row: Row) -> str:
        """Where the rows behind the figure of the period stand, as they are now; not of one that
        is hidden, of which the rows would tell it.
        """
        if row.cells[0].hidden or not row.cells[0].number:
            return ""
        where = {"table": table.key, "row": row.key, "period": self.period.key}
        return reverse("reports:rows", kwargs=where)

    def changed_since(self, stek: Stek) -> tuple[Change, ...]:
        """What is counted differently now than when it was frozen."""
        if self.frozen is None:
            return ()
        return changes(self.frozen.true_report, true_now(self.kind, stek, self.period))

    @property
    def address(self) -> dict[str, str]:
        return {"kind": self.kind.key, "period": self.period.key}

    @property
    def url(self) -> str:
        return reverse("reports:report", kwargs=self.address)

    @property
    def choose_url(self) -> str:
        return reverse("reports:choose", kwargs={"kind": self.kind.key})


def no_rows(table: Table, row: Row) -> str:
    """Nowhere: of several STEKs together no rows are shown."""
    return ""
