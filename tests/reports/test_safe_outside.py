"""What leaves the house withstands somebody who has all of it, can count, and has a solver."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.safe import Release, make_safe
from tests.reports.outside import corrected_by_few, few_households, weaknesses
from tests.reports.worlds import ROWS, Place, ask, compared, report
from visits.period import Period

#: What people ask for, in any order; some lie across each other.
PERIODS = [
    "2026-01", "2026-02", "2026-03", "2026-Q1", "2026-Q2", "2026-04", "2026-05", "2026-06",
    "2026-H1", "2026", "2026-W05", "2026-W06", "2026-01-01_2026-01-26", "2026-01-15_2026-02-20",
    "2026-01-01_2026-03-26", "2026-02-01_2026-04-30", "2026-03-10_2026-03-10",
]  # fmt: skip
TABLES = ("refer", *ROWS, "meet", "visits_month")
KINDS = [
    TABLES,
    ("refer", "questions_theme"),
    ("questions_help", "visits_month"),
    ("refer", "meet"),
]

seeds = st.integers(0, 10**6)
busy = st.sampled_from([0.4, 0.7, 1, 2, 4])


def released(reports):
    """Each made safe against those before it."""
    gone: list[Release] = []
    for true in reports:
        gone.append(Release(true, make_safe(true, gone)))
    return [one.shown for one in gone]


@settings(max_examples=60, deadline=None)
@given(
    seed=seeds,
    busy=busy,
    keys=st.lists(st.sampled_from(PERIODS), min_size=1, max_size=6),
    kinds=seeds,
)
def test_reports_of_one_stek_tell_nothing_of_few(seed, busy, keys, kinds):
    place, chance = Place.made(seed, busy=busy), random.Random(kinds)
    made = [compared(place, Period.parse(key), chance.choice(KINDS)) for key in keys]
    assert weaknesses(released(made), ROWS) == []


@settings(max_examples=40, deadline=None)
@given(
    seed=seeds,
    busy=busy,
    asked=st.lists(
        st.tuples(
            st.sampled_from(PERIODS[:10]),
            st.sampled_from([(0,), (1,), (2,), (0, 1), (0, 1, 2)]),
        ),
        min_size=1,
        max_size=5,
    ),
    beside=st.booleans(),
)
def test_reports_of_several_steks_tell_nothing_of_few(seed, busy, asked, beside):
    places = [Place.made(seed + number, busy=busy) for number in range(3)]
    made = []
    for key, steks in asked:
        columns = [(Period.parse(key), steks)]
        if beside:
            columns = [(Period.parse(key), (pk,)) for pk in steks] + columns
        made.append(report(places, columns, ("refer", "questions_theme", "questions_help")))
    assert weaknesses(released(made), ROWS) == []


@settings(max_examples=60, deadline=None)
@given(seed=seeds, busy=busy, keys=st.lists(st.sampled_from(PERIODS), min_size=1, max_size=7))
def test_reports_tell_nothing_of_few_households(seed, busy, keys):
    place = Place.made(seed, busy=busy)
    tables = ("meet", "households_size", "households_seen")
    made = [compared(place, Period.parse(key), tables) for key in keys]
    assert few_households(released(made)) == []


@settings(max_examples=60, deadline=None)
@given(
    seed=seeds,
    busy=busy,
    keys=st.lists(st.sampled_from(PERIODS[:5]), min_size=2, max_size=5),
    added=st.integers(0, 12),
)
def test_corrections_tell_nothing_of_few(seed, busy, keys, added):
    place, chance = Place.made(seed, busy=busy), random.Random(seed)
    made = []
    for key in keys:
        made.append(compared(place, Period.parse(key), TABLES))
        day = chance.choice([day for day in place.asked if day.year == 2026])
        place.asked[day] = place.asked[day] + [ask(chance) for _ in range(added)]
    shown = released(made)
    assert corrected_by_few(shown) == []
    # Of the last alone everything is as it was true then.
    assert weaknesses(shown[-1:], ROWS) == []


def test_every_month_and_quarter_of_a_year_tell_nothing_of_few():
    keys = [
        *(f"2026-{month:02}" for month in range(1, 13)),
        "2026-Q1",
        "2026-Q2",
        "2026-H1",
        "2026",
    ]
    for seed in (1, 2):
        place = Place.made(seed, busy=1.5)
        made = [compared(place, Period.parse(key), TABLES) for key in keys]
        assert weaknesses(released(made), ROWS) == []


@pytest.mark.parametrize("order", [1, -1])
def test_most_numbers_of_usual_periods_are_shown(order):
    keys = [f"2026-{m:02}" for m in range(1, 13)] + ["2026-Q1", "2026-Q2", "2026-Q3", "2026"]
    place = Place.made(5, busy=4)
    made = [compared(place, Period.parse(key), TABLES) for key in keys[::order]]
    large = hidden = 0
    for true, shown in zip(made, released(made), strict=True):
        for was, now in zip(all_cells(true), all_cells(shown), strict=True):
            large += (was.number or 0) >= 5
            hidden += (was.number or 0) >= 5 and now.hidden
    assert hidden / large < 0.25


def all_cells(one):
    for table in one.tables:
        yield from table.total or ()
        for row in table.rows:
            yield from row.cells
