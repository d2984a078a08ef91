"""Deciding on access: granting, renewing, suspending, ending, and the list of what ends soon."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from people.access_actions import renew_access
from people.eligibility import months_later
from people.models import GroceryAccess, Household
from tests import factories
from tests.people import office
from tests.visits.desk import text_of


@pytest.fixture
def fatima(stek) -> Household:
    return factories.household(stek, "Fatima", "El Amrani", number=147)


def days(today: dt.date, count: int) -> dt.date:
    return today + dt.timedelta(days=count)


def ends_in(household: Household, today: dt.date, count: int, **more: Any) -> GroceryAccess:
    """Access of half a year that ends so many days from now."""
    until = days(today, count)
    return factories.access(household, valid_from=days(until, -180), valid_until=until, **more)


# --- granting ---


def test_grant_page_proposes_the_period_of_the_stek(coordinator, fatima, today):
    form = coordinator.get(reverse("people:grant", args=[fatima.pk])).context["form"]
    assert form["valid_from"].value() == today
    assert form["valid_until"].value() == months_later(today, 6)


def test_grant_makes_the_decision_that_the_record_shows(coordinator, stek, fatima, today):
    ocmw = factories.referrer(stek)
    rule = factories.budget_rule(stek)
    step = rule.steps.last()
    until = days(today, 100)
    response = office.grant(
        coordinator,
        fatima,
        referrer=ocmw.pk,
        budget_step=step.pk,
        valid_from=today.strftime("%d/%m/%Y"),
        valid_until=until.strftime("%d/%m/%Y"),
    )
    assert response.status_code == 302
    access = fatima.accesses.get()
    assert (access.referrer, access.budget_step, access.current) == (ocmw, step, True)
    assert (access.valid_from, access.valid_until) == (today, until)
    page = text_of(office.record(coordinator, fatima))
    assert f"Toegang tot {until:%d/%m/%Y}" in page
    assert (
        f"OCMW Kalmthout · budget € 42,00 · beslist door Els Goossens op {today:%d/%m/%Y}" in page
    )
    assert "€ 42,00 deze week" in page
    assert AuditEvent.objects.get(verb="grant").subject_id == access.pk


def test_grant_replaces_the_current_decision_and_keeps_it(coordinator, fatima, today):
    old = ends_in(fatima, today, 10)
    until = days(today, 200).strftime("%d/%m/%Y")
    office.grant(coordinator, fatima, valid_from=f"{today:%d/%m/%Y}", valid_until=until)
    old.refresh_from_db()
    assert not old.current
    assert fatima.accesses.count() == 2
    assert f"Toegang tot {until}" in text_of(office.record(coordinator, fatima))


def test_grant_sent_twice_decides_once(coordinator, fatima, today):
    key, until = uuid.uuid4(), f"{days(today, 90):%d/%m/%Y}"
    form = {"valid_from": f"{today:%d/%m/%Y}", "valid_until": until, "request_id": key}
    for _twice in range(2):
        assert office.grant(coordinator, fatima, **form).status_code == 302
    assert fatima.accesses.count() == 1
    other = office.grant(
        coordinator, fatima, **(form | {"valid_until": f"{days(today, 91):%d/%m/%Y}"})
    )
    assert other.status_code == 422
    assert fatima.accesses.count() == 1


@pytest.mark.parametrize(
    "spelling", ["{d}/{m}/{y}", "{d:02}-{m:02}-{y}", "{d}.{m}.{yy}", "{y}-{m:02}-{d:02}"]
)
def test_grant_reads_a_day_as_people_write_it(coordinator, fatima, today, spelling):
    until = days(today, 150)
    typed = spelling.format(d=until.day, m=until.month, y=until.year, yy=until.year % 100)
    response = office.grant(coordinator, fatima, valid_from=f"{today:%d/%m/%Y}", valid_until=typed)
    assert response.status_code == 302
    assert fatima.accesses.get().valid_until == until


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1/1/1926", "Deze datum ligt meer dan 10 jaar van vandaag."),
        ("1/1/2126", "Deze datum ligt meer dan 10 jaar van vandaag."),
        ("31/02/2027", "Deze datum bestaat niet."),
        ("morgen", "Dit is geen datum die we kunnen lezen."),
        ("46000", "Typ de dag zoals 21/03/2027."),
        ("", "Dit veld is verplicht."),
        ("1/2/2027\0", "datum"),
    ],
)
def test_grant_refuses_a_day_that_is_none(coordinator, fatima, today, typed, words):
    response = office.grant(coordinator, fatima, valid_from=f"{today:%d/%m/%Y}", valid_until=typed)
    assert response.status_code == 422
    assert words in text_of(response)
    assert f'value="{today:%d/%m/%Y}"' in response.content.decode()
    assert not GroceryAccess.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (0, -1, "Deze dag is al voorbij."),
        (0, 6 * 365, "Kies een dag in de komende 5 jaar."),
        (60, 30, "Deze dag komt voor de begindag."),
        (-400, 30, "Kies een dag hoogstens een jaar van vandaag."),
        (400, 500, "Kies een dag hoogstens een jaar van vandaag."),
    ],
)
def test_grant_refuses_a_period_that_nobody_means(coordinator, fatima, today, first, last, words):
    response = office.grant(
        coordinator,
        fatima,
        valid_from=f"{days(today, first):%d/%m/%Y}",
        valid_until=f"{days(today, last):%d/%m/%Y}",
    )
    assert response.status_code == 422
    assert words in text_of(response)
    assert not GroceryAccess.objects.exists()


def test_grant_offers_no_referrer_or_step_of_elsewhere(coordinator, stek, essen, fatima, today):
    theirs = factories.referrer(essen, "OCMW Essen")
    retired = factories.referrer(stek, "Oud adres", retired=True)
    step = factories.budget_rule(essen).steps.first()
    factories.budget_rule(stek)
    dates = {"valid_from": f"{today:%d/%m/%Y}", "valid_until": f"{days(today, 30):%d/%m/%Y}"}
    for wrong in ({"referrer": theirs.pk}, {"referrer": retired.pk}, {"budget_step": step.pk}):
        assert office.grant(coordinator, fatima, **dates, **wrong).status_code == 422
    assert not GroceryAccess.objects.exists()


# --- renewing ---


def test_renew_counts_from_the_old_end_and_keeps_what_was_decided(coordinator, stek, fatima, today):
    ocmw = factories.referrer(stek)
    step = factories.budget_rule(stek).steps.first()
    access = ends_in(fatima, today, 10, referrer=ocmw, budget_step=step)
    until = months_later(access.valid_until, 6)
    assert f"Verleng tot {until:%d/%m/%Y}" in text_of(office.record(coordinator, fatima))
    response = office.decide(coordinator, "renew", access, request_id=uuid.uuid4())
    assert response["Location"] == reverse("people:household", args=[fatima.pk])
    renewed = fatima.accesses.current().get()
    assert renewed != access
    assert (renewed.valid_from, renewed.valid_until) == (today, until)
    assert (renewed.referrer, renewed.budget_step) == (ocmw, step)
    event = AuditEvent.objects.get(verb="renew")
    assert (event.actor_id, event.stek_id) == (coordinator.user.pk, stek.pk)


def test_renew_of_expired_access_counts_from_today(coordinator, fatima, today):
    access = ends_in(fatima, today, -30)
    office.decide(coordinator, "renew", access, request_id=uuid.uuid4())
    assert fatima.accesses.current().get().valid_until == months_later(today, 6)


def test_renew_pressed_twice_renews_once(coordinator, fatima, today):
    access, key = ends_in(fatima, today, 10), uuid.uuid4()
    for _twice in range(2):
        response = office.decide(coordinator, "renew", access, request_id=key)
        page = text_of(coordinator.get(response["Location"]))
        assert "De toegang is verlengd tot en met" in page
    assert fatima.accesses.count() == 2


def test_two_people_renew_the_same_access_once(coordinator, stek, fatima, today):
    access = ends_in(fatima, today, 10)
    office.decide(coordinator, "renew", access, request_id=uuid.uuid4())
    response = office.decide(coordinator, "renew", access, request_id=uuid.uuid4())
    assert fatima.accesses.count() == 2
    page = text_of(coordinator.get(response["Location"]))
    assert "Dat kan niet meer: intussen is er iets beslist." in page


@pytest.mark.parametrize("verb", ["suspend", "end"])
def test_renew_does_not_lift_what_somebody_else_stopped(coordinator, fatima, today, verb):
    access = ends_in(fatima, today, 10)
    reason = {"suspend": "papers", "end": "moved"}[verb]
    office.decide(coordinator, verb, access, reason=reason)
    office.decide(coordinator, "renew", access, request_id=uuid.uuid4())
    assert fatima.accesses.count() == 1
    assert "Verleng tot" not in text_of(office.record(coordinator, fatima))


def test_renew_without_a_key_changes_nothing(coordinator, fatima, today):
    access = ends_in(fatima, today, 10)
    assert office.decide(coordinator, "renew", access).status_code == 302
    assert fatima.accesses.count() == 1


# --- suspending and ending ---


def test_suspend_tells_why_and_resume_lifts_it(coordinator, fatima, today):
    access = ends_in(fatima, today, 100)
    office.decide(coordinator, "suspend", access, reason="papers")
    page = text_of(office.record(coordinator, fatima))
    assert "Toegang geschorst: papieren ontbreken" in page
    assert f"Geschorst door Els Goossens op {today:%d/%m/%Y}: papieren ontbreken" in page
    office.decide(coordinator, "resume", access)
    access.refresh_from_db()
    assert (access.suspended_at, access.suspended_by, access.suspended_reason) == (None, None, "")
    assert "Toegang tot" in text_of(office.record(coordinator, fatima))
    verbs = list(AuditEvent.objects.order_by("id").values_list("verb", flat=True))
    assert [verb for verb in verbs if verb in {"suspend", "resume"}] == ["suspend", "resume"]


def test_record_offers_to_stop_in_one_word(coordinator, fatima, today):
    ends_in(fatima, today, 30)
    page = text_of(office.record(coordinator, fatima))
    assert "Stopzetten" in page
    assert "Zet stop" not in page


def test_end_stops_for_good_and_a_new_decision_starts_again(coordinator, fatima, today):
    access = ends_in(fatima, today, 100)
    office.decide(coordinator, "end", access, reason="moved")
    page = text_of(office.record(coordinator, fatima))
    assert "Toegang stopgezet: verhuisd" in page
    assert "Schors" not in page
    office.decide(coordinator, "resume", access)
    access.refresh_from_db()
    assert access.ended_reason == "moved"
    office.grant(
        coordinator,
        fatima,
        valid_from=f"{today:%d/%m/%Y}",
        valid_until=f"{days(today, 90):%d/%m/%Y}",
    )
    assert "Toegang tot" in text_of(office.record(coordinator, fatima))


@pytest.mark.parametrize("verb", ["suspend", "end"])
@pytest.mark.parametrize("reason", ["", "<script>", "onzin"])
def test_stopping_needs_one_of_the_reasons(coordinator, fatima, today, verb, reason):
    access = ends_in(fatima, today, 100)
    assert coordinator.get(reverse(f"people:{verb}", args=[access.pk])).status_code == 200
    response = office.decide(coordinator, verb, access, reason=reason)
    assert response.status_code == 422
    assert "Kies een van deze redenen." in text_of(response)
    access.refresh_from_db()
    assert (access.suspended_at, access.ended_at) == (None, None)


def test_decision_that_was_replaced_meanwhile_stays_as_it_was(coordinator, fatima, today):
    old = ends_in(fatima, today, 10)
    renew_access(old, today=today, request_id=uuid.uuid4(), by=coordinator.user)
    for verb, form in (("suspend", {"reason": "papers"}), ("end", {"reason": "moved"})):
        office.decide(coordinator, verb, old, **form)
    old.refresh_from_db()
    assert (old.suspended_at, old.ended_at) == (None, None)


def test_access_of_an_erased_household_does_not_exist(coordinator, fatima, today):
    access = ends_in(fatima, today, 10)
    coordinator.give_password()
    coordinator.post(
        reverse("people:erase", args=[fatima.pk]), {"number": "147", "reason": "asked"}
    )
    response = office.decide(coordinator, "renew", access, request_id=uuid.uuid4())
    assert response.status_code == 404


# --- what ends soon ---


def list_of(client: Any, **query: Any) -> str:
    return text_of(client.get(reverse("people:expiring"), query))


def test_list_holds_what_ends_within_the_days_of_the_stek(mika, stek, today):
    for name, count in (("Vandaag", 0), ("Dertig", 30), ("Later", 31), ("Gisteren", -1)):
        ends_in(factories.household(stek, "An", name), today, count)
    ends_in(factories.household(stek, "An", "Lang geleden"), today, -61)
    page = list_of(mika)
    soon, over = page.split("Verlopen in de voorbije 60 dagen")
    assert "An Vandaag" in soon
    assert "An Dertig" in soon
    assert "An Gisteren" in over
    assert "An Later" not in page
    assert "Lang geleden" not in page
    tiles = text_of(mika.get(reverse("people:search")))
    assert "2 verloopt binnenkort 1 pas verlopen" in tiles


def test_list_leaves_out_what_ended_was_renewed_or_erased(coordinator, stek, today):
    ended, renewed, erased = (factories.household(stek, "An", n) for n in ("Een", "Twee", "Drie"))
    office.decide(coordinator, "end", ends_in(ended, today, 5), reason="moved")
    office.decide(coordinator, "renew", ends_in(renewed, today, 5), request_id=uuid.uuid4())
    ends_in(erased, today, 5)
    coordinator.give_password()
    coordinator.post(
        reverse("people:erase", args=[erased.pk]), {"number": erased.number, "reason": "asked"}
    )
    assert "Niemand. Alle toegang loopt nog langer." in list_of(coordinator)


def test_list_shows_a_suspended_one_without_the_button(coordinator, fatima, today):
    office.decide(coordinator, "suspend", ends_in(fatima, today, 5), reason="papers")
    page = list_of(coordinator)
    assert "Toegang geschorst: papieren ontbreken" in page
    assert "Verleng tot" not in page


def test_list_is_grouped_by_referrer_and_can_be_limited_to_one(coordinator, stek, today):
    ocmw, caw = factories.referrer(stek), factories.referrer(stek, "CAW Antwerpen")
    ends_in(factories.household(stek, "An", "Claes"), today, 5, referrer=ocmw)
    ends_in(factories.household(stek, "Bo", "Baert"), today, 3, referrer=caw)
    ends_in(factories.household(stek, "Cis", "Aerts"), today, 1)
    page = list_of(coordinator)
    order = ["CAW Antwerpen (1)", "Bo Baert", "OCMW Kalmthout (1)", "An Claes", "Zonder toeleider"]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    limited = list_of(coordinator, toeleider=ocmw.pk)
    assert "An Claes" in limited
    assert "Bo Baert" not in limited
    assert "Cis Aerts" not in limited
    assert "Bo Baert" in list_of(coordinator, toeleider="99999999999999999999'")


def test_list_never_shows_another_stek(other_stek, fatima, today):
    ends_in(fatima, today, 5)
    assert "El Amrani" not in list_of(other_stek)


def test_renewing_on_the_list_comes_back_to_the_list(coordinator, stek, fatima, today):
    ocmw = factories.referrer(stek)
    access = ends_in(fatima, today, 5, referrer=ocmw)
    form = {"request_id": uuid.uuid4(), "back": "list", "referrer": ocmw.pk}
    response = office.decide(coordinator, "renew", access, **form)
    assert response["Location"] == f"{reverse('people:expiring')}?toeleider={ocmw.pk}"
    page = text_of(coordinator.get(response["Location"]))
    assert "De toegang is verlengd tot en met" in page
    assert "El Amrani" not in page


def test_who_only_looks_has_no_buttons(mika, fatima, today):
    ends_in(fatima, today, 5)
    assert "Verleng tot" not in list_of(mika)
    record = office.record(mika, fatima).content.decode()
    for verb in ("renew", "suspend", "end"):
        address = reverse(f"people:{verb}", args=[fatima.accesses.get().pk])
        assert address not in record


def test_list_costs_the_same_for_one_and_for_three(coordinator, stek, fatima, today):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            list_of(coordinator)
        return len(asked)

    ends_in(fatima, today, 5, referrer=factories.referrer(stek))
    first = cost()
    for number, place in enumerate(("CAW", "LIGO")):
        household = factories.household(stek, "An", place)
        ends_in(household, today, 5 - 10 * number, referrer=factories.referrer(stek, place))
    assert cost() == first


def test_reading_the_list_is_logged(mika, stek):
    list_of(mika)
    event = AuditEvent.objects.get(kind=AuditEvent.Kind.READ)
    assert (event.verb, event.actor_id, event.stek_id) == ("expiring", mika.user.pk, stek.pk)
