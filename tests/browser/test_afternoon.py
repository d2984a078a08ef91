"""A whole first afternoon: the shop's own list is read in, and the counter runs on it."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accounts.demo import DEMO_PASSWORD
from accounts.models import AuditEvent
from accounts.roles import Role
from people.models import GroceryAccess, Household
from places.models import Stek
from tests import factories
from tests.browser.hands import Hands
from visits.models import Opening, Visit

LISTS = Path(__file__).parent.parent / "data" / "klantenlijsten"
LIST = "klanten-titled.xlsx"
TRUTH = json.loads((LISTS / "truth.json").read_text(encoding="utf-8"))[LIST]

Axe = Callable[[Page, str], None]


def sign_in_by_form(page: Page, username: str) -> None:
    page.goto("/")
    page.get_by_label("Gebruikersnaam").fill(username)
    page.get_by_label("Wachtwoord").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Meld je aan").click()


def read_the_list_in(page: Page, axe: Axe) -> None:
    """As `coordinator`: choose the file, see what is wrong, read the rest in."""
    page.goto("/huishoudens/inlezen/")
    axe(page, "Je klantenlijst inlezen")
    page.locator("input[type=file]").set_input_files(LISTS / LIST)
    page.get_by_role("button", name="Kijk de lijst na").click()
    axe(page, "Kijk de lijst na")
    expect(page.get_by_text(f"{len(TRUTH['problem_rows'])} met een probleem")).to_be_visible()
    page.get_by_role("button", name="probleem").first.click()
    faulty = page.locator("#rijen li").filter(has_text=re.compile(r"rij \d+"))
    expect(faulty).to_have_count(len(TRUTH["problem_rows"]))
    page.get_by_role("button", name="huishoudens inlezen").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Kijk de lijst na")


@pytest.fixture
def team(stek: Stek) -> None:
    for name, role in (("coordinator", Role.COORDINATOR), ("vrijwilliger", Role.VOLUNTEER)):
        factories.membership(stek, role, user=factories.user(name, password=DEMO_PASSWORD))


def test_first_afternoon_from_the_list_to_the_closed_day(
    page: Page, team: None, stek: Stek, axe: Axe, open_page: Callable[..., Page]
) -> None:
    sign_in_by_form(page, "coordinator")
    read_the_list_in(page, axe)
    assert Household.objects.count() == TRUTH["rows"] - len(TRUTH["problem_rows"])

    by_name, by_number, by_scan = _who_may_shop(3)
    expired = _expired()

    counter = open_page()
    sign_in_by_form(counter, "vrijwilliger")
    axe(counter, "Balie")
    counter.get_by_role("button", name="Open de dag").click()
    expect(counter.get_by_label("Wie komt er binnen?")).to_be_focused()
    axe(counter, "Balie")
    hands = Hands(counter)
    card = counter.locator("#card")

    hands.types(by_name.full_name)
    expect(counter.get_by_role("option").first).to_contain_text(by_name.full_name)
    hands.presses("Enter")
    expect(card).to_contain_text(f"Aangemeld: {by_name.full_name}")
    axe(counter, "Balie")

    hands.types(str(by_number.number))
    hands.presses("Enter")
    expect(card).to_contain_text(f"Aangemeld: {by_number.full_name}")

    hands.scans_card(by_scan.card)
    expect(card).to_contain_text(f"Aangemeld: {by_scan.full_name}")

    counter.get_by_role("button", name="Volwassenen: één meer").click()
    counter.get_by_role("button", name="Kinderen: één meer").click()
    counter.get_by_role("button", name="Tel mee").click()
    expect(card).to_contain_text("3 personen zonder naam")

    hands.types(str(expired.number))
    hands.presses("Enter")
    expect(card).to_contain_text("die is verlopen")
    axe(counter, "Balie")
    card.get_by_role("button", name="Verlenging is aangevraagd").click()
    expect(card).to_contain_text(f"Aangemeld: {expired.full_name}")

    # one is taken back at once, one is struck out later with a reason
    counter.keyboard.press("F2")
    expect(card).to_contain_text("1 persoon zonder naam")
    counter.keyboard.press("Control+z")
    expect(card).to_contain_text("Ongedaan gemaakt")
    counter.locator("#today").get_by_role("link").filter(has_text=f"{by_number.number}").click()
    card.get_by_text("Dit bezoek klopt niet").click()
    axe(counter, "Balie")
    card.get_by_role("button", name="Verkeerde persoon").click()
    expect(card).to_contain_text("Verkeerde persoon")
    expect(counter.locator("#today")).to_contain_text("geschrapt: verkeerde persoon")

    counter.get_by_role("link", name="Sluit de dag").click()
    counter.get_by_role("button", name="Sluit de dag").click()
    expect(counter.get_by_text("De dag is gesloten door")).to_be_visible()

    opening = Opening.objects.get()
    assert not opening.is_open
    counted = Visit.objects.counted()
    assert {visit.household_id for visit in counted} == {
        by_name.pk,
        by_scan.pk,
        expired.pk,
        None,
    }
    assert Visit.objects.count() == 6
    persons = sum(visit.persons for visit in counted)
    assert persons == by_name.persons + by_scan.persons + expired.persons + 3
    expect(counter.locator(".tile").nth(1)).to_contain_text(str(persons))
    assert AuditEvent.objects.filter(verb="check_in").count() == 6
    assert AuditEvent.objects.filter(verb="void").count() == 2


def _who_may_shop(count: int) -> list[Household]:
    rows = GroceryAccess.objects.current().select_related("household").order_by("-valid_until")
    return [row.household for row in rows[:count]]


def _expired() -> Household:
    row = GroceryAccess.objects.current().select_related("household").order_by("valid_until")[0]
    return row.household
