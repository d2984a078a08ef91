"""The office (/beheer/): who gets in, whose rows they see, and what no address opens."""

from typing import Any

import pytest
from django.contrib import admin
from django.forms import ModelChoiceField
from django.test import RequestFactory
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from people.models import Referrer
from places.models import Stek
from tests import factories
from tests.access.office import LISTS as OFFICE_LISTS
from tests.cast import Colleague, signed_in
from tests.stek.office.hands import PASSWORD, add, change, changelist, delete, save

pytestmark = pytest.mark.one_engine("who gets in, as in tests/access")


def test_office_opens_for_coordinator_and_administrator_only(
    coordinator: Colleague,
    administrator: Colleague,
    counter: Colleague,
    helper: Colleague,
    mika: Colleague,
) -> None:
    url = reverse("admin:index")
    assert [c.get(url).status_code for c in (coordinator, administrator)] == [200, 200]
    assert [c.get(url).status_code for c in (counter, helper, mika)] == [403, 403, 403]


def test_office_does_not_heed_djangos_own_flags(counter: Colleague) -> None:
    counter.user.is_staff = counter.user.is_superuser = True
    counter.user.save()
    assert counter.get(reverse("admin:index")).status_code == 403


def test_office_sends_a_stranger_to_the_one_sign_in_page(stranger: Any) -> None:
    answer = stranger.get(reverse("admin:index"), follow=True)
    assert answer.request["PATH_INFO"] == reverse("account_login")


def test_office_has_no_sign_in_form_of_its_own(stranger: Any, stek: Stek) -> None:
    answer = stranger.post(reverse("admin:login"), {"username": "els", "password": PASSWORD})
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_office_refuses_other_methods(coordinator: Colleague) -> None:
    assert coordinator.put(reverse("admin:index")).status_code == 405


#: What each role finds on the first page of the office.
LISTS = {
    role: {label.split(".")[1] for label, door in OFFICE_LISTS.items() if role in door[0]}
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR)
}


@pytest.mark.parametrize("role", LISTS)
def test_office_shows_each_role_its_lists_and_closes_the_others(role: Role, stek: Stek) -> None:
    client = signed_in(factories.membership(stek, role))
    seen = {
        model._meta.model_name
        for model in admin.site._registry
        if client.get(changelist(model), follow=True).status_code == 200
    }
    assert seen == LISTS[role]
    groups = client.get(reverse("admin:index")).context["groups"]
    offered = {entry.url for group in groups for entry in group.entries}
    lists = {changelist(m): m._meta.model_name for m in admin.site._registry}
    assert {name for url, name in lists.items() if url in offered} == LISTS[role]


def test_a_row_of_another_stek_answers_like_one_that_does_not_exist(
    coordinator: Colleague, rows_of_essen: list[Any]
) -> None:
    for row in rows_of_essen:
        missing = change(row).replace(f"/{row.pk}/", "/999999/")
        there, gone = coordinator.get(change(row)), coordinator.get(missing)
        assert (there.status_code, gone.status_code) == (302, 302), row
        assert there["Location"] == gone["Location"] == reverse("admin:index")


def test_a_row_of_another_stek_is_in_no_list(
    coordinator: Colleague, rows_of_essen: list[Any]
) -> None:
    for row in rows_of_essen:
        answer = coordinator.get(changelist(type(row)), follow=True)
        if "cl" in answer.context:
            assert row not in answer.context["cl"].queryset
        assert "verborgen" not in answer.content.decode().lower()


def test_a_row_of_another_stek_can_be_neither_changed_nor_deleted(
    coordinator: Colleague, rows_of_essen: list[Any], essen: Stek
) -> None:
    for row in [*rows_of_essen, essen]:
        for url in (change(row), delete(row)):
            assert coordinator.post(url, {"post": "yes"}).status_code in {302, 403}
        assert type(row)._default_manager.filter(pk=row.pk).exists()
    assert not AuditEvent.objects.filter(actor_id=coordinator.user.pk).exists()


def test_settings_of_another_stek_are_out_of_reach(coordinator: Colleague, essen: Stek) -> None:
    assert coordinator.get(change(essen))["Location"] == reverse("admin:index")


def test_what_is_added_belongs_to_the_own_stek(coordinator: Colleague, essen: Stek) -> None:
    save(coordinator, add(Referrer), name="CAW", stek=essen.pk)
    assert Referrer.objects.get().stek == coordinator.membership.stek


#: The only fields that offer rows to choose from, by the name of the model.
CHOICES_OF_ROWS = {
    ("user", "partner"),
    ("theme", "documents"), ("theme", "partners"),
    ("helptype", "documents"), ("helptype", "partners"),
}  # fmt: skip


def test_a_form_that_offers_a_choice_of_rows_offers_those_of_the_own_stek(
    coordinator: Colleague, stek: Stek, rows_of_essen: list[Any]
) -> None:
    own = [factories.partner(stek, "LIGO"), factories.document(stek)]
    request = RequestFactory().get("/")
    request.user, request.membership = coordinator.user, coordinator.membership
    offices = [o for o in admin.site._registry.values() if o.has_change_permission(request)]
    assert len(offices) == 9
    found = set()
    for office in offices:
        for name, field in office.get_form(request)().fields.items():
            if isinstance(field, ModelChoiceField):
                found.add((office.opts.model_name, name))
                assert [row for row in own if row in field.queryset] == list(field.queryset)
                assert len(field.queryset) == 1
    assert found == CHOICES_OF_ROWS


def test_pages_that_tell_whether_a_row_exists_are_closed() -> None:
    names = {getattr(pattern, "name", None) for pattern in admin.site.get_urls()}
    assert not names & {"view_on_site", "autocomplete"}


#: For every list, and for the list that knows the word.
BAD_QUERIES = ["q=%00", "p=99999999999999999999", "o=1.2.99.-x", "e=1", "_to_field=password",
               "_popup=1", "stek__name__startswith=E"]  # fmt: skip
BAD_QUERIES_OF = {
    "auditevent": ["subject_id=99999999999999999999", "subject_id=abc", "subject_type=%00",
                   "wie=99999999999999999999", "wat=x", "soort=%00", "van=%00"],
    "opening": ["day__year=99999", "opened_by__password__startswith=a"],
    "visit": ["opening__day__year=x", "opening__stek=2"],
    "user": ["memberships__stek=2", "rol=x", "werkt=%00"],
}  # fmt: skip


def test_lists_survive_any_address(coordinator: Colleague, rows_of_essen: list[Any]) -> None:
    for model in admin.site._registry:
        for query in [*BAD_QUERIES, *BAD_QUERIES_OF.get(str(model._meta.model_name), ())]:
            answer = coordinator.get(f"{changelist(model)}?{query}", follow=True)
            assert answer.status_code in {200, 400}, (model, query)
            assert "verborgen" not in answer.content.decode().lower(), (model, query)


def test_pages_survive_any_id(coordinator: Colleague) -> None:
    for model in admin.site._registry:
        for pk in ("0", "-1", "abc", "99999999999999999999", "%00", "_3A", "1/2"):
            for page in ("change", "delete", "history") if pk == "abc" else ("change",):
                url = f"{changelist(model)}{pk}/{page}/"
                assert coordinator.get(url).status_code in {302, 403, 404}, url
        for page in ("delete", "history"):
            url = f"{changelist(model)}99999999999999999999/{page}/"
            assert coordinator.get(url).status_code in {302, 403, 404}, url
