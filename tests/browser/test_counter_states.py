"""The counter for others: by keyboard alone, without JavaScript, on two laptops, with no line."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from places.models import Stek
from tests import factories
from tests.cast import Colleague
from visits.models import Opening, Visit

SignIn = Callable[[Page, User], None]


@pytest.fixture
def fatima(stek: Stek) -> str:
    factories.access(factories.household(stek, "Fatima", "Ben Amar", number=147))
    return "Fatima Ben Amar"


def test_counter_works_without_javascript(
    open_page: Callable[..., Page],
    sign_in: SignIn,
    counter: Colleague,
    opening: Opening,
    fatima: str,
) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, counter.user)
    page.goto("/balie/")
    # a name is found first, and then taken
    page.get_by_label("Wie komt er binnen?").fill("ben amar")
    page.keyboard.press("Enter")
    page.get_by_role("option", name=fatima).click()
    expect(page.locator("#card")).to_contain_text(f"Aangemeld: {fatima}")
    page.get_by_role("button", name="Vraag").click()
    expect(page.get_by_role("button", name="volgnummer 1")).to_be_visible()
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.locator("#card")).to_contain_text("Ongedaan gemaakt")
    # a number goes straight in
    page.get_by_label("Wie komt er binnen?").fill("147")
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_contain_text(f"Aangemeld: {fatima}")
    # and a family without a name
    page.get_by_role("spinbutton", name="Kinderen").fill("2")
    page.get_by_role("button", name="Tel mee").click()
    expect(page.locator("#card")).to_contain_text("3 personen zonder naam")
    assert Visit.objects.counted().count() == 2


def test_whole_afternoon_by_keyboard_alone(
    page: Page, sign_in: SignIn, counter: Colleague, stek: Stek, fatima: str
) -> None:
    sign_in(page, counter.user)
    page.goto("/balie/")
    expect(page.get_by_role("button", name="Open de dag")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Wie komt er binnen?")).to_be_focused()
    page.keyboard.type("ben")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_contain_text(f"Aangemeld: {fatima}")
    # Tab goes from the field to the card, and a switched reason keeps the cursor there
    for _step in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "set-question":
            break
    page.keyboard.press("Space")
    expect(page.locator("#set-question")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#set-question")).to_be_focused()
    # typing a letter anywhere goes to the one field
    page.keyboard.type("147")
    expect(page.get_by_label("Wie komt er binnen?")).to_have_value("147")
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_contain_text("is vandaag al aangemeld")
    page.keyboard.press("F4")
    expect(page.get_by_label("Voornaam")).to_be_focused()
    page.keyboard.type("Olena")
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_contain_text("Aangemeld: Olena")


def test_two_laptops_see_each_other(
    open_page: Callable[..., Page],
    sign_in: SignIn,
    counter: Colleague,
    volunteer: Colleague,
    opening: Opening,
    fatima: str,
) -> None:
    ritas, joss = open_page(), open_page()
    sign_in(ritas, counter.user)
    sign_in(joss, volunteer.user)
    ritas.goto("/balie/")
    joss.goto("/balie/")
    ritas.keyboard.type("147")
    ritas.keyboard.press("Enter")
    expect(ritas.locator("#card")).to_contain_text(f"Aangemeld: {fatima}")
    expect(joss.locator("#today")).to_contain_text("Fatima B.", timeout=8000)
    # what stands on the other screen is asked about, not entered twice
    joss.keyboard.type("147")
    joss.keyboard.press("Enter")
    expect(joss.locator("#card")).to_contain_text("is vandaag al aangemeld")
    expect(joss.locator("#card")).to_contain_text("Rita")
    assert Visit.objects.count() == 1


def test_visitor_is_not_lost_when_the_line_is_down(
    page: Page, sign_in: SignIn, counter: Colleague, opening: Opening, fatima: str
) -> None:
    sign_in(page, counter.user)
    page.goto("/balie/")
    page.context.set_offline(True)
    page.keyboard.type("147")
    page.keyboard.press("Enter")
    expect(page.locator("#net")).to_contain_text("Geen verbinding")
    # the field is free for the next one
    page.keyboard.press("F2")
    expect(page.locator("#net")).to_contain_text("(2)")
    page.context.set_offline(False)
    expect(page.locator("#net")).to_contain_text("Verbonden", timeout=10000)
    expect(page.locator("#today")).to_contain_text("Fatima B.")
    assert Visit.objects.count() == 2


def test_three_people_without_a_name_are_three_while_the_line_is_down(
    page: Page, sign_in: SignIn, counter: Colleague, opening: Opening
) -> None:
    sign_in(page, counter.user)
    page.goto("/balie/")
    key = page.locator("[data-stek-anonymous] [name=request_id]")
    page.context.set_offline(True)
    for _time in range(3):
        before = key.input_value()
        page.keyboard.press("F2")
        expect(key).not_to_have_value(before)
    page.context.set_offline(False)
    expect(page.locator("#net")).to_contain_text("Verbonden")
    expect(page.locator("#today .tile").first).to_contain_text("3")
    assert Visit.objects.count() == 3


def test_double_press_counts_once(
    page: Page, sign_in: SignIn, counter: Colleague, opening: Opening
) -> None:
    sign_in(page, counter.user)
    page.goto("/balie/")
    page.get_by_role("button", name="Tel mee").dblclick()
    expect(page.locator("#today .tile").first).to_contain_text("1")
    expect(page.locator("#net")).to_contain_text("Verbonden")
    assert Visit.objects.count() == 1


def test_who_waits_behind_a_question_is_not_forgotten(
    page: Page, sign_in: SignIn, counter: Colleague, opening: Opening, stek: Stek, fatima: str
) -> None:
    for number in (21, 22):
        factories.household(stek, f"Zonder{number}", "Toegang", number=number)
    sign_in(page, counter.user)
    page.goto("/balie/")
    page.context.set_offline(True)
    for typed in ("21", "22", "147"):
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
    page.context.set_offline(False)
    card = page.locator("#card")
    expect(card).to_contain_text("Zonder21")
    expect(card).to_contain_text("er wacht al iemand anders")
    card.get_by_role("button", name="Eenmalig, dringend").click()
    expect(card).to_contain_text("Zonder22")
    card.get_by_role("link", name="Niet aanmelden").click()
    expect(card).to_contain_text(f"Aangemeld: {fatima}")
    expect(page.locator("#net")).to_contain_text("Verbonden")
    assert Visit.objects.count() == 2


def test_several_that_wait_go_on_after_signing_in_again(
    page: Page, sign_in: SignIn, counter: Colleague, opening: Opening, fatima: str
) -> None:
    sign_in(page, counter.user)
    page.goto("/balie/")
    page.context.set_offline(True)
    page.keyboard.type("147")
    page.keyboard.press("Enter")
    page.keyboard.press("F2")
    cookies = [one for one in page.context.cookies() if one["name"] != "stek"]
    page.context.clear_cookies()
    page.context.add_cookies(cookies)
    page.context.set_offline(False)
    expect(page.locator("#net")).to_contain_text("Je bent afgemeld")
    sign_in(page, counter.user)
    expect(page.locator("#net")).to_contain_text("Verbonden")
    expect(page.locator("#today .tile").first).to_contain_text("2")
    assert Visit.objects.count() == 2


def test_session_that_ended_keeps_what_was_typed(
    page: Page, sign_in: SignIn, counter: Colleague, opening: Opening, fatima: str
) -> None:
    counter.user.set_password("een-lang-wachtwoord")
    counter.user.save()
    page.goto("/balie/")
    page.get_by_label("Gebruikersnaam").fill("rita")
    page.get_by_label("Wachtwoord").fill("een-lang-wachtwoord")
    page.get_by_role("button", name="Meld je aan").click()
    page.wait_for_url("**/balie/")
    cookies = [one for one in page.context.cookies() if one["name"] != "stek"]
    page.context.clear_cookies()
    page.context.add_cookies(cookies)
    page.keyboard.type("147")
    page.keyboard.press("Enter")
    expect(page.get_by_text("wat je typte, staat klaar")).to_be_visible()
    page.get_by_label("Gebruikersnaam").fill("rita")
    page.get_by_label("Wachtwoord").fill("een-lang-wachtwoord")
    page.get_by_role("button", name="Meld je aan").click()
    expect(page.get_by_text("147")).to_be_visible()
    page.get_by_role("button", name="Ga ermee verder").click()
    expect(page.locator("#card")).to_contain_text(f"Aangemeld: {fatima}")
    assert Visit.objects.count() == 1
