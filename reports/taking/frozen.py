"""What a report says: as it was frozen, or counted now and made safe when it is for others."""

import datetime as dt

from places.models import Stek
from reports.kinds import Kind
from reports.models import Snapshot
from reports.report import Report, compared
from reports.safe import make_safe
from reports.taking.released import released_of
from visits.period import Period


def versions_of(kind: Kind, stek: Stek, period: Period) -> tuple[Snapshot, ...]:
    """The latest first; one query."""
    rows = Snapshot.objects.of_stek(stek).with_maker()
    return tuple(rows.of_report(kind.key, period.key))


def live(kind: Kind, stek: Stek, period: Period, *, today: dt.date) -> Report:
    """Counted now, as freezing it would show it; what still runs counts until today."""
    report = true_now(kind, stek, period, today=today)
    return make_safe(report, released_of(stek)) if kind.leaves_house else report


def true_now(kind: Kind, stek: Stek, period: Period, *, today: dt.date | None = None) -> Report:
    """The true figures, as they are now."""
    tables = kind.tables
    return compared(kind.key, str(kind.name), tables, steks=[stek], period=period, today=today)
