"""Where a signal stands after its steps, and which numbers are hidden; without a database."""

import datetime as dt
import itertools
from dataclasses import dataclass

import pytest

from policy.course import may_be_bundled, may_follow, may_sort, standing_after
from policy.small import hidden_cells, is_small
from policy.states import OF_BUNDLE, REASONS_OF, Move, Phase

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


@dataclass
class Step:
    what: str
    number: int = 0
    reason: str = ""
    recipient: str = ""
    day: dt.date | None = None
    at: dt.datetime = NOON

    def __post_init__(self) -> None:
        self.at = NOON + dt.timedelta(days=self.number)


HANDED_ON = [Step("bundled"), Step("handed_on", 5, recipient="gemeente", day=NOON.date())]


def test_bundled_one_stands_where_its_last_step_led():
    standing = standing_after([Step("bundled"), Step("analysed", 3)])
    assert (standing.phase, standing.phase_at) == (Phase.ANALYSED, NOON + dt.timedelta(days=3))
    assert (standing.recipient, standing.handed_on) == ("", None)


def test_handing_on_is_remembered_in_every_later_phase():
    standing = standing_after([*HANDED_ON, Step("decision", 9), Step("action", 20)])
    assert (standing.phase, standing.recipient) == (Phase.ACTION, "gemeente")
    assert standing.handed_on == NOON.date()


def test_reopened_one_goes_on_from_the_recipient_or_from_the_bundle():
    over = Step("not_retained", 8, "known")
    assert standing_after([Step("bundled"), over]).reason == "known"
    again = standing_after([Step("bundled"), over, Step("reopened", 9, "again")])
    assert (again.phase, again.reason) == (Phase.BUNDLED, "")
    assert standing_after([*HANDED_ON, over, Step("reopened", 9)]).phase == Phase.HANDED_ON


@pytest.mark.parametrize("phase", OF_BUNDLE)
def test_no_phase_is_the_end_of_the_road(phase):
    assert may_follow(phase)
    assert Move.BUNDLED not in may_follow(phase)


def test_moves_with_a_reason_are_those_that_ask_for_one():
    assert set(REASONS_OF) == {Move.NOT_RETAINED, Move.REOPENED}
    assert may_follow(Phase.NOT_RETAINED) == may_follow(Phase.FEEDBACK) == (Move.REOPENED,)


def test_nothing_is_decided_before_it_was_handed_on():
    later = {Move.DECISION, Move.ACTION, Move.FEEDBACK}
    assert not later & {*may_follow(Phase.BUNDLED), *may_follow(Phase.ANALYSED)}


def test_bundled_signal_is_sorted_no_more():
    assert may_sort(Phase.BUNDLED) == ()
    assert not may_be_bundled(Phase.BUNDLED)
    assert may_be_bundled(Phase.NOT_RETAINED)


# --- small numbers ---


def test_none_and_five_say_nothing_about_anybody():
    assert [number for number in range(7) if is_small(number)] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("numbers", "hidden"),
    [
        ([0, 7, 12], set()),
        ([0, 0], set()),
        ([2, 7, 12], {0, 1}),  # one alone is the total minus the rest
        ([0, 2, 7, 12], {1, 2}),
        ([4, 4, 9], {0, 1}),
        ([2, 3, 9], {0, 1, 2}),  # neither of two that make 5 can be 5
        ([1, 1, 9], {0, 1, 2}),
        ([0, 3, 0], {0, 1, 2}),  # nothing to hide behind: no month is shown
        ([1, 1, 1, 1, 2, 0], {0, 1, 2, 3, 4, 5}),
        ([], set()),
    ],
)
def test_a_small_number_is_not_found_by_subtraction(numbers, hidden):
    assert hidden_cells(numbers) == hidden


def test_what_is_hidden_could_always_be_large():
    """Whatever the row: of the hidden ones that are not all, each may be 5 or more."""
    for numbers in itertools.product((0, 1, 2, 4, 5, 6), repeat=4):
        hidden = hidden_cells(numbers)
        assert {place for place, one in enumerate(numbers) if is_small(one)} <= hidden
        if hidden and len(hidden) < len(numbers):
            rest = sum(numbers[place] for place in hidden)
            assert len(hidden) > 1
            assert rest - (len(hidden) - 1) >= 5
