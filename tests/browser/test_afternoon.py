"""A whole first afternoon on a fresh installation: the shop's own list, then the counter on it."""

import datetime as dt
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from accounts.demo import DEMO_PASSWORD
from tests.browser.hands import Hands
from tests.people import import_files
from tests.test_run import Run

LIST = "klanten-titled.xlsx"
TRUTH = json.loads(import_files.real("truth.json"))[LIST]
#: The day on which the list was true; its dates are moved along with the calendar.
LIST_DAY = dt.date(2026, 11, 23)
UNTIL = 7  # its column with the last day of access
DATE = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)|(\d\d?)[-/.](\d\d?)[-/.](\d{2,4})")

Axe = Callable[[Page, str], None]


def moved(cell: object) -> object:
    """The same date as many days away from today as it was then; what is no date stays."""
    found = DATE.fullmatch(str(cell).removesuffix(" 00:00:00"))
    if not found:
        return cell
    year, month, day = found[1] or found[6], found[2] or found[5], found[3] or found[4]
    was = dt.date(int(year) % 100 + 2000, int(month), int(day))
    return f"{was + (dt.date.today() - LIST_DAY):%d/%m/%Y}"  # noqa: DTZ011 - a day is enough


@pytest.fixture
def todays_list(tmp_path: Path) -> Path:
    """The messy list as somebody would bring it today: every row as it is, the dates moved."""
    workbook = CalamineWorkbook.from_filelike(BytesIO(import_files.real(LIST)))
    rows: list[list[Any]] = [*workbook.get_sheet_by_index(0).to_python()]
    for row in rows:
        row[UNTIL] = moved(row[UNTIL])
    path = tmp_path / LIST
    path.write_bytes(import_files.as_xlsx({"Klanten": rows}))
    return path


def sign_in(page: Page, address: str, username: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Aanmelden voor collega's").click()
    page.get_by_label("Gebruikersnaam").fill(username)
    page.get_by_label("Wachtwoord").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Meld je aan").click()


def read_the_list_in(page: Page, path: Path, axe: Axe) -> None:
    """Choose the file, see what is wrong with which row, read the rest in."""
    page.get_by_role("link", name="Lijst inlezen").click()
    axe(page, "Je klantenlijst inlezen")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Kijk de lijst na").click()
    axe(page, "Kijk de lijst na")
    page.get_by_role("button", name="probleem").first.click()
    faulty = page.locator("#rijen li").filter(has_text=re.compile(r"rij \d+"))
    expect(faulty).to_have_count(len(TRUTH["problem_rows"]))
    good = TRUTH["rows"] - len(TRUTH["problem_rows"])
    page.get_by_role("button", name=f"{good} huishoudens inlezen").click()
    expect(page.get_by_text(f"{good} huishoudens ingelezen.")).to_be_visible()


def token_on_card(page: Page, address: str, number: int) -> str:
    """What is printed on the card of this customer."""
    page.goto(f"{address}huishoudens/kaarten/?keuze=nummers&van={number}&tot={number}")
    found = re.search(r"SK\d{10}-\d", page.locator("main").inner_text())
    assert found
    return found[0]


def the_day_before(run: Run) -> None:
    """The list was read in yesterday: until four at night the counter has the day of the evening,
    and what begins today has not begun there.
    """
    with closing(sqlite3.connect(run.data_dir / "stek.sqlite3")) as database, database:
        database.execute("UPDATE people_groceryaccess SET valid_from = date(valid_from, '-1 day')")


def test_first_afternoon_from_the_list_to_the_closed_day(
    fresh: Run, todays_list: Path, open_page: Callable[..., Page], axe: Axe
) -> None:
    address = f"http://127.0.0.1:{fresh.port}/"
    office = open_page()
    sign_in(office, address, "coordinator")
    read_the_list_in(office, todays_list, axe)
    the_day_before(fresh)
    token = token_on_card(office, address, 3)

    counter = open_page()
    sign_in(counter, address, "vrijwilliger")
    axe(counter, "Balie")
    counter.get_by_role("button", name="Open de dag").click()
    expect(counter.get_by_label("Wie komt er binnen?")).to_be_focused()
    axe(counter, "Balie")
    hands = Hands(counter)
    card = counter.locator("#card")

    # by name (3 persons), by number (1), by card (4)
    hands.types("lemmens ka")  # the demo has other Lemmens, whose place depends on the date
    expect(counter.get_by_role("option").first).to_contain_text("Kaat Lemmens")
    axe(counter, "Balie")
    hands.presses("Enter")
    expect(card).to_contain_text("Aangemeld: Kaat Lemmens")
    axe(counter, "Balie")
    hands.types("13")
    hands.presses("Enter")
    expect(card).to_contain_text("Anne-Marie D'Hondt")
    card.get_by_role("button", name="Verlenging is aangevraagd").click()
    expect(card).to_contain_text("Aangemeld: Anne-Marie D'Hondt")
    hands.types("4")
    hands.presses("Enter")
    expect(card).to_contain_text("Aangemeld: Fatma Benamar")
    hands.scans_card(token)
    expect(card).to_contain_text("Aangemeld: Fatima Ben Amar")

    # an anonymous family of three
    counter.get_by_role("button", name="Volwassenen: één meer").click()
    counter.get_by_role("button", name="Kinderen: één meer").click()
    counter.get_by_role("button", name="Tel mee").click()
    expect(card).to_contain_text("3 personen zonder naam")

    # refused once more, and not overridden
    hands.types("9")
    hands.presses("Enter")
    expect(card).to_contain_text("Oksana Kovalenko heeft geen toegang meer: die is verlopen")
    axe(counter, "Balie")
    card.get_by_role("link", name="Niet aanmelden").click()
    expect(card).to_be_empty()

    # one is taken back at once, one is struck out later with a reason
    counter.keyboard.press("F2")
    expect(card).to_contain_text("1 persoon zonder naam")
    counter.keyboard.press("Control+z")
    expect(card).to_contain_text("Ongedaan gemaakt")
    counter.locator("#today").get_by_role("link").filter(has_text="Fatma B.").click()
    card.get_by_text("Dit bezoek klopt niet").click()
    axe(counter, "Balie")
    card.get_by_role("button", name="Verkeerde persoon").click()
    expect(counter.locator("#today")).to_contain_text("geschrapt: verkeerde persoon")

    counter.get_by_role("link", name="Sluit de dag").click()
    counter.get_by_role("button", name="Sluit de dag").click()
    expect(counter.get_by_text("De dag is gesloten door Rita Peeters")).to_be_visible()

    # Kaat 1, Anne-Marie 7, Fatima 4, the family 3; Fatma and the one taken back don't count
    tiles = counter.locator(".tile")
    expect(tiles.nth(0)).to_have_text(re.compile(r"^\s*4\s+bezoeken\s*$"))
    expect(tiles.nth(1)).to_have_text(re.compile(r"^\s*15\s+personen\s*$"))
    expect(tiles.nth(2)).to_have_text(re.compile(r"^\s*1\s+zonder naam\s*$"))
    axe(counter, counter.get_by_role("heading", level=1).inner_text())
