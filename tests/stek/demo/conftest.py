"""The demo set, made once for the tests of a file; what one of them does is taken back."""

import datetime as dt

import pytest
from django.test import override_settings
from django.utils import timezone
from pytest_django import Settings

from places.models import Stek
from tests.stek.demo.making import make_demo
from visits.days import current_day


@pytest.fixture
def demo_mode(settings: Settings) -> None:
    settings.DEMO = True


@pytest.fixture(scope="module")
def demo_set(rows_of_module: None) -> None:
    with override_settings(DEMO=True):
        make_demo()


@pytest.fixture
def today() -> dt.date:
    """Of the house: the demo opens its counter on it, also at night."""
    return current_day(timezone.now())


@pytest.fixture
def kalmthout(demo_set: None, db: None) -> Stek:
    """The STEK of the demo set that one looks around in."""
    return Stek.objects.get(slug="kalmthout")
