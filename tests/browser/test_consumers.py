"""Consumers in a real browser: a token made by hand opens the API over the network, until it is
taken back.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from accounts.roles import Role
from places.models import Stek
from tests import factories
from tests.cast import Colleague

SignIn = Callable[[Page, User], None]
Axe = Callable[[Page, str], None]
PASSWORD = "koffie-en-thee-1"


@pytest.fixture
def els(coordinator: Colleague) -> User:
    coordinator.user.set_password(PASSWORD)
    coordinator.user.save()
    return coordinator.user


def read(page: Page, live: LiveServer, token: str) -> Any:
    """As a program does: no browser, no cookie."""
    request = page.context.browser.new_context().request
    return request.get(f"{live.url}/api/v1/figures/", headers={"Authorization": f"Bearer {token}"})


def test_token_is_made_used_and_taken_back(
    page: Page, live: LiveServer, sign_in: SignIn, axe: Axe, els: User, stek: Stek
) -> None:
    factories.snapshot(stek, "saamo", "2026-Q1")
    sign_in(page, els)
    page.goto("/rapporten/")
    page.get_by_role("link", name="Afnemers van cijfers").click()
    axe(page, "Afnemers van cijfers")
    page.get_by_role("button", name="Maak een token").click()
    expect(page.get_by_text("Geef de afnemer een naam.")).to_be_visible()
    axe(page, "Afnemers van cijfers")
    page.get_by_label("Wie krijgt de cijfers?").fill("Koepel, jaarcijfers")
    page.get_by_label("Je wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Maak een token").click()
    token = page.get_by_label("Het nieuwe token").input_value()
    axe(page, "Afnemers van cijfers")

    answer = read(page, live, token)
    assert answer.status == 200
    assert [one["report"] for one in answer.json()["figures"]] == ["saamo"]
    assert "set-cookie" not in answer.headers
    assert read(page, live, token[::-1]).status == 401

    page.reload()
    expect(page.get_by_label("Het nieuwe token")).to_have_count(0)
    expect(page.get_by_text("laatst gelezen op")).to_be_visible()
    page.get_by_role("link", name="Trek in Koepel").click()
    axe(page, "“Koepel, jaarcijfers” intrekken")
    page.get_by_role("button", name="Trek in").click()
    expect(page.get_by_text("het token werkt niet meer")).to_be_visible()
    axe(page, "Afnemers van cijfers")
    answer = read(page, live, token)
    assert answer.status == 401
    assert answer.headers["content-type"] == "application/problem+json"


def test_pages_of_consumers_are_accessible(
    page: Page, sign_in: SignIn, axe: Axe, els: User, stek: Stek, essen: Stek
) -> None:
    """Several STEKs, a long name, a revoked one, one that others read too."""
    wuustwezel = factories.stek("Wuustwezel")
    factories.membership(essen, Role.COORDINATOR, user=els)
    shared = factories.consumer(essen, wuustwezel, name="Koepel van de sociale kruideniers", by=els)
    factories.consumer(stek, essen, name="Cijferprogramma" + "s" * 60, by=els)
    gone = {"revoked_at": timezone.now(), "revoked_by": els}
    factories.consumer(essen, name="Oud programma", by=els, **gone)
    sign_in(page, els)
    page.goto("/rapporten/afnemers/")
    axe(page, "Afnemers van cijfers")
    page.get_by_label("Kalmthout", exact=True).uncheck()
    page.get_by_label("Essen", exact=True).uncheck()
    page.get_by_label("Je wachtwoord").fill("iets-anders-12")
    page.get_by_role("button", name="Maak een token").click()
    expect(page.get_by_text("Kies minstens één STEK.")).to_be_visible()
    axe(page, "Afnemers van cijfers")
    page.goto(f"/rapporten/afnemers/{shared.pk}/intrekken/")
    axe(page, "“Koepel van de sociale kruideniers” intrekken")


def test_program_behind_the_line_reads_the_description(page: Page, live: LiveServer) -> None:
    answer = page.request.get(f"{live.url}/api/v1/openapi.json")
    assert answer.json()["servers"] == [{"url": live.url}]
