"""The week in a real browser: twenty things in twenty clicks, by keyboard alone, without script."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from places.models import Stek
from reviews.models import Decision, WeekReview
from tests import factories
from tests.browser.conftest import LAPTOP
from tests.browser.hands import Hands
from tests.cast import Colleague
from visits.days import current_day
from visits.models import Opening
from visits.period import week_of

SignIn = Callable[[Page, User], None]
Axe = Callable[[Page, str], None]

OPEN = "[data-stek-item]:not(.item-done)"
DONE = "[data-stek-item].item-done"


def this_week() -> str:
    return week_of(current_day(timezone.now())).key


def heading() -> str:
    return f"Week {current_day(timezone.now()).isocalendar().week}"


@pytest.fixture
def twenty(stek: Stek, opening: Opening, mika: Colleague) -> Stek:
    """Twenty things of five kinds, and a week like the ones before it."""
    today = current_day(timezone.now())
    for weeks in range(1, 6):
        earlier = factories.opening(stek, today - dt.timedelta(weeks=weeks), closed=True)
        factories.attendance(earlier, "Mika Verlinden", user=mika.user)
        for _visit in range(3 + weeks % 2):
            factories.anonymous_visit(earlier)
    theme = factories.theme(stek, "energie en water")
    referrer = factories.referrer(stek)
    names = ("Fatima Haddad", "Jozef Willems", "Olena Kovalenko", "Greet Maes", "Pawel Zielinski")
    for number, name in enumerate(names):
        household = factories.household(stek, *name.split(), number=101 + number)
        factories.access(household, referrer=referrer)
        visit = factories.visit(opening, household, purposes=["question"])
        question = factories.question(visit, theme)
        factories.follow_up(question, due=today, kind="task", what="Terugbellen.")
    for number in range(8):
        factories.signal(stek, f"De bus rijdt niet op dag {number}.", theme=theme)
    for days in (40, 47):
        factories.opening(stek, today - dt.timedelta(days=days))
    return stek


def start(page: Page, sign_in: SignIn, who: Colleague) -> None:
    sign_in(page, who.user)
    page.goto("/week/")
    expect(page.get_by_role("heading", level=1)).to_have_text(heading())


def test_twenty_things_in_twenty_clicks_on_one_page_all_ticked(
    page: Page, sign_in: SignIn, axe: Axe, mika: Colleague, twenty: Stek
) -> None:
    start(page, sign_in, mika)
    address = page.url
    loads: list[str] = []
    page.on("load", lambda _page: loads.append("load"))
    expect(page.locator(OPEN)).to_have_count(20)
    expect(page.locator("#week-left")).to_contain_text("nog 20 te doen")
    hands = Hands(page)
    choices = ("Gezien", "Aan mij", "+1 week", "Afgesloten")
    for place in range(20):
        line = page.locator(OPEN).first
        hands.clicks_on(line.get_by_role("button", name=choices[place % 4]))
        expect(page.locator(DONE)).to_have_count(place + 1)
    assert hands.counted == {"keys": 0, "clicks": 20, "scans": 0}
    assert loads == []
    assert page.url == address
    expect(page.locator(OPEN)).to_have_count(0)
    expect(page.locator("#week-left")).to_contain_text("Alles is bekeken: 20 gedaan deze week.")
    expect(page.locator("#week-kinds b")).to_have_text(
        ["0"] * page.locator("#week-kinds b").count()
    )
    expect(page.locator(DONE).first).to_contain_text("Mika")
    assert Decision.objects.current().count() == 20
    axe(page, heading())
    page.reload()
    expect(page.locator(DONE)).to_have_count(20)


def test_the_same_by_keyboard_alone(
    page: Page, sign_in: SignIn, mika: Colleague, twenty: Stek
) -> None:
    """Each of the four deeds twice."""
    start(page, sign_in, mika)
    hands = Hands(page)
    for place in range(8):
        hands.presses("j")
        hands.presses("gmwa"[place % 4])
        expect(page.locator(DONE)).to_have_count(place + 1)
        expect(page.locator("[data-stek-item]:focus")).to_have_class("item item-done")
    assert hands.counted == {"keys": 16, "clicks": 0, "scans": 0}
    assert Decision.objects.current().count() == 8
    page.keyboard.press("u")
    expect(page.locator(DONE)).to_have_count(7)
    expect(page.locator("[data-stek-item]:focus")).to_have_class("item")
    page.keyboard.press("k")
    expect(page.locator("[data-stek-item]:focus")).to_have_class("item item-done")


def test_letters_are_letters_where_somebody_types_and_f8_still_signals(
    page: Page, sign_in: SignIn, mika: Colleague, twenty: Stek
) -> None:
    start(page, sign_in, mika)
    note = page.get_by_label("Nota bij deze week")
    note.click()
    page.keyboard.type("jagmwu?")
    expect(note).to_have_value("jagmwu?")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("F8")
    expect(page.get_by_label("Wat loopt er niet?")).to_be_focused()
    page.keyboard.type("a")
    page.keyboard.press("Escape")
    assert not Decision.objects.exists()
    page.locator("h1").click()
    page.keyboard.press("Control+a")
    assert not Decision.objects.exists()


def test_question_mark_shows_the_keys(
    page: Page, sign_in: SignIn, axe: Axe, mika: Colleague, twenty: Stek
) -> None:
    start(page, sign_in, mika)
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Toetsen in de week")).to_be_visible()
    axe(page, heading())
    page.keyboard.press("g")
    expect(page.locator(DONE)).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("[data-stek-item]:focus")).to_have_count(1)


def test_another_day_and_a_colleague_stand_behind_a_small_menu(
    page: Page,
    sign_in: SignIn,
    axe: Axe,
    mika: Colleague,
    coordinator: Colleague,
    twenty: Stek,
) -> None:
    start(page, sign_in, mika)
    page.keyboard.press("j")
    page.keyboard.press("d")
    expect(page.get_by_role("button", name="Aan Els").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(DONE)).to_have_count(1)
    expect(page.locator(DONE)).to_contain_text("toegewezen aan Els · Mika")
    line = page.locator(OPEN).first
    line.get_by_text("Anders").click()
    day = current_day(timezone.now()) + dt.timedelta(days=9)
    line.get_by_label("Wacht tot").fill(day.isoformat())
    line.get_by_role("button", name="Zet").click()
    expect(page.locator(DONE)).to_have_count(2)
    line = page.locator(OPEN).first
    line.get_by_text("Anders").click()
    line.get_by_role("button", name="Zet").click()
    expect(page.locator("#week-said")).to_have_text("Kies een dag.")
    expect(page.locator(DONE)).to_have_count(2)
    page.locator(OPEN).first.get_by_text("Anders").click()
    axe(page, heading())


def test_colleague_who_was_first_is_named_on_the_line(
    page: Page, sign_in: SignIn, mika: Colleague, coordinator: Colleague, twenty: Stek
) -> None:
    start(page, sign_in, mika)
    first = page.locator(OPEN).first
    kind, _dash, number = (first.get_attribute("id") or "").rpartition("-")
    about = dt.date.fromisoformat(first.locator("[name=about_day]").input_value())
    factories.decision(
        twenty, int(number), kind=kind, about_day=about, what="done", by=coordinator.user
    )
    first.get_by_role("button", name="Gezien").click()
    expect(page.locator("#week-said")).to_contain_text("Els was je voor")
    expect(page.locator(DONE)).to_contain_text("afgesloten · Els")


def test_without_a_line_it_says_that_nothing_was_kept(
    page: Page, sign_in: SignIn, mika: Colleague, twenty: Stek
) -> None:
    start(page, sign_in, mika)
    page.context.set_offline(True)
    page.locator(OPEN).first.get_by_role("button", name="Gezien").click()
    expect(page.locator("#week-said")).to_contain_text("Niet bewaard: er is geen verbinding.")
    page.context.set_offline(False)
    page.locator(OPEN).first.get_by_role("button", name="Gezien").click()
    expect(page.locator(DONE)).to_have_count(1)
    expect(page.locator("#week-said")).to_have_text("")
    page.context.clear_cookies()
    page.locator(OPEN).first.get_by_role("button", name="Gezien").click()
    expect(page.locator("#week-said")).to_contain_text("je bent afgemeld")
    expect(page.locator(DONE)).to_have_count(1)


def test_without_javascript_lines_are_forms(
    open_page: Callable[..., Page], sign_in: SignIn, mika: Colleague, twenty: Stek
) -> None:
    page = open_page(java_script_enabled=False)
    start(page, sign_in, mika)
    for place, name in enumerate(("Gezien", "Aan mij", "+1 week", "Afgesloten")):
        page.locator(OPEN).first.get_by_role("button", name=name).click()
        expect(page.locator(DONE)).to_have_count(place + 1)
    page.locator(DONE).first.get_by_role("button", name="Ongedaan").click()
    expect(page.locator(DONE)).to_have_count(3)
    page.get_by_label("Nota bij deze week").fill("Zonder script.")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("De nota is bewaard.")).to_be_visible()
    assert WeekReview.objects.get().note == "Zonder script."


def test_week_is_reviewed_read_back_and_reopened(
    page: Page, sign_in: SignIn, axe: Axe, mika: Colleague, twenty: Stek
) -> None:
    start(page, sign_in, mika)
    page.get_by_role("link", name="niet nagekeken").first.click()
    title = page.get_by_role("heading", level=1).inner_text()
    page.get_by_label("Nota bij deze week").fill("Rustig.")
    page.get_by_role("button", name="Week nagekeken").click()
    expect(page.get_by_text("Nagekeken door Mika")).to_be_visible()
    expect(page.get_by_role("link", name=f"{title} nagekeken", exact=True)).to_be_visible()
    axe(page, title)
    page.get_by_text("Heropen deze week").click()
    page.get_by_role("button", name="Er kwam nog iets bij").click()
    expect(page.get_by_role("heading", name="Eerder nagekeken")).to_be_visible()
    axe(page, title)
    page.get_by_label("Nota bij deze week").fill("Bel 85.07.30-033.61 terug.")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Dit lijkt op een rijksregisternummer.")).to_be_visible()
    axe(page, title)


def test_every_other_state_of_the_page(
    page: Page, sign_in: SignIn, axe: Axe, other_stek: Colleague, mika: Colleague, twenty: Stek
) -> None:
    """First use, a week to come, the choice about mail, and paper."""
    start(page, sign_in, other_stek)
    expect(page.get_by_text("Hier wacht niets.")).to_be_visible()
    axe(page, heading())
    sign_in(page, mika.user)
    page.goto("/week/mail/")
    axe(page, "Mail op maandag")
    page.get_by_label("Stuur me op maandag een mail over de week").uncheck()
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Je keuze is bewaard.")).to_be_visible()
    page.get_by_role("link", name="Naar de week").click()
    axe(page, heading())
    page.emulate_media(media="print")
    page.set_viewport_size(LAPTOP)
    expect(page.get_by_role("button", name="Gezien").first).to_be_hidden()
    expect(page.locator(OPEN).first).to_be_visible()
    axe(page, heading())
    page.emulate_media(media="screen")
    page.get_by_role("navigation", name="Weken").get_by_role("link").last.click()
    expect(page.get_by_text("Deze week moet nog komen.")).to_be_visible()
    axe(page, page.get_by_role("heading", level=1).inner_text())
