"""Pairs of households that may be double: found when one changed, and told apart by a person."""

import time
from contextlib import closing
from itertools import islice

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from bench.names import households
from people.models import DuplicatePair, Household
from people.pairs import compare_all_changed, compare_changed
from places.models import Stek
from stek.erasure import erase_household
from tests import factories
from tests.cast import Colleague
from tests.people import office
from tests.visits.desk import text_of


def pairs(stek) -> list[tuple[int, int, list[str]]]:
    compare_changed(stek)
    rows = DuplicatePair.objects.of_stek(stek).open().select_related("one", "other")
    return [(pair.one.number, pair.other.number, pair.reasons) for pair in rows]


def show(client, which="mogelijk"):
    return client.get(reverse("people:duplicates"), {"lijst": which})


def say(client, verb, pair):
    return client.post(reverse(f"people:{verb}", args=[pair.pk]))


@pytest.fixture
def pair(stek) -> DuplicatePair:
    factories.household(stek, "Mohamed", "El Amrani", number=12, phone="0476 12 34 56")
    factories.household(stek, "Mohammed", "Elamrani", number=40)
    compare_changed(stek)
    return DuplicatePair.objects.get()


# --- what is found ---


def test_pair_has_its_reasons_and_the_likeliest_comes_first(stek):
    factories.household(stek, "Jef", "Peeters", number=1)
    factories.household(stek, "Claes", "Ingrid", number=2, phone="0476 12 34 56", adults=2)
    factories.household(stek, "Jozef", "Peeters", number=3, adults=4)
    factories.household(stek, "Ingrid", "Claes", number=4, phone="+32476123456", adults=2)
    assert pairs(stek) == [
        (2, 4, ["swapped_name", "same_phone", "same_size"]),
        (1, 3, ["similar_name"]),
    ]


def test_contact_who_is_a_member_of_another_is_found_from_both_sides(stek):
    one = factories.household(stek, "Fatima", "El Amrani", number=1)
    factories.member(one, "Youssef", "Benali")
    factories.household(stek, "Youssef", "Benali", number=2, adults=3)
    assert pairs(stek) == [(1, 2, ["member", "same_name"])]
    DuplicatePair.objects.all().delete()
    Household.objects.filter(pk=one.pk).update(to_compare=1)
    assert pairs(stek) == [(1, 2, ["member", "same_name"])]


def test_two_members_in_common_are_worth_a_look_and_one_is_not(stek):
    one = factories.household(stek, "Fatima", "El Amrani", number=1)
    other = factories.household(stek, "Karim", "Benali", number=2, adults=3)
    for household in (one, other):
        factories.member(household, "Youssef", "Benali")
    assert pairs(stek) == []
    for household in (one, other):
        factories.member(household, "Amina", "Benali")
        Household.objects.compare_again(household.pk)
    assert pairs(stek) == [(1, 2, ["same_members"])]


def test_pair_goes_when_a_name_changes_and_comes_when_it_changes_back(coordinator, stek, pair):
    office.edit(coordinator, pair.other, first_name="Karim")
    assert pairs(stek) == []
    office.edit(coordinator, Household.objects.get(pk=pair.other_id), first_name="Mohamed")
    assert len(pairs(stek)) == 1


def test_nothing_is_compared_again_without_a_change(coordinator, stek, pair):
    with CaptureQueriesContext(connection) as asked:
        assert compare_changed(stek) == 0
    assert len(asked) == 1
    office.edit(coordinator, pair.one, language="nl")
    assert compare_changed(stek) == 0
    office.edit(coordinator, Household.objects.get(pk=pair.one_id), phone="0476 00 00 00")
    assert compare_changed(stek) == 1


def test_each_stek_has_its_own_pairs(stek, essen):
    factories.household(stek, "Ingrid", "Claes")
    factories.household(essen, "Ingrid", "Claes")
    assert compare_all_changed(timezone.now()) == 2
    assert not DuplicatePair.objects.exists()


def test_erased_household_is_in_no_pair(coordinator, pair):
    erase_household(pair.one, by=coordinator.user)
    assert not DuplicatePair.objects.exists()


