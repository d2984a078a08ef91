"""A question that is sent twice, or refused; of an earlier day, or by a partner."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from forms_help.models import FollowUp, Question, QuestionDraft
from tests import factories
from tests.cast import signed_in
from tests.forms_help import desk
from tests.forms_help.asking import KEY, re_checked, refused
from tests.visits import desk as counter_desk
from tests.visits.desk import text_of
from visits.models import QueueTurn

#: Forms that say where they belong.
PLACED = ("referrals:note", "forms_help:chat", "forms_help:draft")


@pytest.fixture
def caw(stek):
    """Somebody of CAW at the table."""
    partner = factories.partner(stek, "CAW")
    return signed_in(factories.membership(stek, Role.HELPER, partner=partner))


# --- the same form twice ---


def test_same_form_twice_is_one_question(helper, visit, rent, letter):
    fields = {"theme": rent, "help_types": letter, "request_id": KEY, "note": "Belt morgen."}
    first, second = (desk.note(helper, visit, **fields) for _press in range(2))
    assert first.url == second.url
    assert Question.objects.count() == 1
    assert AuditEvent.objects.filter(verb="note_question").count() == 1


@pytest.mark.parametrize("other", ["theme", "help_types", "note", "outcome", "minutes", "visit"])
def test_same_key_with_another_body_is_refused_and_keeps_what_was_typed(
    helper, stek, opening, visit, rent, energy, letter, other
):
    fields = {"theme": rent, "help_types": [letter], "minutes": 10, "note": "Belt morgen."}
    desk.note(helper, visit, **fields, request_id=KEY)
    changed = {
        "theme": energy,
        "help_types": [factories.help_type(stek, "gebeld")],
        "note": "Belt overmorgen.",
        "outcome": "referred",
        "minutes": 60,
    }
    place = opening if other == "visit" else visit
    again = fields | {name: value for name, value in changed.items() if name == other}
    response = desk.note(helper, place, **again, request_id=KEY)
    assert response.status_code == 422
    assert "Dit formulier was al eens gebruikt." in text_of(response)
    assert Question.objects.count() == 1
    form = response.context["form"]
    assert str(form["request_id"].value()) != KEY
    assert form["note"].value() == again["note"]
    retry = again | {"request_id": form["request_id"].value()}
    assert desk.note(helper, place, **retry).status_code == 302


def test_key_of_another_stek_says_nothing_of_what_it_made(other_stek, essen, visit, rent):
    factories.question(visit, rent, request_id=KEY)
    theme = factories.theme(essen, "wonen en huur")
    response = desk.note(other_stek, factories.opening(essen), theme=theme, request_id=KEY)
    assert response.status_code == 422
    assert Question.objects.count() == 1


# --- refusing ---


def test_question_for_a_voided_visit_writes_nothing(helper, counter, visit, rent, letter):
    counter_desk.press(counter, "void", visit, reason="mistake")
    before = AuditEvent.objects.filter(kind="change").count()
    words = "Dit bezoek is intussen geschrapt aan de balie. Er is niets bewaard."
    refused(desk.note(helper, visit, theme=rent, help_types=letter), words, changes=before)
    refused(desk.chat(helper, visit), words, changes=before)
    assert not QueueTurn.objects.exists()
    page = text_of(desk.person(helper, visit))
    assert "Dit bezoek is geschrapt aan de balie." in page
    assert "Bewaar" not in page


def test_like_last_for_a_voided_visit_writes_nothing(helper, counter, last_week, visit, rent):
    factories.question(last_week, rent, by=helper.user)
    counter_desk.press(counter, "void", visit, reason="mistake")
    response = desk.like_last(helper, visit)
    assert response.status_code == 422
    assert "Er is niets bewaard." in text_of(response)
    assert Question.objects.count() == 1


def test_retired_theme_from_an_old_form_is_refused_and_the_rest_kept(
    helper, stek, visit, letter, payslip
):
    old = factories.theme(stek, "oud thema", retired=True)
    fields = {"help_types": letter, "outcome": "come_back", "documents": [payslip]}
    response = desk.note(helper, visit, theme=old, **fields, note="Belt morgen.", minutes=60)
    refused(response, "Dit thema wordt niet meer gebruikt. Kies een ander.")
    page = response.content.decode()
    assert re_checked(page, "help_types") == [str(letter.pk)]
    assert re_checked(page, "outcome") == ["come_back"]
    assert re_checked(page, "documents") == [str(payslip.pk)]
    assert re_checked(page, "minutes") == ["60"]
    assert response.context["form"]["note"].value() == "Belt morgen."
    assert "oud thema" not in page


def test_retired_kind_of_help_is_refused(helper, stek, visit, rent):
    old = factories.help_type(stek, "oud", retired=True)
    words = "Deze keuze is niet meer in gebruik. Kies een andere."
    refused(desk.note(helper, visit, theme=rent, help_types=old), words)


def test_list_of_another_stek_is_refused(helper, essen, other_stek, visit, rent, letter):
    good = {"theme": rent, "help_types": letter, "outcome": "come_back"}
    for field, value in (
        ("theme", factories.theme(essen)),
        ("help_types", factories.help_type(essen)),
        ("documents", factories.document(essen)),
        ("for_whom", f"user-{other_stek.user.pk}"),
    ):
        response = desk.note(helper, visit, **good | {field: value})
        assert response.status_code == 422, field
        assert field in response.context["form"].errors
    assert not Question.objects.exists()


def test_colleague_whose_role_ended_is_refused(helper, stek, visit, rent, letter, today):
    gone = factories.membership(stek, Role.HELPER, last_day=today - dt.timedelta(days=1))
    fields = {"theme": rent, "help_types": letter, "outcome": "follow_up"}
    response = desk.note(helper, visit, **fields, for_whom=f"user-{gone.user_id}")
    assert response.status_code == 422
    assert not FollowUp.objects.exists()


def test_nothing_chosen_says_what_is_missing(helper, visit):
    response = desk.note(helper, visit, outcome=None)
    for words in ("Kies waarover het ging.", "Kies wat je deed.", "Kies hoe het afliep."):
        refused(response, words)


def test_place_of_another_stek_is_not_found(other_stek, opening, visit, rent, letter):
    fields = {"theme": rent, "help_types": letter}
    assert desk.note(other_stek, visit, **fields).status_code == 404
    assert desk.note(other_stek, opening, **fields).status_code == 404
    assert desk.chat(other_stek, visit).status_code == 404
    assert desk.keep_draft(other_stek, visit, theme=rent).status_code == 404
    assert not QuestionDraft.objects.exists()
    assert not Question.objects.exists()


def test_own_opening_with_the_visit_of_another_stek_is_not_found(other_stek, essen, visit, rent):
    own = factories.opening(essen)
    for view in PLACED:
        form = {"opening": own.pk, "visit": visit.pk, "request_id": uuid.uuid4()}
        assert other_stek.post(reverse(view), form).status_code == 404


@pytest.mark.parametrize("none", ["", "x", "-1", "0", "1e3", "9" * 18, "9" * 40, KEY])
def test_place_that_is_none_is_not_found(helper, opening, visit, none):
    for view in (*PLACED, "forms_help:take_next"):
        form = {"opening": none, "request_id": KEY}
        assert helper.post(reverse(view), form).status_code == 404
        if none:
            form = {"opening": opening.pk, "visit": none, "request_id": KEY}
            assert helper.post(reverse(view), form).status_code == 404
    assert not Question.objects.exists()


# --- which day ---


@pytest.mark.parametrize("who", ["volunteer", "helper", "mika", "coordinator"])
def test_question_of_an_earlier_day_is_for_who_keeps_the_record(
    request, who, last_week, rent, letter
):
    client = request.getfixturevalue(who)
    may = who in {"mika", "coordinator"}
    assert desk.person(client, last_week).status_code == (200 if may else 404)
    noted = desk.note(client, last_week, theme=rent, help_types=letter, note="Belt nog.")
    assert noted.status_code == (302 if may else 422)
    assert Question.objects.count() == may
    if not may:
        # A form that was left open overnight: why nothing was kept, what to do, what was typed.
        assert "die kan elke dag nog aanvullen. Dit had je getypt: Belt nog." in text_of(noted)
        assert b'id="card"' in noted.content
        assert "Deze dag is voorbij" in text_of(desk.person(client, last_week))
    address = reverse("forms_help:questions", args=[last_week.opening_id])
    assert client.get(address).status_code == (200 if may else 404)


def test_question_of_an_earlier_day_keeps_that_day(mika, last_week, rent, letter, today):
    desk.note(mika, last_week, theme=rent, help_types=letter, note="Belt morgen.")
    question = Question.objects.get()
    assert question.opening == last_week.opening
    assert question.note_until == today - dt.timedelta(days=7) + dt.timedelta(days=90)
    assert "aan. Terug naar vandaag" in text_of(desk.person(mika, last_week))


def test_own_question_of_an_earlier_day_is_not_there_for_a_helper(helper, last_week, rent):
    question = factories.question(last_week, rent, by=helper.user)
    assert desk.question(helper, question).status_code == 404
    assert desk.void(helper, question).status_code == 422
    question.refresh_from_db()
    assert not question.is_voided


def test_table_before_the_day_is_opened_leads_to_the_counter(helper, last_week, opening):
    opening.delete()
    assert "De dag is nog niet geopend." in text_of(desk.show(helper))


# --- a partner's helper ---


def test_partner_stores_theme_and_outcome_only(caw, visit, rent, letter):
    fields = {"theme": rent, "help_types": letter, "minutes": 30, "note": "Iets over haar."}
    assert desk.note(caw, visit, **fields, outcome="referred").status_code == 302
    question = Question.objects.get()
    assert (question.theme, question.outcome) == (rent, "referred")
    assert (question.minutes, question.note, question.note_until) == (None, "", None)
    assert not question.help_types.exists()
    assert (question.helper_role, question.organisation.name) == (Role.HELPER, "CAW")


def test_partner_leaves_no_text_in_a_follow_up_either(caw, visit, rent, payslip):
    fields = {"theme": rent, "outcome": "come_back", "documents": [payslip]}
    desk.note(caw, visit, **fields, what="Iets over haar.")
    follow_up = FollowUp.objects.get()
    assert (follow_up.what, list(follow_up.documents.all())) == ("", [payslip])


def test_partner_is_asked_for_nothing_else(caw, visit, rent, letter):
    page = desk.person(caw, visit).content.decode()
    for name in ("help_types", "minutes", "note", "what"):
        assert f'name="{name}"' not in page
    assert "Je helpt voor een partner: hier bewaren we alleen het thema" in page


def test_partner_like_last_stores_theme_and_outcome_only(caw, last_week, visit, rent, letter):
    partner = caw.membership.partner
    factories.question(last_week, rent, by=caw.user, help_types=[letter], organisation=partner)
    assert desk.like_last(caw, visit).status_code == 302
    question = Question.objects.get(visit=visit)
    assert not question.help_types.exists()
    assert question.organisation == partner


def test_partner_sends_the_same_form_twice_and_makes_one(caw, visit, rent, letter):
    fields = {"theme": rent, "help_types": letter, "note": "x", "minutes": 10, "request_id": KEY}
    for _press in range(2):
        assert desk.note(caw, visit, **fields).status_code == 302
    assert Question.objects.count() == 1
