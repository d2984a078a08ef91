"""Somebody in the line in Kalmthout, and the lists that the table offers."""

import datetime as dt

import pytest
from django.utils import timezone

from forms_help.models import Document, HelpType, Theme
from people.models import Household
from tests import factories
from visits.days import current_day
from visits.models import Visit


@pytest.fixture
def today() -> dt.date:
    """The day that is worked in: at night still the one before."""
    return current_day(timezone.now())


@pytest.fixture
def fatima(stek) -> Household:
    return factories.household(stek, "Fatima", "El Amrani", adults=1, children=2)


@pytest.fixture
def visit(opening, fatima) -> Visit:
    """Fatima is here today with a question, as number 1."""
    return factories.visit(opening, fatima, purposes=["question"])


@pytest.fixture
def rent(stek) -> Theme:
    return factories.theme(stek, "wonen en huur")


@pytest.fixture
def energy(stek) -> Theme:
    return factories.theme(stek, "energie en water")


@pytest.fixture
def letter(stek) -> HelpType:
    return factories.help_type(stek, "brief uitgelegd")


@pytest.fixture
def payslip(stek) -> Document:
    return factories.document(stek, "loonbrief")


@pytest.fixture
def last_week(stek, opening, fatima, today):
    earlier = factories.opening(stek, today - dt.timedelta(days=7), closed=True)
    return factories.visit(earlier, fatima, purposes=["question"])
