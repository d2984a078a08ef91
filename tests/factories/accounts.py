"""People with an account: their role, second factor, PIN, laptop and invitation."""

import datetime as dt
import uuid
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.laptop import device as trusted
from accounts.link_keys import hash_of as hash_of_link
from accounts.link_keys import key_of
from accounts.models import Invitation, Membership, Pin, TrustedDevice, User
from accounts.roles import OFFICE, Role
from accounts.sealed import seal
from places.models import Stek
from tests.factories.numbers import fresh


def user(username: str = "", *, password: str | None = None, **fields: Any) -> User:
    """Somebody with an account; without a password, because tests sign in by force."""
    return User.objects.create_user(
        username=username or f"medewerker{fresh()}", password=password, **fields
    )


def device(stek: Stek, name: str = "", **values: Any) -> tuple[TrustedDevice, str]:
    """A trusted laptop, and the secret that its cookie holds."""
    secret = trusted.new_secret()
    made = TrustedDevice.objects.create(
        stek=stek,
        name=name or f"laptop {fresh()}",
        secret_hash=trusted.hash_of(secret),
        request_id=uuid.uuid4(),
        **{"created_at": timezone.now(), "created_by": values.pop("by", None) or user()} | values,
    )
    return made, secret


#: Of everybody for whom `pin` was asked.
PIN = "274163"


def pin(owner: User, digits: str = PIN) -> Pin:
    found, _made = Pin.objects.get_or_create(
        user=owner, defaults={"code_hash": make_password(digits), "set_at": timezone.now()}
    )
    return found


def membership(stek: Stek, role: Role = Role.VOLUNTEER, **fields: Any) -> Membership:
    """The role of `user`, or of somebody new, in this STEK.

    Who needs a second factor has one, unless `factor=False`: without it no door opens.
    """
    who, with_factor = fields.pop("user", None) or user(), fields.pop("factor", True)
    if with_factor and role in OFFICE:
        second_factor(who)
    return Membership.objects.create(stek=stek, role=role, user=who, **fields)


#: The secret of every second factor that a test does not set up itself.
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def second_factor(user: User, *, secret: str = SECRET) -> Authenticator:
    """An app that shows codes, no code of which was used; without recovery codes."""
    row, _made = Authenticator.objects.get_or_create(
        user=user,
        type=Authenticator.Type.TOTP,
        defaults={"data": {"secret": seal(secret), "step": 0}},
    )
    return row


def invitation(stek: Stek, email: str = "nieuw@stek.example", **fields: Any) -> Invitation:
    """Sent just now; its key is `key_of(row.nonce)`."""
    nonce = uuid.uuid4()
    values = {
        "role": Role.VOLUNTEER,
        "until": timezone.now() + dt.timedelta(days=7),
        "created_by": fields.pop("by", None) or user(),
    } | fields
    return Invitation.objects.create(
        stek=stek, email=email, nonce=nonce, key_hash=hash_of_link(key_of(nonce)), **values
    )
