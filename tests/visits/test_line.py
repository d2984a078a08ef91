"""The line for a question: who is called, handed back, helped or gone."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from tests import factories
from tests.forms_help import desk as table
from tests.visits import desk
from visits import line_actions
from visits.line import Place, QueueLine, place_of
from visits.models import Opening, QueueTurn


def places(opening: Opening) -> dict[int | None, Place]:
    """Where everybody stands, by queue number."""
    return {entry.queue_number: entry.place for entry in QueueLine.of(opening).entries}


@pytest.mark.parametrize(
    ("for_question", "taken", "end", "place"),
    [
        (False, False, "", Place.NOWHERE),
        (False, True, "helped", Place.NOWHERE),
        (True, False, "", Place.WAITING),
        (True, True, "", Place.TAKEN),
        (True, True, "helped", Place.HELPED),
        (True, True, "left", Place.LEFT),
    ],
)
def test_place_follows_from_the_visit_and_its_turn(for_question, taken, end, place):
    assert place_of(for_question=for_question, taken=taken, end=end) is place


# --- calling ---


def test_take_calls_this_number(helper, line, opening):
    response = table.take(helper, line[1])
    assert response.status_code == 302
    assert response.url == reverse("forms_help:person", args=[line[1].pk])
    turn = QueueTurn.objects.get()
    assert (turn.visit, turn.taken_by, turn.is_over) == (line[1], helper.user, False)
    assert places(opening) == {1: Place.WAITING, 2: Place.TAKEN, 3: Place.WAITING}
    event = AuditEvent.objects.get(verb="take")
    assert (event.actor_id, event.subject_id) == (helper.user.pk, line[1].pk)
    assert event.stek_id == opening.stek_id


def test_take_twice_is_taking_once(helper, line):
    for _tap in range(2):
        assert table.take(helper, line[0]).status_code == 302
    assert QueueTurn.objects.count() == 1
    assert desk.verbs() == ["take"]


def test_take_of_a_number_that_a_colleague_has_says_who(helper, volunteer, line):
    table.take(volunteer, line[0])
    response = table.take(helper, line[0])
    assert response.status_code == 422
    assert "Jos nam nummer 1 net. Neem de volgende." in desk.text_of(response)
    assert QueueTurn.objects.get().taken_by == volunteer.user
    assert desk.verbs() == ["take"]


@pytest.mark.parametrize(
    ("end", "words"), [("helped", "Nummer 1 is al geholpen."), ("left", "Nummer 1 is al weg.")]
)
def test_take_of_a_number_that_is_over_says_how_it_ended(helper, line, end, words):
    factories.turn(line[0], by=helper.user, end=end)
    response = table.take(helper, line[0])
    assert response.status_code == 422
    assert words in desk.text_of(response)


def test_take_of_a_voided_visit_is_refused(helper, counter, line):
    desk.press(counter, "void", line[0], reason="mistake")
    response = table.take(helper, line[0])
    assert response.status_code == 422
    assert "Deze bezoeker staat niet meer in de rij." in desk.text_of(response)
    assert not QueueTurn.objects.exists()


def test_take_of_somebody_without_a_question_is_refused(helper, opening, fatima):
    visit = factories.visit(opening, fatima)
    assert table.take(helper, visit).status_code == 422
    assert not QueueTurn.objects.exists()


def test_take_next_calls_the_lowest_number_that_waits(helper, volunteer, line, opening):
    table.take(volunteer, line[0])
    response = table.take_next(helper, opening)
    assert response.url == reverse("forms_help:person", args=[line[1].pk])
    assert QueueTurn.objects.get(visit=line[1]).taken_by == helper.user


def test_take_next_goes_by_number_and_not_by_who_came_first(helper, opening, fatima, jozef):
    late = factories.visit(opening, fatima)
    early = factories.visit(opening, jozef, purposes=["question"])
    desk.press(helper, "set_purpose", late, set="question-1")
    assert late.pk < early.pk
    assert table.take_next(helper, opening).url.endswith(f"/{early.pk}/")


def test_take_next_passes_by_voided_visits_and_switched_off_questions(
    helper, counter, line, opening
):
    desk.press(counter, "void", line[0], reason="left")
    desk.press(counter, "set_purpose", line[1], set="question-0")
    assert table.take_next(helper, opening).url.endswith(f"/{line[2].pk}/")


def test_take_next_with_nobody_left_says_so(helper, line, opening):
    for _person in line:
        assert table.take_next(helper, opening).status_code == 302
    response = table.take_next(helper, opening)
    assert response.status_code == 422
    assert "Er wacht niemand meer." in desk.text_of(response)


def test_take_next_takes_from_this_opening_only(helper, opening, stek, fatima, today):
    yesterday = factories.opening(stek, today - dt.timedelta(days=1))
    factories.visit(yesterday, fatima, purposes=["question"])
    assert table.take_next(helper, opening).status_code == 422


# --- back, gone, helped ---


def test_hand_back_puts_somebody_at_the_same_place(helper, line, opening):
    table.take(helper, line[0])
    response = table.hand_back(helper, line[0])
    assert response.url == reverse("forms_help:opening", args=[opening.pk])
    assert places(opening)[1] is Place.WAITING
    assert table.take_next(helper, opening).url.endswith(f"/{line[0].pk}/")
    assert desk.verbs() == ["take", "hand_back", "take"]


def test_hand_back_twice_or_of_somebody_who_waits_changes_nothing(helper, line):
    for _tap in range(2):
        assert table.hand_back(helper, line[0]).status_code == 302
    assert desk.verbs() == []


def test_hand_back_brings_somebody_back_who_was_gone_after_all(helper, line, opening):
    table.take(helper, line[0])
    table.leave(helper, line[0])
    assert places(opening)[1] is Place.LEFT
    assert "toch nog hier" in desk.text_of(table.person(helper, line[0]))
    table.hand_back(helper, line[0])
    assert places(opening)[1] is Place.WAITING


def test_hand_back_leaves_who_was_helped(helper, line, opening):
    factories.turn(line[0], end="helped")
    table.hand_back(helper, line[0])
    assert places(opening)[1] is Place.HELPED


def test_leave_notes_that_somebody_went_home(helper, line, opening):
    table.take(helper, line[0])
    for _tap in range(2):
        assert table.leave(helper, line[0]).status_code == 302
    turn = QueueTurn.objects.get()
    assert (turn.end, turn.ended_by) == (QueueTurn.End.LEFT, helper.user)
    assert desk.verbs() == ["take", "leave"]
    assert table.take_next(helper, opening).url.endswith(f"/{line[1].pk}/")


def test_leave_without_being_called_names_no_helper(helper, line):
    table.leave(helper, line[0])
    turn = QueueTurn.objects.get()
    assert (turn.end, turn.taken_by, turn.ended_by) == ("left", None, helper.user)


def test_leave_of_who_was_helped_keeps_them_helped(helper, line, opening):
    factories.turn(line[0], end="helped")
    table.leave(helper, line[0])
    assert places(opening)[1] is Place.HELPED


@pytest.mark.parametrize("why", ["voided", "no question"])
def test_leave_of_who_is_not_in_the_line_changes_nothing(helper, counter, opening, fatima, why):
    """Or a question that is ticked later would find somebody who has gone."""
    visit = factories.visit(opening, fatima, purposes=["question"] * (why == "voided"))
    if why == "voided":
        desk.press(counter, "void", visit, reason="mistake")
    assert table.leave(helper, visit).status_code == 302
    assert not QueueTurn.objects.exists()


def test_finish_counts_somebody_as_helped_who_was_never_called(helper, line, opening):
    line_actions.finish(line[0], by=helper.user)
    line_actions.finish(line[0], by=helper.user)
    turn = QueueTurn.objects.get()
    assert (turn.taken_by, turn.ended_by, turn.end) == (helper.user, helper.user, "helped")
    assert turn.taken_at == turn.ended_at
    assert desk.verbs() == ["finish"]


def test_finish_outweighs_having_left(helper, volunteer, line, opening):
    line_actions.leave(line[0], by=volunteer.user)
    turn = line_actions.finish(line[0], by=helper.user)
    assert (turn.end, turn.taken_by) == ("helped", helper.user)


def test_finish_keeps_who_called_them(helper, volunteer, line):
    table.take(volunteer, line[0])
    turn = line_actions.finish(line[0], by=helper.user)
    assert (turn.taken_by, turn.ended_by) == (volunteer.user, helper.user)


def test_hold_keeps_somebody_at_the_table(helper, volunteer, line):
    assert line_actions.hold(line[0], by=helper.user).taken_by == helper.user
    line_actions.finish(line[0], by=helper.user)
    turn = line_actions.hold(line[0], by=volunteer.user)
    assert (turn.end, turn.ended_at, turn.ended_by) == ("", None, None)
    assert turn.taken_by == volunteer.user
    line_actions.hold(line[0], by=volunteer.user)
    assert desk.verbs() == ["take", "finish", "take"]
