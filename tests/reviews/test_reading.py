"""Unusual reading in the coordinator's week: said without content, and not on an ordinary day."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from reviews import unusual
from reviews.kinds import Kind
from reviews.unusual import Seen, most_in_an_hour
from tests import factories
from tests.cast import Colleague
from tests.reviews import desk


def lines(who: Colleague) -> list[str]:
    return [text for name, text in desk.items(who).items() if name.startswith(Kind.READING)]


def moment(text: str) -> dt.datetime:
    return timezone.make_aware(dt.datetime.fromisoformat(text))


def look(household, by: Colleague, at: str, *, minutes: float = 0, verb: str = "open") -> None:
    AuditEvent.objects.create(
        kind="read",
        verb=verb,
        actor_id=by.user.pk,
        stek_id=household.stek_id,
        subject_type="household",
        subject_id=household.pk,
        at=moment(at) + dt.timedelta(minutes=minutes),
    )


@pytest.fixture
def households(stek):
    return [desk.household(stek, "Jo", f"Naam{number}") for number in range(31)]


# --- many in an hour ---


def seen(*minutes: int, same: bool = False) -> list[Seen]:
    start = moment("2026-11-18T10:00")
    return [
        Seen(1 if same else place, start + dt.timedelta(minutes=minute))
        for place, minute in enumerate(minutes)
    ]


@pytest.mark.parametrize(
    ("looks", "most"),
    [
        ([], 0),
        (seen(0, 10, 59), 3),
        (seen(0, 10, 60), 2),
        (seen(30, 50, 70, 89), 4),  # over the whole hour
        (seen(0, 1, 2, same=True), 1),
    ],
)
def test_hour_is_any_sixty_minutes_and_a_household_counts_once(looks, most):
    assert most_in_an_hour(looks) == most


def test_more_than_thirty_records_in_an_hour_are_said(coordinator, mika, households):
    for number, household in enumerate(households[:30]):
        look(household, mika, "2026-11-18T10:30", minutes=number)
    assert lines(coordinator) == []
    look(households[30], mika, "2026-11-18T11:05")
    (line,) = lines(coordinator)
    assert "Mika Verlinden bekeek iets op een ongewone manier" in line
    assert "31 huishoudens in een uur" in line
    assert "Naam3" not in line


def test_more_than_thirty_records_over_a_day_are_work(coordinator, mika, households):
    for number, household in enumerate(households):
        look(household, mika, "2026-11-18T09:00", minutes=10 * number)
    assert lines(coordinator) == []


# --- a namesake ---


def test_record_of_a_namesake_is_said_once_a_day(coordinator, mika, stek):
    namesake = desk.household(stek, "Jan", "verlinden")
    for minutes in (0, 5):
        look(namesake, mika, "2026-11-18T10:00", minutes=minutes)
    look(namesake, coordinator, "2026-11-18T10:00")
    (line,) = lines(coordinator)
    assert "Mika Verlinden" in line
    assert "dezelfde familienaam" in line
    # Why, and not who: the name of the reader stands there once.
    assert "Jan" not in line
    assert line.casefold().count("verlinden") == 1


def test_member_who_is_a_namesake_counts_too(coordinator, mika, stek):
    household = desk.household(stek, "Jan", "Maes")
    factories.member(household, "An", "Verlinden")
    look(household, mika, "2026-11-18T10:00")
    assert len(lines(coordinator)) == 1


def test_namesake_who_stands_at_the_counter_is_not_chosen(coordinator, mika, stek):
    look(desk.household(stek, "Jan", "Verlinden"), mika, "2026-11-18T10:00", verb="visit")
    assert lines(coordinator) == []


# --- at night ---


@pytest.mark.parametrize("at", ["2026-11-18T20:00", "2026-11-18T06:50", "2026-11-18T23:30"])
def test_several_looks_at_night_are_said(coordinator, mika, households, at):
    for household in households[: unusual.MOST_AT_NIGHT]:
        look(household, mika, at)
    assert lines(coordinator) == []
    look(households[9], mika, at)
    (line,) = lines(coordinator)
    assert "3 keer" in line


@pytest.mark.parametrize("at", ["2026-11-18T19:59", "2026-11-18T07:00"])
def test_looks_by_day_are_work(coordinator, mika, households, at):
    for household in households[:5]:
        look(household, mika, at)
    assert lines(coordinator) == []


def test_looks_while_an_evening_opening_runs_are_work(coordinator, mika, stek, households):
    factories.opening(
        stek,
        desk.day("2026-11-18"),
        opened_at=moment("2026-11-18T19:00"),
        closed_at=moment("2026-11-18T22:00"),
        closed_by=mika.user,
    )
    for household in households[:5]:
        look(household, mika, "2026-11-18T20:30")
    assert lines(coordinator) == []
    look(households[6], mika, "2026-11-18T22:30")
    assert lines(coordinator) == []


# --- who sees it, and how it goes away ---


@pytest.fixture
def found(mika, stek):
    look(desk.household(stek, "Jan", "Verlinden"), mika, "2026-11-18T10:00")


def test_only_a_coordinator_sees_it(coordinator, mika, found):
    assert len(lines(coordinator)) == 1
    assert lines(mika) == []


def test_line_leads_to_what_that_colleague_looked_at(coordinator, mika, found):
    page = desk.page(coordinator).content.decode()
    assert reverse("people:looked_by", args=[mika.user.pk]) in page


def test_what_was_finished_stays_away_and_a_new_day_comes(coordinator, mika, stek, found):
    (name,) = [name for name in desk.items(coordinator) if name.startswith(Kind.READING)]
    desk.press(coordinator, name, "done")
    assert [one for one in desk.waiting(coordinator) if one.startswith(Kind.READING)] == []
    look(desk.household(stek, "An", "Verlinden"), mika, "2026-11-19T10:00")
    assert len([one for one in desk.waiting(coordinator) if one.startswith(Kind.READING)]) == 1


def test_reading_of_long_ago_and_of_another_stek_is_not_said(coordinator, mika, stek, essen):
    look(desk.household(stek, "Jan", "Verlinden"), mika, "2026-10-15T10:00")
    look(desk.household(essen, "Jan", "Verlinden"), mika, "2026-11-18T10:00")
    assert lines(coordinator) == []
