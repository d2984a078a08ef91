"""The periodic command: what is over goes, the rest stays, one failure stops nothing else."""

import datetime as dt
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from accounts.models import AuditEvent, Session
from people.models import HouseholdImport
from places.models import Stek
from tests import factories
from visits.models import Message


def run_due() -> str:
    out = StringIO()
    call_command("run_due", stdout=out)
    return out.getvalue()


def ago(**delta: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(**delta)


def left_a_message(stek: Stek, *, days_ago: int, told: bool = False) -> Message:
    message = factories.message(factories.household(stek), text="LIGO belde terug.")
    message.created_at = ago(days=days_ago)
    if told:
        message.text, message.delivered_at = "", ago(days=days_ago - 1)
        message.delivered_by = message.created_by
    message.save()
    return message


def sessions() -> set[str]:
    return set(Session.objects.values_list("session_key", flat=True))


def add_sessions() -> None:
    Session.objects.create(session_key="over", session_data="", expire_date=ago(minutes=1))
    Session.objects.create(session_key="going", session_data="", expire_date=ago(hours=-1))


def test_run_due_drops_lists_that_nobody_read_in(stek: Stek) -> None:
    state = HouseholdImport.State
    factories.household_import(stek, created_at=ago(hours=25), table={"rows": [["x"]]})
    young = factories.household_import(stek, created_at=ago(hours=23))
    read_in = factories.household_import(
        stek,
        created_at=ago(days=9),
        state=state.CONFIRMED,
        confirmed_at=ago(days=9),
        confirmed_by=factories.user(),
    )
    assert "1 lijsten die niet ingelezen werden" in run_due()
    assert set(HouseholdImport.objects.all()) == {young, read_in}


def test_run_due_forgets_messages_that_nobody_came_for(stek: Stek) -> None:
    left_a_message(stek, days_ago=31)
    young = left_a_message(stek, days_ago=29)
    told = left_a_message(stek, days_ago=99, told=True)
    run_due()
    assert set(Message.objects.all()) == {young, told}
    event = AuditEvent.objects.get(verb="forget_message")
    assert (event.actor_id, event.stek_id, event.fields) == (None, stek.pk, [])


def test_run_due_ends_sessions_that_are_over(db: None) -> None:
    add_sessions()
    run_due()
    assert sessions() == {"going"}


def test_run_due_takes_expired_rows_out_of_the_cache_table(db: None) -> None:
    # Counters of tests that really commit are still there.
    cache.clear()
    cache.set("going", 1, timeout=600)
    cache.set("over", 1, timeout=600)
    with connection.cursor() as cursor:
        past = connection.ops.adapt_datetimefield_value(ago(minutes=1).replace(microsecond=0))
        cursor.execute("UPDATE stek_cache SET expires = %s WHERE cache_key LIKE '%%over'", [past])
        assert "1 verlopen tellers" in run_due()
        cursor.execute("SELECT cache_key FROM stek_cache")
        assert [key for (key,) in cursor.fetchall()] == [cache.make_key("going")]


def test_run_due_twice_finds_nothing_the_second_time(stek: Stek) -> None:
    factories.household_import(stek, created_at=ago(days=2))
    left_a_message(stek, days_ago=40)
    run_due()
    events = AuditEvent.objects.count()
    said = run_due()
    assert said == "Opgeruimd: niets.\n"
    assert AuditEvent.objects.count() == events


def test_run_due_one_failure_leaves_the_rest_done(db: None, settings: Settings) -> None:
    settings.CACHE_TABLE = "table_that_is_not_there"
    add_sessions()
    with pytest.raises(CommandError, match="Niet gelukt: verlopen tellers") as failure:
        run_due()
    assert failure.value.returncode != 0
    assert sessions() == {"going"}
