"""Checking in, and what a person can do about it: reasons, undo, voiding, anyway."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from people.models import BudgetRule, Household
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
    fatima.erased_at, fatima.erased_by = timezone.now(), counter.user
    fatima.save()
    assert desk.check_in(counter, opening, fatima).status_code == 404


# --- undo and void ---


def test_undo_strikes_the_visit_out_and_it_no_longer_counts(counter, opening, fatima):
    visit = factories.visit(opening, fatima, by=counter.user)
    response = desk.press(counter, "undo", visit)
    visit.refresh_from_db()
    assert response.url == reverse("visits:visit", args=[visit.pk])
    assert (visit.void_reason, visit.voided_by) == ("undone", counter.user)
    listed = desk.list_of(counter, opening)
    assert listed.startswith("0 bezoeken 0 personen")
    assert "Fatima E. geschrapt: ongedaan gemaakt" in listed


def test_undo_frees_the_household_for_a_new_check_in(counter, opening, fatima):
    desk.press(counter, "undo", factories.visit(opening, fatima, by=counter.user))
    assert desk.check_in(counter, opening, fatima).status_code == 302
    assert Visit.objects.counted().count() == 1


@pytest.mark.parametrize(
    ("reason", "word"),
    [
        ("mistake", "vergissing"),
        ("wrong", "verkeerde persoon"),
        ("double", "dubbel"),
        ("left", "toch niet gebleven"),
    ],
)
def test_void_shows_its_reason_in_the_list_and_frees_the_household(
    counter, opening, fatima, reason, word
):
    visit = factories.visit(opening, fatima)
    assert desk.press(counter, "void", visit, reason=reason).status_code == 302
    assert f"geschrapt: {word}" in desk.list_of(counter, opening)
    assert "Meld opnieuw aan" in desk.card_of(counter, visit)
    assert desk.enter(counter, opening, fatima.number).status_code == 302


def test_void_again_keeps_the_first_reason_and_logs_once(counter, volunteer, opening, fatima):
    visit = factories.visit(opening, fatima)
    desk.press(counter, "void", visit, reason="double")
    desk.press(volunteer, "void", visit, reason="left")
    visit.refresh_from_db()
    assert (visit.void_reason, visit.voided_by) == ("double", counter.user)
    assert AuditEvent.objects.filter(verb="void").count() == 1


@pytest.mark.parametrize("reason", ["", "x", "geschrapt"])
def test_void_without_a_reason_is_refused(counter, opening, fatima, reason):
    visit = factories.visit(opening, fatima)
    response = desk.press(counter, "void", visit, reason=reason)
    assert response.status_code == 422
    assert "Kies waarom je dit bezoek schrapt." in desk.text_of(response)
    visit.refresh_from_db()
    assert not visit.is_voided


# --- reasons of a visit and the line for questions ---


def test_purpose_is_switched_on_and_off(counter, opening, fatima):
    visit = factories.visit(opening, fatima)
    desk.press(counter, "set_purpose", visit, set="coffee-1")
    visit.refresh_from_db()
    assert visit.purposes == ["grocery", "coffee"]
    desk.press(counter, "set_purpose", visit, set="grocery-0")
    visit.refresh_from_db()
    assert visit.purposes == ["coffee"]


def test_purpose_set_twice_logs_once(counter, opening, fatima):
    visit = factories.visit(opening, fatima)
    for _press in range(2):
        assert desk.press(counter, "set_purpose", visit, set="coffee-1").status_code == 302
    assert AuditEvent.objects.filter(verb="purpose").count() == 1


def test_question_gets_the_next_number_in_the_line_and_shows_it(counter, opening, fatima, jozef):
    first, second = factories.visit(opening, fatima), factories.visit(opening, jozef)
    desk.press(counter, "set_purpose", first, set="question-1")
    desk.press(counter, "set_purpose", second, set="question-1")
    assert "volgnummer 1" in desk.card_of(counter, first)
    assert "volgnummer 2" in desk.card_of(counter, second)
    assert "vraag 2" in desk.list_of(counter, opening)


def test_queue_number_stays_with_the_visitor_and_is_never_given_again(
    counter, opening, fatima, jozef
):
    first = factories.visit(opening, fatima, by=counter.user)
    second = factories.visit(opening, jozef)
    for switch in ("question-1", "question-0", "question-1"):
        desk.press(counter, "set_purpose", first, set=switch)
    desk.press(counter, "undo", first)
    desk.press(counter, "set_purpose", second, set="question-1")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.queue_number, second.queue_number) == (1, 2)


def test_queue_numbers_start_again_at_each_opening(counter, opening, fatima, today):
    earlier = factories.opening(opening.stek, today - dt.timedelta(days=7), closed=True)
    factories.visit(earlier, fatima, purposes=["question"])
    desk.press(counter, "set_purpose", factories.visit(opening, fatima), set="question-1")
    assert Visit.objects.get(opening=opening).queue_number == 1


@pytest.mark.parametrize("tampered", ["", "x-1", "coffee", "coffee-2", "coffee-1-1", "voided_at-1"])
def test_purpose_that_does_not_exist_is_refused(counter, opening, fatima, tampered):
    visit = factories.visit(opening, fatima)
    response = desk.press(counter, "set_purpose", visit, set=tampered)
    assert response.status_code == 422
    assert "Die reden bestaat niet" in desk.text_of(response)


def test_purpose_of_a_voided_visit_stays(counter, opening, fatima):
    visit = factories.visit(opening, fatima, by=counter.user)
    desk.press(counter, "undo", visit)
    assert desk.press(counter, "set_purpose", visit, set="question-1").status_code == 422
    visit.refresh_from_db()
    assert visit.purposes == ["grocery"]


def test_card_offers_only_the_reasons_of_the_stek(counter, opening, stek, fatima):
    stek.purposes = ["grocery", "coffee"]
    stek.save()
    card = desk.card_of(counter, factories.visit(opening, fatima))
    assert "Winkel Koffie" in card
    assert "Vraag" not in card


# --- without a name ---


def test_anonymous_visit_counts_people_and_nothing_else(counter, opening):
    response = desk.anonymous(counter, opening, adults=2, children=3, first_this_year="on")
    visit = Visit.objects.get()
    assert response.url == reverse("visits:visit", args=[visit.pk])
    assert (visit.household, visit.adults, visit.children) == (None, 2, 3)
    assert visit.first_this_year
    assert visit.purposes == ["coffee"]
    assert "5 personen zonder naam" in desk.card_of(counter, visit)


def test_anonymous_visits_do_not_stand_in_each_others_way(counter, opening):
    for _visitor in range(3):
        assert desk.anonymous(counter, opening).status_code == 302
    assert "3 bezoeken" in desk.list_of(counter, opening)


@pytest.mark.parametrize(
    ("adults", "children"), [(0, 1), (30, 30), (1, ""), (1, None), ("1", "0"), (" 2 ", "00")]
)
def test_anonymous_accepts_a_sensible_size(counter, opening, adults, children):
    assert desk.anonymous(counter, opening, adults=adults, children=children).status_code == 302


@pytest.mark.parametrize(
    ("adults", "children", "words"),
    [
        (0, 0, "Tel minstens 1 persoon."),
        (-1, 3, "minstens 0 is"),
        (31, 0, "hoogstens 30 is"),
        (1, 31, "hoogstens 30 is"),
        ("x", 0, "geheel getal"),
        ("1,5", 0, "geheel getal"),
        ("", 0, "verplicht"),
        (None, 0, "verplicht"),
        ("9" * 5000, 0, "geheel getal"),
    ],
)
def test_anonymous_refuses_another_size_with_words_at_the_field(
    counter, opening, adults, children, words
):
    response = desk.anonymous(counter, opening, adults=adults, children=children)
    assert response.status_code == 422
    assert words in desk.text_of(response)
    assert not Visit.objects.exists()


def test_anonymous_keeps_the_other_fields_when_one_is_refused(counter, opening):
    page = desk.anonymous(counter, opening, adults=0, children=0, first_this_year="on")
    assert 'name="first_this_year" checked' in page.content.decode()


# --- somebody's first time ---


def test_new_household_is_entered_and_checked_in_with_a_name_and_a_size(counter, opening, stek):
    response = desk.newcomer(counter, opening)
    household, visit = Household.objects.get(), Visit.objects.get()
    assert response.url == reverse("visits:visit", args=[visit.pk])
    assert (household.full_name, household.number) == ("Amina Yilmaz", 1)
    assert (household.adults, household.children) == (2, 1)
    assert (household.stek, household.created_by) == (stek, counter.user)
    assert (visit.household, visit.refusal, visit.override_reason) == (household, "none", "new")
    assert "Amina Yilmaz" in desk.text_of(desk.search(counter, opening, "yilmaz")).replace(
        "Yilmaz ", "Yilmaz"
    )


def test_new_household_form_starts_with_what_was_typed(counter, opening):
    page = counter.post(reverse("visits:new_household"), {"opening": opening.pk, "q": "Yilmaz"})
    assert page.status_code == 200
    assert 'value="Yilmaz"' in page.content.decode()
    assert not Household.objects.exists()


def test_new_household_that_looks_like_another_is_shown_it_first(counter, opening, stek):
    factories.household(stek, "Amina", "Yilmaz", number=12)
    response = desk.newcomer(counter, opening, last_name="Yılmaz")
    said = desk.text_of(response, "card")
    assert response.status_code == 422
    assert "Is het iemand van hen?" in said
    assert "12 Amina Yilmaz" in said
    assert Household.objects.count() == 1


def test_new_household_is_entered_when_somebody_says_it_is_no_double(counter, opening, stek):
    factories.household(stek, "Amina", "Yilmaz")
    assert desk.newcomer(counter, opening, confirmed="1").status_code == 302
    assert Household.objects.count() == 2


def test_new_household_never_shows_a_likeness_of_another_stek(counter, opening, essen):
    factories.household(essen, "Amina", "Yilmaz")
    assert desk.newcomer(counter, opening).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"first_name": "", "last_name": " "}, "Vul een voornaam of een familienaam in."),
        ({"last_name": "85.07.30-033.61"}, "lijkt op een rijksregisternummer"),
        ({"first_name": "=1+1"}, "Begin niet met het teken"),
        ({"first_name": "<b>An</b>"}, "Laat de tekens < en > weg."),
        ({"first_name": "x" * 81}, "80"),
        ({"adults": "0", "children": "0"}, "Tel minstens 1 persoon."),
    ],
)
def test_new_household_is_refused_with_words_and_keeps_the_rest(counter, opening, wrong, words):
    response = desk.newcomer(counter, opening, **wrong)
    assert response.status_code == 422
    assert words in desk.text_of(response)
    kept = "Amina" if "first_name" not in wrong else "Yilmaz"
    if "last_name" not in wrong or "first_name" not in wrong:
        assert f'value="{kept}"' in response.content.decode()
    assert not Household.objects.exists()
    assert not Visit.objects.exists()


# --- budget ---


STEPS_OF_THREE = [(1, 11), (3, 22), (5, 38)]
MONTHLY = [(1, 10), (2, 15), (3, 20), (4, 25)]
RULES = {
    "18 for one, 42 for a family, a week": (
        {"steps": [(1, 18), (2, 42)], "period": "week"},
        {(1, 0): "deze week € 18,00", (1, 1): "deze week € 42,00", (2, 4): "deze week € 42,00"},
    ),
    "11, 22, 38 by size, a visit": (
        {"steps": STEPS_OF_THREE, "period": "visit"},
        {(2, 0): "dit bezoek € 11,00", (1, 2): "dit bezoek € 22,00", (2, 3): "dit bezoek € 38,00"},
    ),
    "10, 15, 20, 25 a month": (
        {"steps": MONTHLY, "period": "month"},
        {(1, 0): "€ 10,00", (2, 0): "€ 15,00", (1, 2): "€ 20,00", (3, 3): "deze maand € 25,00"},
    ),
    "10 per adult, 5 per child, a week": (
        {"steps": [], "per_adult": Decimal(10), "per_child": Decimal(5), "period": "week"},
        {(1, 0): "deze week € 10,00", (2, 3): "deze week € 35,00"},
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_card_shows_the_budget_of_every_rule_seen_in_the_field(counter, opening, stek, name):
    rule, expected = RULES[name]
    factories.budget_rule(stek, **rule)
    for (adults, children), words in expected.items():
        household = factories.household(stek, adults=adults, children=children)
        factories.access(household)
        desk.check_in(counter, opening, household)
        assert words in desk.card_of(counter, Visit.objects.get(household=household))


def test_card_shows_the_budget_step_that_the_referrer_decided_on(counter, opening, stek, fatima):
    rule = factories.budget_rule(stek, steps=STEPS_OF_THREE)
    factories.access(fatima, budget_step=rule.steps.get(from_persons=5))
    desk.check_in(counter, opening, fatima)
    assert "€ 38,00" in desk.card_of(counter, Visit.objects.get())


def test_card_shows_no_budget_without_a_rule_or_without_shopping(counter, opening, stek, fatima):
    visit = factories.visit(opening, fatima)
    assert "€" not in desk.card_of(counter, visit)
    rule = factories.budget_rule(stek)
    assert "€ 42,00" in desk.card_of(counter, visit)
    desk.press(counter, "set_purpose", visit, set="grocery-0")
    assert "€" not in desk.card_of(counter, visit)
    desk.press(counter, "set_purpose", visit, set="grocery-1")
    BudgetRule.objects.filter(pk=rule.pk).update(active=False)
    assert "€" not in desk.card_of(counter, visit)


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
