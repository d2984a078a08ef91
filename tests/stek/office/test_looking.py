"""The office: households and visits, to look at."""

from typing import Any

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import AuditEvent
from people.models import Household
from places.models import Stek
from tests import factories
from tests.cast import Colleague
from tests.stek.office.hands import add, change, changelist, delete
from visits.models import Opening


def test_households_are_to_look_at(coordinator: Colleague, stek: Stek) -> None:
    household = factories.household(stek)
    assert coordinator.post(change(household), {"first_name": "Andere"}).status_code == 403
    assert coordinator.post(delete(household), {"post": "yes"}).status_code == 403
    assert coordinator.get(add(Household)).status_code == 403
    page = coordinator.get(change(household)).content.decode()
    assert reverse("people:household", args=[household.pk]) in page


def test_opening_a_household_is_logged_before_it_is_shown(
    coordinator: Colleague, stek: Stek
) -> None:
    household = factories.household(stek)
    coordinator.get(change(household))
    event = AuditEvent.objects.get(kind="read")
    assert (event.verb, event.subject_type, event.subject_id) == ("open", "household", household.pk)
    assert (event.actor_id, event.stek_id) == (coordinator.user.pk, stek.pk)


def test_looking_through_the_list_of_households_is_logged(coordinator: Colleague) -> None:
    coordinator.get(changelist(Household))
    assert AuditEvent.objects.get(kind="read").verb == "list"


def test_an_administrator_sees_no_household(administrator: Colleague, stek: Stek) -> None:
    household = factories.household(stek)
    for url in (change(household), changelist(Household)):
        assert administrator.get(url).status_code == 403


def test_households_are_found_by_number_and_never_by_a_name_in_the_address(
    coordinator: Colleague, stek: Stek
) -> None:
    fatima = factories.household(stek, number=147)
    factories.household(stek, "Jos", "Peeters", number=14)

    def found(text: str) -> list[Household]:
        return list(coordinator.get(changelist(Household), {"q": text}).context["cl"].queryset)

    assert found("147") == [fatima]
    assert found("fatima") == found("9" * 30) == found("١٤٧") == []


def test_no_name_stands_in_the_title_of_the_window(
    coordinator: Colleague, counter: Colleague, stek: Stek
) -> None:
    household = factories.household(stek, "Fatima", "El Amrani")
    for row in (household, counter.user):
        page = coordinator.get(change(row)).content.decode()
        title = page[page.index("<title>") : page.index("</title>")]
        assert "Fatima" not in title
        assert "Rita" not in title


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_for_one_row_and_for_three(
    coordinator: Colleague,
    stek: Stek,
    rows: int,
    django_assert_max_num_queries: Any,
) -> None:
    opening = factories.opening(stek)
    for number in range(rows):
        household = factories.household(stek, by=factories.user())
        factories.access(household, referrer=factories.referrer(stek, f"Dienst {number}"))
        factories.visit(opening, household, by=factories.user())
        factories.household_import(stek, by=factories.user())
        factories.table_turn(factories.opening_hours(stek, weekday=number))
        factories.membership(stek)
    for model in admin.site._registry:
        with django_assert_max_num_queries(9):
            assert coordinator.get(changelist(model)).status_code in {200, 302}


def test_visits_and_openings_are_to_look_at(coordinator: Colleague, opening: Opening) -> None:
    visit = factories.visit(opening, factories.household(opening.stek))
    for row in (visit, opening):
        assert coordinator.get(change(row)).status_code == 200
        assert coordinator.post(change(row), {"day": "01/01/2020"}).status_code == 403
        assert coordinator.post(delete(row), {"post": "yes"}).status_code == 403
