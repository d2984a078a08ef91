"""A shared laptop where Rita sits, and what she typed."""

import uuid

import pytest

from tests import factories
from tests.accounts import laptop


@pytest.fixture
def device(stek):
    return factories.device(stek, "balie")


@pytest.fixture
def client(device, rita, jos):
    """The shared laptop, where Rita sits now."""
    for who in (rita, jos):
        factories.pin(who)
    browser = laptop.at(device[1])
    laptop.give_pin(browser, rita)
    return browser


@pytest.fixture
def typed(opening) -> dict[str, str]:
    return {
        "opening": str(opening.pk),
        "first_name": "Amina & co",
        "last_name": "Yilmaz",
        "adults": "2",
        "children": "1",
        "request_id": str(uuid.uuid4()),
    }
