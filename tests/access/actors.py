"""Who knocks: each role in both STEKs, and whoever should not get in."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone

from accounts.middleware import STEK_KEY
from accounts.roles import Role
from places.models import Stek
from tests import factories
from tests.cast import Colleague, signed_in, unlocked
from tests.strict import StrictClient

#: Marks of Kalmthout, and those of its household on restriction.
HERE = "KR"


@dataclass(frozen=True)
class Actor:
    """`role` is the one in Kalmthout; `is_in` says of which STEKs something may be shown."""

    client: StrictClient
    #: What the tables are read by: role, pin, no_role or nobody.
    kind: str
    role: Role | None = None
    is_in: str = ""
    #: Sent with every request.
    headers: tuple[tuple[str, str], ...] = ()


def role(role: Role, here: Stek, _there: Stek) -> Actor:
    return Actor(_known(here, role), "role", role, HERE)


def elsewhere(role: Role, _here: Stek, there: Stek) -> Actor:
    return Actor(_known(there, role), "role", role, "E")


def pin(role: Role, here: Stek, _there: Stek) -> Actor:
    device, secret = factories.device(here)
    return Actor(unlocked(factories.membership(here, role), device, secret), "pin", role, HERE)


def _known(stek: Stek, role: Role) -> Colleague:
    """Signed in, and the password was given moments ago: what asks for it opens."""
    client = signed_in(factories.membership(stek, role))
    client.give_password()
    return client


def two_steks(here: Stek, there: Stek) -> Actor:
    """A volunteer who works in Kalmthout now and coordinates Essen."""
    client = _known(here, Role.VOLUNTEER)
    factories.membership(there, Role.COORDINATOR, user=client.user)
    session = client.session
    session[STEK_KEY] = here.pk
    session.save()
    return Actor(client, "role", Role.VOLUNTEER, HERE)


def ended_role(here: Stek, _there: Stek) -> Actor:
    client = _known(here, Role.COORDINATOR)
    client.membership.last_day = factories.today() - dt.timedelta(days=1)
    client.membership.save()
    return Actor(client, "no_role")


def ended_account(here: Stek, _there: Stek) -> Actor:
    client = _known(here, Role.COORDINATOR)
    client.user.is_active = False
    client.user.save()
    return Actor(client, "nobody")


def revoked_laptop(here: Stek, _there: Stek) -> Actor:
    device, secret = factories.device(here)
    client = unlocked(factories.membership(here, Role.COORDINATOR), device, secret)
    device.revoked_at, device.revoked_by = timezone.now(), factories.user()
    device.save()
    return Actor(client, "nobody")


def nobody(_here: Stek, _there: Stek) -> Actor:
    """Also the partner, who has a link and nothing else: a key in an address is asked by all."""
    return Actor(StrictClient(), "nobody")


def with_token(stek_of: Callable[[Stek, Stek], Stek], is_in: str, **fields: Any) -> Any:
    def make(here: Stek, there: Stek) -> Actor:
        token = (is_in or "x") * 43
        by = factories.user()
        revoked = {"revoked_at": timezone.now(), "revoked_by": by} if fields.get("revoked") else {}
        factories.consumer(stek_of(here, there), token=token, by=by, **revoked)
        header = (("Authorization", f"Bearer {token}"),)
        return Actor(StrictClient(), "nobody", None, is_in, header)

    return make


def _here(here: Stek, _there: Stek) -> Stek:
    return here


def _there(_here: Stek, there: Stek) -> Stek:
    return there


def _bound(make: Any, role: Role) -> Any:
    return lambda here, there: make(role, here, there)


#: By the name that a failing test says.
ACTORS: dict[str, Callable[[Stek, Stek], Actor]] = {
    "nobody": nobody,
    **{one.value: _bound(role, one) for one in Role},
    **{f"{one.value} of another STEK": _bound(elsewhere, one) for one in Role},
    **{f"{one.value} with a PIN": _bound(pin, one) for one in Role},
    "volunteer here and coordinator there": two_steks,
    "role that ended": ended_role,
    "account that ended": ended_account,
    "laptop that was revoked": revoked_laptop,
    "token of this STEK": with_token(_here, "K"),
    "token of another STEK": with_token(_there, "E"),
    "token that was revoked": with_token(_here, "", revoked=True),
}
#: Who ask the database something of their own on each engine: for one's own rows, for all of a
#: STEK, for the office, with the rows of one laptop, in one STEK of two, and with a token. The
#: others get or miss what one of these has, by what is read of their session before any row.
ON_EACH_ENGINE = {
    "nobody", "helper", "coordinator", "administrator", "coordinator with a PIN",
    "volunteer here and coordinator there", "token of this STEK",
}  # fmt: skip
#: One of each kind: a page without a role asks nobody who they are.
OF_EACH_KIND = [
    "nobody", "helper", "coordinator", "coordinator with a PIN", "administrator of another STEK",
    "role that ended", "laptop that was revoked", "token of this STEK",
]  # fmt: skip
KNOCKING = [
    who
    if who in ON_EACH_ENGINE
    else pytest.param(who, marks=pytest.mark.one_engine("told apart before any row is asked for"))
    for who in ACTORS
]
