"""The demo set, made once for the tests of a file; what one of them does is taken back."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import Settings

from places.models import Stek
from tests.stek.demo.making import make_demo


@pytest.fixture
def demo_mode(settings: Settings) -> None:
    settings.DEMO = True


@pytest.fixture(scope="module")
def demo_set(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), override_settings(DEMO=True), transaction.atomic():
        make_demo()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def kalmthout(demo_set: None, db: None) -> Stek:
    """The STEK of the demo set that one looks around in."""
    return Stek.objects.get(slug="kalmthout")
