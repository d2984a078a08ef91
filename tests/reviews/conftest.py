"""It is Thursday 19 November 2026, three in the afternoon: week 47."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine

from tests.reviews.desk import NOW


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """`clock.move_to(...)` for another day."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def today() -> dt.date:
    return dt.date(2026, 11, 19)
