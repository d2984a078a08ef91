"""Where a referral stands after its steps, without a database."""

import datetime as dt
from dataclasses import dataclass

import pytest

from referrals.course import MAY, may_follow, standing_after
from referrals.states import KNOWN, OVER, REASONS_OF, Happening, Reason, Source, State

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


@dataclass
class Step:
    what: str
    day: int = 0
    reason: str = ""
    source: str = Source.TEAM
    appointment_at: dt.datetime | None = None
    appointment_place: str = ""
    ask_for: str = ""
    at: dt.datetime = NOON

    def __post_init__(self) -> None:
        self.at = NOON + dt.timedelta(days=self.day)


SENT = [Step("proposed"), Step("consented"), Step("contacted")]


def test_contact_counts_from_the_moment_it_was_made() -> None:
    standing = standing_after(SENT)
    assert (standing.state, standing.contacted_at) == (State.CONTACTED, NOON)
    assert standing.outcome_known_at is None


def test_outcome_is_known_from_the_first_step_that_told_it() -> None:
    steps = [*SENT, Step("reached", 9, source=Source.VISITOR), Step("closed", 40, reason="helped")]
    standing = standing_after(steps)
    assert (standing.state, standing.reason) == (State.CLOSED, "helped")
    assert standing.outcome_known_at == NOON + dt.timedelta(days=9)


def test_reopened_one_waits_for_its_outcome_again() -> None:
    steps = [*SENT, Step("refused", 3, "full", Source.PARTNER), Step("reopened", 4, "new_fact")]
    standing = standing_after(steps)
    assert (standing.state, standing.reason, standing.answered_at) == (State.CONTACTED, "", None)
    assert standing.outcome_known_at is None
    assert standing.contacted_at == NOON


def test_partner_that_accepts_leaves_it_where_it_is() -> None:
    standing = standing_after([*SENT, Step("accepted", 2, source=Source.PARTNER)])
    assert (standing.state, standing.answer) == (State.CONTACTED, Happening.ACCEPTED)
    assert standing.answered_at == NOON + dt.timedelta(days=2)


def test_partner_that_answers_after_we_gave_up_is_heard() -> None:
    steps = [*SENT, Step("unknown", 60), Step("under_study", 61, source=Source.PARTNER)]
    assert standing_after(steps).state == State.CONTACTED


def test_exact_reason_replaces_the_first_one() -> None:
    steps = [
        *SENT,
        Step("refused", 1, "not_ours", Source.PARTNER),
        Step("refused", 1, "full", Source.PARTNER),
    ]
    assert standing_after(steps).reason == Reason.FULL


def test_appointment_is_the_last_one_that_was_made() -> None:
    when = NOON + dt.timedelta(days=9)
    steps = [
        *SENT,
        Step("appointment", 1, appointment_at=NOON, appointment_place="Dorp 1"),
        Step("appointment", 2, appointment_at=when, ask_for="Els"),
    ]
    standing = standing_after(steps)
    assert (standing.appointment_at, standing.appointment_place, standing.ask_for) == (
        when,
        "",
        "Els",
    )


@pytest.mark.parametrize("state", OVER)
def test_what_is_over_is_only_reopened_by_the_team(state: str) -> None:
    assert may_follow(state, Source.TEAM)[0] == Happening.REOPENED
    assert may_follow(state, Source.VISITOR) == ()
    if state != State.UNKNOWN:
        assert may_follow(state, Source.PARTNER) == ()


def test_nothing_moves_before_the_contact_but_letting_it_go() -> None:
    for state in (State.PROPOSED, State.CONSENTED):
        assert may_follow(state, Source.TEAM) == (Happening.DROPPED_OUT,)
        assert may_follow(state, Source.PARTNER) == may_follow(state, Source.VISITOR) == ()


def test_every_step_that_needs_a_reason_has_some_to_choose() -> None:
    said = {what for moves in MAY.values() for row in moves.values() for what in row}
    assert said >= set(REASONS_OF)
    assert set(KNOWN) == {State.ARRIVED, State.CLOSED, State.REFUSED, State.DROPPED_OUT}
