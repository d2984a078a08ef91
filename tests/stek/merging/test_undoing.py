"""Two again: within a month, in any order, and never after it is final."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from people.actions import update_household
from people.models import DuplicatePair, Household, Member, Merge, NameKey
from stek.erasure import erase_household
from stek.unmerging import OnRestriction, TooLate, make_merges_final
from tests import factories
from tests.stek.merging.hands import merge, picture, undo
from tests.visits.desk import text_of
from visits.models import Message


def test_what_happened_since_stays_with_the_one_kept(opening, fatima, fatma):
    done = merge(fatima, fatma, phone="gone")
    since = factories.visit(opening, fatima)
    update_household(
        Household.objects.get(pk=fatima.pk),
        changes={"phone": "0470 99 88 77"},
        version=2,
        by=factories.user(),
    )
    undo(done)
    since.refresh_from_db()
    fatima.refresh_from_db()
    assert since.household == fatima
    assert fatima.phone == "0470 99 88 77"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("chosen", ["kept", "gone"])
def test_chain_of_three_comes_apart_in_any_order(stek, full, order, chosen):
    """a into b into c: also when the first merge is undone first."""
    b, a = full
    c = factories.household(stek, "Fatoumata", "Amrani", number=80, phone="0499 00 00 00")
    shared = a.visits.order_by("pk")[0].opening
    factories.visit(shared, c)
    factories.access(c)
    before = picture(a, b, c)
    picks = dict.fromkeys(("name", "phone", "language", "size", "access"), chosen)
    merges = [merge(b, a, **picks), merge(c, b, **picks)]
    assert c.visits.count() == 5
    assert {Household.objects.get(pk=one.pk).merged_into_id for one in (a, b)} == {c.pk}
    for place in order:
        undo(merges[place])
    assert picture(a, b, c) == before


def test_nothing_is_undone_while_one_of_them_is_on_restriction(coordinator, stek, full):
    """a into b into c: what is of a lies with c by then."""
    b, a = full
    c = factories.household(stek, "Fatoumata", "Amrani", number=80)
    first = merge(b, a)
    merge(c, b)
    factories.restricted(c)
    before = picture(a, b, c)
    with pytest.raises(OnRestriction):
        undo(first)
    answer = coordinator.post(reverse("people:undo_merge", args=[first.pk]))
    assert answer["Location"] == reverse("people:household", args=[c.pk])
    assert "Terugdraaien kan als die weg is" in text_of(coordinator.get(answer["Location"]))
    assert picture(a, b, c) == before


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_that_went_into_one_come_out_in_any_order(stek, full, order):
    c, a = full
    b = factories.household(stek, "Fatoumata", "Amrani", number=80, phone="0499 00 00 00")
    factories.access(b)
    before = picture(a, b, c)
    picks = dict.fromkeys(("name", "phone", "size", "access"), "gone")
    merges = [merge(c, a, **picks), merge(c, b, **picks)]
    for place in order:
        undo(merges[place])
    assert picture(a, b, c) == before


def test_undone_twice_it_is_undone_once(coordinator, fatima, fatma):
    done = merge(fatima, fatma)
    undo(done)
    undo(done)
    assert AuditEvent.objects.filter(verb="undo_merge").count() == 1


def test_after_a_month_it_is_final_and_nothing_is_kept_for_the_undo(coordinator, full):
    kept, gone = full
    factories.message(kept)
    done = merge(kept, gone, name="gone")
    Merge.objects.update(merged_at=timezone.now() - dt.timedelta(days=31))
    with pytest.raises(TooLate):
        undo(done)
    assert make_merges_final(timezone.now()) == 1
    assert make_merges_final(timezone.now()) == 0
    done.refresh_from_db()
    assert (done.before, done.moved) == ({}, {})
    assert not Member.objects.filter(household=gone).exists()
    assert not Message.objects.filter(household=gone, delivered_at=None).exists()
    answer = coordinator.post(reverse("people:undo_merge", args=[done.pk]), follow=True)
    assert "Dit kan niet meer" in text_of(answer)


def test_merge_of_less_than_a_month_ago_stays_undoable(fatima, fatma):
    done = merge(fatima, fatma)
    Merge.objects.update(merged_at=timezone.now() - dt.timedelta(days=29))
    assert make_merges_final(timezone.now()) == 0
    undo(done)


def test_erasing_the_kept_one_forgets_what_was_kept_of_both(coordinator, stek, fatima, fatma):
    other = factories.household(stek, "Karim", "Benali", phone="0499 00 00 00")
    factories.member(fatma, "Fatima", "El Amrani")
    merge(fatma, other)
    done = merge(fatima, fatma, name="gone")
    fatima.refresh_from_db()
    erase_household(fatima, by=coordinator.user)
    # A backup of before has the three apart, and a restore erases again what is erased here.
    assert Household.objects.erased().count() == 3
    assert not any(one.before or one.moved for one in Merge.objects.all())
    assert not Member.objects.exists()
    assert not NameKey.objects.exists()
    with pytest.raises(TooLate):
        undo(done)


def test_pair_is_gone_while_they_are_one_and_back_after_the_undo(coordinator, fatima, fatma):
    factories.duplicate_pair(fatima, fatma)
    done = merge(fatima, fatma)
    assert not DuplicatePair.objects.open().exists()
    undo(done)
    assert DuplicatePair.objects.open().exists()
