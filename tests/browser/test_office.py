"""The office in a real browser: every kind of page through axe, and a colleague invited by hand."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import Membership
from accounts.roles import Role
from places.models import Stek
from tests import factories
from tests.cast import Colleague

SignIn = Callable[[Page, AbstractBaseUser], None]
Axe = Callable[[Page, str], None]


def url(row: Any, page: str = "change") -> str:
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}"
    return reverse(name, args=[row.pk]) if page in {"change", "delete"} else reverse(name)


def test_every_kind_of_page_of_the_office_is_accessible(
    page: Page,
    broken: list[str],
    sign_in: SignIn,
    axe: Axe,
    coordinator: Colleague,
    stek: Stek,
    today: dt.date,
) -> None:
    household = factories.household(stek)
    factories.member(household)
    factories.access(household, referrer=factories.referrer(stek))
    hours = factories.opening_hours(stek)
    factories.table_turn(hours)
    closing = factories.closing_day(stek, today, reason="Kerstvakantie")
    visit = factories.visit(factories.opening(stek), household, purposes=["grocery", "question"])
    theme, document = factories.theme(stek), factories.document(stek)
    rule = factories.budget_rule(stek, steps=[(1, 18), (2, 42)])
    pages = [
        (reverse("admin:index"), "Beheer"),
        (url(stek), "Instellingen"),
        (url(hours, "changelist"), "Openingsuren"),
        (url(hours), "openingsuren wijzigen"),
        (url(closing, "add"), "sluitingsdag toevoegen"),
        (url(closing, "delete"), "Verwijderen"),
        (url(coordinator.user, "changelist"), "Collega's"),
        (url(coordinator.user, "add"), "collega toevoegen"),
        (url(coordinator.user), "collega weergeven"),
        (url(household, "changelist"), "Huishoudens"),
        (url(household), "huishouden weergeven"),
        (url(visit, "changelist"), "Bezoeken"),
        (url(visit.opening, "changelist"), "Openingen"),
        (url(theme, "add"), "thema toevoegen"),
        (url(document), "mee te brengen wijzigen"),
        (url(rule), "budgetregel wijzigen"),
        (reverse("admin:accounts_auditevent_changelist"), "Logboek"),
    ]
    sign_in(page, coordinator.user)
    for address, heading in pages:
        page.goto(address)
        assert not broken, address
        axe(page, heading)
        # Django's style sheets import one another; axe reads those in by a style of its own.
        broken.clear()


def test_a_coordinator_invites_a_volunteer(
    page: Page, sign_in: SignIn, coordinator: Colleague
) -> None:
    coordinator.user.set_password("een-kop-koffie-2026")
    coordinator.user.save()
    sign_in(page, coordinator.user)
    page.goto(reverse("admin:index"))
    page.get_by_role("link", name="Collega's", exact=True).click()
    page.get_by_role("link", name="collega toevoegen").click()
    page.get_by_label("Gebruikersnaam").fill("lut")
    page.get_by_label("Voornaam").fill("Lut")
    page.get_by_label("Wachtwoord").fill("kort")
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_label("Je wachtwoord").fill("een-kop-koffie-2026")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.locator(".errorlist").first).to_be_visible()
    expect(page.get_by_label("Voornaam")).to_have_value("Lut")
    page.get_by_label("Wachtwoord").fill("zeven-groene-stoelen")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.locator(".messagelist")).to_contain_text("Lut")
    assert Membership.objects.get(user__username="lut").role == Role.VOLUNTEER
