"""The second factor: who needs one, what there is of it, and whether a code is right.

allauth keeps it (`Authenticator`) and asks for it when somebody signs in. Ours is which codes are
taken: allauth would take the code of a neighbouring step twice.
"""

import datetime as dt
import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.db import transaction

from accounts.models import Membership, User
from accounts.one_time_codes import step_of
from accounts.roles import OFFICE, Role
from accounts.sealed import UnreadableError, unseal

logger = logging.getLogger(__name__)

TOTP, CODES = Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES


@dataclass(frozen=True)
class Factor:
    """What somebody set up; `codes_left` of the recovery codes were never used."""

    since: dt.datetime
    used_at: dt.datetime | None
    codes_left: int


def is_needed(memberships: Iterable[Membership]) -> bool:
    """A coordinator or administrator in any STEK; in a demo nobody."""
    return settings.SECOND_FACTOR_REQUIRED and any(one.role in OFFICE for one in memberships)


def factor_of(user: User) -> Factor | None:
    """One query."""
    rows = {row.type: row for row in Authenticator.objects.filter(user=user)}
    if TOTP not in rows:
        return None
    left = _codes_left(rows[CODES].data["used_mask"]) if CODES in rows else 0
    used = max(filter(None, (row.last_used_at for row in rows.values())), default=None)
    return Factor(since=rows[TOTP].created_at, used_at=used, codes_left=left)


def _codes_left(used: int) -> int:
    return int(app_settings.RECOVERY_CODE_COUNT) - used.bit_count()


def codes_of(user: User) -> list[str]:
    """The recovery codes that were not used yet."""
    row = Authenticator.objects.filter(user=user, type=CODES).first()
    return RecoveryCodes(row).get_unused_codes() if row else []


@transaction.atomic
def take_code(user: User, typed: str) -> Authenticator | None:
    """Use up this code of the app, or this recovery code; None when it opens nothing.

    Of two who bring the same code at one moment, one is let in.
    """
    for row in Authenticator.objects.select_for_update().filter(user=user):
        if row.type == TOTP and _take_step(row, typed):
            return row
        if row.type == CODES and _take_recovery_code(row, typed):
            return row
    return None


def _take_recovery_code(row: Authenticator, typed: str) -> bool:
    try:
        return RecoveryCodes(row).validate_code("".join(typed.split()))
    except UnreadableError:
        return False


def _take_step(row: Authenticator, typed: str) -> bool:
    data: dict[str, Any] = row.data
    try:
        secret = unseal(data["secret"])
    except UnreadableError:
        logger.exception("the key that sealed second factor %s is not here", row.pk)
        return False
    step = step_of(secret, typed, at=time.time(), after=data["step"])
    if step is None:
        return False
    row.data = data | {"step": step}
    row.save(update_fields=["data"])
    return True


def may_reset(by: Membership, memberships: Iterable[Membership]) -> bool:
    """Whether this colleague may take away the second factor of who holds these roles.

    Nobody's own (that goes by "mijn account"), and an administrator's only by an administrator.
    """
    roles = {one.role for one in memberships}
    if by.role not in OFFICE or any(one.user_id == by.user_id for one in memberships):
        return False
    return Role.ADMINISTRATOR not in roles or by.role == Role.ADMINISTRATOR
