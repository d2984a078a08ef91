"""Somebody with a role in several STEKs works in one of them at a time."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from tests import factories
from tests.cast import signed_in
from tests.visits import desk


@pytest.fixture
def nadia(stek, essen):
    """A volunteer in Kalmthout who coordinates Essen."""
    user = factories.user("nadia", first_name="Nadia")
    factories.membership(essen, Role.COORDINATOR, user=user)
    return signed_in(factories.membership(stek, Role.VOLUNTEER, user=user))


def switch(client, stek: object):
    return client.post(reverse("accounts:switch_stek"), {"stek": stek})


def where(client) -> str:
    page = client.get(reverse("visits:counter")).content.decode()
    return page.split("<title>")[1].split("</title>")[0].split("STEK ")[1].strip()


def test_switch_changes_what_there_is_to_see(nadia, stek, essen):
    there, here = factories.opening(essen), factories.opening(stek)
    switch(nadia, stek.pk)
    assert where(nadia) == "Kalmthout"
    assert nadia.get(reverse("visits:opening", args=[here.pk])).status_code == 200
    assert nadia.get(reverse("visits:opening", args=[there.pk])).status_code == 404
    assert switch(nadia, essen.pk).url == reverse("home")
    assert where(nadia) == "Essen"
    assert nadia.get(reverse("visits:opening", args=[there.pk])).status_code == 200
    assert nadia.get(reverse("visits:opening", args=[here.pk])).status_code == 404


def test_switch_changes_the_role(nadia, stek, essen):
    switch(nadia, essen.pk)
    assert nadia.get(reverse("people:create")).status_code == 200
    switch(nadia, stek.pk)
    assert nadia.get(reverse("people:create")).status_code == 403


def test_switch_gives_a_new_session(nadia, essen):
    before = nadia.cookies["stek"].value
    switch(nadia, essen.pk)
    assert nadia.cookies["stek"].value != before


@pytest.mark.parametrize("chosen", ["", "0", "-1", "x", "9" * 40, "1 OR 1=1", "\x00"])
def test_switch_to_nothing_changes_nothing(nadia, stek, chosen):
    switch(nadia, stek.pk)
    assert switch(nadia, chosen).status_code == 302
    assert where(nadia) == "Kalmthout"


def test_switch_to_the_stek_of_somebody_else_changes_nothing(counter, essen, stek):
    assert switch(counter, essen.pk).status_code == 302
    assert where(counter) == "Kalmthout"


def test_switch_is_offered_only_to_who_has_a_choice(nadia, counter):
    offered = 'name="stek"'
    assert offered in nadia.get(reverse("visits:counter")).content.decode()
    assert offered not in counter.get(reverse("visits:counter")).content.decode()


def test_switch_away_hides_the_visits_of_the_other(nadia, stek, essen):
    opening = factories.opening(stek)
    household = factories.household(stek)
    switch(nadia, essen.pk)
    assert desk.check_in(nadia, opening, household).status_code == 404
