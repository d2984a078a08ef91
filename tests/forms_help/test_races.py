"""Many at one table at one moment: one question per form, and none for a visit that is gone."""

import uuid
from collections import Counter

import pytest
from django.urls import reverse
from zeal import zeal_ignore

from accounts.models import AuditEvent
from accounts.roles import Role
from forms_help.models import FollowUp, Question, QuestionDraft
from tests import factories
from tests.cast import Colleague, signed_in
from tests.forms_help import desk
from tests.races import addresses, at_once, statuses
from tests.visits import desk as counter_desk
from visits.models import QueueTurn

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tablets(stek) -> list[Colleague]:
    """Twenty, each with a helper."""
    return [signed_in(factories.membership(stek, Role.HELPER)) for _ in range(20)]


@pytest.fixture
def tabs(stek) -> list[Colleague]:
    """Twenty windows of one helper."""
    membership = factories.membership(stek, Role.HELPER)
    return [signed_in(membership) for _ in range(20)]


@pytest.mark.parametrize("with_visit", [True, False], ids=["by name", "nameless"])
def test_same_form_twenty_times_at_once_is_one_question(
    tabs, opening, visit, rent, letter, with_visit
):
    place = visit if with_visit else opening
    fields = {"theme": rent, "help_types": letter, "outcome": "come_back"}
    key = uuid.uuid4()
    answers = at_once(20, lambda n: desk.note(tabs[n], place, **fields, request_id=key))
    assert statuses(answers) == {302: 20}
    question = Question.objects.get()
    assert addresses(answers) == {reverse("forms_help:question", args=[question.pk])}
    assert FollowUp.objects.count() == 1
    assert AuditEvent.objects.filter(verb="note_question").count() == 1


def test_same_chat_twenty_times_at_once_is_one(tabs, opening, visit):
    key = uuid.uuid4()
    answers = at_once(20, lambda n: desk.chat(tabs[n], visit, request_id=key))
    assert statuses(answers) == {302: 20}
    assert Question.objects.count() == 1


def test_two_tabs_that_note_for_one_visit_note_two_questions(
    tabs, opening, fatima, rent, energy, letter
):
    visit = factories.visit(opening, fatima, purposes=["coffee"])
    themes = [rent, energy]
    answers = at_once(2, lambda n: desk.note(tabs[n], visit, theme=themes[n], help_types=letter))
    assert statuses(answers) == {302: 2}
    assert {question.theme for question in Question.objects.all()} == {rent, energy}
    assert QueueTurn.objects.get().end == "helped"
    visit.refresh_from_db()
    assert visit.queue_number == 1
    logged = Counter(AuditEvent.objects.filter(kind="change").values_list("verb", flat=True))
    assert logged == {"note_question": 2, "finish": 1, "purpose": 1}


def test_ten_helpers_who_note_for_one_visit_lose_nothing(tablets, visit, rent, letter):
    def one(n: int):
        again = "1" if n % 2 else None
        return desk.note(tablets[n], visit, theme=rent, help_types=letter, again=again)

    assert statuses(at_once(10, one)) == {302: 10}
    assert Question.objects.count() == 10
    assert QueueTurn.objects.count() == 1


def test_question_noted_while_the_visit_is_voided_is_there_or_refused(tablets, visit, rent, letter):
    def one(n: int):
        if n == 0:
            return counter_desk.press(tablets[0], "void", visit, reason="mistake")
        return desk.note(tablets[n], visit, theme=rent, help_types=letter)

    answers = at_once(6, one)
    visit.refresh_from_db()
    assert visit.is_voided
    told = statuses(answers[1:])
    assert set(told) <= {302, 422}
    assert Question.objects.count() == told[302]
    assert AuditEvent.objects.filter(verb="note_question").count() == told[302]
    assert not Question.objects.counted().exists(), "a voided visit counts nothing"
    words = "Er is niets bewaard."
    refused = [counter_desk.text_of(one) for one in answers[1:] if one.status_code == 422]
    assert all(words in page or "Dit bezoek is geschrapt" in page for page in refused)


def test_question_voided_at_once_is_voided_once(tabs, visit, rent):
    question = factories.question(visit, rent, by=tabs[0].user)
    factories.turn(visit, end="helped")
    factories.follow_up(question)

    def one(n: int):
        return desk.undo(tabs[n], question) if n % 2 else desk.void(tabs[n], question)

    assert statuses(at_once(8, one)) == {302: 8}
    assert AuditEvent.objects.filter(verb="void_question").count() == 1
    assert AuditEvent.objects.filter(verb="follow_up_drop").count() == 1
    assert QueueTurn.objects.get().end == ""


def test_drafts_at_once_leave_one_per_person(tabs, opening, visit, rent):
    def one(n: int):
        # Who loses the race looks a second time: no list that asks per row.
        with zeal_ignore():
            return desk.keep_draft(tabs[n], visit if n % 2 else opening, theme=rent)

    assert statuses(at_once(20, one)) == {204: 20}
    assert QuestionDraft.objects.count() == 2


def test_follow_up_ticked_and_dropped_at_once_is_one_of_them(tablets, visit, rent):
    follow_up = factories.follow_up(factories.question(visit, rent))

    def one(n: int):
        return desk.press(tablets[n], "done" if n % 2 else "drop", follow_up, reason="elsewhere")

    assert statuses(at_once(8, one)) == {302: 8}
    follow_up.refresh_from_db()
    assert bool(follow_up.done_at) != bool(follow_up.dropped_at)
    assert AuditEvent.objects.filter(verb__in=["follow_up_done", "follow_up_drop"]).count() == 1
