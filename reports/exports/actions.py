"""Exports of raw rows: asked for, stopped, taken."""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from accounts.seeing import is_key_elsewhere
from people.actions import OtherBody
from people.models import Household
from places.models import Stek
from reports.exports.folder import throw_away
from reports.exports.words import BUSY, State
from reports.models import Export
from visits.period import Period

#: That wait or are being made for one STEK.
MOST_BUSY = 5


class TooBusy(Exception):
    """Enough of this STEK wait already."""


@dataclass(frozen=True)
class Wish:
    """What somebody wants, and why."""

    subject: str
    file_format: str
    period: Period
    with_names: bool
    reason: str
    reason_words: str


def ask_export(*, stek: Stek, wish: Wish, request_id: UUID, by: User) -> Export:
    """Put it in the line.

    The same `request_id` again returns what was asked the first time; with another body it raises
    `OtherBody`. Raises `TooBusy`.
    """
    asked = Export(
        stek=stek,
        subject=wish.subject,
        file_format=wish.file_format,
        first_day=wish.period.first,
        last_day=wish.period.last,
        with_names=wish.with_names,
        reason=wish.reason,
        reason_words=wish.reason_words,
        request_id=request_id,
        created_by=by,
    )
    try:
        with transaction.atomic():
            asked.save(force_insert=True)
            record("ask_export", on=asked, by=by, fields=["with_names"] if wish.with_names else ())
            if Export.objects.filter(stek=stek).busy().count() > MOST_BUSY:
                raise TooBusy
            return asked
    except IntegrityError as error:
        there = Export.objects.made_by_request(request_id)
        if there is None and is_key_elsewhere(error):
            raise OtherBody from None
        if there is None:
            raise
        if _body(there) != _body(asked):
            raise OtherBody from None
        found: Export = there
        return found


def _body(export: Export) -> tuple[object, ...]:
    return (
        *(export.stek_id, export.subject, export.file_format, export.first_day),
        *(export.last_day, export.with_names, export.reason, export.reason_words),
    )


@transaction.atomic
def cancel_export(export: Export, *, by: User | None) -> bool:
    """Stop it, and leave nothing of it; False when it was over already."""
    stopped = Export.objects.filter(pk=export.pk, state__in=BUSY).update(
        state=State.CANCELLED, file="", finished_at=timezone.now()
    )
    if not stopped:
        return False
    record("cancel_export", on=export, by=by, fields=["state"])
    throw_away(export.file)
    return True


@transaction.atomic
def drop_export(export: Export, *, by: User | None) -> bool:
    """Throw the file away before its day is over; False when it was gone already."""
    dropped = Export.objects.filter(pk=export.pk, state=State.DONE).update(
        state=State.GONE, file=""
    )
    if not dropped:
        return False
    record("drop_export", on=export, by=by, fields=["file"])
    throw_away(export.file)
    return True


@transaction.atomic
def drop_exports_with(household: Household, *, by: User | None) -> int:
    """Throw away every file that may name somebody who is erased, ready or half made; how many."""
    dropped = 0
    for export in Export.objects.naming(household):
        dropped += cancel_export(export, by=by) or drop_export(export, by=by)
    return dropped
