"""Households that come to the counter of Kalmthout."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from people.models import Household
from tests import factories
from tests.visits.planning import WEEK
from visits.days import current_day
from visits.models import Visit


@pytest.fixture
def today() -> dt.date:
    """The day that is worked in: at night still the one before."""
    return current_day(timezone.now())


@pytest.fixture
def fatima(stek) -> Household:
    """Nr. 1, Fatima El Amrani: one adult, two children, access for months."""
    household = factories.household(stek, "Fatima", "El Amrani", adults=1, children=2)
    factories.access(household)
    return household


@pytest.fixture
def jozef(stek) -> Household:
    """Nr. 2 or 1, Jozef Van den Broeck: alone, access for months."""
    household = factories.household(stek, "Jozef", "Van den Broeck")
    factories.access(household)
    return household


@pytest.fixture(autouse=True)
def autumn():
    """A Monday, with no holiday on the Mondays to come."""
    with time_machine.travel("2026-09-14T12:00:00+02:00"):
        yield


@pytest.fixture
def session(today) -> dt.date:
    """A day next week."""
    return today + WEEK


@pytest.fixture
def hours(stek, session):
    return factories.opening_hours(stek, session.weekday())


@pytest.fixture
def line(opening, fatima, jozef) -> list[Visit]:
    """1 Fatima, 2 Jozef, 3 somebody without a name."""
    return [
        factories.visit(opening, fatima, purposes=["question"]),
        factories.visit(opening, jozef, purposes=["question"]),
        factories.anonymous_visit(opening, purposes=["question"]),
    ]
