"""What a report says: as it was frozen, or counted now and made safe when it is for others."""

from collections.abc import Sequence

from places.models import Stek
from reports.kinds import Kind
from reports.models import Snapshot
from reports.models.snapshot import set_key
from reports.released import released_to
from reports.report import Report, compared
from reports.safe import make_safe
from visits.period import Period


def versions_of(kind: Kind, steks: Sequence[Stek], period: Period) -> tuple[Snapshot, ...]:
    """The latest first; one query."""
    rows = Snapshot.objects.of_set(set_key(stek.pk for stek in steks)).with_maker()
    return tuple(rows.of_report(kind.key, period.key))


def live(kind: Kind, steks: Sequence[Stek], period: Period) -> Report:
    """Counted now, as freezing it would show it."""
    report = true_now(kind, steks, period)
    if not kind.leaves_house:
        return report
    return make_safe(report, released_to([stek.pk for stek in steks]))


def true_now(kind: Kind, steks: Sequence[Stek], period: Period) -> Report:
    """The true figures, as they are now."""
    return compared(kind.key, str(kind.name), kind.tables, steks=steks, period=period)
