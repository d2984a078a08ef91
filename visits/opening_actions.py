"""Opening and closing the day, and who is on duty; every verb is atomic and audited."""

import datetime as dt
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from places.models import Stek
from visits.days import current_day
from visits.models import Attendance, Opening


class FutureDay(Exception):
    """An opening can't be entered before its day."""


def open_day(
    *, stek: Stek, day: dt.date, present: Iterable[tuple[str, int | None]], by: User
) -> Opening:
    """Open this day, or find it opened already (two laptops at once); `present` is (who, user id).

    A day that was closed by mistake is opened again by `reopen_day`.
    """
    if day > current_day(timezone.now()):
        raise FutureDay
    try:
        with transaction.atomic():
            opening = Opening.objects.create(
                stek=stek, day=day, opened_at=timezone.now(), opened_by=by
            )
            _set_present(opening, present)
            record("open", on=opening, by=by)
            return opening
    except IntegrityError:
        return _join(Opening.objects.on(day).get(stek=stek), present, by)


@transaction.atomic
def close_day(opening: Opening, *, by: User) -> Opening:
    """Close the day; closing it twice keeps the first time."""
    opening = Opening.objects.locked(opening.pk)
    if opening.is_open:
        opening.closed_at = timezone.now()
        opening.closed_by = by
        opening.save(update_fields=["closed_at", "closed_by"])
        record("close", on=opening, by=by, fields=["closed_at", "closed_by"])
    return opening


@transaction.atomic
def reopen_day(opening: Opening, *, by: User) -> Opening:
    """Take the closing back."""
    opening = Opening.objects.locked(opening.pk)
    if not opening.is_open:
        opening.closed_at = opening.closed_by = None
        opening.save(update_fields=["closed_at", "closed_by"])
        record("reopen", on=opening, by=by, fields=["closed_at", "closed_by"])
    return opening


@transaction.atomic
def change_attendance(
    opening: Opening, *, present: Iterable[tuple[str, int | None]], by: User
) -> Opening:
    """Correct who is on duty."""
    opening = Opening.objects.locked(opening.pk)
    opening.attendances.all().delete()
    _set_present(opening, present)
    record("attendance", on=opening, by=by)
    return opening


@transaction.atomic
def _join(opening: Opening, present: Iterable[tuple[str, int | None]], by: User) -> Opening:
    """Another laptop was first: who was ticked on this one is present too."""
    known = set(opening.attendances.values_list("who", flat=True))
    others = [(who, user_id) for who, user_id in present if who not in known]
    if others:
        _set_present(opening, others)
        record("attendance", on=opening, by=by)
    return opening


def _set_present(opening: Opening, present: Iterable[tuple[str, int | None]]) -> None:
    unique = dict(present)
    Attendance.objects.bulk_create(
        [Attendance(opening=opening, who=who, user_id=user_id) for who, user_id in unique.items()]
    )
