"""Raw rows in a real browser: asked for and taken by hand, watched while they are made, stopped."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from accounts.models import User
from places.models import Stek
from reports.exports import making as export_making
from reports.models import Export
from tests import factories
from tests.cast import Colleague
from visits.models import Visit

SignIn = Callable[[Page, User], None]
Axe = Callable[[Page, str], None]
PASSWORD = "koffie-en-thee-2026"


@pytest.fixture
def els(page: Page, sign_in: SignIn, coordinator: Colleague) -> Page:
    """The coordinator's laptop."""
    coordinator.user.set_password(PASSWORD)
    coordinator.user.save()
    sign_in(page, coordinator.user)
    return page


@pytest.fixture
def visit(stek: Stek) -> Visit:
    opening = factories.opening(stek, closed=True)
    return factories.visit(opening, factories.household(stek), purposes=["grocery"])


def ask(page: Page, today: dt.date) -> None:
    page.goto("/rapporten/ruwe-gegevens/")
    page.get_by_label("CSV").check()
    page.get_by_label("Van").fill(f"{today - dt.timedelta(days=7)}")
    page.get_by_label("Tot en met").fill(f"{today}")
    page.get_by_label("Waarvoor?").select_option("own_work")
    page.get_by_label("Leg kort uit").fill("voor het jaarverslag")
    page.get_by_label("Je wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Maak het bestand").click()


def test_rows_are_asked_for_and_taken(
    els: Page, axe: Axe, visit: Visit, today: dt.date, tmp_path: Path
) -> None:
    els.goto("/rapporten/ruwe-gegevens/")
    axe(els, "Ruwe gegevens")
    ask(els, today)
    expect(els.get_by_role("status")).to_contain_text("Klaar: 1 rij.")
    axe(els, "Bezoeken")
    with els.expect_download() as taken:
        els.get_by_role("link", name="Download").click()
    path = tmp_path / "made.csv"
    taken.value.save_as(path)
    assert taken.value.suggested_filename.startswith("bezoeken-")
    assert ";ja;" in path.read_text(encoding="utf-8-sig")
    els.get_by_role("button", name="Gooi het bestand weg").click()
    expect(els.get_by_text("Het bestand is weg.")).to_be_visible()


def test_slip_in_the_form_is_said_and_kept(els: Page, axe: Axe) -> None:
    els.goto("/rapporten/ruwe-gegevens/")
    els.get_by_label("Leg kort uit").fill("voor het jaarverslag")
    els.get_by_role("button", name="Maak het bestand").click()
    expect(els.get_by_text("Kies waarvoor het dient.")).to_be_visible()
    expect(els.get_by_label("Leg kort uit")).to_have_value("voor het jaarverslag")
    axe(els, "Ruwe gegevens")


def test_long_one_is_watched_until_it_is_ready(
    els: Page, axe: Axe, visit: Visit, today: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody reloads: the page asks by itself, and stops asking."""
    monkeypatch.setattr(export_making, "AT_ONCE", 0)
    ask(els, today)
    expect(els.get_by_text("Je bestand wordt zo meteen gemaakt.")).to_be_visible()
    axe(els, "Bezoeken")
    export = Export.objects.get()
    running = Export.objects.filter(pk=export.pk)
    running.update(state="running", claim="x", done_parts=3, all_parts=4)
    expect(els.get_by_role("progressbar")).to_have_attribute("value", "75")
    axe(els, "Bezoeken")
    running.update(state="waiting", claim="")
    call_command("run_exports", "--once")
    expect(els.get_by_role("link", name="Download")).to_be_visible()
    assert els.locator("#export").get_attribute("hx-trigger") is None


def test_waiting_one_is_stopped_without_javascript(
    browser: Browser, els: Page, stek: Stek, coordinator: Colleague, live_server
) -> None:
    export = factories.export(stek, state="waiting", by=coordinator.user)
    context = browser.new_context(
        java_script_enabled=False, storage_state=els.context.storage_state()
    )
    page = context.new_page()
    page.goto(f"{live_server.url}/rapporten/ruwe-gegevens/{export.pk}/")
    expect(page.get_by_role("link", name="Kijk opnieuw")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("De export is gestopt.")).to_be_visible()
    context.close()
    export.refresh_from_db()
    assert export.state == "cancelled"


def test_charts_break_no_policy(els: Page, visit: Visit, today: dt.date) -> None:
    """Chromium says so on the console when a style or a script is refused."""
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            said.append(message.text)

    els.on("console", note)
    for size in range(1, 5):
        factories.visit(visit.opening, factories.household(visit.opening.stek, adults=size))
    els.goto(f"/rapporten/team/{today.year}/")
    expect(els.get_by_role("img", name="Grafiek: huishoudens per grootte.")).to_be_visible()
    assert said == []
