"""Reports of one's own: put together, replaced by another, put away."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from people.actions import OtherBody
from places.models import Stek
from reports.models import ComposedReport


class NameTaken(Exception):
    """Another report of this STEK has this name."""


class Gone(Exception):
    """The report that was to be replaced was put away or replaced meanwhile."""


def compose_report(
    *,
    stek: Stek,
    name: str,
    tables: list[str],
    leaves_house: bool,
    request_id: UUID,
    by: User,
    replaces: ComposedReport | None = None,
) -> ComposedReport:
    """Make a report, in the place of another one if that is given.

    The same `request_id` again returns what was made the first time; with another body it raises
    `OtherBody`. Raises `NameTaken` and `Gone`.
    """
    made = ComposedReport(
        stek=stek,
        name=name,
        tables=tables,
        leaves_house=leaves_house,
        request_id=request_id,
        created_by=by,
    )
    try:
        with transaction.atomic():
            if replaces is not None:
                _retire(replaces, by=by)
            made.save(force_insert=True)
            record("compose_report", on=made, by=by)
            return made
    except (IntegrityError, Gone) as error:
        there = ComposedReport.objects.made_by_request(request_id)
        if there is not None:
            if _body(there) != _body(made):
                raise OtherBody from None
            return there
        taken = ComposedReport.objects.of_stek(stek).in_use().named(name)
        if not isinstance(error, Gone) and taken.exists():
            raise NameTaken from None
        raise


def _body(row: ComposedReport) -> tuple[int, str, list[str], bool]:
    return row.stek_id, row.name, row.tables, row.leaves_house


@transaction.atomic
def retire_report(composed: ComposedReport, *, by: User) -> None:
    """Put it away; what was frozen of it stays. A second time changes nothing."""
    try:
        _retire(composed, by=by)
    except Gone:
        return


def _retire(composed: ComposedReport, *, by: User) -> None:
    """Raises `Gone` when somebody else did."""
    done = ComposedReport.objects.in_use().still(composed.pk)
    if not done.update(retired_at=timezone.now(), retired_by=by):
        raise Gone
    record("retire_report", on=composed, by=by, fields=["retired_at"])
