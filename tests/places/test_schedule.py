"""The pure rules of the calendar: Belgian holidays, and whose turn it is at the table."""

import datetime as dt

import pytest

from places.schedule import has_turn, holiday_name

WEDNESDAY = dt.date(2026, 11, 18)
WEEK = dt.timedelta(days=7)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dt.date(2026, 1, 1), "Nieuwjaar"),
        (dt.date(2026, 4, 6), "Paasmaandag"),
        (dt.date(2026, 5, 1), "Dag van de Arbeid"),
        (dt.date(2026, 7, 21), "Nationale feestdag"),
        (dt.date(2026, 11, 11), "Wapenstilstand"),
        (dt.date(2027, 3, 29), "Paasmaandag"),
        (dt.date(2026, 12, 25), "Kerstmis"),
    ],
)
def test_holiday_of_belgium_has_its_dutch_name(day, name):
    assert holiday_name(day) == name


@pytest.mark.parametrize("day", [WEDNESDAY, dt.date(2026, 12, 24), dt.date(2026, 7, 14)])
def test_holiday_is_none_on_another_day(day):
    assert holiday_name(day) == ""


@pytest.mark.parametrize("weeks", range(9))
@pytest.mark.parametrize("every", [1, 2, 3])
def test_turn_comes_every_so_many_weeks(weeks, every):
    day = WEDNESDAY + weeks * WEEK
    assert has_turn(first_day=WEDNESDAY, every_weeks=every, day=day) == (weeks % every == 0)


def test_turn_does_not_come_before_its_first_day():
    before = WEDNESDAY - dt.timedelta(days=1)
    assert not has_turn(first_day=WEDNESDAY, every_weeks=1, day=before)


def test_turn_moves_along_when_the_opening_moves_within_its_week():
    friday = WEDNESDAY + 2 * WEEK + dt.timedelta(days=2)
    assert has_turn(first_day=WEDNESDAY, every_weeks=2, day=friday)
    monday = WEDNESDAY + 2 * WEEK - dt.timedelta(days=2)
    assert has_turn(first_day=WEDNESDAY, every_weeks=2, day=monday)


def test_turn_keeps_its_rhythm_over_a_year_of_53_weeks():
    first = dt.date(2026, 12, 23)
    turns = [first + n * WEEK for n in range(6)]
    come = [day for day in turns if has_turn(first_day=first, every_weeks=2, day=day)]
    assert come == turns[::2]
