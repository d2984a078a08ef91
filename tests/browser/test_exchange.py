"""Partners go from one STEK to another as a file, in a real browser: out, looked at, and in."""

from collections.abc import Callable
from pathlib import Path

from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from places.models import Stek
from referrals.models import Service
from tests.cast import Colleague
from tests.referrals.directory import full, lists

SignIn = Callable[[Page, User], None]
Axe = Callable[[Page, str], None]


def take_along(page: Page, folder: Path, axe: Axe) -> Path:
    page.goto(reverse("partners:list"))
    page.get_by_role("link", name="Uitwisselen").click()
    axe(page, "Partners uitwisselen")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download de partners").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def choose(page: Page, file: Path) -> None:
    page.goto(reverse("hsds:start"))
    page.get_by_label("Bestand met partners").set_input_files(file)
    page.get_by_role("button", name="Kijk het bestand na").click()
    expect(page.get_by_role("heading", name="Kijk het bestand na")).to_be_visible()


def test_directory_is_taken_along_and_read_in(
    page: Page,
    open_page: Callable[..., Page],
    sign_in: SignIn,
    axe: Axe,
    coordinator: Colleague,
    other_stek: Colleague,
    stek: Stek,
    essen: Stek,
    tmp_path: Path,
) -> None:
    full(stek)
    lists(essen)
    sign_in(page, coordinator.user)
    file = take_along(page, tmp_path, axe)
    theirs = open_page()
    sign_in(theirs, other_stek.user)
    choose(theirs, file)
    axe(theirs, "Kijk het bestand na")
    theirs.get_by_role("button", name="Lees in").click()
    expect(theirs.get_by_text("De partners zijn ingelezen.")).to_be_visible()
    axe(theirs, file.name)
    assert Service.objects.of_stek(essen).count() == 2
    # the same once more: there is nothing to do
    choose(theirs, file)
    expect(theirs.get_by_text("Er verandert niets.")).to_be_visible()
    expect(theirs.get_by_role("button", name="Lees in")).to_have_count(0)
    theirs.get_by_role("button", name="Niet inlezen").click()
    expect(theirs.get_by_text("Er is niets bewaard.")).to_be_visible()


def test_file_with_problems_says_which(
    page: Page, sign_in: SignIn, axe: Axe, coordinator: Colleague, tmp_path: Path
) -> None:
    sign_in(page, coordinator.user)
    file = tmp_path / "aanbod.json"
    file.write_text('[{"id": "1", "name": ""}]', encoding="utf-8")
    choose(page, file)
    expect(page.get_by_text("We kunnen geen enkele rij inlezen.")).to_be_visible()
    axe(page, "Kijk het bestand na")
