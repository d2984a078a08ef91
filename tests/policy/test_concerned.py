"""Who a structural signal is about: counted once, small numbers hidden."""

import datetime as dt

import pytest

from forms_help.outcomes import Outcome
from policy.concerned import MONTHS, Concerned, months_until
from tests import factories


@pytest.fixture
def rent(stek):
    return factories.theme(stek, "wonen en huur")


def asked(opening, theme, *, household=None, unmet=False, **fields):
    visit = factories.visit(opening, household, purposes=["question"], adults=1, children=0)
    if unmet:
        fields |= {"outcome": Outcome.NOT_SOLVED, "unmet_reason": "service_away"}
    return factories.question(visit, theme, **fields)


def homes(stek, count):
    return [factories.household(stek, f"Gezin {n}") for n in range(count)]


def test_questions_of_its_signals_and_unmet_ones_of_its_theme_count(stek, opening, rent, today):
    bundle = factories.bundle(stek, theme=rent)
    families = homes(stek, 6)
    for household in families:
        asked(opening, rent, household=household, unmet=True)
    noted = asked(opening, factories.theme(stek, "energie"))
    factories.signal(stek, bundle=bundle, question=noted)
    asked(opening, rent)  # of the theme, and it worked out
    found = Concerned.of(bundle, today=today)
    assert (found.questions, found.households, found.of_theme) == (7, 6, 7)


def test_without_a_theme_only_what_a_signal_came_from_counts(stek, opening, rent, today):
    bundle = factories.bundle(stek)
    for household in homes(stek, 5):
        question = asked(opening, rent, household=household, unmet=True)
        factories.signal(stek, bundle=bundle, question=question)
    asked(opening, rent, unmet=True)
    found = Concerned.of(bundle, today=today)
    assert (found.questions, found.households, found.of_theme) == (5, 5, None)


def test_struck_out_does_not_count_and_nobody_counts_twice(stek, opening, rent, today):
    bundle = factories.bundle(stek, theme=rent)
    by, now = factories.user(), dt.datetime.now(dt.UTC)
    for household in homes(stek, 5):
        asked(opening, rent, household=household, unmet=True)
        second = factories.visit(opening, household, purposes=["question"], repeated=True)
        factories.question(second, rent, outcome=Outcome.NOT_SOLVED, unmet_reason="service_away")
    asked(opening, rent, unmet=True, voided_at=now, voided_by=by, void_reason="mistake")
    linked = asked(opening, factories.theme(stek, "energie"))
    factories.signal(
        stek, bundle=bundle, question=linked, voided_at=now, voided_by=by, void_reason="mistake"
    )
    found = Concerned.of(bundle, today=today)
    assert (found.questions, found.households) == (10, 5)


def test_who_gave_no_name_is_a_question_and_no_household(stek, opening, rent, today):
    bundle = factories.bundle(stek, theme=rent)
    for _ in range(5):
        asked(opening, rent, unmet=True)
    found = Concerned.of(bundle, today=today)
    assert (found.questions, found.households) == (5, 0)


def test_under_five_is_not_said(stek, opening, rent, today, mika):
    bundle = factories.bundle(stek, theme=rent)
    for household in homes(stek, 4):
        asked(opening, rent, household=household, unmet=True)
    found = Concerned.of(bundle, today=today)
    assert (found.questions, found.households) == (None, None)
    page = mika.get(f"/signalen/structureel/{bundle.pk}/").content.decode()
    assert page.count("minder dan 5") == 3


def test_year_back_is_whole_months_and_another_stek_is_not_counted(stek, essen, rent, today):
    bundle = factories.bundle(stek, theme=rent)
    months = months_until(today)
    for day, number in ((months[0], 6), (months[0] - dt.timedelta(days=1), 5)):
        opening = factories.opening(stek, day, closed=True)
        for _ in range(number):
            asked(opening, rent, unmet=True)
    elsewhere, theirs = factories.opening(essen), factories.theme(essen)
    for _ in range(5):
        asked(elsewhere, theirs, unmet=True)
    found = Concerned.of(bundle, today=today)
    assert found.questions == 6
    assert [month.questions for month in found.months] == [6, *[0] * (MONTHS - 1)]


def test_one_small_month_is_not_found_by_subtraction(stek, rent, today):
    bundle = factories.bundle(stek, theme=rent)
    months = months_until(today)
    for first, number in zip(months[:3], (2, 6, 9), strict=True):
        opening = factories.opening(stek, first, closed=True)
        for _ in range(number):
            asked(opening, rent, unmet=True)
    found = Concerned.of(bundle, today=today)
    assert found.questions == 17
    assert [month.questions for month in found.months[:4]] == [None, None, 9, 0]


@pytest.mark.parametrize(
    ("day", "first"),
    [(dt.date(2026, 11, 25), dt.date(2025, 12, 1)), (dt.date(2024, 2, 29), dt.date(2023, 3, 1))],
)
def test_twelve_months_end_with_the_running_one(day, first):
    months = months_until(day)
    assert (len(months), months[0], months[-1]) == (12, first, day.replace(day=1))
