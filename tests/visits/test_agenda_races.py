"""Two colleagues at one moment in the agenda: one wins, the other is told, nothing stands twice."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from places.models import ChangedDay, Stek, TableChange
from tests import factories
from tests.cast import Colleague, signed_in
from tests.races import at_once, statuses
from visits.models import Activity, TableReply

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 8


@pytest.fixture
def stek() -> Stek:
    return factories.stek("Kalmthout")


@pytest.fixture
def laptops(stek) -> list[Colleague]:
    return [signed_in(factories.membership(stek, Role.COORDINATOR)) for _ in range(MANY)]


@pytest.fixture
def session(stek, today) -> dt.date:
    """A day of the pattern next week, with CAW at the table."""
    day = today + dt.timedelta(days=7)
    hours = factories.opening_hours(stek, day.weekday())
    factories.table_turn(hours, "CAW")
    return day


def test_one_day_is_changed_by_one_and_the_others_are_told(laptops, session):
    address = reverse("agenda:day", args=[session])

    def change(n: int):
        return laptops[n].post(address, {"plan": "cancel", "version": 0, "why": f"Reden {n}"})

    assert statuses(at_once(MANY, change)) == {302: 1, 422: MANY - 1}
    assert ChangedDay.objects.get().version == 1
    assert AuditEvent.objects.filter(verb="change_day").count() == 1


def test_two_days_are_moved_to_one_by_one(laptops, stek, session):
    days = [session, session + dt.timedelta(days=7)]
    form = {
        "plan": "move",
        "to_day": session + dt.timedelta(days=1),
        "opens_at": "9:00",
        "closes_at": "10:00",
        "version": 0,
        "why": "",
    }
    answers = at_once(2, lambda n: laptops[n].post(reverse("agenda:day", args=[days[n]]), form))
    assert statuses(answers) == {302: 1, 422: 1}
    assert ChangedDay.objects.count() == 1


def test_one_name_is_noted_once(laptops, session):
    address = reverse("agenda:change_table", args=[session])
    form = {"sitter": "CAW", "set": "absent"}
    assert statuses(at_once(MANY, lambda n: laptops[n].post(address, form))) == {302: MANY}
    assert TableChange.objects.get().comes is False


def test_one_answer_is_kept_of_many_taps(laptops, stek, today):
    factories.changed_day(
        stek, today, to_day=today, opens_at=dt.time(9), closes_at=dt.time(10)
    )  # open, whatever the calendar says
    address = reverse("agenda:reply", args=[today])
    clients = [signed_in(laptops[0].membership) for _ in range(MANY)]
    answers = at_once(MANY, lambda n: clients[n].post(address, {"comes": "yes"}))
    assert statuses(answers) == {302: MANY}
    assert TableReply.objects.get().comes
    assert AuditEvent.objects.filter(verb="reply").count() == 1


def test_one_activity_is_made_of_many_sendings(laptops, today):
    form = {
        "title": "Samen koken",
        "kind": "cooking",
        "day": today,
        "starts_at": "10:00",
        "ends_at": "",
        "organiser": "",
        "request_id": uuid.uuid4(),
    }
    address = reverse("activities:create")
    assert statuses(at_once(MANY, lambda n: laptops[n].post(address, form))) == {302: MANY}
    assert Activity.objects.count() == 1
    assert AuditEvent.objects.filter(verb="create").count() == 1


def test_one_count_of_many_is_kept_and_the_others_are_told(laptops, stek):
    activity = factories.activity(stek)
    address = reverse("activities:count", args=[activity.pk])

    def count(n: int):
        return laptops[n].post(address, {"participants": n + 1, "version": 1})

    assert statuses(at_once(MANY, count)) == {302: 1, 422: MANY - 1}
    activity.refresh_from_db()
    assert activity.version == 2
