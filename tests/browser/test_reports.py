"""Reports in a real browser: two clicks from the list to the file, and every page through axe."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.roles import Role
from places.models import Stek
from reports.models import Snapshot
from tests import factories
from tests.browser.hands import Hands
from tests.cast import Colleague
from visits.period import last_closed_quarter

SignIn = Callable[[Page, User], None]
Axe = Callable[[Page, str], None]


@pytest.fixture
def busy(stek: Stek, today: dt.date) -> Stek:
    """Two months of openings in the last closed quarter, with all that a report counts."""
    period = last_closed_quarter(today)
    theme, other = factories.theme(stek), factories.theme(stek, "energie en water")
    helped = factories.help_type(stek)
    partner = factories.partner(stek)
    for week in range(8):
        opening = factories.opening(
            stek, period.first + dt.timedelta(days=7 * week + 1), closed=True
        )
        for place in range(6 + week):
            household = factories.household(stek, adults=1 + place % 3, children=place % 4)
            purposes = ["grocery", "question"] if place % 2 else ["grocery"]
            visit = factories.visit(opening, household, purposes=purposes)
            if place % 2:
                about = theme if place % 3 else other
                question = factories.question(visit, about, help_types=[helped])
                if place == 5:
                    factories.referral(question, partner)
        factories.anonymous_visit(opening, first_this_year=True)
    factories.activity(stek, period.first, participants=12)
    return stek


def test_pages_of_reports_are_accessible(
    page: Page, sign_in: SignIn, axe: Axe, coordinator: Colleague, busy: Stek, essen: Stek
) -> None:
    factories.membership(essen, Role.COORDINATOR, user=coordinator.user)
    factories.composed_report(busy, "Voor de raad")
    quarter = last_closed_quarter(factories.today()).key
    sign_in(page, coordinator.user)
    pages = [
        ("/rapporten/", "Rapporten"),
        ("/rapporten/?van=2026-03-30&tot=2026-03-28", "Rapporten"),
        (f"/rapporten/team/{quarter}/", "Eigen team"),
        (f"/rapporten/gemeente/{quarter}/", "Gemeente"),
        ("/rapporten/voedselhulp/2001/", "Voedselhulp"),
        ("/rapporten/samenstellen/", "Rapport samenstellen"),
        ("/rapporten/begrippen/", "Wat elk cijfer betekent"),
        ("/rapporten/samen/", "Meerdere STEKs samen"),
        (f"/rapporten/samen/team/{quarter}/", "Eigen team"),
        (f"/rapporten/samen/team/{quarter}/?toon=samen", "Eigen team"),
    ]
    for address, heading in pages:
        page.goto(address)
        axe(page, heading)


def test_composing_a_report_by_hand(
    page: Page, sign_in: SignIn, axe: Axe, coordinator: Colleague, busy: Stek
) -> None:
    sign_in(page, coordinator.user)
    page.goto(reverse("reports:start"))
    page.get_by_role("link", name="Zelf samenstellen").click()
    page.get_by_role("button", name="Bewaar").click()
    axe(page, "Rapport samenstellen")
    expect(page.get_by_text("Kies minstens één tabel.")).to_be_visible()
    page.get_by_label("Naam van het rapport").fill("Voor de schepen")
    page.get_by_label("Vragen per thema", exact=True).check()
    page.get_by_label("Bezoeken per dag").check()
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("is te fijn om te delen")).to_be_visible()
    expect(page.get_by_label("Vragen per thema", exact=True)).to_be_checked()
    page.get_by_label("Bezoeken per dag").uncheck()
    page.get_by_role("button", name="Bewaar").click()
    axe(page, "Voor de schepen")


def test_report_for_a_funder_takes_two_clicks(
    page: Page, sign_in: SignIn, axe: Axe, coordinator: Colleague, busy: Stek
) -> None:
    sign_in(page, coordinator.user)
    page.goto("/rapporten/")
    hands = Hands(page)
    hands.clicks_on(page.get_by_role("link", name="Gemeente"))
    expect(page.get_by_role("heading", name="Ontmoeten")).to_be_visible()  # the preview
    with page.expect_download() as started:
        hands.clicks_on(page.get_by_role("button", name="PDF"))
    assert hands.counted == {"keys": 0, "clicks": 2, "scans": 0}
    quarter = last_closed_quarter(factories.today()).key
    assert started.value.suggested_filename == f"gemeente-{quarter}.pdf"
    assert started.value.path().read_bytes().startswith(b"%PDF-")
    frozen = Snapshot.objects.get()
    assert frozen.maker == coordinator.user
    page.reload()
    expect(page.get_by_text("Vastgelegd", exact=True)).to_be_visible()
    axe(page, "Gemeente")


def test_what_is_not_frozen_is_not_printed(
    page: Page, sign_in: SignIn, coordinator: Colleague, busy: Stek
) -> None:
    quarter = last_closed_quarter(factories.today()).key
    sign_in(page, coordinator.user)
    page.goto(f"/rapporten/gemeente/{quarter}/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Ontmoeten")).to_be_hidden()
    expect(page.get_by_text("Leg het eerst vast op het scherm.")).to_be_visible()
    factories.snapshot(busy, "gemeente", quarter)
    page.reload()
    expect(page.get_by_role("heading", name="Ontmoeten")).to_be_visible()
    expect(page.get_by_text("Leg het eerst vast op het scherm.")).to_be_hidden()
    # What stays inside can always be printed.
    page.goto(f"/rapporten/team/{quarter}/")
    expect(page.get_by_role("heading", name="Ontmoeten")).to_be_visible()


def test_frozen_report_is_put_right_beside_the_old_one(
    page: Page, sign_in: SignIn, axe: Axe, coordinator: Colleague, busy: Stek
) -> None:
    quarter = last_closed_quarter(factories.today()).key
    factories.snapshot(busy, "gemeente", quarter, stale=True)
    sign_in(page, coordinator.user)
    page.goto(f"/rapporten/gemeente/{quarter}/")
    page.get_by_role("link", name="Wat is er sindsdien veranderd?").click()
    axe(page, "Wat is er veranderd?")
    page.get_by_role("button", name="Maak een verbeterde versie").click()
    expect(page.get_by_text("Schrijf in enkele woorden wat er rechtgezet is.")).to_be_visible()
    page.get_by_label("Wat is er rechtgezet?").fill("Een bezoek geschrapt.")
    page.get_by_role("button", name="Maak een verbeterde versie").click()
    expect(page.get_by_text("versie 2", exact=False).first).to_be_visible()
    axe(page, "Gemeente")
    page.get_by_role("link", name="Versie 1").click()
    expect(page.get_by_text("Er is een latere versie.")).to_be_visible()
    axe(page, "Gemeente")


def test_report_is_looked_at_in_one_click(
    page: Page, sign_in: SignIn, mika: Colleague, busy: Stek
) -> None:
    sign_in(page, mika.user)
    page.goto("/rapporten/")
    hands = Hands(page)
    hands.clicks_on(page.get_by_role("link", name="Gemeente"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Gemeente")
    expect(page.get_by_role("heading", name="Ontmoeten")).to_be_visible()
    assert hands.counted == {"keys": 0, "clicks": 1, "scans": 0}
