"""The named cast: who is signed in, with which role, in which STEK. Loaded by tests/conftest.py.

Each is a client; `coordinator.user` and `coordinator.membership` say who it is. All work in the
fixture `stek` (Kalmthout), except `other_stek`, who coordinates Essen, and `stranger`.
"""

import datetime as dt
import time
from typing import Any

import pytest
from django.contrib.auth import user_logged_in
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.laptop import sitting
from accounts.laptop.device import cookie_name
from accounts.models import Membership, TrustedDevice, User
from accounts.recheck import KEY as RECHECKED
from accounts.roles import Role
from places.models import Stek
from tests import factories
from tests.strict import StrictClient
from visits.models import Opening


class Colleague(StrictClient):
    """A client that is signed in."""

    user: User
    membership: Membership

    def give_password(self) -> None:
        """As if it was typed moments ago; that it is asked is tested where it is asked."""
        session = self.session
        session[RECHECKED] = int(time.time())
        session.save()


def signed_in(membership: Membership) -> Colleague:
    """A client for this role; for a test that needs somebody who is not in the cast."""
    client = Colleague()
    client.user = membership.user
    client.membership = membership
    sign_in_again(client)
    return client


def sign_in_again(client: Colleague) -> None:
    """Needed after a clock that was moved on by more than half an hour, as in life."""

    def begin(request: HttpRequest, **_signal: Any) -> None:
        # As after signing in by hand: the first page must not be the one that notes when it began.
        sitting.begin(request.session, now=sitting.now(), device_id=None)

    user_logged_in.connect(begin)
    client.force_login(client.user)
    user_logged_in.disconnect(begin)


def unlocked(membership: Membership, device: TrustedDevice, secret: str) -> Colleague:
    """A client at this laptop, who gave name and PIN."""
    client = Colleague()
    client.user = membership.user
    client.membership = membership
    client.cookies[cookie_name()] = secret
    factories.pin(membership.user)
    answer = client.post(
        reverse("accounts:lock_screen"), {"who": membership.user_id, "pin": factories.PIN}
    )
    assert answer.status_code == 302
    return client


def _colleague(stek: Stek, username: str, name: str, role: Role) -> Colleague:
    first_name, last_name = name.split(" ", 1)
    user = factories.user(username, first_name=first_name, last_name=last_name)
    return signed_in(factories.membership(stek, role, user=user))


@pytest.fixture
def today() -> dt.date:
    """The local day, as the application sees it."""
    return timezone.localdate()


@pytest.fixture
def stek(db: None) -> Stek:
    """STEK Kalmthout, where the cast works."""
    return factories.stek("Kalmthout", town="Kalmthout", postcode="2920")


@pytest.fixture
def essen(db: None) -> Stek:
    """Another STEK: what is there does not exist for the cast, except for `other_stek`."""
    return factories.stek("Essen", town="Essen", postcode="2910")


@pytest.fixture
def opening(stek: Stek) -> Opening:
    """Today's opening in Kalmthout, not closed yet."""
    return factories.opening(stek)


@pytest.fixture
def stranger(db: None) -> StrictClient:
    """Somebody who is not signed in."""
    return StrictClient()


@pytest.fixture
def counter(stek: Stek) -> Colleague:
    """Rita, the volunteer at the counter."""
    return _colleague(stek, "rita", "Rita Peeters", Role.VOLUNTEER)


@pytest.fixture
def volunteer(stek: Stek) -> Colleague:
    """Jos, another volunteer: for what two of them do to each other."""
    return _colleague(stek, "jos", "Jos Wouters", Role.VOLUNTEER)


@pytest.fixture
def helper(stek: Stek) -> Colleague:
    """Bram of LIGO, at the table of Koffie & Formulieren."""
    return _colleague(stek, "bram", "Bram Claessens", Role.HELPER)


@pytest.fixture
def mika(stek: Stek) -> Colleague:
    """The community worker, there every other week."""
    return _colleague(stek, "mika", "Mika Verlinden", Role.COMMUNITY_WORKER)


@pytest.fixture
def coordinator(stek: Stek) -> Colleague:
    return _colleague(stek, "els", "Els Goossens", Role.COORDINATOR)


@pytest.fixture
def administrator(stek: Stek) -> Colleague:
    return _colleague(stek, "wim", "Wim Jacobs", Role.ADMINISTRATOR)


@pytest.fixture
def other_stek(essen: Stek) -> Colleague:
    """The coordinator of another STEK, who may see nothing of this one."""
    return _colleague(essen, "nadia", "Nadia Haddad", Role.COORDINATOR)
