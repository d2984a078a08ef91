"""What the weekly pattern, the closings and the holidays say together about one day."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from places.planning import planned_day
from tests import factories

WEDNESDAY = dt.date(2026, 11, 18)
DAY = dt.timedelta(days=1)


def test_plan_of_a_usual_day_says_hours_and_who_sits_at_the_table(stek):
    hours = factories.opening_hours(stek, first_day=WEDNESDAY)
    for who in ("LIGO", "CAW"):
        factories.table_turn(hours, who)
    plan = planned_day(stek, WEDNESDAY)
    assert plan.is_open
    assert plan.hours == ((dt.time(13), dt.time(16)),)
    assert plan.at_table == ("CAW", "LIGO")


def test_plan_names_who_comes_every_other_week_in_those_weeks_only(stek):
    hours = factories.opening_hours(stek, first_day=WEDNESDAY)
    factories.table_turn(hours, "Mika", every_weeks=2, first_day=WEDNESDAY)
    there = [planned_day(stek, WEDNESDAY + n * 7 * DAY).at_table for n in range(4)]
    assert there == [("Mika",), (), ("Mika",), ()]


def test_plan_names_nobody_twice_on_a_day_with_two_openings(stek):
    for opens_at in (dt.time(9), dt.time(13)):
        hours = factories.opening_hours(
            stek, first_day=WEDNESDAY, opens_at=opens_at, closes_at=dt.time(opens_at.hour + 2)
        )
        factories.table_turn(hours, "CAW")
    plan = planned_day(stek, WEDNESDAY)
    assert plan.at_table == ("CAW",)
    assert [opens for opens, _closes in plan.hours] == [dt.time(9), dt.time(13)]


@pytest.mark.parametrize("days", [-1, 1, 6])
def test_plan_of_another_weekday_is_closed(stek, days):
    factories.opening_hours(stek, first_day=WEDNESDAY - 7 * DAY)
    plan = planned_day(stek, WEDNESDAY + days * DAY)
    assert not plan.is_open
    assert plan.closed_because == ""


def test_plan_follows_a_change_of_hours_from_its_first_day(stek):
    last = WEDNESDAY - DAY
    factories.opening_hours(stek, first_day=WEDNESDAY - 70 * DAY, last_day=last)
    factories.opening_hours(stek, first_day=WEDNESDAY, opens_at=dt.time(14))
    assert planned_day(stek, WEDNESDAY - 7 * DAY).hours[0][0] == dt.time(13)
    assert planned_day(stek, WEDNESDAY).hours == ((dt.time(14), dt.time(16)),)


@pytest.mark.parametrize(("days", "is_open"), [(-1, True), (0, False), (7, False), (8, True)])
def test_plan_is_closed_on_both_ends_of_a_closing(stek, days, is_open):
    for weekday in range(7):
        factories.opening_hours(stek, weekday, first_day=WEDNESDAY - 30 * DAY)
    factories.closing_day(stek, WEDNESDAY, last_day=WEDNESDAY + 7 * DAY, reason="Verlof")
    plan = planned_day(stek, WEDNESDAY + days * DAY)
    assert plan.is_open is is_open
    assert plan.closed_because == ("" if is_open else "Verlof")


def test_plan_of_a_holiday_says_which(stek):
    factories.opening_hours(stek, first_day=dt.date(2026, 1, 1))
    plan = planned_day(stek, dt.date(2026, 11, 11))
    assert (plan.is_open, plan.closed_because) == (False, "Wapenstilstand")


def test_plan_takes_nothing_from_another_stek(stek, essen):
    factories.opening_hours(essen, first_day=WEDNESDAY)
    factories.closing_day(essen, WEDNESDAY)
    plan = planned_day(stek, WEDNESDAY)
    assert (plan.hours, plan.closed_because) == ((), "")


def test_plan_takes_as_many_queries_with_one_line_and_with_many(stek, django_assert_num_queries):
    for hour in range(8, 20):
        hours = factories.opening_hours(
            stek, first_day=WEDNESDAY, opens_at=dt.time(hour), closes_at=dt.time(hour + 1)
        )
        factories.table_turn(hours, f"Tafel {hour}")
    with django_assert_num_queries(5):
        assert len(planned_day(stek, WEDNESDAY).hours) == 12


def test_hours_that_close_before_they_open_are_refused(stek):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.opening_hours(stek, opens_at=dt.time(16), closes_at=dt.time(13))


def test_closing_that_ends_before_it_begins_is_refused(stek):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.closing_day(stek, WEDNESDAY, last_day=WEDNESDAY - DAY)


@pytest.mark.parametrize("weeks", [0, 9])
def test_turn_every_so_many_weeks_has_a_sensible_number(stek, weeks):
    hours = factories.opening_hours(stek)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.table_turn(hours, every_weeks=weeks)
