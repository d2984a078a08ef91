"""A question at the table: noted, timed, with what comes of it."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from forms_help.actions import Answer, note_question
from forms_help.models import FollowUp, Question
from forms_help.outcomes import Outcome
from tests import factories
from tests.cast import signed_in
from tests.forms_help import desk
from tests.forms_help.asking import KEY, open_on, re_checked, refused
from tests.visits import desk as counter_desk
from tests.visits.desk import text_of
from visits.models import QueueTurn, Visit

# --- noting ---


def test_question_is_noted_with_everything_that_was_tapped(
    helper, stek, opening, visit, rent, letter
):
    listened = factories.help_type(stek, "luisterend oor")
    fields = {"theme": rent, "help_types": [letter, listened], "minutes": 30}
    fields |= {"note": " Belt   morgen\r\nterug. ", "request_id": KEY}
    response = desk.note(helper, visit, **fields)
    question = Question.objects.get()
    assert response.status_code == 302
    assert response.url == reverse("forms_help:question", args=[question.pk])
    assert (question.opening, question.visit, question.theme) == (opening, visit, rent)
    assert set(question.help_types.all()) == {letter, listened}
    assert (question.outcome, question.unmet_reason) == (Outcome.HANDLED, "")
    assert question.minutes == 30
    assert question.note == "Belt morgen terug."
    assert question.note_until == opening.day + dt.timedelta(days=90)
    assert (question.helper_role, question.organisation) == (Role.HELPER, None)
    assert question.created_by == helper.user
    assert str(question.request_id) == KEY
    page = text_of(helper.get(response.url))
    assert "Wonen en huur · brief uitgelegd · luisterend oor · afgehandeld · 30 min" in page
    assert "Belt morgen terug. Deze nota verdwijnt na" in page


def test_note_stays_as_long_as_the_stek_says(helper, stek, opening, visit, rent, letter):
    stek.note_days = 10
    stek.save()
    desk.note(helper, visit, theme=rent, help_types=letter, note="Belt morgen.")
    assert Question.objects.get().note_until == opening.day + dt.timedelta(days=10)


def test_question_without_note_has_no_last_day(helper, visit, rent, letter):
    desk.note(helper, visit, theme=rent, help_types=letter, note="  ")
    assert (Question.objects.get().note, Question.objects.get().note_until) == ("", None)


@pytest.mark.parametrize(
    "who", [Role.VOLUNTEER, Role.HELPER, Role.COMMUNITY_WORKER, Role.COORDINATOR]
)
def test_question_keeps_in_which_role_somebody_helped(stek, visit, rent, letter, who):
    client = signed_in(factories.membership(stek, who))
    assert desk.note(client, visit, theme=rent, help_types=letter).status_code == 302
    assert Question.objects.get().helper_role == who


def test_question_of_somebody_who_came_for_coffee_makes_it_a_question_visit(
    helper, opening, fatima, rent, letter
):
    factories.anonymous_visit(opening, purposes=["question"])
    visit = factories.visit(opening, fatima, purposes=["coffee"])
    desk.note(helper, visit, theme=rent, help_types=letter)
    visit.refresh_from_db()
    assert (visit.for_question, visit.for_coffee, visit.queue_number) == (True, True, 2)


def test_question_noted_while_the_counter_switches_it_off_stays_a_question_visit(
    helper, counter, opening, visit, rent
):
    seen = Visit.objects.get(pk=visit.pk)
    counter_desk.press(counter, "set_purpose", visit, set="question-0")
    note_question(
        Answer(outcome="handled", theme=rent),
        opening=opening,
        visit=seen,
        request_id=uuid.uuid4(),
        membership=helper.membership,
        by=helper.user,
    )
    visit.refresh_from_db()
    assert (visit.for_question, visit.queue_number) == (True, 1)


def test_question_ends_the_turn_as_helped(helper, volunteer, visit, rent, letter):
    desk.take(volunteer, visit)
    desk.note(helper, visit, theme=rent, help_types=letter)
    turn = QueueTurn.objects.get()
    assert (turn.end, turn.taken_by, turn.ended_by) == ("helped", volunteer.user, helper.user)


def test_question_of_somebody_who_had_left_counts_them_as_helped(helper, visit, rent, letter):
    desk.leave(helper, visit)
    desk.note(helper, visit, theme=rent, help_types=letter)
    assert QueueTurn.objects.get().end == "helped"


def test_again_keeps_the_person_with_you(helper, visit, rent, energy, letter):
    desk.take(helper, visit)
    response = desk.note(helper, visit, theme=rent, help_types=letter, again="1")
    assert response.url == reverse("forms_help:person", args=[visit.pk])
    assert QueueTurn.objects.get().end == ""
    page = text_of(helper.get(response.url))
    assert "Al genoteerd: wonen en huur, afgehandeld" in page
    desk.note(helper, visit, theme=energy, help_types=letter)
    assert QueueTurn.objects.get().end == "helped"
    assert Question.objects.filter(visit=visit).count() == 2


def test_again_without_being_called_takes_the_number(helper, visit, rent, letter):
    desk.note(helper, visit, theme=rent, help_types=letter, again="1")
    turn = QueueTurn.objects.get()
    assert (turn.taken_by, turn.end) == (helper.user, "")


def test_question_is_logged_without_what_it_says(helper, opening, visit, rent, letter):
    desk.note(helper, visit, theme=rent, help_types=letter, note="Belt morgen.")
    event = AuditEvent.objects.get(verb="note_question")
    assert (event.actor_id, event.stek_id) == (helper.user.pk, opening.stek_id)
    assert (event.subject_type, event.subject_id) == ("question", Question.objects.get().pk)
    assert event.fields == []


def test_page_of_a_visitor_is_logged_as_read_before_it_is_shown(helper, opening, visit):
    desk.person(helper, visit)
    event = AuditEvent.objects.get(kind="read")
    assert (event.verb, event.subject_type, event.subject_id) == ("question", "visit", visit.pk)
    assert (event.actor_id, event.stek_id) == (helper.user.pk, opening.stek_id)


def test_pages_of_questions_are_logged_as_read(helper, opening, visit, rent):
    question = factories.question(visit, rent, by=helper.user)
    desk.question(helper, question)
    helper.get(reverse("forms_help:questions", args=[opening.pk]))
    read = AuditEvent.objects.filter(kind="read", verb="question")
    subjects = set(read.values_list("subject_type", "subject_id"))
    assert subjects == {("question", question.pk), ("opening", opening.pk)}


def test_page_names_nobody_in_its_title_or_address(helper, visit):
    page = desk.person(helper, visit)
    assert "Fatima" not in page.content.decode().split("</title>")[0]
    assert "no-store" in page.headers["Cache-Control"]


# --- minutes ---


def test_minutes_start_with_what_this_helper_usually_picks(helper, volunteer, visit, rent):
    page = desk.person(helper, visit).content.decode()
    assert re_checked(page, "minutes") == ["20"]
    for minutes in (60, 10, 10, 30, 30):
        factories.question(visit, rent, by=helper.user, minutes=minutes)
    for _other in range(5):
        factories.question(visit, rent, by=volunteer.user, minutes=60)
    page = desk.person(helper, visit).content.decode()
    assert re_checked(page, "minutes") == ["30"], "of two bands the one picked last"


def test_minutes_forget_what_was_long_ago(helper, visit, rent):
    for minutes in [10] * 40 + [60] * 30:
        factories.question(visit, rent, by=helper.user, minutes=minutes)
    assert re_checked(desk.person(helper, visit).content.decode(), "minutes") == ["60"]


@pytest.mark.parametrize("minutes", ["5", "15", "x", "-10", "1e1", "9" * 40])
def test_minutes_that_are_no_band_are_refused(helper, visit, rent, letter, minutes):
    response = desk.note(helper, visit, theme=rent, help_types=letter, minutes=minutes)
    assert response.status_code == 422
    assert "minutes" in response.context["form"].errors
    assert not Question.objects.exists()


# --- outcomes ---


def test_come_back_makes_papers_to_bring_by_the_next_opening(
    helper, stek, opening, visit, fatima, rent, letter, payslip, today
):
    tomorrow = today + dt.timedelta(days=1)
    open_on(stek, tomorrow)
    desk.note(
        helper, visit, theme=rent, help_types=letter, outcome="come_back", documents=[payslip]
    )
    follow_up = FollowUp.objects.get()
    assert (follow_up.kind, follow_up.due, follow_up.for_role) == ("papers", tomorrow, "helper")
    assert (follow_up.household, follow_up.stek) == (fatima, stek)
    assert list(follow_up.documents.all()) == [payslip]
    assert follow_up.created_by == helper.user
    page = text_of(desk.question(helper, Question.objects.get()))
    assert "Brengt papieren mee: loonbrief" in page
    assert "Druk het briefje voor de volgende keer" in page


def test_follow_up_is_for_a_role_or_a_colleague_by_a_day(
    helper, mika, stek, visit, rent, letter, today
):
    due = today + dt.timedelta(days=12)
    fields = {"theme": rent, "help_types": letter, "outcome": "follow_up", "due": due.isoformat()}
    desk.note(helper, visit, **fields, for_whom=f"user-{mika.user.pk}", what="Belt Fluvius")
    desk.note(helper, visit, **fields, for_whom="role-coordinator")
    by_name, by_role = FollowUp.objects.order_by("pk")
    assert (by_name.kind, by_name.for_user, by_name.for_role) == ("task", mika.user, "")
    assert (by_name.what, by_name.due) == ("Belt Fluvius", due)
    assert (by_role.for_user, by_role.for_role) == (None, "coordinator")


def test_next_opening_skips_closed_days_and_is_a_week_later_without_a_pattern(
    helper, stek, visit, today
):
    def due() -> dt.date:
        return desk.person(helper, visit).context["form"]["due"].value()

    assert due() == today + dt.timedelta(days=7)
    first, second = today + dt.timedelta(days=2), today + dt.timedelta(days=3)
    for day in (first, second):
        factories.opening_hours(stek, day.weekday())
    assert due() == first
    factories.closing_day(stek, first)
    assert due() == second


@pytest.mark.parametrize("outcome", ["handled", "referred", "not_solved"])
def test_outcome_without_anything_to_do_makes_no_follow_up(
    helper, visit, rent, letter, payslip, outcome
):
    """What is left over from another outcome is out of sight, and ignored."""
    left_over = {"documents": [payslip], "what": "<b>x</b>", "due": "morgen", "for_whom": "x"}
    reason = {"unmet_reason": "no_time"}
    response = desk.note(
        helper, visit, theme=rent, help_types=letter, outcome=outcome, **left_over, **reason
    )
    assert response.status_code == 302
    assert not FollowUp.objects.exists()
    assert Question.objects.get().unmet_reason == ("no_time" if outcome == "not_solved" else "")


def test_documents_left_over_from_coming_back_are_ignored_for_a_task(
    helper, visit, rent, letter, payslip
):
    desk.note(
        helper, visit, theme=rent, help_types=letter, outcome="follow_up", documents=[payslip]
    )
    assert not FollowUp.objects.get().documents.exists()


def test_not_solved_needs_a_reason(helper, visit, rent, letter):
    response = desk.note(helper, visit, theme=rent, help_types=letter, outcome="not_solved")
    refused(response, "Kies waarom het niet lukte.")


@pytest.mark.parametrize(
    ("days", "words"),
    [(-1, "Kies een dag vanaf vandaag."), (367, "Kies een dag binnen het jaar.")],
)
def test_due_in_the_past_or_after_a_year_is_refused(
    helper, visit, rent, letter, today, days, words
):
    due = (today + dt.timedelta(days=days)).isoformat()
    fields = {"theme": rent, "help_types": letter, "outcome": "come_back"}
    refused(desk.note(helper, visit, **fields, due=due), words)


@pytest.mark.parametrize("due", ["31/02/2027", "morgen", "0000-00-00", "10000-01-01", "\x00"])
def test_due_that_is_no_day_is_refused(helper, visit, rent, letter, due):
    fields = {"theme": rent, "help_types": letter, "outcome": "follow_up"}
    refused(desk.note(helper, visit, **fields, due=due), "Kies een dag, bv. 21/03/2027.")


@pytest.mark.parametrize("days", [0, 366])
def test_due_today_and_in_a_year_are_taken(helper, visit, rent, letter, today, days):
    due = today + dt.timedelta(days=days)
    fields = {"theme": rent, "help_types": letter, "outcome": "follow_up"}
    assert desk.note(helper, visit, **fields, due=f"{due:%d/%m/%Y}").status_code == 302
    assert FollowUp.objects.get().due == due
