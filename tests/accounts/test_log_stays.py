"""The log is append-only, and it is the database that says so: raw SQL is refused too."""

import datetime as dt

import pytest
from django.core.checks import run_checks
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import AuditEvent
from tests import factories
from tests.emptying import GUARDS_ASIDE


@pytest.fixture
def event(stek) -> AuditEvent:
    return record("update", on=stek, by=factories.user(), fields=["phone"])


def old_event(stek, **age: int) -> AuditEvent:
    at = timezone.now() - dt.timedelta(**age)
    return AuditEvent.objects.create(kind="read", verb="open", stek_id=stek.pk, at=at)


def raw(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_auditevent SET actor_id = 1",
        "UPDATE accounts_auditevent SET verb = verb",
        "DELETE FROM accounts_auditevent",
        "INSERT INTO accounts_auditevent SELECT * FROM accounts_auditevent",
    ],
)
def test_raw_sql_changes_nothing_in_the_log(event, statement):
    with pytest.raises(IntegrityError):
        raw(statement)
    assert AuditEvent.objects.get().verb == "update"


def test_log_can_not_be_emptied_in_another_way(event):
    if connection.vendor == "postgresql":
        statement = "TRUNCATE accounts_auditevent"
    else:
        statement = "REPLACE INTO accounts_auditevent SELECT * FROM accounts_auditevent"
    with pytest.raises(IntegrityError):
        raw(statement)
    assert AuditEvent.objects.count() == 1


def test_log_refuses_the_application_as_well(event):
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.update(verb="open")
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.all().delete()
    event.verb = "open"
    with pytest.raises(IntegrityError), transaction.atomic():
        event.save()
    assert AuditEvent.objects.get().verb == "update"


def test_what_is_older_than_the_shortest_term_may_go_and_nothing_else(stek):
    old = old_event(stek, days=28, minutes=1)
    AuditEvent.objects.filter(pk=old.pk).delete()
    young = old_event(stek, days=27, hours=23)
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.filter(pk=young.pk).delete()
    assert AuditEvent.objects.get() == young


def test_old_row_is_not_changed_either(stek):
    old_event(stek, days=400)
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.update(actor_id=None)


def test_start_check_says_when_a_guard_is_missing(db):
    aside, back = GUARDS_ASIDE[connection.vendor](connection)
    said = [_said_at_the_start()]
    with connection.cursor() as cursor:
        for statements in (aside, back):
            for statement in statements:
                cursor.execute(statement)
            said.append(_said_at_the_start())
    assert said == [set(), {"stek.E002"}, set()]


def _said_at_the_start():
    # The tests do not wait for the disk (E001); `make test` asks that with the real settings.
    found = run_checks(tags=["database"], databases=["default"])
    return {one.id for one in found} - {"stek.E001"}
