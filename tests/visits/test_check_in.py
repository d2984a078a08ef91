"""Checking somebody in: once, with access, or by a decision."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from people.models import Household
from tests import factories
from tests.visits import desk
from visits.models import Visit


@pytest.fixture
def refused(stek, today):
    """Makes a household that the shop has a question about, and says which words to expect."""

    def make(state: str) -> Household:
        household = factories.household(stek, "Karim", "Haddad")
        day, by = dt.timedelta(days=1), household.created_by
        dates = {"valid_from": today - 200 * day, "valid_until": today + 20 * day}
        now = timezone.now()
        details = {
            "none": None,
            "not_yet": dates | {"valid_from": today + day},
            "expired": dates | {"valid_until": today - day},
            "suspended": dates
            | {"suspended_at": now, "suspended_by": by, "suspended_reason": "papers"},
            "ended": dates | {"ended_at": now, "ended_by": by, "ended_reason": "moved"},
        }[state]
        if details is not None:
            factories.access(household, **details)
        return household

    return make


WORDS = {
    "none": "heeft nog geen toegang tot de winkel",
    "not_yet": "heeft nog geen toegang: die begint later",
    "expired": "heeft geen toegang meer: die is verlopen",
    "suspended": "heeft even geen toegang: die is geschorst",
    "ended": "heeft geen toegang meer: die is stopgezet",
}


#: The buttons that the counter offers, as (what the form sends, the word on it).
FOR_ACCESS = [
    ("renewal_asked", "Verlenging is aangevraagd"),
    ("coordinator", "De coördinator weet ervan"),
    ("once", "Eenmalig, dringend"),
    ("other", "Andere reden"),
]


OFFERED = {
    "none": [
        ("new", "Nieuw, toegang volgt"),
        ("coordinator", "De coördinator weet ervan"),
        ("once", "Eenmalig, dringend"),
        ("other", "Andere reden"),
    ],
    "not_yet": FOR_ACCESS,
    "expired": FOR_ACCESS,
    "suspended": FOR_ACCESS,
    "ended": FOR_ACCESS,
}


# --- in ---


def test_check_in_enters_one_visit_with_its_audit_row(counter, opening, fatima):
    before = timezone.now()
    response = desk.check_in(counter, opening, fatima)
    visit = Visit.objects.get()
    assert response.url == reverse("visits:visit", args=[visit.pk])
    assert visit.purposes == ["grocery"]
    assert visit.created_by == counter.user
    assert before <= visit.arrived_at <= timezone.now()
    event = AuditEvent.objects.get(kind="change")
    assert (event.verb, event.subject_id, event.actor_id) == ("check_in", visit.pk, counter.user.pk)
    assert (event.stek_id, event.fields) == (opening.stek_id, [])


def test_check_in_keeps_the_size_of_that_day(counter, opening, fatima):
    desk.check_in(counter, opening, fatima)
    fatima.children = 5
    fatima.save()
    assert "1 volwassene, 2 kinderen" in desk.card_of(counter, Visit.objects.get())


def test_check_in_takes_the_usual_reasons_of_the_stek(counter, opening, stek, fatima):
    stek.default_purposes = ["grocery", "coffee"]
    stek.save()
    desk.check_in(counter, opening, fatima)
    assert Visit.objects.get().purposes == ["grocery", "coffee"]


@pytest.mark.parametrize("days_left", [0, 1, 12])
def test_check_in_asks_nothing_while_access_still_runs_and_says_it_ends(
    counter, opening, stek, today, days_left
):
    household = factories.household(stek)
    factories.access(household, valid_until=today + dt.timedelta(days=days_left))
    assert desk.check_in(counter, opening, household).status_code == 302
    words = {0: "Verloopt vandaag", 1: "Verloopt morgen", 12: "Verloopt over 12 dagen"}
    card = desk.card_of(counter, Visit.objects.get())
    assert words[days_left] in card
    assert "vraag op tijd een verlenging" in card


# --- here already ---


def test_check_in_twice_asks_first_and_says_who_and_when(counter, volunteer, opening, fatima):
    factories.visit(opening, fatima, by=volunteer.user)
    response = desk.check_in(counter, opening, fatima)
    said = desk.text_of(response, "card")
    assert response.status_code == 422
    assert "Fatima El Amrani is vandaag al aangemeld" in said
    assert "aangemeld om 13u30 door Jos Wouters" in said
    assert "Komt vandaag terug" in said
    assert "Alleen koffie" not in said
    assert Visit.objects.count() == 1


@pytest.mark.parametrize("reason", ["came_back", "other"])
def test_check_in_anyway_enters_a_second_visit_with_its_reason(counter, opening, fatima, reason):
    factories.visit(opening, fatima)
    assert desk.check_in(counter, opening, fatima, reason=reason).status_code == 302
    second = Visit.objects.order_by("-pk")[0]
    assert (second.refusal, second.override_reason, second.repeated) == (
        "here_already",
        reason,
        True,
    )
    assert "Toch aangemeld: is vandaag al aangemeld" in desk.card_of(counter, second)
    assert "2 bezoeken" in desk.list_of(counter, opening)


# --- access that asks for a decision ---


@pytest.mark.parametrize("state", WORDS)
def test_check_in_without_access_asks_in_words_and_writes_nothing(counter, opening, refused, state):
    response = desk.check_in(counter, opening, refused(state))
    said = desk.text_of(response, "card")
    assert response.status_code == 422
    assert f"Karim Haddad {WORDS[state]}" in said
    assert all(label in said for _value, label in OFFERED[state])
    assert not Visit.objects.exists()
    assert not AuditEvent.objects.filter(kind="change").exists()


def test_check_in_says_why_access_is_suspended(counter, opening, refused):
    said = desk.text_of(desk.check_in(counter, opening, refused("suspended")), "card")
    assert "Toegang geschorst: papieren ontbreken" in said


@pytest.mark.parametrize(
    ("state", "reason"), [(s, reason) for s, offered in OFFERED.items() for reason, _ in offered]
)
def test_check_in_anyway_keeps_what_was_refused_and_why_not(
    counter, opening, refused, state, reason
):
    response = desk.check_in(counter, opening, refused(state), reason=reason)
    visit = Visit.objects.get()
    assert response.status_code == 302
    assert (visit.refusal, visit.override_reason, visit.repeated) == (state, reason, False)
    assert "Toch aangemeld" in desk.card_of(counter, visit)


@pytest.mark.parametrize("state", WORDS)
def test_check_in_for_coffee_only_needs_no_access_and_no_reason(counter, opening, refused, state):
    assert desk.check_in(counter, opening, refused(state), only="coffee").status_code == 302
    visit = Visit.objects.get()
    assert visit.purposes == ["coffee"]
    assert (visit.refusal, visit.override_reason) == ("", "")


def test_check_in_with_a_reason_that_is_no_longer_needed_enters_it_without(
    counter, opening, fatima
):
    assert desk.check_in(counter, opening, fatima, reason="once").status_code == 302
    visit = Visit.objects.get()
    assert (visit.refusal, visit.override_reason) == ("", "")


def test_check_in_with_an_invented_reason_is_refused(counter, opening, refused):
    response = desk.check_in(counter, opening, refused("expired"), reason="because")
    assert response.status_code == 422
    assert not Visit.objects.exists()


def test_check_in_of_an_erased_household_is_not_found(counter, opening, fatima):
    fatima.first_name = fatima.last_name = ""
    fatima.erased_at, fatima.eraser = timezone.now(), counter.user
    fatima.save()
    assert desk.check_in(counter, opening, fatima).status_code == 404


# --- keys ---


def _sendings(opening, household) -> dict:
    """Each form that makes something, as (how to send it, another body)."""
    return {
        "enter": (desk.enter, {"text": household.number}, {"text": household.number + 1}),
        "check_in": (desk.check_in, {"household": household}, {"household": None}),
        "anonymous": (desk.anonymous, {"adults": 2}, {"adults": 3}),
        "anonymous, first time": (desk.anonymous, {"adults": 2}, {"first_this_year": "on"}),
        "new": (desk.newcomer, {"adults": 2}, {"adults": 3, "confirmed": "1"}),
        "new, named": (desk.newcomer, {}, {"last_name": "Kaya", "confirmed": "1"}),
    }


SENDINGS = ["enter", "check_in", "anonymous", "anonymous, first time", "new", "new, named"]


@pytest.mark.parametrize("form", SENDINGS)
def test_form_sent_twenty_times_enters_one_visit_and_answers_the_same(
    counter, opening, fatima, form
):
    send, body, _other = _sendings(opening, fatima)[form]
    key = uuid.uuid4()
    answers = {
        (response.status_code, response.url)
        for response in (send(counter, opening, request_id=key, **body) for _ in range(20))
    }
    visit = Visit.objects.get()
    assert answers == {(302, reverse("visits:visit", args=[visit.pk]))}
    assert AuditEvent.objects.filter(kind="change", verb="check_in").count() == 1


@pytest.mark.parametrize("form", SENDINGS)
def test_form_key_with_another_body_is_refused_and_writes_nothing(
    counter, opening, fatima, jozef, form
):
    send, body, other = _sendings(opening, fatima)[form]
    if "household" in other:
        other = {"household": jozef}
    key = uuid.uuid4()
    send(counter, opening, request_id=key, **body)
    households, events = Household.objects.count(), AuditEvent.objects.count()
    response = send(counter, opening, request_id=key, **(body | other))
    assert response.status_code == 422
    assert "al eens gebruikt" in desk.text_of(response)
    assert Visit.objects.count() == 1
    assert (Household.objects.count(), AuditEvent.objects.count()) == (households, events)


def test_form_key_after_a_decision_enters_one_visit(counter, opening, refused):
    household, key = refused("expired"), uuid.uuid4()
    for _sending in range(3):
        desk.check_in(counter, opening, household, reason="once", request_id=key)
    visit = Visit.objects.get()
    assert (visit.refusal, visit.override_reason) == ("expired", "once")


@pytest.mark.parametrize("key", ["", "x", "0" * 31, None])
def test_form_without_a_good_key_is_refused(counter, opening, fatima, key):
    more = {"request_id": key if key is not None else ""}
    assert desk.check_in(counter, opening, fatima, **more).status_code == 422
    assert desk.anonymous(counter, opening, **more).status_code == 422
    assert desk.newcomer(counter, opening, **more).status_code == 422
    assert not Visit.objects.exists()


def test_voiding_the_first_of_two_visits_leaves_one_that_is_asked_about(counter, opening, stek):
    fatima = factories.household(stek)
    factories.access(fatima)
    first = factories.visit(opening, fatima)
    again = factories.visit(
        opening, fatima, repeated=True, refusal="here_already", override_reason="came_back"
    )
    counter.post(reverse("visits:void", args=[first.pk]), {"reason": "mistake"})
    again.refresh_from_db()
    assert not again.repeated
    form = {"household": fatima.pk, "opening": opening.pk, "request_id": uuid.uuid4()}
    assert counter.post(reverse("visits:check_in"), form).status_code == 422
    assert Visit.objects.counted().get() == again


def test_newcomer_gets_a_free_number_when_the_last_one_is_given(counter, opening, stek):
    factories.household(stek, number=999_999)
    form = {
        "opening": opening.pk,
        "request_id": uuid.uuid4(),
        "first_name": "Olena",
        "adults": 1,
        "children": 0,
    }
    assert counter.post(reverse("visits:new_household"), form).status_code == 302
    assert stek.households.get(first_name="Olena").number == 1


def test_undo_of_a_colleagues_visit_asks_for_a_reason(counter, volunteer, opening, fatima):
    visit = factories.visit(opening, fatima, by=volunteer.user)
    response = desk.press(counter, "undo", visit)
    assert response.status_code == 422
    assert "Schrap het met een reden." in desk.text_of(response)
    assert not Visit.objects.get().is_voided
    assert 'id="undo"' not in response.content.decode()


def test_shop_is_asked_about_when_it_is_added_to_a_coffee(counter, opening, stek, today):
    expired = factories.household(stek, "Johan", "Moons")
    yesterday = today - dt.timedelta(days=1)
    factories.access(expired, valid_until=yesterday)
    visit = factories.visit(opening, expired, purposes=["coffee"])
    asked = desk.press(counter, "set_purpose", visit, set="grocery-1")
    assert asked.status_code == 422
    assert "die is verlopen" in desk.text_of(asked)
    visit.refresh_from_db()
    assert visit.purposes == ["coffee"]
    desk.press(counter, "set_purpose", visit, set="grocery-1", reason="once")
    visit.refresh_from_db()
    assert visit.purposes == ["grocery", "coffee"]
    assert (visit.refusal, visit.override_reason) == ("expired", "once")


def test_newcomer_has_an_hour_of_arrival(counter, opening):
    form = {"first_name": "Olena", "adults": 1, "children": 0, "request_id": uuid.uuid4()}
    counter.post(reverse("visits:new_household"), {"opening": opening.pk, **form})
    assert Visit.objects.get().arrived_at is not None


def test_newcomer_form_takes_over_the_name_that_was_typed(counter, opening):
    form = {"opening": opening.pk, "q": "Olena Van den Berg"}
    page = counter.post(reverse("visits:new_household"), form).content.decode()
    assert 'value="Olena"' in page
    assert 'value="Van den Berg"' in page


def test_national_number_in_the_field_is_refused_and_not_repeated(counter, opening):
    response = desk.enter(counter, opening, "85.07.30-033.28")
    assert response.status_code == 422
    assert "rijksregisternummer" in desk.text_of(response)
    assert "85.07.30" not in response.content.decode()


def test_list_says_that_a_colleague_closed_the_day(counter, opening):
    counter.post(reverse("visits:close_day", args=[opening.pk]))
    assert "De dag is gesloten om" in desk.list_of(counter, opening)


def test_visit_of_a_colleague_opened_from_the_list_is_logged_as_read(
    counter, volunteer, opening, fatima
):
    visit = factories.visit(opening, fatima, by=volunteer.user)
    counter.get(reverse("visits:visit", args=[visit.pk]))
    logged = AuditEvent.objects.get(kind="read")
    assert (logged.subject_type, logged.subject_id) == ("household", fatima.pk)
