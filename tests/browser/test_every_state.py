"""Every page that a volunteer or a coordinator meets, in the states that journeys pass by: axe."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from people.models import Household
from places.models import Stek
from tests import factories
from tests.cast import Colleague
from visits.models import Opening

SignIn = Callable[[Page, User], None]
Axe = Callable[[Page, str], None]


@pytest.fixture
def fatima(stek: Stek, today: dt.date) -> Household:
    """A household with a history: members, renewals, visits and a message that waits."""
    referrer = factories.referrer(stek)
    household = factories.household(stek, "Fatima", "Ben Amar", number=147, adults=2, children=3)
    factories.member(household, "Youssef")
    factories.access(household, referrer=referrer)
    factories.access(household, referrer=referrer, valid_until=today + dt.timedelta(days=5))
    before = factories.opening(stek, today - dt.timedelta(days=7), closed=True)
    visit = factories.visit(before, household, purposes=["grocery", "coffee", "question"])
    question = factories.question(visit, factories.theme(stek, "wonen en huur"))
    factories.referral(question, factories.partner(stek))
    factories.message(household)
    return household


def test_pages_of_the_counter(
    page: Page,
    sign_in: SignIn,
    axe: Axe,
    counter: Colleague,
    stek: Stek,
    fatima: Household,
    today: dt.date,
) -> None:
    forgotten = factories.opening(stek, today - dt.timedelta(days=2))
    sign_in(page, counter.user)
    page.goto("/balie/")
    expect(page.get_by_text("is nooit gesloten")).to_be_visible()
    axe(page, "Balie")
    page.get_by_role("button", name="Open de dag").click()
    field = page.get_by_label("Wie komt er binnen?")
    # nobody, a wrong number, a card that was read badly
    for typed, said in (
        ("zzzz", "Niemand gevonden"),
        ("999", "geen klant met nummer 999"),
        ("SK0000000000-9", "niet goed gelezen"),
    ):
        field.fill(typed)
        page.keyboard.press("Enter")
        expect(page.get_by_text(said)).to_be_visible()
        axe(page, "Balie")
    # the card with a message, a question and access that ends soon
    field.fill("147")
    page.keyboard.press("Enter")
    expect(page.get_by_text("LIGO belde terug")).to_be_visible()
    page.get_by_role("button", name="Vraag").click()
    expect(page.get_by_role("button", name="volgnummer 1")).to_be_visible()
    axe(page, "Balie")
    # here already
    field.fill("147")
    page.keyboard.press("Enter")
    expect(page.get_by_text("is vandaag al aangemeld")).to_be_visible()
    axe(page, "Balie")
    # somebody new who looks like somebody known, and one without a name
    page.keyboard.press("F4")
    page.get_by_role("button", name="Schrijf in en meld aan").click()
    expect(page.get_by_text("Vul een voornaam of een familienaam in.")).to_be_visible()
    axe(page, "Balie")
    page.get_by_label("Voornaam").fill("Fatima")
    page.get_by_label("Familienaam").fill("Benamar")
    page.get_by_role("button", name="Schrijf in en meld aan").click()
    expect(page.get_by_text("Is het iemand van hen?")).to_be_visible()
    axe(page, "Balie")
    page.get_by_role("link", name="Laat maar").click()
    expect(page.get_by_text("Is het iemand van hen?")).to_be_hidden()
    # nobody at all
    page.get_by_role("button", name="Volwassenen: één minder").last.click()
    page.get_by_role("button", name="Tel mee").click()
    expect(page.get_by_text("Tel minstens 1 persoon.")).to_be_visible()
    axe(page, "Balie")

    day = Opening.objects.get(day__gt=forgotten.day)
    page.goto(reverse("visits:openings"))
    axe(page, "Vorige dagen")
    page.goto(reverse("visits:opening", args=[forgotten.pk]))
    expect(page.get_by_text("Je vult")).to_be_visible()
    axe(page, "Balie")
    page.goto(reverse("visits:slips", args=[forgotten.pk]))
    page.get_by_label("Nummer, lijn 1", exact=True).fill("999")
    page.get_by_role("button", name="Bewaar de lijst").click()
    expect(page.get_by_text("Er is geen klant met dit nummer.")).to_be_visible()
    axe(page, page.get_by_role("heading", name="Papieren lijst van").inner_text())
    page.goto(reverse("visits:attendance", args=[day.pk]))
    axe(page, page.get_by_role("heading", name="Wie is er op").inner_text())
    page.goto(reverse("visits:print_list", args=[day.pk]))
    axe(page, page.get_by_role("heading", name="STEK Kalmthout ·").inner_text())
    page.goto(reverse("visits:print_slips"))
    axe(page, page.get_by_role("heading", name="datum:").inner_text())
    page.goto(reverse("visits:close_day", args=[day.pk]))
    page.get_by_role("button", name="Sluit de dag").click()
    expect(page.get_by_text("De dag is gesloten door")).to_be_visible()
    axe(page, page.get_by_role("heading", level=1).inner_text())
    page.goto("/balie/")
    expect(page.get_by_role("link", name="Bekijk of heropen de dag")).to_be_visible()
    axe(page, "Balie")


def test_pages_of_households(
    page: Page, sign_in: SignIn, axe: Axe, coordinator: Colleague, fatima: Household
) -> None:
    sign_in(page, coordinator.user)
    page.goto(reverse("people:search"))
    axe(page, "Huishoudens")
    for typed, said in (("ben", "Ben Amar"), ("zzzz", "Niemand gevonden")):
        page.get_by_role("textbox").first.fill(typed)
        page.keyboard.press("Enter")
        expect(page.get_by_text(said).first).to_be_visible()
        axe(page, "Huishoudens")
    record = reverse("people:household", args=[fatima.pk])
    page.goto(record)
    axe(page, page.get_by_role("heading", level=1).inner_text())
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fatima Ben Amar")
    for door in (
        "edit",
        "grant",
        "add_member",
        "erase",
        "card",
        "replace_card",
        "visits",
        "timeline",
    ):
        page.goto(reverse(f"people:{door}", args=[fatima.pk]))
        axe(page, page.get_by_role("heading", level=1).inner_text())
    access = fatima.accesses.current().get()
    for door in ("suspend", "end"):
        page.goto(reverse(f"people:{door}", args=[access.pk]))
        axe(page, page.get_by_role("heading", level=1).inner_text())
    # two people change one record: the second chooses between both texts
    page.goto(reverse("people:edit", args=[fatima.pk]))
    fatima.last_name = "Benamar"
    fatima.version += 1
    fatima.save()
    page.get_by_label("Familienaam").fill("Ben Ammar")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Iemand anders bewaarde deze fiche")).to_be_visible()
    axe(page, page.get_by_role("heading", level=1).inner_text())
    # an error at its field, and who looks like somebody known
    page.goto(reverse("people:create"))
    page.get_by_label("Klantnummer").fill("147")
    page.get_by_label("Voornaam").fill("Olena")
    page.get_by_role("button", name="Schrijf in").click()
    expect(page.get_by_text("Dit klantnummer is al van een ander huishouden.")).to_be_visible()
    axe(page, "Nieuw huishouden")
    page.get_by_label("Klantnummer").fill("148")
    page.get_by_label("Voornaam").fill("Fatima")
    page.get_by_label("Familienaam").fill("Benamar")
    page.get_by_role("button", name="Schrijf in").click()
    expect(page.get_by_text("Is het een van deze huishoudens?")).to_be_visible()
    axe(page, "Nieuw huishouden")
    for door, heading in (
        ("expiring", "Verloopt binnenkort"),
        ("without_access", "Nog geen toegang"),
        ("cards", "Klantenkaarten drukken"),
    ):
        page.goto(reverse(f"people:{door}"))
        axe(page, heading)
    page.goto(reverse("people:cards") + "?keuze=nummers&van=1&tot=999")
    axe(page, page.get_by_role("heading", level=1).inner_text())


def test_pages_without_a_role(page: Page, broken: list[str], axe: Axe, stek: Stek) -> None:
    page.goto("/balie/")  # asks who you are
    axe(page, "Aanmelden")
    page.get_by_label("Gebruikersnaam").fill("iemand")
    page.get_by_label("Wachtwoord").fill("verkeerd-wachtwoord")
    page.get_by_role("button", name="Meld je aan").click()
    expect(page.get_by_role("alert")).to_be_visible()
    axe(page, "Aanmelden")
    page.goto("/bestaat-niet/")
    axe(page, "Deze bladzijde is er niet")


def test_pages_about_the_account(page: Page, sign_in: SignIn, axe: Axe, counter: Colleague) -> None:
    counter.user.set_password("een-lang-wachtwoord")
    counter.user.save()
    sign_in(page, counter.user)
    page.goto(reverse("account_change_password"))
    page.get_by_role("button", name="Bewaar het nieuwe wachtwoord").click()
    axe(page, "Wachtwoord veranderen")
    page.goto(reverse("account_logout"))
    axe(page, "Afmelden")
    page.goto(reverse("people:search"))
    axe(page, "Dat kan hier niet")
