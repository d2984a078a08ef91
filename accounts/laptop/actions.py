"""Trusting and revoking a laptop, and choosing, using and dropping a PIN."""

import datetime as dt
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.laptop.device import hash_of
from accounts.models import Membership, Pin, Seat, TrustedDevice, User


class NameTaken(ValueError):
    """Another laptop of this STEK is called so."""


class OtherKey(ValueError):
    """The key of this form was used for another laptop."""


@transaction.atomic
def trust_device(
    membership: Membership, *, name: str, secret: str, request_id: UUID, by: User
) -> TrustedDevice:
    """From now on colleagues of this STEK may use their PIN in the browser that holds the secret.

    The same form sent again is the same laptop, with the new secret: what the browser was told the
    first time may not have come through.
    """
    mine = TrustedDevice.objects.visible_to(membership)
    made = mine.made_by_request(request_id)
    if made is not None:
        return _again(made, name=name, secret=secret, by=by)
    device = TrustedDevice(
        stek_id=membership.stek_id,
        name=name,
        secret_hash=hash_of(secret),
        request_id=request_id,
        created_at=timezone.now(),
        created_by=by,
    )
    try:
        with transaction.atomic():
            device.save()
    except IntegrityError as error:
        # Two taps at one moment: the other one was first.
        made = mine.made_by_request(request_id)
        if made is None:
            raise NameTaken from error
        return _again(made, name=name, secret=secret, by=by)
    record("trust_device", on=device, by=by)
    return device


def _again(made: TrustedDevice, *, name: str, secret: str, by: User) -> TrustedDevice:
    if (made.name, made.created_by_id, made.revoked_at) != (name, by.pk, None):
        raise OtherKey
    made.secret_hash = hash_of(secret)
    made.save(update_fields=["secret_hash"])
    return made


@transaction.atomic
def revoke_device(device: TrustedDevice, *, by: User) -> TrustedDevice:
    """No PIN works there any more, and every session that was begun there is over."""
    device = TrustedDevice.objects.locked(device.pk)
    if device.revoked_at is None:
        device.revoked_at, device.revoked_by = timezone.now(), by
        device.save(update_fields=["revoked_at", "revoked_by"])
        Seat.objects.of_device(device.pk).empty()
        record("revoke_device", on=device, by=by)
    return device


@transaction.atomic
def set_pin(user: User, *, digits: str, by: User) -> Pin:
    """Choose or change one's PIN; wrong tries are forgotten, as the password was right."""
    pin, _made = Pin.objects.update_or_create(
        user=user,
        defaults={"code_hash": make_password(digits), "set_at": timezone.now(), "wrong": 0},
    )
    Seat.objects.of_user(user.pk).forget_tries()
    record("set_pin", on=pin, by=by)
    return pin


@transaction.atomic
def drop_pin(user: User, *, by: User | None) -> None:
    """The PIN goes; also when the account or the last role ends. Nothing happens without one."""
    pin = Pin.objects.of_user(user.pk).first()
    if pin is None:
        return
    Seat.objects.of_user(user.pk).empty()
    record("drop_pin", on=pin, by=by)
    pin.delete()


@transaction.atomic
def unlock(device: TrustedDevice, user: User, *, by: User) -> None:
    """Somebody takes their seat with the right PIN."""
    now = timezone.now()
    Seat.objects.update_or_create(device=device, user=user, defaults={"last_used_at": now})
    TrustedDevice.objects.note_use(device.pk, now)
    record("unlock", on=device, by=by)


def drop_pins_of_nobody(today: dt.date, *, by: User | None) -> int:
    """PINs of who may sign in nowhere any more."""
    pins = list(Pin.objects.of_nobody(today).select_related("user"))
    for pin in pins:
        drop_pin(pin.user, by=by)
    return len(pins)
