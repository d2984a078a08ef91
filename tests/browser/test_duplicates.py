"""Two that are one: found, told apart by mistake, merged, met at the counter, and undone."""

import datetime as dt
from collections.abc import Callable

from playwright.sync_api import Page, expect

from accounts.models import User
from people.models import Household
from people.pairs import compare_changed
from places.models import Stek
from tests import factories
from tests.cast import Colleague
from visits.models import Visit

SignIn = Callable[[Page, User], None]
Axe = Callable[[Page, str], None]


def two_that_are_one(stek: Stek, today: dt.date) -> tuple[Household, Household]:
    """Each with a history, and once on the same day."""
    one = factories.household(
        stek, "Fatima", "El Amrani", number=41, adults=2, children=3, phone="0476 12 34 56"
    )
    other = factories.household(
        stek, "Fatma", "Elamrani", number=57, language="ar", phone="0476 12 34 56"
    )
    referrer = factories.referrer(stek)
    for household in (one, other):
        factories.member(household, "Youssef", "Benali")
        factories.access(household, referrer=referrer)
    for weeks in (3, 2, 1):
        opening = factories.opening(stek, today - dt.timedelta(weeks=weeks), closed=True)
        visit = factories.visit(opening, one, purposes=["grocery", "question"])
        factories.question(visit, factories.theme(stek, f"thema {weeks}"))
        if weeks == 1:
            factories.visit(opening, other)
    compare_changed(stek)
    return one, other


def test_duplicates_are_merged_and_taken_apart_again(
    page: Page, sign_in: SignIn, axe: Axe, coordinator: Colleague, stek: Stek, today: dt.date
) -> None:
    sign_in(page, coordinator.user)
    page.goto("/huishoudens/dubbels/")
    expect(page.get_by_text("Geen dubbels")).to_be_visible()
    axe(page, "Dubbels")
    two_that_are_one(stek, today)

    # a slip, and back
    page.goto("/huishoudens/")
    page.get_by_role("link", name="Dubbels").click()
    expect(page.get_by_text("zelfde telefoonnummer")).to_be_visible()
    axe(page, "Dubbels")
    page.get_by_role("button", name="Niet dezelfde").click()
    expect(page.get_by_text("dit zijn twee huishoudens")).to_be_visible()
    page.get_by_role("link", name="Niet dezelfde").click()
    expect(page.get_by_text("volgens Els Goossens")).to_be_visible()
    axe(page, "Dubbels")
    page.get_by_role("button", name="Toch niet zeker").click()
    page.get_by_role("link", name="Misschien dubbel").click()

    # side by side, and merged
    page.get_by_role("link", name="Vergelijk en voeg samen").click()
    title = "Twee huishoudens samenvoegen"
    expect(page.get_by_text("Het aantal bezoeken blijft gelijk")).to_be_visible()
    expect(page.get_by_role("row", name="bezoeken")).to_contain_text("4")
    axe(page, title)
    page.get_by_label("nr. 57 Fatma Elamrani").check()
    page.get_by_role("button", name="Voeg samen").click()
    expect(page.get_by_text("Nummer 57 leidt nu naar nummer 41.")).to_be_visible()
    axe(page, "Fatma Elamrani")
    assert Visit.objects.counted().filter(household__number=41).count() == 4

    # the old number at the counter
    page.goto("/balie/")
    page.get_by_role("button", name="Open de dag").click()
    page.get_by_label("Wie komt er binnen?").fill("57")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nummer 57 is samengevoegd met nummer 41.")).to_be_visible()

    # undone; who came today stays with the one that was kept
    page.goto("/huishoudens/dubbels/?lijst=samengevoegd")
    expect(page.get_by_text("Terugdraaien kan tot")).to_be_visible()
    axe(page, "Dubbels")
    page.get_by_role("button", name="Draai terug").click()
    expect(page.get_by_text("Nummer 57 is weer een eigen huishouden")).to_be_visible()
    assert Visit.objects.counted().filter(household__number=57).count() == 1
    assert Visit.objects.counted().filter(household__number=41).count() == 4


def test_pages_of_who_looked(
    page: Page, sign_in: SignIn, axe: Axe, coordinator: Colleague, mika: Colleague, stek: Stek
) -> None:
    factories.household(stek, "Fatima", "El Amrani", number=41)
    sign_in(page, coordinator.user)
    page.goto("/huishoudens/")
    page.get_by_label("Wie zoek je?").fill("41")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Wie keek?").click()
    expect(page.get_by_role("cell", name="Els Goossens").first).to_be_visible()
    axe(page, "Wie keek?")
    page.get_by_label("Van").fill("2020-01-01")
    page.get_by_label("Tot en met").fill("2020-01-02")
    page.get_by_role("button", name="Toon deze dagen").click()
    expect(page.get_by_text("In deze dagen keek niemand.")).to_be_visible()
    axe(page, "Wie keek?")
    page.goto("/huishoudens/wie-keek/")
    axe(page, "Wie keek?")
    page.get_by_role("link", name="Els Goossens").click()
    expect(page.get_by_role("link", name="41").first).to_be_visible()
    axe(page, "Wie keek?")
