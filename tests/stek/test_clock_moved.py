"""A clock that ran ahead and was set right again: nobody goes too soon, and nothing stops."""

import datetime as dt
import io

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from people.models import Household, LeavingNotice
from places.models import Stek
from stek.backup import shelf
from stek.retention import carry_out_terms
from tests import factories
from tests.stek.backup.conftest import folders  # noqa: F401 - a fixture

NOON = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)
YEAR = dt.timedelta(days=366)


def days_later(days: int, stek: Stek) -> bool:
    """Carry the terms out on that day; whether anybody was erased by then."""
    with time_machine.travel(NOON + dt.timedelta(days=days), tick=False):
        carry_out_terms(timezone.now())
    return Household.objects.filter(erased_at__isnull=False).exists()


@pytest.fixture
def gone(stek: Stek) -> Household:
    """Whose term is over since long, and who was never announced."""
    household = factories.household(stek)
    Household.objects.filter(pk=household.pk).update(created_at=NOON - 3 * YEAR)
    last = (NOON - 2 * YEAR).date()
    factories.access(household, valid_from=last - dt.timedelta(days=30), valid_until=last)
    return household


def test_clock_that_was_a_year_ahead_erases_nobody_and_stops_no_terms(
    stek: Stek, gone: Household
) -> None:
    """Whoever was announced then is announced anew, for a whole month from the right day."""
    assert not days_later(366, stek)
    assert not days_later(0, stek)
    assert LeavingNotice.objects.get().since == NOON.date()
    stek.refresh_from_db()
    assert stek.terms_done_on == NOON.date()
    assert not days_later(29, stek)
    assert days_later(30, stek)


def test_clock_that_was_set_back_erases_nobody_sooner(stek: Stek, gone: Household) -> None:
    assert not days_later(0, stek)
    for days in (-1, 1, 29):
        assert not days_later(days, stek), days
    assert days_later(30, stek)


@pytest.mark.django_db(transaction=True)
def test_backup_of_a_clock_that_ran_ahead_is_no_reason_to_wait(folders, stek: Stek) -> None:  # noqa: F811
    for ahead in (dt.timedelta(days=3), dt.timedelta()):
        with time_machine.travel(timezone.now() + ahead):
            call_command("backup", "--if-changed", stdout=io.StringIO())
    assert len(shelf.kept_in(folders.first)) == 2
