"""What happens with a referral afterwards: steps, putting right, figures, and what is forgotten."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from people.models import Consent
from referrals.figure import KnownOutcomes
from referrals.forgetting import forget_details
from referrals.models import AnswerLink, Referral
from referrals.states import State
from stek.erasure import erase_household
from tests import factories
from tests.referrals.loop import ask, step, tell
from tests.visits.desk import text_of

# --- afterwards ---


def test_appointment_comes_on_the_page_and_in_the_week(mika, waiting, today):
    soon = today.isoformat()
    response = step(mika, waiting, "appointment", day=soon, time="14:30", place="Dorp 1")
    assert response.status_code == 302
    text = text_of(mika.get(reverse("referrals:appointments")))
    assert "14u30" in text
    assert "Dorp 1" in text


def test_appointment_without_a_day_is_refused(mika, waiting):
    response = step(mika, waiting, "appointment")
    assert response.status_code == 422
    assert "Vul de dag en het uur van de afspraak in." in text_of(response)


def test_refusal_without_a_reason_is_refused(mika, waiting):
    response = step(mika, waiting, "refused", reason="helped")
    assert response.status_code == 422
    waiting.refresh_from_db()
    assert waiting.state == State.CONTACTED


def test_wrong_step_is_put_right_and_a_closed_one_reopened(mika, waiting):
    step(mika, waiting, "closed", reason="helped")
    waiting.refresh_from_db()
    address = reverse("referrals:strike", args=[waiting.pk])
    assert mika.post(address, {"version": waiting.version}).status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == State.CONTACTED
    step(mika, waiting, "refused", reason="full")
    assert step(mika, waiting, "arrived").status_code == 422
    assert step(mika, waiting, "reopened", reason="new_fact").status_code == 302
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == (State.CONTACTED, "")


def test_second_of_two_people_is_told(mika, coordinator, waiting):
    version = waiting.version
    step(mika, waiting, "arrived")
    form = {
        "happening": "closed",
        "reason": "helped",
        "version": version,
        "request_id": uuid.uuid4(),
    }
    response = coordinator.post(reverse("referrals:step", args=[waiting.pk]), form)
    assert response.status_code == 422
    assert "Intussen veranderde hier iets." in text_of(response)
    waiting.refresh_from_db()
    assert waiting.state == State.ARRIVED


def test_consent_withdrawn_stops_the_links_and_the_referral(mika, waiting):
    mika.post(reverse("referrals:withdraw", args=[waiting.pk]))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == (State.DROPPED_OUT, "withdrawn")
    assert not waiting.may_be_told(timezone.localdate())
    assert "de partner ziet niets" in text_of(
        mika.get(reverse("referrals:referral", args=[waiting.pk]))
    )


def test_list_is_narrowed_and_a_helper_sees_only_ones_own(mika, helper, waiting):
    address = reverse("referrals:list")
    assert "klant" in text_of(mika.get(address))
    assert "Hier staat niets." in text_of(mika.get(address, {"toon": "over"}))
    assert "Hier staat niets." in text_of(mika.get(address, {"partner": "x", "stand": "closed"}))
    assert "Hier staat niets." in text_of(helper.get(address))


@pytest.mark.parametrize("page", ["list", "board", "appointments"])
def test_page_asks_as_much_for_many(
    mika, stek, opening, fatima, rent, caw, today, count_queries, page
):
    address = reverse(f"referrals:{page}")

    def more(number):
        for _one in range(number):
            visit = factories.visit(opening, fatima, repeated=True)
            referral = factories.referral(factories.question(visit, rent), caw)
            step(mika, referral, "appointment", day=today.isoformat(), time="10:00")
            visit = factories.visit(opening, fatima, repeated=True)
            factories.referral(factories.question(visit, rent), caw)

    more(1)
    few = count_queries(lambda: mika.get(address))
    more(2)
    assert count_queries(lambda: mika.get(address)) == few


def test_headline_counts_what_is_known_within_thirty_days(stek, mika, volunteer, visit, waiting):
    share = KnownOutcomes.of(stek, now=timezone.now()).total
    assert (share.known, share.all, share.early, share.percent) == (0, 1, 1, 0)
    tell(volunteer, visit, waiting, "reached")
    share = KnownOutcomes.of(stek, now=timezone.now()).total
    assert (share.known, share.all, share.early, share.percent) == (1, 1, 0, 100)


def test_outcome_known_too_late_does_not_count(stek, opening, fatima, rent, caw, today, mika):
    before = factories.opening(stek, today - dt.timedelta(days=40), closed=True)
    question = factories.question(factories.visit(before, fatima), rent)
    referral = factories.referral(question, caw, days_ago=40)
    step(mika, referral, "arrived")
    share = KnownOutcomes.of(stek, now=timezone.now()).total
    assert (share.known, share.all, share.early) == (0, 1, 0)


@pytest.mark.parametrize(("later", "known"), [(0, 1), (60, 0)])
def test_thirty_days_are_thirty_days(later, known, stek, opening, fatima, rent, caw, today, mika):
    before = factories.opening(stek, today - dt.timedelta(days=40), closed=True)
    question = factories.question(factories.visit(before, fatima), rent)
    step(mika, factories.referral(question, caw, days_ago=40), "arrived")
    after = dt.timedelta(days=30, seconds=later)
    Referral.objects.update(outcome_known_at=F("contacted_at") + after)
    assert KnownOutcomes.of(stek, now=timezone.now()).total.known == known


def test_headline_stands_where_the_list_begins(mika, waiting):
    address = reverse("referrals:list")
    assert "binnen 30 dagen" in text_of(mika.get(address))
    for narrowed in ({"toon": "all"}, {"partner": waiting.partner_id}, {"zwijgt": "1"}):
        assert "binnen 30 dagen" not in text_of(mika.get(address, narrowed))


def test_card_says_where_and_when_in_the_language_of_the_visitor(mika, waiting, caw):
    service = factories.service(caw, street="Dorp 1", postcode="2920", town="Kalmthout")
    service.hours.create(weekday=0, opens_at=dt.time(9), closes_at=dt.time(12))
    address = reverse("referrals:card", args=[waiting.pk])
    assert "أحضر" not in text_of(mika.get(address))  # nothing to bring
    text = text_of(mika.get(address, {"taal": "fr"}))
    assert "Dorp 1, 2920 Kalmthout" in text
    assert "lundi 9:00–12:00" in text
    assert "Fatima" not in text


@pytest.mark.parametrize("language", ["nl", "fr", "ar", "ti"])
def test_consent_text_is_five_lines(helper, caw, language):
    address = reverse("referrals:consent_text")
    response = helper.get(address, {"taal": language, "partner": caw.pk})
    assert len(response.context["lines"]) == 5
    assert "CAW" in text_of(response)


def test_warm_contact_without_consent_can_not_be_stored(waiting):
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=waiting.pk).update(consent=None)


def test_appointment_that_is_not_over_is_not_asked_about(mika, volunteer, visit, waiting, today):
    later = (today + dt.timedelta(days=3)).isoformat()
    step(mika, waiting, "appointment", day=later, time="10:00")
    assert "CAW" not in text_of(ask(volunteer, visit))


# --- what is forgotten ---


def soon():
    return (factories.today() + dt.timedelta(days=3)).isoformat()


def test_erased_household_is_told_to_nobody_any_more(coordinator, fatima, rent, caw, visit):
    question = factories.question(visit, rent)
    referral = factories.referral(question, caw, channel="letter")
    step(coordinator, referral, "appointment", day=soon(), time="10:00", ask_for="Els")
    erase_household(fatima, by=coordinator.user)
    referral.refresh_from_db()
    assert (referral.state, referral.reason) == (State.DROPPED_OUT, "erased")
    assert not AnswerLink.objects.exists()
    assert not Consent.objects.not_withdrawn().exists()
    for row in (referral, *referral.steps.all()):
        assert (row.appointment_at, row.ask_for) == (None, "")


def test_details_go_half_a_year_after_the_end_and_not_sooner(mika, waiting):
    step(mika, waiting, "appointment", day=soon(), time="10:00", ask_for="Els")
    step(mika, waiting, "closed", reason="helped")
    now = timezone.now()
    assert forget_details(now + dt.timedelta(days=170)) == 0
    assert forget_details(now + dt.timedelta(days=190)) == 1
    assert forget_details(now + dt.timedelta(days=190)) == 0
    waiting.refresh_from_db()
    assert (waiting.state, waiting.appointment_at, waiting.ask_for) == (State.CLOSED, None, "")
