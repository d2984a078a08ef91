"""Freezing a report of a closed period, and putting a frozen one right by a version beside it."""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from people.actions import OtherBody
from places.models import Stek
from reports.kinds import Kind
from reports.models import Snapshot
from reports.report import Report
from reports.safe import make_safe
from reports.stored import as_json
from reports.taking.changes import changes
from reports.taking.frozen import true_now, versions_of
from reports.taking.released import released_of
from visits.period import Period


class StillRunning(Exception):
    """The last day of the period is not over."""


class NothingChanged(Exception):
    """Counted now, the report says the same."""


def freeze_report(
    kind: Kind,
    *,
    stek: Stek,
    period: Period,
    today: dt.date,
    request_id: UUID,
    by: User | None,
) -> Snapshot:
    """Freeze the first version; whoever comes second, or again, gets what is there.

    `by` is None for what the machine does by itself. Raises `StillRunning`.
    """
    there = _latest(kind, stek, period)
    if there is not None:
        return there
    if not period.is_closed(today):
        raise StillRunning
    report = true_now(kind, stek, period)
    try:
        return _save(report, kind, stek, request_id=request_id, by=by, verb="freeze_report")
    except IntegrityError:
        there = _latest(kind, stek, period)
        if there is None:
            raise
        return there


def correct_report(
    frozen: Snapshot, kind: Kind, *, stek: Stek, why: str, request_id: UUID, by: User
) -> Snapshot:
    """Count again, and keep the result beside what was frozen, with what was put right.

    The same `request_id` again returns what was made; with other words it raises `OtherBody`.
    Raises `NothingChanged`.
    """
    there: Snapshot | None = Snapshot.objects.made_by_request(request_id)
    if there is not None:
        if (there.kind, there.period, there.why) != (frozen.kind, frozen.period, why):
            raise OtherBody
        return there
    period = Period.parse(frozen.period)
    report = true_now(kind, stek, period)
    if not changes(frozen.true_report, report):
        raise NothingChanged
    try:
        return _save(
            report,
            kind,
            stek,
            version=frozen.version + 1,
            why=why,
            request_id=request_id,
            by=by,
            verb="correct_report",
        )
    except IntegrityError:
        latest = _latest(kind, stek, period)
        if latest is None or latest.version == frozen.version:
            raise
        return latest


def _latest(kind: Kind, stek: Stek, period: Period) -> Snapshot | None:
    return next(iter(versions_of(kind, stek, period)), None)


def _save(
    report: Report,
    kind: Kind,
    stek: Stek,
    *,
    request_id: UUID,
    by: User | None,
    verb: str,
    version: int = 1,
    why: str = "",
) -> Snapshot:
    """What is hidden depends on what left before, and working that out takes time. It is done
    before anything is locked, or the counter would wait for it; when another report left meanwhile
    it is done again.
    """
    snapshot = Snapshot(
        stek=stek,
        kind=kind.key,
        period=report.period.key,
        first=report.period.first,
        last=report.period.last,
        version=version,
        figures=as_json(report),
        definitions_version=report.definitions_version,
        why=why,
        request_id=request_id,
        made_at=timezone.now(),
        maker=by,
    )
    while True:
        released = released_of(stek)
        if kind.leaves_house:
            snapshot.shown = as_json(make_safe(report, released))
        with transaction.atomic():
            list(Stek.objects.select_for_update(no_key=True).filter(pk=stek.pk))
            if Snapshot.objects.of_stek(stek).for_others().count() == len(released):
                snapshot.save(force_insert=True)
                record(verb, on=snapshot, by=by)
                return snapshot
