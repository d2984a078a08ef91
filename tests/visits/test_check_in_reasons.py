"""Why somebody came, and the line for questions."""

import datetime as dt

import pytest

from accounts.models import AuditEvent
from tests import factories
from tests.visits import desk
from visits.models import Visit


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
