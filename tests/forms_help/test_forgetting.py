"""What must not stay: old notes and texts by themselves, everything when somebody is erased."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from accounts.models import AuditEvent
from forms_help.forgetting import forget_old_notes
from forms_help.models import FollowUp, Question, QuestionDraft
from stek.erasure import erase_household
from tests import factories
from tests.forms_help import desk
from tests.stek.test_run_due import run_due
from tests.visits.desk import text_of


def noted(visit, theme, *, until: dt.date, **fields) -> Question:
    return factories.question(visit, theme, note="Belt morgen.", note_until=until, **fields)


def closed(question, *, days_ago: int, **fields) -> FollowUp:
    at = timezone.now() - dt.timedelta(days=days_ago)
    ended = {"done_at": at, "done_by": question.created_by} | fields
    return factories.follow_up(question, kind="task", what="Belt Fluvius", **ended)


# --- by themselves ---


def test_note_stays_through_its_last_day_and_goes_after_it(visit, rent):
    today = timezone.localdate()
    last_day = noted(visit, rent, until=today)
    over = noted(visit, rent, until=today - dt.timedelta(days=1))
    assert "1 oude nota's bij vragen" in run_due()
    last_day.refresh_from_db()
    over.refresh_from_db()
    assert (last_day.note, last_day.note_until) == ("Belt morgen.", today)
    assert (over.note, over.note_until, over.theme) == ("", None, rent)


def test_note_that_is_forgotten_is_logged_without_a_name(visit, rent, today):
    question = noted(visit, rent, until=today - dt.timedelta(days=1))
    run_due()
    event = AuditEvent.objects.get(verb="forget_note")
    assert (event.actor_id, event.stek_id) == (None, visit.opening.stek_id)
    assert (event.subject_id, event.fields) == (question.pk, ["note"])


def test_text_of_a_follow_up_goes_as_long_after_its_closing_as_a_note(stek, visit, rent):
    stek.note_days = 10
    stek.save()
    old, young = (closed(factories.question(visit, rent), days_ago=days) for days in (11, 9))
    at = timezone.now() - dt.timedelta(days=11)
    dropped = {"dropped_at": at, "dropped_by": old.created_by, "drop_reason": "not_seen"}
    let_go = closed(factories.question(visit, rent), days_ago=0, done_at=None, done_by=None)
    FollowUp.objects.filter(pk=let_go.pk).update(**dropped)
    waiting = factories.follow_up(factories.question(visit, rent), what="Belt Fluvius")
    run_due()
    for row, text in (
        (old, ""),
        (let_go, ""),
        (young, "Belt Fluvius"),
        (waiting, "Belt Fluvius"),
    ):
        row.refresh_from_db()
        assert row.what == text
    assert AuditEvent.objects.filter(verb="forget_follow_up", actor_id=None).count() == 2


def test_each_stek_has_a_term_of_its_own(stek, essen, visit, rent):
    stek.note_days = 10
    stek.save()
    here = closed(factories.question(visit, rent), days_ago=11)
    elsewhere = factories.visit(factories.opening(essen), factories.household(essen))
    there = closed(factories.question(elsewhere, factories.theme(essen)), days_ago=11)
    run_due()
    here.refresh_from_db()
    there.refresh_from_db()
    assert (here.what, there.what) == ("", "Belt Fluvius")


def test_forgetting_twice_finds_nothing_the_second_time(visit, rent, today):
    noted(visit, rent, until=today - dt.timedelta(days=1))
    closed(factories.question(visit, rent), days_ago=91)
    now = timezone.now()
    assert forget_old_notes(now) == 2
    assert forget_old_notes(now) == 0
    assert AuditEvent.objects.filter(kind="change").count() == 2


def test_last_day_of_a_note_is_a_local_one(db):
    """Half past midnight in Kalmthout is still yesterday in UTC."""
    with time_machine.travel("2026-11-18T00:30:00+01:00", tick=False):
        stek = factories.stek("Kalmthout")
        visit = factories.visit(factories.opening(stek), factories.household(stek))
        over = noted(visit, factories.theme(stek), until=dt.date(2026, 11, 17))
        run_due()
        over.refresh_from_db()
        assert over.note == ""


def test_note_that_was_noted_today_is_gone_after_its_term(db):
    with time_machine.travel("2026-11-18T14:00:00+01:00", tick=False) as clock:
        stek = factories.stek("Kalmthout", note_days=10)
        visit = factories.visit(factories.opening(stek), factories.household(stek))
        question = noted(
            visit, factories.theme(stek), until=visit.opening.day + dt.timedelta(days=10)
        )
        for night, note in (("2026-11-28T23:00:00+01:00", "Belt morgen."), ("2026-11-29", "")):
            clock.move_to(night)
            run_due()
            question.refresh_from_db()
            assert question.note == note


def test_draft_of_yesterday_goes_with_run_due(helper, visit, rent):
    desk.keep_draft(helper, visit, theme=rent)
    QuestionDraft.objects.update(saved_at=timezone.now() - dt.timedelta(hours=25))
    assert "1 vragen die half bleven" in run_due()
    assert not QuestionDraft.objects.exists()


# --- somebody who is erased ---


@pytest.fixture
def known(helper, opening, visit, rent, payslip):
    """A question with a note, something open and something done, and a half-filled one."""
    question = noted(visit, rent, until=opening.day, by=helper.user, minutes=30)
    factories.follow_up(question, what="van mei", documents=[payslip])
    closed(factories.question(visit, rent, by=helper.user), days_ago=1)
    desk.keep_draft(helper, visit, note="Nog iets.")
    return question


def test_erase_empties_notes_texts_and_drafts_and_keeps_the_coded_words(
    coordinator, fatima, known, rent
):
    erase_household(fatima, by=coordinator.user)
    known.refresh_from_db()
    assert (known.note, known.note_until) == ("", None)
    assert (known.theme, known.outcome, known.minutes) == (rent, "handled", 30)
    assert set(FollowUp.objects.values_list("what", flat=True)) == {""}
    assert not QuestionDraft.objects.exists()
    assert Question.objects.counted().count() == 2


def test_erase_lets_go_of_what_was_open_and_leaves_what_was_done(coordinator, fatima, known):
    erase_household(fatima, by=coordinator.user)
    opened, done = FollowUp.objects.order_by("pk")
    assert (opened.dropped_by, opened.drop_reason) == (coordinator.user, "not_needed")
    assert (done.dropped_at, done.is_open) == (None, False)
    page = text_of(desk.follow_ups(coordinator))
    assert "Er staat niets open." in page
    assert "Heropen" not in page


def test_erase_is_logged_for_each_row(coordinator, fatima, known):
    erase_household(fatima, by=coordinator.user)
    events = AuditEvent.objects.filter(actor_id=coordinator.user.pk, kind="change")
    verbs = sorted(events.values_list("verb", flat=True))
    assert verbs == sorted(
        ["forget_note", "forget_follow_up", "forget_follow_up", "follow_up_drop", "erase"]
    )


def test_erase_leaves_others_as_they_were(coordinator, helper, stek, opening, fatima, known, rent):
    other = factories.visit(opening, factories.household(stek, "Jo", "Maes"))
    question = noted(other, rent, until=opening.day)
    follow_up = factories.follow_up(question, what="van juni")
    nameless = noted(None, rent, until=opening.day, opening=opening)
    desk.keep_draft(helper, other, note="Nog iets.")
    erase_household(fatima, by=coordinator.user)
    for row in (question, follow_up, nameless):
        row.refresh_from_db()
    assert question.note == nameless.note == "Belt morgen."
    assert (follow_up.what, follow_up.is_open) == ("van juni", True)
    assert QuestionDraft.objects.get().visit == other


def test_text_that_nobody_closed_goes_as_long_after_its_day(stek, visit, rent, today):
    stek.note_days = 10
    stek.save()
    old, young = (
        factories.follow_up(
            factories.question(visit, rent),
            kind="task",
            what="Belt Fluvius",
            due=today - dt.timedelta(days=days),
        )
        for days in (11, 9)
    )
    run_due()
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.what, young.what) == ("", "Belt Fluvius")
    assert old.is_open
