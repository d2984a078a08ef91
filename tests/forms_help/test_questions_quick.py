"""A chat, somebody without a name, and the same as the last time."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from forms_help.models import FollowUp, Question
from tests import factories
from tests.forms_help import desk
from tests.forms_help.asking import KEY, open_on, re_checked, refused, struck
from tests.visits.desk import text_of
from visits.models import QueueTurn

# --- a chat, and nobody by name ---


def test_chat_is_one_tap_and_a_full_question(helper, visit):
    response = desk.chat(helper, visit)
    question = Question.objects.get()
    assert response.url == reverse("forms_help:question", args=[question.pk])
    assert (question.is_chat, question.theme, question.outcome) == (True, None, "handled")
    assert question.visit == visit
    assert QueueTurn.objects.get().end == "helped"
    assert "Een babbel telt mee als een volle hulpvraag." in text_of(helper.get(response.url))


def test_chat_without_a_visit_is_of_the_opening(helper, opening):
    assert desk.chat(helper, opening).status_code == 302
    question = Question.objects.get()
    assert (question.opening, question.visit, question.is_chat) == (opening, None, True)


def test_chat_twice_under_one_key_is_one(helper, opening, visit):
    for _tap in range(2):
        assert desk.chat(helper, visit, request_id=KEY).status_code == 302
    assert Question.objects.count() == 1
    other = desk.chat(helper, opening, request_id=KEY)
    assert other.status_code == 422
    assert "Dit formulier was al eens gebruikt." in text_of(other)
    assert Question.objects.count() == 1


@pytest.mark.parametrize("key", ["", "x", "0", "\x00"])
def test_chat_without_a_good_key_is_refused(helper, visit, key):
    refused(desk.chat(helper, visit, request_id=key), "Dit formulier was al eens gebruikt.")


def test_nameless_question_starts_with_what_is_usual(helper, opening, rent):
    page = helper.get(reverse("forms_help:nameless", args=[opening.pk])).content.decode()
    assert re_checked(page, "outcome") == ["handled"]
    assert re_checked(page, "minutes") == ["20"]
    assert "zonder naam: alleen de vraag wordt geteld" in page
    response = desk.note(helper, opening, theme=rent, minutes=20)
    question = Question.objects.get()
    assert response.status_code == 302
    assert (question.opening, question.visit) == (opening, None)
    assert not question.help_types.exists()


def test_nameless_again_goes_on_without_a_name(helper, opening, rent):
    response = desk.note(helper, opening, theme=rent, again="1")
    assert response.url == reverse("forms_help:nameless", args=[opening.pk])


def test_visitor_without_a_name_needs_no_kind_of_help(helper, opening, rent):
    visit = factories.anonymous_visit(opening, purposes=["question"])
    assert desk.note(helper, visit, theme=rent).status_code == 302
    assert not AuditEvent.objects.filter(kind="read").exists()
    assert QueueTurn.objects.get().end == "helped"


def test_visitor_with_a_name_needs_a_kind_of_help(helper, visit, rent):
    refused(desk.note(helper, visit, theme=rent), "Kies wat je deed.")


def test_form_of_a_visitor_starts_with_nothing_chosen(helper, visit, rent, letter):
    page = desk.person(helper, visit).content.decode()
    for name in ("theme", "help_types", "outcome", "unmet_reason", "documents"):
        assert re_checked(page, name) == []


# --- like the last time ---


def test_like_last_notes_the_same_coded_words(helper, last_week, visit, rent, letter):
    factories.question(
        last_week,
        rent,
        by=helper.user,
        help_types=[letter],
        outcome="not_solved",
        unmet_reason="digital",
        minutes=30,
        note="Belt morgen.",
        note_until=visit.opening.day,
    )
    assert "zoals vorige keer" in text_of(desk.person(helper, visit))
    response = desk.like_last(helper, visit)
    question = Question.objects.order_by("-pk")[0]
    assert response.url == reverse("forms_help:question", args=[question.pk])
    assert (question.visit, question.theme, question.note) == (visit, rent, "")
    assert (question.outcome, question.unmet_reason) == ("not_solved", "digital")
    assert question.minutes == 30
    assert list(question.help_types.all()) == [letter]
    assert QueueTurn.objects.get().end == "helped"


def test_like_last_that_was_to_follow_up_is_to_follow_up_again(
    helper, stek, last_week, visit, rent, today
):
    open_on(stek, today + dt.timedelta(days=1))
    factories.question(last_week, rent, by=helper.user, outcome="come_back")
    desk.like_last(helper, visit)
    follow_up = FollowUp.objects.get()
    assert (follow_up.kind, follow_up.due) == ("papers", today + dt.timedelta(days=1))


def test_like_last_twice_under_one_key_is_one(helper, last_week, visit, rent):
    factories.question(last_week, rent, by=helper.user)
    for _tap in range(2):
        assert desk.like_last(helper, visit, request_id=KEY).status_code == 302
    assert Question.objects.filter(visit=visit).count() == 1


@pytest.mark.parametrize("who", ["helper", "volunteer", "mika", "coordinator"])
def test_like_last_of_a_colleague_is_for_who_keeps_the_record(request, who, last_week, visit, rent):
    factories.question(last_week, rent, by=factories.user())
    client = request.getfixturevalue(who)
    may = who in {"mika", "coordinator"}
    assert ("vorige keer" in text_of(desk.person(client, visit))) == may
    assert desk.like_last(client, visit).status_code == (302 if may else 422)


@pytest.mark.parametrize("why", ["never", "chat", "retired", "voided", "same visit", "no name"])
def test_like_last_with_nothing_to_copy_says_so(mika, stek, opening, last_week, visit, rent, why):
    if why == "chat":
        factories.question(last_week)
    if why == "retired":
        factories.question(last_week, factories.theme(stek, "oud", retired=True))
    if why == "voided":
        factories.question(last_week, rent, **struck(mika))
    if why == "same visit":
        factories.question(visit, rent)
    if why == "no name":
        visit = factories.anonymous_visit(opening, purposes=["question"])
    assert "zoals vorige keer" not in text_of(desk.person(mika, visit))
    before = Question.objects.count()
    response = desk.like_last(mika, visit)
    assert response.status_code == 422
    assert "Er is geen vorige keer om over te nemen." in text_of(response)
    assert Question.objects.count() == before


def test_like_last_leaves_retired_kinds_of_help_out(helper, stek, last_week, visit, rent, letter):
    old = factories.help_type(stek, "oud", retired=True)
    factories.question(last_week, rent, by=helper.user, help_types=[letter, old])
    desk.like_last(helper, visit)
    assert list(Question.objects.get(visit=visit).help_types.all()) == [letter]
