"""The loop at the counter: one tap says what came of a referral."""

import pytest

from referrals.states import State
from tests import factories
from tests.referrals.loop import ask, refer, step, tell
from tests.visits.desk import text_of


def test_counter_asks_about_the_partner_never_about_what(volunteer, visit, waiting):
    text = text_of(ask(volunteer, visit))
    assert "Heeft CAW je gebeld?" in text
    assert "huur" not in text


def test_counter_does_not_ask_on_the_day_itself(volunteer, helper, visit, rent, letter, caw):
    refer(helper, visit, rent, letter, caw)
    assert "CAW" not in text_of(ask(volunteer, visit))


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("reached", State.ARRIVED),
        ("not_yet", State.CONTACTED),
        ("failed", State.DROPPED_OUT),
    ],
)
def test_one_tap_says_what_came_of_it(volunteer, visit, waiting, said, state):
    assert tell(volunteer, visit, waiting, said).status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == state
    assert "Heeft CAW je gebeld?" not in text_of(ask(volunteer, visit))


def test_tap_is_taken_back_and_asked_again(volunteer, visit, waiting):
    tell(volunteer, visit, waiting, "reached")
    tell(volunteer, visit, waiting, "take_back")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.outcome_known_at) == (State.CONTACTED, None)
    assert "Heeft CAW je gebeld?" in text_of(ask(volunteer, visit))


def test_tap_twice_is_one_step(volunteer, visit, waiting):
    for _press in range(2):
        assert tell(volunteer, visit, waiting, "reached").status_code == 302
    assert waiting.steps.filter(what="reached").count() == 1


def test_tap_about_somebody_elses_referral_is_not_found(volunteer, opening, visit, waiting):
    other = factories.visit(opening, factories.household(opening.stek, "Jo", "Maes"))
    assert tell(volunteer, other, waiting, "reached").status_code == 404


def test_tap_after_the_partner_answered_changes_nothing(volunteer, mika, visit, waiting):
    step(mika, waiting, "refused", reason="full")
    response = tell(volunteer, visit, waiting, "reached")
    assert response.status_code == 422
    waiting.refresh_from_db()
    assert waiting.state == State.REFUSED