# --- what a person says ---


def test_said_to_be_two_they_are_not_proposed_again_until_a_name_or_phone_changes(
    coordinator, stek, pair
):
    assert say(coordinator, "keep_apart", pair).status_code == 302
    assert "Geen dubbels" in text_of(show(coordinator))
    page = text_of(show(coordinator, "apart"))
    assert "Niet dezelfde, volgens Els Goossens op" in page
    office.edit(coordinator, pair.one, adults=5)
    Household.objects.compare_again(pair.one_id)
    assert pairs(stek) == []
    office.edit(coordinator, Household.objects.get(pk=pair.one_id), phone="0476 00 00 00")
    assert len(pairs(stek)) == 1
    assert DuplicatePair.objects.get().apart_by is None


def test_that_they_are_two_can_be_taken_back(coordinator, pair):
    say(coordinator, "keep_apart", pair)
    say(coordinator, "keep_apart", pair)
    say(coordinator, "doubt_again", pair)
    say(coordinator, "doubt_again", pair)
    page = text_of(show(coordinator))
    assert "12 Mohamed El Amrani" in page
    assert "40 Mohammed Elamrani" in page
    verbs = AuditEvent.objects.filter(kind="change").order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == ["keep_apart", "doubt_again"]


# --- the page ---


def test_list_says_how_sure_it_is_and_why_in_words(coordinator, pair):
    page = text_of(show(coordinator))
    assert "Waarschijnlijk" in page
    assert "naam lijkt erop" in page
    assert AuditEvent.objects.get(kind="read").verb == "duplicates"


def test_list_says_that_some_are_still_to_be_compared(coordinator, stek):
    factories.household(stek)
    assert "Nog 1 huishouden wordt vergeleken" in text_of(show(coordinator))


def test_list_that_is_unknown_is_the_first(coordinator):
    assert "Geen dubbels" in text_of(show(coordinator, "iets"))
    assert "niets samengevoegd" in text_of(show(coordinator, "samengevoegd"))
    assert "niet dezelfde zijn" in text_of(show(coordinator, "apart"))


@pytest.mark.parametrize("which", ["mogelijk", "apart", "samengevoegd"])
def test_list_asks_as_much_for_one_as_for_three(coordinator, stek, which):
    counts = []
    for _round in range(3):
        one, other = factories.household(stek), factories.household(stek)
        factories.member(one)
        said = (
            {}
            if which == "mogelijk"
            else {
                "apart_at": timezone.now(),
                "apart_by": factories.user(),
                "apart_print": "x",
            }
        )
        if which == "samengevoegd":
            factories.merge(one, other)
        else:
            factories.duplicate_pair(one, other, **said)
        with CaptureQueriesContext(connection) as asked:
            show(coordinator, which)
        counts.append(len(asked))
    assert counts[0] == counts[2]


def a_book(stek: Stek, coordinator: Colleague, many: int) -> None:
    families = islice(households(40_000, seed=7), many)
    Household.objects.bulk_create(
        Household(
            stek=stek,
            number=number,
            first_name=family[0][0],
            last_name=family[0][1],
            created_by=coordinator.user,
        )
        for number, family in enumerate(families, 1)
    )


def test_five_thousand_households_are_compared_in_bounded_work(coordinator, stek):
    """Once for all of them; after that one change costs a glance at the book."""
    a_book(stek, coordinator, 5_000)
    start = time.process_time()
    assert compare_changed(stek) == 5000
    assert time.process_time() - start < 60
    start = time.process_time()
    assert show(coordinator).status_code == 200
    assert time.process_time() - start < 1


def test_book_that_the_database_did_not_count_yet_is_compared_at_once(coordinator, stek):
    """As right after an import: PostgreSQL believes that the tables are as good as empty."""
    a_book(stek, coordinator, 2_000)
    if connection.vendor == "postgresql":
        with closing(connection.copy()) as elsewhere, elsewhere.cursor() as cursor:
            cursor.execute("ANALYZE people_household")
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '1s'")
    assert compare_changed(stek) == 2000
    Household.objects.update(to_compare=1)
    assert compare_changed(stek) == 2000
