"""Guessing a PIN: how often somebody may be wrong before the password is asked.

Two counts, both in the database, so that they hold over all workers and after a restart:

- **of one person at one device**, five. That is what a colleague at the laptop can try. It is per
  person, so wrong digits for Rita never lock out Jos. A right PIN begins it anew: who mistypes
  once in a while is nobody to stop.
- **of one person over all devices**, ten. Without it, ten laptops would be fifty tries. It is
  higher because somebody may rightly mistype on two laptops of one afternoon. A right PIN does not
  begin it anew, or who guesses would only have to wait for the rightful one each time; it does not
  count as wrong either.

Both begin anew with the right password. Until then that person signs in with it: nobody is ever
locked out, and nobody else notices. A try is counted before the digits are looked at, so a hundred
at once are not more than five.
"""

from enum import Enum, auto

from django.contrib.auth.hashers import check_password
from django.db import transaction

from accounts.models import Pin, Seat, TrustedDevice

#: Wrong tries of one person.
AT_ONE_DEVICE = 5
EVERYWHERE = 10


class Tried(Enum):
    RIGHT = auto()
    WRONG = auto()
    #: The password is asked, whatever the digits were.
    USED_UP = auto()


def needs_password(pin: Pin, *, wrong_here: int) -> bool:
    return wrong_here >= AT_ONE_DEVICE or pin.wrong >= EVERYWHERE


def tries_left(device: TrustedDevice, pin: Pin) -> int:
    """How often this person may still be wrong here."""
    here = Seat.objects.at(device.pk, pin.user_id).wrong_tries()
    pin.refresh_from_db(fields=["wrong"])
    return max(min(AT_ONE_DEVICE - here, EVERYWHERE - pin.wrong), 0)


def try_pin(device: TrustedDevice, pin: Pin, digits: str) -> Tried:
    """Look at the digits. No transaction is open during the slow hash: others could not write."""
    if not _count(device, pin):
        return Tried.USED_UP
    if not check_password(digits, pin.code_hash):
        return Tried.WRONG if tries_left(device, pin) else Tried.USED_UP
    with transaction.atomic():
        Seat.objects.at(device.pk, pin.user_id).forget_tries()
        Pin.objects.give_back_try(pin.user_id)
    return Tried.RIGHT


@transaction.atomic
def _count(device: TrustedDevice, pin: Pin) -> bool:
    Seat.objects.get_or_create(device=device, user_id=pin.user_id)
    seat = Seat.objects.at(device.pk, pin.user_id)
    if not seat.count_try(below=AT_ONE_DEVICE):
        return False
    return Pin.objects.count_try(pin.user_id, below=EVERYWHERE)


def password_was_right(user_id: int, device: TrustedDevice | None) -> None:
    """Both counts begin anew."""
    Pin.objects.forget_tries(user_id)
    if device is not None:
        Seat.objects.at(device.pk, user_id).forget_tries()
