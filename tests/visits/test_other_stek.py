"""Another STEK's rows answer like rows that do not exist, and nothing is written."""

import uuid

import pytest
from django.apps import apps
from django.urls import reverse

from tests import factories

#: Ids that no row has; the last are larger than a database can hold.
NOWHERE = [0, 987_654_321, 2**31, 2**63, 10**30]
FORM = {
    "q": "1",
    "adults": "1",
    "children": "0",
    "first_name": "Amina",
    "reason": "mistake",
    "set": "coffee-1",
    "extra": "CAW",
    "form-TOTAL_FORMS": "1",
    "form-INITIAL_FORMS": "1",
    "form-0-adults": "1",
    "form-0-request_id": "6f0d6c3e-64c1-4c1c-9a5e-0123456789ab",
}
BY_VISIT = ["visit", "undo", "void", "set_purpose"]
BY_OPENING = ["opening", "today", "attendance", "close_day", "reopen_day", "slips", "print_list"]
BY_FORM = ["search", "enter", "check_in", "check_in_anonymous", "new_household"]


@pytest.fixture
def kalmthout(opening, fatima):
    """One row of each kind, none of which Essen may see."""
    return {
        "opening": opening,
        "household": fatima,
        "visit": factories.visit(opening, fatima),
        "message": factories.message(fatima),
    }


def written() -> dict[str, list]:
    """Everything in the tables, sessions aside."""
    ours = [m for m in apps.get_models() if m._meta.app_label in {"visits", "people", "accounts"}]
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values()) for model in ours
    }


def answers(client, address: str) -> set[int]:
    """By GET and by POST with a body that is otherwise fine; 405 is a door that is not there."""
    form = FORM | {"request_id": uuid.uuid4()}
    return {client.get(address).status_code, client.post(address, form).status_code} - {405}


@pytest.mark.parametrize("view", BY_VISIT)
def test_visit_of_another_stek_is_not_found(other_stek, kalmthout, view):
    before = written()
    assert answers(other_stek, reverse(f"visits:{view}", args=[kalmthout["visit"].pk])) == {404}
    assert written() == before


@pytest.mark.parametrize("view", BY_OPENING)
def test_opening_of_another_stek_is_not_found(other_stek, kalmthout, view):
    before = written()
    assert answers(other_stek, reverse(f"visits:{view}", args=[kalmthout["opening"].pk])) == {404}
    assert written() == before


@pytest.mark.parametrize("view", BY_FORM)
def test_form_for_the_opening_of_another_stek_is_not_found(other_stek, kalmthout, view):
    before = written()
    form = FORM | {
        "opening": kalmthout["opening"].pk,
        "household": kalmthout["household"].pk,
        "request_id": uuid.uuid4(),
        "reason": "other",
    }
    assert other_stek.post(reverse(f"visits:{view}"), form).status_code == 404
    assert written() == before


def test_household_of_another_stek_is_not_found_at_the_own_opening(other_stek, essen, kalmthout):
    own = factories.opening(essen)
    before = written()
    for more in ({}, {"reason": "other"}, {"only": "coffee"}):
        form = {"opening": own.pk, "household": kalmthout["household"].pk} | more
        form["request_id"] = uuid.uuid4()
        assert other_stek.post(reverse("visits:check_in"), form).status_code == 404
    assert written() == before


def test_message_of_another_stek_is_not_found(other_stek, essen, kalmthout):
    own = factories.visit(factories.opening(essen), factories.household(essen))
    before = written()
    for visit in (own, kalmthout["visit"]):
        address = reverse("visits:deliver_message", args=[visit.pk, kalmthout["message"].pk])
        assert answers(other_stek, address) == {404}
    assert written() == before


def test_key_of_another_stek_says_nothing_of_what_it_made(other_stek, essen, kalmthout):
    own = factories.opening(essen)
    form = FORM | {"opening": own.pk, "request_id": kalmthout["visit"].request_id}
    before = written()
    response = other_stek.post(reverse("visits:check_in_anonymous"), form)
    assert response.status_code == 422
    assert "Amrani" not in response.content.decode()
    assert written() == before


@pytest.mark.parametrize("pk", NOWHERE)
def test_id_of_nothing_is_not_found(counter, kalmthout, pk):
    before = written()
    for view in (*BY_VISIT, *BY_OPENING):
        assert answers(counter, reverse(f"visits:{view}", args=[pk])) == {404}, view
    for visit in (pk, kalmthout["visit"].pk):
        assert answers(counter, reverse("visits:deliver_message", args=[visit, pk])) == {404}
    for view in BY_FORM:
        form = FORM | {"opening": pk, "household": 1, "request_id": uuid.uuid4(), "reason": ""}
        assert counter.post(reverse(f"visits:{view}"), form).status_code == 404, view
    assert written() == before


@pytest.mark.parametrize("pk", [*NOWHERE, -1, "", "x", "1,5", "1 OR 1=1"])
def test_household_that_is_none_is_refused_and_nothing_is_written(counter, kalmthout, pk):
    before = written()
    form = {
        "opening": kalmthout["opening"].pk,
        "household": pk,
        "request_id": uuid.uuid4(),
    }
    assert counter.post(reverse("visits:check_in"), form).status_code in {404, 422}
    assert written() == before


@pytest.mark.parametrize("address", ["bezoek/-1/", "bezoek/1.5/", "bezoek/x/", "opening/%00/"])
def test_address_that_holds_no_id_is_not_found(counter, kalmthout, address):
    assert counter.get(reverse("visits:counter") + address).status_code == 404
