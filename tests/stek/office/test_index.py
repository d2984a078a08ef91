"""The first page of the office: everything a role keeps stands there once, and opens."""

import re
from html import unescape
from typing import Any

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.roles import Role
from forms_help.models import Theme
from places.models import OpeningHours, Stek
from stek.office_index import RETENTION_ID
from tests import factories
from tests.cast import Colleague, signed_in
from tests.stek.office.hands import add, change, changelist

pytestmark = pytest.mark.one_engine("a page")

#: Pages of their own that the office leads to, and who finds them there.
OF_A_COORDINATOR = (
    "accounts:devices", "inbound:list", "people:import_start", "people:leaving",
    "people:duplicates", "people:looked_choose", "register", "reports:consumers", "reports:raw",
)  # fmt: skip
OF_BOTH = ("accounts:invitations", "breach", "status")


def entries(client: Colleague) -> list[Any]:
    groups = client.get(reverse("admin:index")).context["groups"]
    return [entry for group in groups for entry in group.entries]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_office_leads_to_all_that_a_role_keeps_and_to_nothing_else(role: Role, stek: Stek) -> None:
    client = signed_in(factories.membership(stek, role))
    found = entries(client)
    urls = [entry.url for entry in found]
    assert len(urls) == len(set(urls))
    mine = OF_BOTH + (OF_A_COORDINATOR if role == Role.COORDINATOR else ())
    lists = [url for url in urls if url.startswith("/beheer/") and "#" not in url]
    assert set(urls) - set(lists) - {f"{changelist(Stek)}#{RETENTION_ID}"} == {
        reverse(name) for name in mine
    }
    for entry in found:
        assert client.get(entry.url, follow=True).status_code == 200, entry.url
        assert entry.purpose.endswith("."), entry.label


def test_office_leads_to_every_list_that_it_has(coordinator: Colleague) -> None:
    urls = {entry.url for entry in entries(coordinator)}
    assert {changelist(model) for model in admin.site._registry} <= urls


def test_terms_of_keeping_are_found_at_once(coordinator: Colleague, stek: Stek) -> None:
    page = coordinator.get(change(stek)).content.decode()
    assert re.search(rf'id="{RETENTION_ID}"[^>]*>Bewaren<', page)


#: What Django says where a translation is missing; none of these is Dutch.
ENGLISH = re.compile(
    r"\b(the|add|change|delete|select|save|search|filter by|yes|no|view|home|remove|show|clear|"
    r"with|choose|please|now|today|history|unknown|any date|none|all|go|are you sure)\b",
    re.IGNORECASE,
)


def said(page: str) -> str:
    """What a person reads or hears: text and labels, without what scripts and forms carry."""
    page = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.S)
    labels = re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', page)
    buttons = re.findall(r'<input type="submit"[^>]*value="([^"]*)"', page)
    return unescape(" ".join([re.sub(r"<[^>]+>", " ", page), *labels, *buttons]))


def test_office_speaks_dutch(coordinator: Colleague, stek: Stek) -> None:
    """Every list, every form to add something, and one row of each kind."""
    household = factories.household(stek, "Bea", "Peeters")
    factories.access(household, referrer=factories.referrer(stek))
    hours = factories.opening_hours(stek)
    rows = [
        *(stek, household, hours, factories.budget_rule(stek, steps=[(1, 18)])),
        *(factories.theme(stek), factories.help_type(stek), factories.document(stek)),
        *(factories.visit(factories.opening(stek), household), coordinator.user),
        *(factories.closing_day(stek, factories.today()), factories.household_import(stek)),
    ]
    pages = [*map(changelist, admin.site._registry), *map(change, rows)]
    pages += [add(model) for model in admin.site._registry]
    english = {}
    for url in pages:
        answer = coordinator.get(url, follow=True)
        if answer.status_code == 200 and answer.request["PATH_INFO"].startswith("/beheer/"):
            found = ENGLISH.findall(said(answer.content.decode()))
            if found:
                english[url] = sorted(set(found))
    assert english == {}


def test_office_of_a_new_stek_says_what_to_do_first_until_it_is_done(
    administrator: Colleague, stek: Stek
) -> None:
    index = reverse("admin:index")

    def steps(client: Colleague) -> list[str]:
        return [step.url for step in client.get(index).context["first_steps"]]

    els = administrator.user
    stek.street = ""
    stek.save()
    els.first_name = els.email = ""
    els.save()
    hours, mine = add(OpeningHours), change(els)
    assert steps(administrator) == [mine, change(stek), hours, reverse("accounts:invitations")]
    for url in steps(administrator):
        assert administrator.get(url).status_code == 200
    assert "Om te beginnen" in administrator.get(index).content.decode()
    coordinator = signed_in(factories.membership(stek, Role.COORDINATOR))
    assert steps(coordinator) == [change(stek), hours, reverse("people:import_start")]
    factories.opening_hours(stek)
    factories.household(stek)
    stek.street = "Kapellensteenweg 1"
    stek.save()
    els.first_name, els.email = "Els", "els@example.org"
    els.save()
    assert steps(administrator) == steps(coordinator) == []
    assert "Om te beginnen" not in administrator.get(index).content.decode()


def test_list_with_nothing_in_it_says_what_to_do(coordinator: Colleague, stek: Stek) -> None:
    empty = {}
    for model in admin.site._registry:
        answer = coordinator.get(changelist(model), follow=True)
        page = answer.content.decode()
        if "cl" in (answer.context or {}) and not answer.context["cl"].result_count:
            empty[model] = "stek-nothing" in page and answer.context["nothing_yet"]
            assert 'id="changelist-filter"' not in page
            assert 'id="searchbar"' not in page
    assert len(empty) >= 10
    assert [model for model, words in empty.items() if not words] == []
    factories.theme(stek, "wonen")
    answer = coordinator.get(changelist(Theme), {"gebruik": "niet"})
    assert "Niets gevonden" in answer.content.decode()
    assert 'id="changelist-filter"' in answer.content.decode()
