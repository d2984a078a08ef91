"""Setting up a second factor, taking it away, and new recovery codes."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import factor_mail
from accounts.audit import record
from accounts.models import User
from accounts.sealed import seal
from accounts.second_factor import CODES, TOTP
from accounts.sessions import end_sessions
from places.models import Stek


class AlreadyThereError(Exception):
    """This account has a second factor; another comes only in its place."""


def set_up_factor(user: User, *, secret: str, step: int, keep: str, stek_id: int, by: User) -> None:
    """From now on signing in asks for a code; `step` is that of the code that was just shown.

    Sessions that were begun without one end, except the session `keep`.
    """
    try:
        with transaction.atomic():
            data = {"secret": seal(secret), "step": step}
            Authenticator.objects.create(user=user, type=TOTP, data=data)
            Authenticator.objects.filter(user=user, type=CODES).delete()
            RecoveryCodes.activate(user)
            end_sessions(user, but=keep)
            record("set_up_factor", on=user, by=by, stek_id=stek_id)
    except IntegrityError as error:
        raise AlreadyThereError from error


@transaction.atomic
def renew_codes(user: User, *, stek_id: int, by: User) -> None:
    """Other recovery codes; the old ones open nothing any more."""
    Authenticator.objects.select_for_update().filter(user=user, type=CODES).delete()
    RecoveryCodes.activate(user)
    record("renew_codes", on=user, by=by, stek_id=stek_id)


@transaction.atomic
def remove_factor(user: User, *, keep: str, stek_id: int, by: User) -> None:
    """By oneself, after the password; other sessions end."""
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user, but=keep)
    record("remove_factor", on=user, by=by, stek_id=stek_id)


@transaction.atomic
def reset_factor(user: User, *, stek: Stek, by: User | None) -> None:
    """For a colleague who lost it: their sessions end, and a mail says so. None: at the server."""
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    event = record("reset_factor", on=user, by=by, stek_id=stek.pk)
    factor_mail.tell_of_reset(user, stek=stek, key=f"{event.pk}", now=timezone.now())
