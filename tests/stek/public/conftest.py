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
def table(stek):
    """Wednesdays with CAW, a volunteer, and Mika every other week."""
    hours = factories.opening_hours(stek)
    factories.table_turn(hours, "CAW")
    factories.table_turn(hours, "Rita Peeters", kind=SitterKind.VOLUNTEER)
    factories.table_turn(
        hours,
        "Mika Verlinden",
        kind=SitterKind.COMMUNITY_WORKER,
        every_weeks=2,
        first_day=dt.date(2026, 12, 2),
    )
    return hours
