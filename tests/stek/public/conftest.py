"""A Wednesday morning in December, and who sits at the table then."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine

from places.models import SitterKind
from tests import factories
from tests.stek.public.reading import MORNING


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def wednesdays(stek):
    """From 13 to 16, with CAW; Mika every other week from 2 December 2026 on."""
    hours = factories.opening_hours(stek)
    factories.table_turn(hours, "CAW")
    factories.table_turn(
        hours,
        "Mika Verlinden",
        kind=SitterKind.COMMUNITY_WORKER,
        every_weeks=2,
        first_day=dt.date(2026, 12, 2),
    )
    return hours


@pytest.fixture
def table(wednesdays):
    """And a volunteer."""
    factories.table_turn(wednesdays, "Rita Peeters", kind=SitterKind.VOLUNTEER)
    return wednesdays
