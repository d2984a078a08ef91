"""What waits at a trusted laptop for one person: the page they were on, and the form they typed.

It stands in the database, encrypted, bound to person and device, for as long as a session may last.
Nothing of it is in the browser, so whoever unlocks next can't come by it.
"""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from accounts import resume
from accounts.models import Seat, TrustedDevice
from accounts.sealed_values import seal_value, unseal_value

#: Session key: the address that a form which waits would be sent to.
WAITS = "waits_for"
#: The longest address that is kept.
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Left:
    """`page` is where they were, empty when it can't be opened again; `action` and `fields` are the
    form they were typing, empty without one."""

    page: str
    action: str
    fields: resume.Fields

    @property
    def visible(self) -> resume.Fields:
        return resume.readable(self.fields)


def keep(device: TrustedDevice, user_id: int, left: Left) -> None:
    """Replaces what waited; a seat that was left without a typed form leaves the older one."""
    if len(left.page) > LONGEST or len(left.action) > LONGEST or resume.too_long(left.fields):
        return
    if not left.fields and (older := left_at(device, user_id)) is not None and older.fields:
        return
    sealed = seal_value([left.page, left.action, left.fields], purpose=_purpose(device, user_id))
    Seat.objects.update_or_create(
        device=device, user_id=user_id, defaults={"sealed": sealed, "left_at": timezone.now()}
    )


def left_at(device: TrustedDevice, user_id: int) -> Left | None:
    """What waits for this person at this device; one query."""
    seat = Seat.objects.at(device.pk, user_id).waiting()
    if seat is None:
        return None
    kept = unseal_value(seat.sealed, purpose=_purpose(device, user_id), max_age=resume.MAX_AGE)
    if kept is None:
        return None
    page, action, fields = kept
    return Left(page, action, [(name, value) for name, value in fields])


def forget(device: TrustedDevice, user_id: int) -> None:
    Seat.objects.at(device.pk, user_id).empty()


def forget_what_waits_too_long(now: dt.datetime) -> int:
    """Of the machine itself, by `run_due`."""
    return Seat.objects.left_before(now - dt.timedelta(seconds=resume.MAX_AGE)).empty()


def keep_refused(request: HttpRequest, device: TrustedDevice, user_id: int) -> bool:
    """Keep a form that came after its session had ended; whether there was one to keep."""
    fields = resume.typed_fields(request)
    if not fields or resume.too_long(fields):
        return False
    keep(device, user_id, Left("", request.path, fields))
    return True


def _purpose(device: TrustedDevice, user_id: int) -> str:
    return f"seat.{device.pk}.{user_id}"
