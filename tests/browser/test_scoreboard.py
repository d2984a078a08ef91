"""The scoreboard of the counter: how many keys and clicks a check-in takes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from places.models import Stek
from tests import factories
from tests.browser.hands import Hands
from tests.cast import Colleague
from visits.models import Opening, Visit


@pytest.fixture
def hands(
    page: Page,
    sign_in: Callable[[Page, User], None],
    counter: Colleague,
    opening: Opening,
    stek: Stek,
) -> Hands:
    """Rita's, at the counter of an open day; three households are known."""
    for first, last in (("Fatima", "Ben Amar"), ("Fatou", "Berete"), ("Jozef", "Van den Broeck")):
        factories.access(factories.household(stek, first, last))
    sign_in(page, counter.user)
    page.goto("/balie/")
    expect(page.get_by_label("Wie komt er binnen?")).to_be_focused()
    return Hands(page)


def is_in(hands: Hands, name: str) -> None:
    expect(hands.page.locator("#card")).to_contain_text(f"Aangemeld: {name}")
    expect(hands.page.get_by_label("Wie komt er binnen?")).to_be_focused()


@pytest.mark.parametrize("azerty", [False, True], ids=["us", "azerty"])
def test_check_in_by_card_takes_one_scan(hands: Hands, stek: Stek, azerty: bool) -> None:
    card = stek.households.get(last_name="Berete").card
    hands.scans_card(card, azerty=azerty)
    is_in(hands, "Fatou Berete")
    assert hands.counted == {"keys": 0, "clicks": 0, "scans": 1}


def test_check_in_by_number_takes_the_number_and_enter(hands: Hands, stek: Stek) -> None:
    hands.types(str(stek.households.get(last_name="Berete").number))
    hands.presses("Enter")
    is_in(hands, "Fatou Berete")
    assert hands.counted == {"keys": 2, "clicks": 0, "scans": 0}


def test_check_in_by_name_takes_four_letters_and_enter(hands: Hands) -> None:
    hands.types("broe")
    hands.presses("Enter")
    is_in(hands, "Jozef Van den Broeck")
    assert hands.counted == {"keys": 5, "clicks": 0, "scans": 0}


def test_check_in_by_name_asks_once_more_when_two_look_alike(hands: Hands) -> None:
    hands.types("fat")
    expect(hands.page.get_by_role("option")).to_have_count(2)
    hands.presses("ArrowDown")
    chosen = hands.page.locator("[aria-selected=true] .hit-name").inner_text()
    hands.presses("Enter")
    is_in(hands, chosen.splitlines()[0].strip())
    assert hands.counted["keys"] == 5
    assert hands.counted["clicks"] == 0


def test_anonymous_visit_takes_one_key(hands: Hands) -> None:
    hands.presses("F2")
    is_in(hands, "1 persoon zonder naam")
    assert hands.counted == {"keys": 1, "clicks": 0, "scans": 0}


def test_anonymous_family_takes_three_clicks(hands: Hands) -> None:
    page = hands.page
    hands.clicks_on(page.get_by_role("button", name="Volwassenen: één meer").last)
    hands.clicks_on(page.get_by_role("button", name="Kinderen: één meer").last)
    hands.clicks_on(page.get_by_role("button", name="Tel mee"))
    is_in(hands, "3 personen zonder naam")
    assert hands.counted == {"keys": 0, "clicks": 3, "scans": 0}
    assert Visit.objects.get().adults == 2


def test_scan_while_the_cursor_is_elsewhere_still_checks_in(hands: Hands, stek: Stek) -> None:
    children = hands.page.get_by_role("spinbutton", name="Kinderen")
    children.focus()
    hands.scans_card(stek.households.get(last_name="Berete").card)
    is_in(hands, "Fatou Berete")
    expect(children).to_have_value("0")


def test_three_scans_in_a_row_are_three_visits(hands: Hands, stek: Stek) -> None:
    for household in stek.households.all():
        hands.scans_card(household.card)
    expect(hands.page.locator("#today .tile").first).to_contain_text("3")
    assert Visit.objects.count() == 3


def test_second_visitor_is_found_like_the_first(hands: Hands) -> None:
    for letters, name in (("broe", "Jozef Van den Broeck"), ("bere", "Fatou Berete")):
        hands.types(letters)
        expect(hands.page.get_by_role("option")).to_have_count(1)
        hands.presses("Enter")
        is_in(hands, name)
    assert hands.counted == {"keys": 10, "clicks": 0, "scans": 0}


def test_enter_before_the_lines_came_waits_for_them(hands: Hands) -> None:
    hands.page.keyboard.type("broeck")
    hands.page.keyboard.press("Enter")
    is_in(hands, "Jozef Van den Broeck")


def test_undo_takes_ctrl_z(hands: Hands) -> None:
    hands.presses("F2")
    is_in(hands, "1 persoon zonder naam")
    hands.page.keyboard.press("Control+z")
    expect(hands.page.locator("#card")).to_contain_text("Ongedaan gemaakt")
    assert Visit.objects.get().is_voided
