"""Taking a question back, and who may see which."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from forms_help.models import FollowUp, Question, QuestionDraft
from tests import factories
from tests.forms_help import desk
from tests.forms_help.asking import re_checked, struck
from tests.visits.desk import text_of
from visits.models import QueueTurn

# --- taking back ---


def test_undo_takes_it_back_and_offers_its_fields_again(
    helper, stek, opening, visit, rent, letter, payslip, today
):
    due = today + dt.timedelta(days=3)
    desk.note(
        helper,
        visit,
        theme=rent,
        help_types=letter,
        outcome="come_back",
        minutes=30,
        note="Belt morgen.",
        documents=[payslip],
        what="van mei",
        due=due.isoformat(),
    )
    question = Question.objects.get()
    response = desk.undo(helper, question)
    assert response.url == reverse("forms_help:person", args=[visit.pk])
    question.refresh_from_db()
    assert (question.void_reason, question.voided_by) == ("undone", helper.user)
    assert (question.note, question.note_until) == ("", None)
    assert FollowUp.objects.get().drop_reason == "mistake"
    assert QueueTurn.objects.get().end == "", "the visitor is with you again"
    page = text_of(helper.get(response.url))
    assert "Je was hier al iets aan het invullen" in page
    assert "Al genoteerd" not in page
    offered = desk.person(helper, visit, klad="1").content.decode()
    assert re_checked(offered, "theme") == [str(rent.pk)]
    assert re_checked(offered, "help_types") == [str(letter.pk)]
    assert re_checked(offered, "outcome") == ["come_back"]
    assert re_checked(offered, "minutes") == ["30"]
    assert re_checked(offered, "documents") == [str(payslip.pk)]
    assert "Belt morgen." in offered
    assert 'value="van mei"' in offered
    assert f'value="{due.isoformat()}"' in offered


def test_undo_twice_is_undoing_once(helper, visit, rent):
    question = factories.question(visit, rent, by=helper.user)
    for _press in range(2):
        assert desk.undo(helper, question).status_code == 302
    assert AuditEvent.objects.filter(verb="void_question").count() == 1


def test_undo_of_a_chat_leaves_no_draft(helper, opening):
    desk.chat(helper, opening)
    response = desk.undo(helper, Question.objects.get())
    assert response.url == reverse("forms_help:nameless", args=[opening.pk])
    assert not QuestionDraft.objects.exists()


def test_undo_after_a_quarter_asks_for_a_reason(helper, visit, rent):
    created = timezone.now() - dt.timedelta(minutes=15)
    question = factories.question(visit, rent, by=helper.user, created_at=created)
    assert "Ongedaan maken" not in text_of(desk.question(helper, question))
    response = desk.undo(helper, question)
    assert response.status_code == 422
    assert "Schrap het met een reden." in text_of(response)
    question.refresh_from_db()
    assert not question.is_voided


@pytest.mark.parametrize(("who", "status"), [("volunteer", 404), ("helper", 404), ("mika", 422)])
def test_undo_of_a_colleagues_question_is_refused(request, visit, rent, who, status):
    question = factories.question(visit, rent)
    assert desk.undo(request.getfixturevalue(who), question).status_code == status
    question.refresh_from_db()
    assert not question.is_voided


def test_void_keeps_the_question_with_its_reason(helper, opening, visit, rent):
    question = factories.question(
        visit, rent, by=helper.user, note="Belt morgen.", note_until=opening.day
    )
    follow_up = factories.follow_up(question)
    factories.turn(visit, end="helped")
    response = desk.void(helper, question, "double")
    assert response.url == reverse("forms_help:question", args=[question.pk])
    question.refresh_from_db()
    follow_up.refresh_from_db()
    assert (question.void_reason, question.note) == ("double", "")
    assert (follow_up.drop_reason, follow_up.dropped_by) == ("mistake", helper.user)
    turn = QueueTurn.objects.get()
    assert (turn.end, turn.taken_by) == ("", helper.user)
    event = AuditEvent.objects.get(verb="void_question")
    assert (event.actor_id, event.subject_id) == (helper.user.pk, question.pk)
    assert (event.stek_id, event.fields) == (opening.stek_id, ["void_reason"])
    assert "Dubbel" in text_of(helper.get(response.url))
    assert not QuestionDraft.objects.exists()


def test_void_of_one_of_two_questions_keeps_the_visitor_helped(helper, visit, rent, energy):
    factories.question(visit, energy)
    question = factories.question(visit, rent, by=helper.user)
    factories.turn(visit, end="helped")
    desk.void(helper, question)
    assert QueueTurn.objects.get().end == "helped"


def test_void_leaves_a_follow_up_that_is_done(helper, visit, rent):
    question = factories.question(visit, rent, by=helper.user)
    done = {"done_at": timezone.now(), "done_by": helper.user}
    follow_up = factories.follow_up(question, **done)
    desk.void(helper, question)
    follow_up.refresh_from_db()
    assert (follow_up.done_by, follow_up.dropped_at) == (helper.user, None)


@pytest.mark.parametrize("reason", ["", "undone", "x", "left"])
def test_void_needs_a_reason_from_the_list(helper, visit, rent, reason):
    question = factories.question(visit, rent, by=helper.user)
    response = desk.void(helper, question, reason)
    assert response.status_code == 422
    assert "Kies waarom." in text_of(response)
    question.refresh_from_db()
    assert not question.is_voided


def test_void_by_who_keeps_the_record_works_on_a_colleagues_question(mika, last_week, rent):
    question = factories.question(last_week, rent)
    assert desk.void(mika, question).status_code == 302
    question.refresh_from_db()
    assert question.voided_by == mika.user


def test_question_that_was_undone_can_be_noted_again(helper, visit, rent, letter):
    desk.note(helper, visit, theme=rent, help_types=letter)
    desk.undo(helper, Question.objects.get())
    assert desk.note(helper, visit, theme=rent, help_types=letter).status_code == 302
    assert Question.objects.counted().count() == 1
    assert not QuestionDraft.objects.exists()


# --- who may see which ---


@pytest.mark.parametrize(
    ("who", "sees_all"),
    [("volunteer", False), ("helper", False), ("mika", True), ("coordinator", True)],
)
def test_questions_of_today_are_ones_own_or_all(request, opening, visit, rent, who, sees_all):
    client = request.getfixturevalue(who)
    own = factories.question(visit, rent, by=client.user)
    other = factories.question(visit, factories.theme(opening.stek, "schulden en facturen"))
    page = text_of(client.get(reverse("forms_help:questions", args=[opening.pk])))
    assert "wonen en huur" in page
    assert ("schulden" in page) == sees_all
    assert desk.question(client, own).status_code == 200
    assert desk.question(client, other).status_code == (200 if sees_all else 404)
    assert ("schulden en facturen, afgehandeld" in text_of(desk.person(client, visit))) == sees_all


def test_questions_of_today_show_numbers_and_no_names(mika, opening, visit, rent):
    factories.question(visit, rent)
    factories.question(None, opening=opening)
    page = text_of(mika.get(reverse("forms_help:questions", args=[opening.pk])))
    assert "Fatima" not in page
    assert " 1 wonen en huur afgehandeld" in page
    assert " – babbel afgehandeld" in page


def test_questions_keep_what_was_struck_in_sight_with_its_reason(mika, opening, visit, rent):
    factories.question(visit, rent, **struck(mika, "double"))
    page = text_of(mika.get(reverse("forms_help:questions", args=[opening.pk])))
    assert "geschrapt: dubbel" in page


def test_note_of_a_colleague_is_not_on_the_page_of_a_visitor(helper, opening, visit, rent):
    factories.question(visit, rent, note="Belt morgen.", note_until=opening.day)
    assert "Belt morgen." not in desk.person(helper, visit).content.decode()


def test_like_last_brings_the_same_papers_as_far_as_they_are_in_use(
    stek, helper, last_week, visit, rent, payslip
):
    old = factories.document(stek, "oud blad", retired=True)
    question = factories.question(last_week, rent, by=helper.user, outcome="come_back")
    factories.follow_up(question, documents=[payslip, old])
    desk.like_last(helper, visit)
    noted = Question.objects.of_visit(visit).get()
    assert list(noted.follow_up.documents.all()) == [payslip]


def test_void_of_an_earlier_day_calls_nobody_to_the_table(mika, last_week, rent):
    factories.turn(last_week, end="helped")
    question = factories.question(last_week, rent)
    desk.void(mika, question, reason="mistake")
    question.refresh_from_db()
    assert question.is_voided
    assert QueueTurn.objects.get().end == QueueTurn.End.HELPED
