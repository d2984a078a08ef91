"""Keeping partners in a real browser: with axe, on laptop and phone, and without JavaScript."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from places.models import Partner, Stek
from referrals.models import Service
from tests import factories
from tests.cast import Colleague

SignIn = Callable[[Page, User], None]
Axe = Callable[[Page, str], None]


@pytest.fixture
def caw(stek: Stek, mika: Colleague) -> Partner:
    """With a service, a contact, and checks of which the last is too long ago."""
    partner = factories.partner(
        stek,
        "CAW",
        line="Praat met iemand.",
        phone="03 000 00 11",
        email="onthaal@caw.example",
        website="https://caw.example",
    )
    service = factories.service(
        partner,
        "Schuldhulp",
        themes=[factories.theme(stek, "schulden en facturen")],
        description="Samen orde maken in facturen.",
        conditions="wie in de gemeente woont",
        fee="gratis",
        languages=["nl", "ar"],
        social_map="https://kaart.example/caw",
        website="https://caw.example/schulden",
    )
    service.documents.add(factories.document(stek, "alle facturen en aanmaningen"))
    service.hours.create(weekday=0, opens_at=dt.time(9), closes_at=dt.time(12))
    factories.service(partner, "Oude dienst", retired=True)
    factories.contact(partner, phone="0476 12 34 56", email="sofie@caw.example", task="schulden")
    for days in (400, 200):
        factories.partner_check(partner, days_ago=days, by=mika.user)
    return partner


def test_first_use(page: Page, sign_in: SignIn, axe: Axe, coordinator: Colleague) -> None:
    """From an empty list to a partner that can be referred to."""
    factories.theme(coordinator.membership.stek, "wonen en huur")
    sign_in(page, coordinator.user)
    page.goto(reverse("partners:list"))
    expect(page.get_by_role("heading", name="Nog geen partners")).to_be_visible()
    axe(page, "Partners")
    page.get_by_role("link", name="Nieuwe partner").click()
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Vul een naam in.")).to_be_visible()
    axe(page, "Nieuwe partner")
    page.get_by_label("Naam").fill("Huurdersbond")
    page.get_by_role("button", name="Bewaar").click()
    axe(page, "Huurdersbond")
    page.get_by_role("link", name="Nieuw aanbod").click()
    page.get_by_label("Wat bieden ze aan?").fill("Vragen over huur")
    page.locator("label.pick", has_text="Wonen en huur").click()
    page.get_by_label("maandag 1 van").fill("09:00")
    page.get_by_label("maandag 1 tot").fill("08:00")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Het einde moet na het begin komen.")).to_be_visible()
    axe(page, "Aanbod van Huurdersbond")
    page.get_by_label("maandag 1 tot").fill("12:00")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("maandag 9u00 - 12u00")).to_be_visible()
    service = Service.objects.get()
    assert [theme.name for theme in service.themes.all()] == ["wonen en huur"]
    axe(page, "Huurdersbond")


def test_pages_of_partners(
    page: Page, sign_in: SignIn, axe: Axe, coordinator: Colleague, stek: Stek, caw: Partner
) -> None:
    factories.partner(stek, "Klusdienst", retired=True)
    factories.partner(stek, "LIGO")
    sign_in(page, coordinator.user)
    page.goto(reverse("partners:list"))
    expect(page.get_by_text("2 partners zijn langer dan zes maanden")).to_be_visible()
    axe(page, "Partners")
    page.get_by_label("Toon", exact=True).select_option("alles")
    page.get_by_role("button", name="Toon").click()
    expect(page.get_by_text("Doet niet meer mee.")).to_be_visible()
    axe(page, "Partners")
    page.get_by_label("Zoek").fill("zzz")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Geen enkele partner past hierbij.")).to_be_visible()
    axe(page, "Partners")
    page.goto(reverse("partners:partner", args=[caw.pk]))
    for summary in ("gestopt aanbod", "Eerder nagekeken", "Doet deze partner niet meer mee?"):
        page.get_by_text(summary).click()
    axe(page, "CAW")
    page.get_by_role("button", name="Doet niet meer mee").click()
    expect(page.get_by_role("button", name="Doet weer mee")).to_be_visible()
    axe(page, "CAW")
    page.get_by_role("button", name="Doet weer mee").click()
    for door in ("edit", "create_service", "add_contact"):
        page.goto(reverse(f"partners:{door}", args=[caw.pk]))
        axe(page, page.get_by_role("heading", level=1).inner_text())
    contact = caw.contacts.get()
    page.goto(reverse("partners:edit_contact", args=[contact.pk]))
    page.get_by_text("Werkt deze persoon daar niet meer?").click()
    axe(page, "Contactpersoon bij CAW")
    page.goto(reverse("partners:print_list"))
    axe(page, page.get_by_role("heading", level=1).inner_text())


def test_second_of_two_reads_what_stands_there(
    page: Page, sign_in: SignIn, axe: Axe, coordinator: Colleague, caw: Partner
) -> None:
    sign_in(page, coordinator.user)
    page.goto(reverse("partners:edit", args=[caw.pk]))
    Partner.objects.filter(pk=caw.pk).update(line="Van iemand anders.")
    page.get_by_label("Wat doen ze, in één zin").fill("Van mij.")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Nu staat hier: Van iemand anders.")).to_be_visible()
    axe(page, "CAW wijzigen")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Van mij.")).to_be_visible()


def test_one_click_says_that_it_still_holds(
    open_page: Callable[..., Page], sign_in: SignIn, mika: Colleague, stek: Stek, caw: Partner
) -> None:
    """From the list, which goes on without that partner; the slip is taken back."""
    page = open_page(java_script_enabled=False)
    sign_in(page, mika.user)
    page.goto(reverse("partners:list"))
    page.get_by_role("link", name="Toon wat je moet nakijken").click()
    page.get_by_role("button", name="Nog juist CAW").click()
    expect(page.get_by_text("CAW is nagekeken.")).to_be_visible()
    expect(page.get_by_text("Alles is nagekeken.")).to_be_visible()
    page.goto(reverse("partners:partner", args=[caw.pk]))
    page.get_by_role("button", name="Toch niet nagekeken").click()
    expect(page.get_by_role("button", name="Nog juist")).to_be_visible()
