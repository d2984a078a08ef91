"""The timeline of a household: everything in one line, latest first, and nothing too much."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from people.models import GroceryAccess, Household
from places.models import Stek
from referrals.models import Referral
from stek.erasure import erase_household
from stek.timeline import PER_PAGE, Timeline, What
from tests import factories
from tests.cast import Colleague
from tests.visits.desk import text_of


@pytest.fixture
def fatima(stek: Stek) -> Household:
    """Came in a year ago, so that what the tests add is always later."""
    return _entered(factories.household(stek, number=147), days_ago=365)


def _entered(household: Household, *, days_ago: int) -> Household:
    household.created_at = timezone.now() - dt.timedelta(days=days_ago)
    household.save()
    return household


def page(client: Colleague, household: Household, **query: Any) -> HttpResponse:
    return client.get(reverse("people:timeline", args=[household.pk]), query)


def happened(household: Household, **chosen: str) -> list[What]:
    months = Timeline.of(household, **chosen).months
    return [event.what for month in months for event in month.events]


def come(household: Household, *, days_ago: int, **fields: Any) -> Any:
    day = factories.today() - dt.timedelta(days=days_ago)
    return factories.visit(factories.opening(household.stek, day), household, **fields)


def test_timeline_holds_everything_with_the_latest_first(
    mika: Colleague, fatima: Household
) -> None:
    access = factories.access(fatima, referrer=factories.referrer(fatima.stek))
    GroceryAccess.objects.update(created_at=timezone.now() - dt.timedelta(days=90))
    visit = come(fatima, days_ago=40, purposes=["question"])
    question = factories.question(visit, factories.theme(fatima.stek, "wonen en huur"))
    referral = factories.referral(question, factories.partner(fatima.stek, "LIGO"))
    Referral.objects.update(created_at=referral.consent.given_at.replace(second=0, microsecond=0))
    assert happened(fatima) == [
        What.REFERRED, What.CONSENT, What.QUESTION, What.VISIT, What.GRANTED, What.ENROLLED,
    ]  # fmt: skip
    seen = text_of(page(mika, fatima))
    for words in (
        "Doorverwezen · LIGO , warm · nu: contact gelegd",
        "Toestemming gegeven · LIGO, gezegd",
        "Vraag · wonen en huur",
        f"Toegang gegeven · tot en met {access.valid_until:%d/%m/%Y} · OCMW Kalmthout",
        "Ingeschreven",
    ):
        assert words in seen


def test_timeline_says_how_it_went_on(mika: Colleague, fatima: Household) -> None:
    by, now = factories.user(), timezone.now()
    visit = come(fatima, days_ago=40, purposes=["question"])
    question = factories.question(visit, factories.theme(fatima.stek))
    factories.referral(question, factories.partner(fatima.stek), channel="table")
    fatima.consents.update(withdrawn_at=now, withdrawn_by=by)
    factories.access(fatima, ended_at=now, ended_by=by, ended_reason="moved")
    factories.access(fatima, suspended_at=now, suspended_by=by, suspended_reason="papers")
    seen = text_of(page(mika, fatima))
    for words in (
        "Aangekomen · CAW",
        "Toestemming ingetrokken · CAW",
        "Toegang stopgezet · verhuisd",
        "Toegang geschorst · papieren ontbreken",
    ):
        assert words in seen


def test_timeline_shows_the_theme_and_no_note_and_no_outcome(
    mika: Colleague, fatima: Household, today: dt.date
) -> None:
    visit = come(fatima, days_ago=1, purposes=["question"])
    factories.question(
        visit,
        factories.theme(fatima.stek, "schulden en facturen"),
        note="Belt morgen.",
        note_until=today,
        outcome="not_solved",
        unmet_reason="no_time",
    )
    factories.question(visit)
    seen = text_of(page(mika, fatima))
    assert "schulden en facturen" in seen
    assert "Babbel" in seen
    assert "Belt morgen" not in seen
    assert "niet gelukt" not in seen


def test_voided_visit_stays_in_sight_and_a_voided_question_goes(
    mika: Colleague, fatima: Household
) -> None:
    gone = {"voided_at": timezone.now(), "voided_by": mika.user, "void_reason": "mistake"}
    visit = come(fatima, days_ago=1, purposes=["question"])
    factories.question(visit, **gone)
    come(fatima, days_ago=3, **gone)
    assert happened(fatima) == [What.VISIT, What.VISIT, What.ENROLLED]
    assert "geschrapt: vergissing" in text_of(page(mika, fatima))


def test_what_was_typed_in_later_stands_on_its_day_without_an_hour(fatima: Household) -> None:
    come(fatima, days_ago=20, arrived_at=None)
    visit = come(fatima, days_ago=30, purposes=["question"])
    factories.question(visit)  # noted now, about thirty days ago
    events = [event for month in Timeline.of(fatima).months for event in month.events]
    days = [(factories.today() - event.day).days for event in events]
    assert days == [20, 30, 30, 365]
    assert [event.what for event in events][1:3] == [What.QUESTION, What.VISIT]
    assert [event.at is None for event in events] == [True, True, False, False]


def test_months_stand_apart_with_the_latest_first(fatima: Household) -> None:
    for days_ago in (400, 40, 70, 1):
        come(fatima, days_ago=days_ago)
    firsts = [month.first for month in Timeline.of(fatima).months]
    assert firsts == sorted(set(firsts), reverse=True)
    assert all(first.day == 1 for first in firsts)


def test_one_kind_alone_and_a_kind_that_is_none(mika: Colleague, fatima: Household) -> None:
    factories.access(fatima)
    visit = come(fatima, days_ago=2, purposes=["question"])
    factories.question(visit)
    assert happened(fatima, only="bezoeken") == [What.VISIT]
    assert happened(fatima, only="vragen") == [What.QUESTION]
    assert happened(fatima, only="toegang") == [What.GRANTED, What.ENROLLED]
    assert happened(fatima, only="doorverwijzingen") == []
    assert "Hier is nog niets gebeurd." in text_of(page(mika, fatima, soort="doorverwijzingen"))
    assert len(happened(fatima, only="geheim")) == 4


def test_pages_follow_each_other_and_keep_the_kind(mika: Colleague, fatima: Household) -> None:
    for days_ago in range(1, PER_PAGE + 3):
        come(fatima, days_ago=days_ago)
    response = page(mika, fatima, soort="bezoeken")
    assert response.content.decode().count('class="past"') == PER_PAGE
    assert "?soort=bezoeken&amp;pagina=2" in response.content.decode()
    second = page(mika, fatima, soort="bezoeken", pagina=2)
    assert second.content.decode().count('class="past"') == 2


def test_timeline_asks_as_many_questions_with_one_as_with_hundreds(
    mika: Colleague, fatima: Household, stek: Stek
) -> None:
    caw = factories.partner(stek)

    def live_on(days_ago: int) -> None:
        theme = factories.theme(stek, f"thema {days_ago}")
        visit = come(fatima, days_ago=days_ago, purposes=["question"])
        question = factories.question(visit, theme)
        factories.referral(question, caw)
        factories.access(fatima, referrer=factories.referrer(stek, f"CAW {days_ago}"))

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert page(mika, fatima).status_code == 200
        return len(asked)

    live_on(1)
    one = queries()
    for days_ago in range(2, 62):
        live_on(days_ago)
    assert len(happened(fatima)) == PER_PAGE
    assert Timeline.of(fatima).page.paginator.count >= 300
    assert queries() == one


def test_reading_the_timeline_is_logged(mika: Colleague, fatima: Household) -> None:
    page(mika, fatima)
    event = AuditEvent.objects.get(kind="read")
    assert (event.actor_id, event.subject_type, event.subject_id) == (
        mika.user.pk,
        "household",
        fatima.pk,
    )


def test_record_leads_to_the_timeline(mika: Colleague, fatima: Household) -> None:
    record = mika.get(reverse("people:household", args=[fatima.pk])).content.decode()
    assert reverse("people:timeline", args=[fatima.pk]) in record


def test_timeline_of_somebody_who_was_erased_names_nobody(
    coordinator: Colleague, fatima: Household
) -> None:
    come(fatima, days_ago=2)
    erase_household(fatima, by=coordinator.user)
    response = page(coordinator, fatima)
    assert response.status_code == 200
    assert "Fatima" not in text_of(response)
    assert "Bezoek" in text_of(response)


def test_timeline_of_another_household_is_not_mixed_in(stek: Stek, fatima: Household) -> None:
    other = _entered(factories.household(stek, "Jo", "Maes"), days_ago=10)
    visit = come(other, days_ago=1, purposes=["question"])
    question = factories.question(visit, factories.theme(stek))
    factories.referral(question, factories.partner(stek))
    factories.access(other)
    assert happened(fatima) == [What.ENROLLED]
