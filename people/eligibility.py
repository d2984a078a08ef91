"""What the access of a household says today, in a colour and in words."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _


class AccessState(models.TextChoices):
    NONE = "none", _("Nog geen toegang")
    NOT_YET = "not_yet", _("Toegang begint later")
    VALID = "valid", _("Toegang")
    EXPIRING = "expiring", _("Toegang verloopt binnenkort")
    EXPIRED = "expired", _("Toegang verlopen")
    SUSPENDED = "suspended", _("Toegang geschorst")
    ENDED = "ended", _("Toegang stopgezet")


#: In these states somebody may shop without a person having to decide.
MAY_SHOP = frozenset({AccessState.VALID, AccessState.EXPIRING})


class Access(Protocol):
    """The part of `people.models.GroceryAccess` that the rule looks at."""

    valid_from: dt.date
    valid_until: dt.date
    suspended_at: dt.datetime | None
    ended_at: dt.datetime | None


@dataclass(frozen=True)
class Standing:
    """The access of one household on one day; `level` is ok, warn or off (never colour alone)."""

    state: AccessState
    valid_until: dt.date | None
    days_left: int | None
    reason: str = ""

    @property
    def level(self) -> str:
        if self.state == AccessState.VALID:
            return "ok"
        if self.state in {AccessState.EXPIRING, AccessState.NONE, AccessState.NOT_YET}:
            return "warn"
        return "off"

    @property
    def may_shop(self) -> bool:
        return self.state in MAY_SHOP


def standing(
    access: Access | None, *, today: dt.date, expiring_days: int, reason: str = ""
) -> Standing:
    """Judge the current access; the last valid day is still valid."""
    if access is None:
        return Standing(AccessState.NONE, None, None)
    days_left = (access.valid_until - today).days
    if access.ended_at is not None:
        state = AccessState.ENDED
    elif access.suspended_at is not None:
        state = AccessState.SUSPENDED
    elif access.valid_from > today:
        state = AccessState.NOT_YET
    elif days_left < 0:
        state = AccessState.EXPIRED
    elif days_left <= expiring_days:
        state = AccessState.EXPIRING
    else:
        state = AccessState.VALID
    return Standing(state, access.valid_until, days_left, reason)


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months on; the last day of a shorter month."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month0 + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("unreachable")


def renewed_until(access: Access, *, today: dt.date, months: int) -> dt.date:
    """The last day after a renewal: counted from the old end while it still runs."""
    return months_later(max(access.valid_until, today), months)
