"""Many at one moment: on one line, and on one week."""

import uuid

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from reviews.models import Decision, WeekReview
from tests import factories
from tests.cast import signed_in
from tests.races import at_once, statuses
from tests.reviews import desk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(stek):
    """Six who keep the record."""
    return [signed_in(factories.membership(stek, Role.COMMUNITY_WORKER)) for _one in range(6)]


@pytest.fixture
def name(stek):
    return f"signal-{factories.signal(stek).pk}"


def test_of_many_who_decide_on_one_line_the_first_wins_and_the_others_are_told(people, name):
    form = desk.form_of(people[0], name) | {"choice": "done"}
    address = reverse("reviews:decide", args=[desk.WEEK])
    answers = at_once(
        6, lambda n: people[n].post(address, form | {"request_id": str(uuid.uuid4())})
    )
    assert statuses(answers) == {302: 1, 422: 5}
    assert Decision.objects.count() == 1
    assert AuditEvent.objects.filter(verb="finish_item").count() == 1
    told = [a.content.decode() for a in answers if a.status_code == 422]
    assert all("was je voor om 15u00" in text for text in told)


def test_same_click_many_times_at_once_is_one_decision(people, name):
    form = desk.form_of(people[0], name) | {"choice": "seen"}
    address = reverse("reviews:decide", args=[desk.WEEK])
    assert statuses(at_once(6, lambda n: people[0].post(address, form))) == {302: 6}
    assert Decision.objects.count() == 1


def test_undone_by_many_at_once_it_is_undone_once(people, name):
    desk.press(people[0], name, "seen")
    address = reverse("reviews:undo", args=[desk.WEEK, Decision.objects.get().pk])
    assert statuses(at_once(6, lambda n: people[n].post(address))) == {302: 6}
    assert AuditEvent.objects.filter(verb="undo_decision").count() == 1


@pytest.mark.parametrize("noted", [False, True])
def test_of_many_who_review_one_week_the_first_wins_and_the_others_are_told(people, stek, noted):
    factories.opening(stek, desk.day("2026-11-10"), closed=True)
    if noted:
        desk.page(people[0])
        desk.review(people[0], desk.BEFORE, note="Begonnen.")
    answers = at_once(
        6,
        lambda n: desk.review(
            people[n], desk.BEFORE, close=True, note=f"Nota {n}.", version=int(noted)
        ),
    )
    assert statuses(answers) == {302: 1, 422: 5}
    assert WeekReview.objects.get().is_reviewed
    assert AuditEvent.objects.filter(verb="review_week").count() == 1
    told = [a.content.decode() for a in answers if a.status_code == 422]
    assert all("Een collega was je voor." in text for text in told)
