"""Two colleagues with a password, as they sit behind one laptop."""

import pytest

from accounts.models import User
from accounts.roles import Role
from tests import factories
from tests.accounts import desk


def _colleague(stek, username: str, role: Role = Role.VOLUNTEER) -> User:
    user = factories.user(username, password=desk.PASSWORD, first_name=username.title())
    factories.membership(stek, role, user=user)
    return user


@pytest.fixture
def rita(stek) -> User:
    return _colleague(stek, "rita")


@pytest.fixture
def jos(stek) -> User:
    return _colleague(stek, "jos")


@pytest.fixture
def els(stek) -> User:
    return _colleague(stek, "els", Role.COORDINATOR)
