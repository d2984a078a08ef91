"""Somebody is erased at the very moment that they come in, or that somebody merges them."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.roles import Role
from people.models import Household, Merge, NameKey
from stek.merge_forms import FIELD_OF
from stek.merge_moves import gather_strays
from tests import factories
from tests.cast import signed_in
from tests.races import at_once
from tests.stek.planted import rechecked
from tests.visits import desk
from visits.models import Visit

pytestmark = pytest.mark.django_db(transaction=True)


def test_erased_while_others_check_in_and_merge_leaves_no_name_and_no_error(stek):
    fatima = factories.household(stek, "Canarina", "Zangvogel")
    other = factories.household(stek, "Canarino", "Zangvogel")
    factories.access(fatima)
    opening = factories.opening(stek)
    people = [signed_in(factories.membership(stek, Role.COORDINATOR)) for _one in range(6)]
    erase = reverse("people:erase", args=[fatima.pk])
    merge = reverse("people:merge", args=[other.pk, fatima.pk])
    sides = dict.fromkeys(("keep", *FIELD_OF.values()), other.pk)
    sent = sides | {"one_version": 1, "other_version": 1, "request_id": uuid.uuid4(), "seen": ""}

    def one(place: int):
        if place < 2:
            body = {"number": fatima.number, "reason": "asked"}
            return rechecked(people[place]).post(erase, body)
        if place == 2:
            return people[place].post(merge, sent)
        return desk.check_in(people[place], opening, fatima)

    answers = at_once(6, one)
    assert all(getattr(answer, "status_code", 500) < 500 for answer in answers), answers
    fatima.refresh_from_db()
    # One who comes in while the merge ends stands at the number that is gone, until the night.
    gather_strays(timezone.now())
    assert Visit.objects.filter(repeated=False).count() <= 1
    if fatima.merged_into_id:
        # The merge was first: the erasing met a household that leads to the other.
        assert Merge.objects.count() == 1
        rechecked(people[0]).post(
            reverse("people:erase", args=[other.pk]), {"number": other.number, "reason": "asked"}
        )
    assert not Household.objects.filter(pk=fatima.pk).exclude(first_name="").exists()
    assert not NameKey.objects.filter(household=fatima).exists()
    assert AuditEvent.objects.filter(verb="erase", subject_id=fatima.pk).count() == 1
