"""What waits at a trusted laptop for one person: their page, what they typed, and what was asked.

It stands in the database, encrypted, bound to person and device, for as long as a session may last.
Nothing of it is in the browser, so whoever unlocks next can't come by it.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from accounts import resume
from accounts.models import Seat, TrustedDevice
from accounts.sealed_values import seal_value, unseal_value
from places.models import Stek

#: Session key: something waits at this seat for who sits there.
WAITS = "waits_for"
#: The longest address that is kept.
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Unseen:
    """A form that they had sent, and what was asked about it while the laptop was locked.

    `asked` is empty when it could not be kept.
    """

    action: str
    fields: resume.Fields
    asked: str

    def is_sent_with(self, path: str, key: str) -> bool:
        return self.action == path and ("request_id", key) in self.fields


@dataclass(frozen=True, slots=True)
class Left:
    """`page` is where they were, empty when it can't be opened again; `action` and `fields` are the
    form they were typing, empty without one."""

    page: str
    action: str
    fields: resume.Fields
    unseen: tuple[Unseen, ...] = ()

    @property
    def visible(self) -> resume.Fields:
        return resume.readable(self.fields)

    @property
    def waits(self) -> bool:
        return bool(self.action or self.unseen)

    @property
    def texts(self) -> list[list[str]]:
        """What stands together: one form, and what was asked about it."""
        forms = [(self.fields, ""), *((one.fields, one.asked) for one in self.unseen)]
        return [[*(value for _name, value in fields), asked] for fields, asked in forms]

    @property
    def is_too_long(self) -> bool:
        texts = [self.page, self.action]
        texts += [part for one in self.unseen for part in (one.action, one.asked)]
        fields = [*self.fields, *(pair for one in self.unseen for pair in one.fields)]
        return max(map(len, texts)) > LONGEST or resume.too_long(fields)

    def on_top_of(self, older: "Left") -> "Left":
        """Without a typed form the older one stays; questions that nobody saw stay all."""
        unseen = (*(one for one in older.unseen if one not in self.unseen), *self.unseen)
        if older.fields and not self.fields:
            return replace(older, unseen=unseen)
        return replace(self, unseen=unseen)

    def without(self, path: str, key: str, *, done: bool) -> "Left":
        """A form was sent there: what was asked about it is seen now, what was typed is `done`."""
        unseen = tuple(one for one in self.unseen if not one.is_sent_with(path, key))
        if done and self.action == path:
            return Left(self.page, "", [], unseen)
        return replace(self, unseen=unseen)


def keep(device: TrustedDevice, user_id: int, left: Left) -> None:
    """On top of what waited already."""
    older = left_at(device, user_id)
    left = left.on_top_of(older) if older is not None else left
    if not left.is_too_long:
        _store(device, user_id, left)


def _store(device: TrustedDevice, user_id: int, left: Left) -> None:
    unseen = [[one.action, one.fields, one.asked] for one in left.unseen]
    value = [left.page, left.action, left.fields, unseen]
    sealed = seal_value(value, purpose=_purpose(device, user_id))
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
    page, action, fields, unseen = kept
    shown = tuple(Unseen(where, _pairs(typed), asked) for where, typed, asked in unseen)
    return Left(page, action, _pairs(fields), shown)


def _pairs(fields: Iterable[Any]) -> resume.Fields:
    return [(name, value) for name, value in fields]


def settle(device: TrustedDevice, user_id: int, *, path: str, key: str, done: bool) -> bool:
    """A form was sent by who sits here; whether something waits for them after it."""
    left = left_at(device, user_id)
    if left is None:
        return False
    rest = left.without(path, key, done=done)
    if not rest.waits:
        forget(device, user_id)
    elif rest != left:
        _store(device, user_id, rest)
    return rest.waits


def forget(device: TrustedDevice, user_id: int) -> None:
    Seat.objects.at(device.pk, user_id).empty()


def forget_about(stek: Stek, is_in: Callable[[list[str]], bool]) -> int:
    """Empty the seats of this STEK where texts wait that are about somebody; how many."""
    forgotten = 0
    for seat in Seat.objects.of_stek(stek).select_related("device"):
        left = left_at(seat.device, seat.user_id)
        if left is not None and any(is_in(texts) for texts in left.texts):
            forget(seat.device, seat.user_id)
            forgotten += 1
    return forgotten


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
