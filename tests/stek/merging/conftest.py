"""Two households that are the same people, bare and with a history."""

import datetime as dt

import pytest

from people.models import Household
from tests import factories
from tests.stek.merging.hands import with_history


@pytest.fixture
def fatima(stek) -> Household:
    return factories.household(
        stek, "Fatima", "El Amrani", number=41, adults=2, children=3, phone="0476 12 34 56"
    )


@pytest.fixture
def fatma(stek) -> Household:
    """The same person, written down again."""
    return factories.household(stek, "Fatma", "Elamrani", number=57, adults=1, language="ar")


@pytest.fixture
def full(stek, fatima, fatma) -> tuple[Household, Household]:
    """Both with a history, and once at the same opening."""
    days = [factories.today() - dt.timedelta(days=days) for days in (30, 20, 10)]
    first, second, third = [factories.opening(stek, day, closed=True) for day in days]
    with_history(fatima, first, second)
    with_history(fatma, second, third)
    factories.message(fatma)
    return fatima, fatma
