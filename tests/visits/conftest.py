"""Households that come to the counter of Kalmthout."""

import pytest

from people.models import Household
from tests import factories


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
