"""What moves when two households become one: nothing is lost, nothing counted twice."""

import datetime as dt
import uuid

import pytest

from people.models import GroceryAccess, Household, NameKey
from people.search import find_households
from reviews.kinds import OF_HOUSEHOLDS
from reviews.models import Decision
from reviews.sources import SOURCES
from stek.merge_moves import (
    ACCESSES,
    HOLDS,
    MEMBERS,
    MESSAGES,
    STAYS,
    VISITS,
    WHOLE,
    keys_to_a_household,
)
from tests import factories
from tests.people import office
from tests.stek.merging.hands import merge, picture, undo
from visits.models import Message, Visit


def test_every_key_to_a_household_is_known_to_the_merge():
    known = {*WHOLE, *STAYS, MEMBERS, ACCESSES, VISITS, MESSAGES, HOLDS}
    assert keys_to_a_household() == known


def test_every_source_of_the_week_about_households_is_known_to_the_merge(mika):
    sources = {kind for kind, one in SOURCES.items() if one.all(mika.membership).model is Household}
    assert sources == set(OF_HOUSEHOLDS)


def test_all_history_moves_and_no_visit_is_lost(full):
    kept, gone = full
    before = Visit.objects.counted().count()
    people = Household.objects.in_use().count()
    merge(kept, gone)
    after = picture(kept, gone)
    assert {len(after[41][name]) for name in ("follow_ups", "visits")} == {4}
    assert {len(after[41][name]) for name in ("referrals", "consents", "requests")} == {2}
    left = after[57]
    assert [left[name] for name in ("visits", "follow_ups", "referrals", "requests", "keys")] == [
        [] for _one in range(5)
    ]
    assert Visit.objects.counted().count() == before
    assert Household.objects.in_use().count() == people - 1


def test_undo_puts_every_row_back_where_it_was(full):
    kept, gone = full
    before = picture(kept, gone)
    done = merge(kept, gone, name="gone", phone="gone", size="gone", access="gone")
    assert picture(kept, gone) != before
    undo(done)
    assert picture(kept, gone) == before
    done.refresh_from_db()
    assert (done.before, done.moved) == ({}, {})


def test_what_is_chosen_stays_and_the_rest_is_kept_for_the_undo_only(fatima, fatma):
    done = merge(fatima, fatma, name="gone", language="gone")
    fatima.refresh_from_db()
    assert (fatima.full_name, fatima.phone, fatima.language) == (
        "Fatma Elamrani",
        "0476 12 34 56",
        "ar",
    )
    assert (fatima.adults, fatima.children) == (2, 3)
    assert done.before["kept"]["first_name"] == ["Fatima", "Fatma"]
    assert [hit.household_id for hit in find_households(stek=fatima.stek, text="fatima")] == [
        fatima.pk  # sounds alike
    ]
    assert not NameKey.objects.filter(household=fatma).exists()


def test_name_that_was_not_chosen_may_come_for_the_household(stek, fatima):
    karim = factories.household(stek, "Karim", "Benali")
    done = merge(fatima, karim, also_member=True)
    assert [member.full_name for member in fatima.members.all()] == ["Karim Benali"]
    assert find_households(stek=stek, text="karim")[0].household_id == fatima.pk
    undo(done)
    assert not fatima.members.exists()


def test_member_of_both_stands_there_once(full):
    kept, gone = full
    merge(kept, gone)
    names = sorted(member.first_name for member in kept.members.all())
    assert names == ["Amina41", "Amina57", "Youssef"]


def test_both_at_one_opening_stay_two_visits_and_one_is_the_second_of_that_day(full):
    kept, gone = full
    merge(kept, gone)
    repeated = kept.visits.filter(repeated=True)
    assert repeated.count() == 1
    assert kept.visits.filter(opening=repeated.get().opening).count() == 2


@pytest.mark.parametrize("chosen", ["kept", "gone"])
def test_one_access_goes_on_and_it_is_the_chosen_one(fatima, fatma, chosen):
    of = {"kept": factories.access(fatima), "gone": factories.access(fatma)}
    done = merge(fatima, fatma, access=chosen)
    assert GroceryAccess.objects.current().get() == of[chosen]
    undo(done)
    assert set(GroceryAccess.objects.current()) == set(of.values())
    assert fatma.accesses.get() == of["gone"]


def test_only_access_goes_on_whatever_was_chosen(fatima, fatma):
    only = factories.access(fatma)
    done = merge(fatima, fatma, access="kept")
    assert fatima.accesses.current().get() == only
    undo(done)
    assert fatma.accesses.current().get() == only


def test_access_that_was_decided_since_stays_with_the_one_kept(coordinator, fatima, fatma):
    for one in (fatima, fatma):
        factories.access(one)
    done = merge(fatima, fatma, access="gone")
    form = {"request_id": uuid.uuid4(), "back": "list", "referrer": ""}
    office.decide(coordinator, "renew", fatima.accesses.current().get(), **form)
    newest = fatima.accesses.current().get()
    assert fatima.accesses.count() == 3
    undo(done)
    assert fatima.accesses.current().get() == newest
    assert fatma.accesses.current().count() == 1


def test_of_two_waiting_messages_that_of_the_kept_one_waits(fatima, fatma):
    stays, other = factories.message(fatima), factories.message(fatma, text="Bel terug.")
    done = merge(fatima, fatma)
    assert Message.objects.of_household(fatima.pk).waiting().get() == stays
    undo(done)
    assert Message.objects.of_household(fatma.pk).waiting().get() == other


def test_message_that_is_the_only_one_waits_for_the_kept_one(fatima, fatma):
    only = factories.message(fatma)
    merge(fatima, fatma)
    assert Message.objects.of_household(fatima.pk).waiting().get() == only


def test_of_two_decisions_on_one_fact_that_on_the_kept_one_stays(stek, fatima, fatma):
    day = factories.today()
    for one in (fatima, fatma):
        factories.decision(stek, one.pk, about_day=day)
    other = factories.decision(stek, fatma.pk, about_day=day - dt.timedelta(days=1))
    merge(fatima, fatma)
    assert Decision.objects.filter(subject_id=fatima.pk).count() == 2
    assert Decision.objects.get(pk=other.pk).subject_id == fatima.pk


@pytest.mark.parametrize(("mine", "theirs"), [(10, 90), (90, 10)])
def test_hold_lasts_as_long_as_the_longest_of_both(fatima, fatma, mine, theirs):
    today = factories.today()
    for one, days in ((fatima, mine), (fatma, theirs)):
        factories.retention_hold(one, until=today + dt.timedelta(days=days))
    done = merge(fatima, fatma)
    assert fatima.holds.get().until == today + dt.timedelta(days=90)
    undo(done)
    assert fatima.holds.get().until == today + dt.timedelta(days=mine)
    assert fatma.holds.get().until == today + dt.timedelta(days=theirs)
