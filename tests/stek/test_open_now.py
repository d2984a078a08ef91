"""Whether it is open at a moment: the plan, the counter, midnight and both DST nights."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from places.planning import planned_days
from stek.open_now import OpenState, open_state
from tests import factories
from visits.models import Opening

BRUSSELS = ZoneInfo("Europe/Brussels")
WEDNESDAY = dt.date(2026, 12, 2)


def moment(text: str) -> dt.datetime:
    """2026-12-02 13:00 on the clock in Kalmthout."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


def state(stek, at: dt.datetime) -> OpenState:
    today = at.astimezone(BRUSSELS).date()
    days = planned_days(stek, today - dt.timedelta(days=1), today + dt.timedelta(days=60))
    return open_state(days, list(Opening.objects.of_stek(stek)), now=at)


def hours(stek, weekday: int, opens: str, closes: str) -> None:
    factories.opening_hours(
        stek,
        weekday=weekday,
        opens_at=dt.time.fromisoformat(opens),
        closes_at=dt.time.fromisoformat(closes),
        first_day=dt.date(2024, 1, 1),
    )


@pytest.mark.parametrize(
    ("clock", "is_open"),
    [("12:59:59", False), ("13:00", True), ("15:59:59", True), ("16:00", False)],
)
def test_open_from_the_first_minute_to_the_last(stek, clock, is_open):
    hours(stek, 2, "13:00", "16:00")
    found = state(stek, moment(f"2026-12-02 {clock}"))
    assert found.is_open is is_open
    assert (found.until == moment("2026-12-02 16:00")) is is_open
    expected = "2026-12-02 13:00" if clock < "13" else "2026-12-09 13:00"
    assert found.next.start == moment(expected)


@pytest.mark.parametrize(
    ("clock", "is_open"),
    [
        ("2026-12-02 19:59", False),
        ("2026-12-02 23:58", True),
        ("2026-12-02 23:59:30", True),
        ("2026-12-03 00:00", True),
        ("2026-12-03 00:59", True),
        ("2026-12-03 01:00", False),
    ],
)
def test_open_over_midnight_without_a_minute_lost(stek, clock, is_open):
    hours(stek, 2, "20:00", "23:59")
    hours(stek, 3, "00:00", "01:00")
    found = state(stek, moment(clock))
    assert found.is_open is is_open
    assert (found.until == moment("2026-12-03 01:00")) is is_open


# On 25 October 2026 the clock goes from 3 back to 2, on 29 March 2026 from 2 on to 3.
@pytest.mark.parametrize(
    ("utc", "is_open"),
    [
        ("2026-10-24T22:59:59", False),  # 0:59:59 in summer time
        ("2026-10-24T23:00:00", True),  # 1:00
        ("2026-10-25T00:30:00", True),  # 2:30, the first time
        ("2026-10-25T01:30:00", True),  # 2:30, the second time
        ("2026-10-25T02:59:59", True),  # 3:59:59
        ("2026-10-25T03:00:00", False),  # 4:00, after four hours
        ("2026-03-28T23:59:59", False),
        ("2026-03-29T00:00:00", True),  # 1:00
        ("2026-03-29T01:59:59", True),  # 3:59:59, after two hours
        ("2026-03-29T02:00:00", False),
    ],
)
def test_open_on_the_nights_in_which_the_clock_changes(stek, utc, is_open):
    hours(stek, 6, "01:00", "04:00")
    at = dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)
    assert state(stek, at).is_open is is_open


@pytest.mark.parametrize(("day", "utc_hour"), [("2026-10-25", 12), ("2026-03-29", 11)])
def test_an_afternoon_on_the_day_of_the_change_is_at_its_own_hour(stek, day, utc_hour):
    hours(stek, 6, "13:00", "16:00")
    start = dt.datetime.fromisoformat(day).replace(hour=utc_hour, tzinfo=dt.UTC)
    assert not state(stek, start - dt.timedelta(seconds=1)).is_open
    assert state(stek, start).is_open
    assert state(stek, start + dt.timedelta(hours=3, seconds=-1)).is_open
    assert not state(stek, start + dt.timedelta(hours=3)).is_open


def test_a_changed_day_opens_on_easter_when_the_clock_changes(stek):
    hours(stek, 6, "13:00", "16:00")
    easter = dt.date(2027, 3, 28)
    assert not state(stek, moment("2027-03-28 14:00")).is_open
    factories.changed_day(
        stek, easter, to_day=easter, opens_at=dt.time(1, 30), closes_at=dt.time(3, 30)
    )
    # Between half past one and half past three lies one hour on this night.
    start = dt.datetime(2027, 3, 28, 0, 30, tzinfo=dt.UTC)
    assert [state(stek, start + dt.timedelta(minutes=n)).is_open for n in (-1, 0, 30, 59, 60)] == [
        False,
        True,
        True,
        True,
        False,
    ]


def opened(stek, at: str, closed: str = "", day: dt.date = WEDNESDAY) -> None:
    by = factories.user()
    ended = {"closed_at": moment(closed), "closed_by": by} if closed else {}
    factories.opening(stek, day, by=by, opened_at=moment(at), **ended)


def test_closed_early_at_the_counter_is_closed(stek):
    hours(stek, 2, "13:00", "16:00")
    opened(stek, "2026-12-02 12:55", closed="2026-12-02 14:30")
    found = state(stek, moment("2026-12-02 15:00"))
    assert not found.is_open
    assert found.closed_early
    assert found.next.day == dt.date(2026, 12, 9)
    assert not state(stek, moment("2026-12-02 17:00")).closed_early


def test_opened_before_the_hours_is_open_until_their_end(stek):
    hours(stek, 2, "13:00", "16:00")
    opened(stek, "2026-12-02 12:30")
    found = state(stek, moment("2026-12-02 12:40"))
    assert found.is_open
    assert found.until == moment("2026-12-02 16:00")


def test_left_open_is_believed_for_an_hour_after_the_end(stek):
    hours(stek, 2, "13:00", "16:00")
    opened(stek, "2026-12-02 12:55")
    late = state(stek, moment("2026-12-02 16:59"))
    assert (late.is_open, late.until) == (True, None)
    assert not state(stek, moment("2026-12-02 17:00")).is_open
    assert not state(stek, moment("2026-12-03 13:00")).is_open


def test_opened_on_a_day_without_hours_is_open_for_four_hours(stek):
    opened(stek, "2026-12-02 10:00")
    assert state(stek, moment("2026-12-02 13:59")).is_open
    assert not state(stek, moment("2026-12-02 14:00")).is_open


def test_opened_and_closed_by_mistake_in_the_morning_changes_nothing(stek):
    hours(stek, 2, "13:00", "16:00")
    opened(stek, "2026-12-02 09:00", closed="2026-12-02 09:01")
    assert state(stek, moment("2026-12-02 13:30")).is_open


def test_a_day_that_is_typed_in_later_opens_nothing(stek):
    opened(stek, "2026-12-03 10:00", day=WEDNESDAY)
    assert not state(stek, moment("2026-12-03 10:30")).is_open


def test_what_was_opened_on_a_holiday_is_open(stek):
    hours(stek, 4, "13:00", "16:00")
    assert not state(stek, moment("2026-12-25 13:30")).is_open
    opened(stek, "2026-12-25 13:00", day=dt.date(2026, 12, 25))
    assert state(stek, moment("2026-12-25 13:30")).is_open


def test_nothing_planned_has_no_next_time(stek):
    assert state(stek, moment("2026-12-02 13:00")) == OpenState(
        is_open=False, until=None, closed_early=False, next=None
    )
