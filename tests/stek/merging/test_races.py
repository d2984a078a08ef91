"""Many who merge at one moment: the first wins, and nobody's choice is half done."""

import uuid

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from people.models import Household, Merge
from stek.merge_forms import FIELD_OF
from tests import factories
from tests.cast import signed_in
from tests.races import at_once, statuses

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(stek):
    return [signed_in(factories.membership(stek, Role.COORDINATOR)) for _one in range(6)]


def form(kept, **more):
    sides = dict.fromkeys(("keep", *FIELD_OF.values()), kept.pk)
    versions = {"one_version": 1, "other_version": 1}
    return sides | versions | {"request_id": str(uuid.uuid4()), "seen": ""} | more


def test_of_many_who_merge_both_ways_one_wins(stek, people):
    one, other = factories.household(stek), factories.household(stek)
    address = reverse("people:merge", args=[one.pk, other.pk])
    answers = at_once(6, lambda n: people[n].post(address, form((one, other)[n % 2])))
    assert statuses(answers) == {302: 6}
    assert Merge.objects.count() == 1
    assert Household.objects.in_use().count() == 1
    assert AuditEvent.objects.filter(verb="merge").count() == 1


def test_same_click_many_times_at_once_is_one_merge(stek, people):
    one, other = factories.household(stek), factories.household(stek)
    address, sent = reverse("people:merge", args=[one.pk, other.pk]), form(one)
    assert statuses(at_once(6, lambda n: people[0].post(address, sent))) == {302: 6}
    assert Merge.objects.count() == 1


def test_three_that_are_merged_in_a_ring_at_once_make_no_ring(stek, people):
    """Each into the next: two of the three are right, and the last is told that things changed."""
    ring = [factories.household(stek, f"Naam{n}", "Peeters") for n in range(3)]

    def one(place: int):
        gone, kept = ring[place], ring[(place + 1) % 3]
        address = reverse("people:merge", args=[kept.pk, gone.pk])
        return people[place].post(address, form(kept))

    answers = at_once(3, one)
    assert set(statuses(answers)) <= {302, 422}, statuses(answers)
    left = Household.objects.in_use().get() if Merge.objects.count() == 2 else None
    assert Merge.objects.count() in {1, 2}
    assert Household.objects.in_use().count() == 3 - Merge.objects.count()
    # Whoever went leads to one that is there.
    for household in Household.objects.merged():
        assert household.merged_into.merged_into_id is None
    assert left is None or Household.objects.filter(merged_into=left).count() == 2


def test_undone_by_many_at_once_it_is_undone_once(stek, people):
    done = factories.merge(factories.household(stek), factories.household(stek))
    address = reverse("people:undo_merge", args=[done.pk])
    assert statuses(at_once(6, lambda n: people[n].post(address))) == {302: 6}
    assert AuditEvent.objects.filter(verb="undo_merge").count() == 1
    assert Household.objects.in_use().count() == 2
