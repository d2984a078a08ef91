"""Signals in a real browser: noted over any page without losing it, bundled, answered, read."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from forms_help.models import Theme
from people.models import Household
from places.models import Stek
from policy.models import Bundle, Signal
from tests import factories
from tests.browser.hands import Hands
from tests.cast import Colleague
from visits.models import Opening, Visit

SignIn = Callable[[Page, User], None]
Axe = Callable[[Page, str], None]

BUS = "De bus rijdt niet op woensdag."


@pytest.fixture
def energy(stek: Stek) -> Theme:
    factories.help_type(stek, "brief uitgelegd")
    return factories.theme(stek, "energie en water")


@pytest.fixture
def visit(opening: Opening, stek: Stek) -> Visit:
    household: Household = factories.household(stek, "Jozef", "Van den Broeck", number=147)
    factories.access(household)
    return factories.visit(opening, household, purposes=["question"])


def said(page: Page, text: str = "Bedankt, genoteerd") -> None:
    expect(page.locator("[data-stek-signal-said]")).to_contain_text(text)


def test_signal_over_the_counter_loses_nothing(
    page: Page, sign_in: SignIn, axe: Axe, counter: Colleague, visit: Visit
) -> None:
    sign_in(page, counter.user)
    page.goto("/balie/")
    page.keyboard.type("Joz")
    expect(page.locator("#hits [role=option]")).to_have_count(1)
    hands = Hands(page)
    hands.presses("F8")
    expect(page.get_by_label("Wat loopt er niet?")).to_be_focused()
    # The keys of the counter do not reach it: nobody is counted, nothing is searched.
    page.keyboard.press("F2")
    hands.types("De bus.")
    hands.presses("Enter")
    expect(page.get_by_label("Wat zou helpen?")).to_be_focused()
    axe(page, "Balie")
    hands.presses("Enter")
    said(page)
    assert hands.counted == {"keys": 3 + len("De bus."), "clicks": 0, "scans": 0}
    expect(page.get_by_label("Wie komt er binnen?")).to_have_value("Joz")
    expect(page.get_by_label("Wie komt er binnen?")).to_be_focused()
    axe(page, "Balie")
    assert Signal.objects.get().bottleneck == "De bus."
    assert Visit.objects.count() == 1
    page.get_by_role("button", name="Ongedaan maken").click()
    said(page, "Het signaal is weg.")
    assert Signal.objects.get().is_voided


def test_what_is_wrong_is_said_in_the_dialog_and_escape_leaves_the_page_alone(
    page: Page, sign_in: SignIn, axe: Axe, helper: Colleague, visit: Visit, energy: Theme
) -> None:
    sign_in(page, helper.user)
    page.goto(reverse("forms_help:person", args=[visit.pk]))
    page.locator("label.pick:visible", has_text="Energie en water").click()
    page.get_by_role("link", name="Signaal").click()
    page.get_by_label("Wat loopt er niet?").fill("Iemand met 85.07.30-033.61 wacht.")
    page.get_by_role("button", name="Noteer", exact=True).click()
    expect(page.get_by_text("Dit lijkt op een rijksregisternummer.")).to_be_visible()
    axe(page, "Waarmee hielp je Jozef?")
    page.get_by_label("Wat loopt er niet?").fill("Wie verslaafd is, wacht een half jaar.")
    page.get_by_role("button", name="Noteer", exact=True).click()
    expect(page.get_by_text("Gaat “verslaafd” over één persoon?")).to_be_visible()
    axe(page, "Waarmee hielp je Jozef?")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    expect(page.locator("label.pick", has_text="Energie en water").locator("input")).to_be_checked()
    assert not Signal.objects.exists()


def test_without_a_line_the_text_stays(
    page: Page, sign_in: SignIn, helper: Colleague, visit: Visit
) -> None:
    sign_in(page, helper.user)
    page.goto("/agenda/")
    page.keyboard.press("F8")
    page.get_by_label("Wat loopt er niet?").fill(BUS)
    page.context.set_offline(True)
    page.get_by_role("button", name="Noteer", exact=True).click()
    expect(page.get_by_text("Geen verbinding.")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_label("Wat loopt er niet?")).to_have_value(BUS)
    page.get_by_role("button", name="Noteer", exact=True).click()
    said(page)
    assert Signal.objects.count() == 1


def test_session_that_ended_keeps_the_text_until_somebody_signed_in(
    page: Page, sign_in: SignIn, helper: Colleague
) -> None:
    sign_in(page, helper.user)
    page.goto("/agenda/")
    page.keyboard.press("F8")
    page.get_by_label("Wat loopt er niet?").fill(BUS)
    page.context.clear_cookies()
    page.get_by_role("button", name="Noteer", exact=True).click()
    expect(page.get_by_text("Je bent afgemeld.")).to_be_visible()
    assert not Signal.objects.exists()
    sign_in(page, helper.user)  # in another tab
    page.get_by_role("button", name="Noteer", exact=True).click()
    said(page)
    assert Signal.objects.get().bottleneck == BUS


def test_session_that_ended_before_leaves_the_page_alone(
    page: Page, sign_in: SignIn, coordinator: Colleague
) -> None:
    sign_in(page, coordinator.user)
    page.goto(reverse("people:create"))
    page.get_by_label("Voornaam").fill("Olena")
    page.context.clear_cookies()
    page.keyboard.press("F8")
    said(page, "Je bent afgemeld.")
    expect(page.get_by_label("Voornaam")).to_have_value("Olena")


def test_signal_without_a_script_returns_to_the_page(
    open_page: Callable[..., Page], sign_in: SignIn, axe: Axe, volunteer: Colleague
) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, volunteer.user)
    page.goto("/agenda/")
    page.get_by_role("link", name="Signaal", exact=True).click()
    page.get_by_label("Wat loopt er niet?").fill(BUS)
    page.get_by_label("Samen met bezoekers besproken").check()
    page.get_by_role("button", name="Noteer", exact=True).click()
    expect(page.get_by_role("heading", name="Bedankt, genoteerd")).to_be_visible()
    page.get_by_role("link", name="Ga verder").click()
    expect(page).to_have_url(re.compile(r"/agenda/$"))
    assert Signal.objects.get().with_visitors


def test_signal_goes_from_the_table_to_an_answer(
    page: Page,
    open_page: Callable[..., Page],
    sign_in: SignIn,
    axe: Axe,
    helper: Colleague,
    mika: Colleague,
    visit: Visit,
    energy: Theme,
) -> None:
    # at the table: a question is saved, and a signal noted from it
    question = factories.question(visit, energy, by=helper.user)
    factories.signal(visit.opening.stek, "Opladen kan alleen online.", theme=energy)
    sign_in(page, helper.user)
    page.goto(reverse("forms_help:question", args=[question.pk]))
    hands = Hands(page)
    hands.clicks_on(page.get_by_role("main").get_by_role("link", name="Signaal"))
    expect(page.get_by_label("Thema")).to_have_value(str(energy.pk))
    hands.types("Geen oplaadpunt.")
    hands.presses("Enter")
    hands.types("Een loket.")
    hands.presses("Enter")
    said(page)
    typed = len("Geen oplaadpunt.Een loket.")
    assert hands.counted == {"keys": typed + 2, "clicks": 1, "scans": 0}
    signal = Signal.objects.get(noted_by=helper.user)
    assert (signal.question, signal.theme) == (question, energy)

    # in the office: two are bundled, carried on, handed on
    office = open_page()
    sign_in(office, mika.user)
    office.goto(reverse("signals:list"))
    axe(office, "Signalen")
    at_desk = Hands(office)
    for text in ("Geen oplaadpunt.", "Opladen kan alleen online."):
        at_desk.clicks_on(office.get_by_label(f"Kies “{text}”"))
    at_desk.clicks_on(office.get_by_role("button", name="Bundel"))
    expect(office.get_by_role("heading", level=1)).to_have_text("Opladen kan alleen online.")
    axe(office, "Opladen kan alleen online.")
    at_desk.clicks_on(office.get_by_role("button", name="ik", exact=True))
    at_desk.clicks_on(office.locator("summary", has_text="Neem als voorbeeld").first)
    at_desk.clicks_on(office.get_by_role("button", name="Zet in het dossier").first)
    at_desk.clicks_on(office.locator("summary", has_text="Doorgegeven"))
    at_desk.clicks_on(office.get_by_label("Aan wie?"))
    at_desk.types("gemeente Kalmthout")
    axe(office, "Opladen kan alleen online.")
    at_desk.clicks_on(office.get_by_role("button", name="Bewaar", exact=True))
    expect(office.locator("p.note", has_text="Doorgegeven aan")).to_be_visible()
    assert at_desk.counted == {"keys": len("gemeente Kalmthout"), "clicks": 9, "scans": 0}

    # the brief
    office.get_by_role("link", name="Dossier voor het beleid").click()
    expect(office.get_by_text("minder dan 5 huishoudens")).to_be_visible()
    axe(office, "Opladen kan alleen online.")
    with office.expect_download() as download:
        office.get_by_role("link", name="Maak de PDF").click()
    assert download.value.suggested_filename.startswith("dossier-")
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    office.get_by_role("link", name="Terug").click()

    # the answer, which the helper reads
    at_desk.clicks = at_desk.keys = 0
    at_desk.clicks_on(office.locator("summary", has_text="Antwoord gekregen"))
    at_desk.clicks_on(office.get_by_label("Wat antwoordden ze?"))
    at_desk.types("Er komt een loket.")
    at_desk.clicks_on(office.get_by_role("button", name="Bewaar het antwoord"))
    expect(office.get_by_role("heading", name="Beslissing")).to_be_visible()
    axe(office, "Opladen kan alleen online.")
    assert at_desk.clicks == 3
    page.goto("/agenda/")
    reader = Hands(page)
    reader.clicks_on(page.get_by_role("link", name="Mijn signalen nieuw antwoord"))
    axe(page, "Mijn signalen")
    reader.clicks_on(page.get_by_role("button", name="Lees het antwoord"))
    expect(page.get_by_text("Er komt een loket.")).to_be_visible()
    assert reader.clicks == 2
    axe(page, "Mijn signalen")
    expect(page.locator(".bar-mark-new")).to_have_count(0)


def test_pages_of_signals(
    page: Page, sign_in: SignIn, axe: Axe, mika: Colleague, stek: Stek, energy: Theme
) -> None:
    sign_in(page, mika.user)
    for name, heading in (
        ("list", "Signalen"),
        ("board", "Signalen"),
        ("mine", "Mijn signalen"),
        ("note", "Signaal noteren"),
    ):
        page.goto(reverse(f"signals:{name}"))
        axe(page, heading)
    bundle: Bundle = factories.bundle(
        stek, handed_on=True, theme=energy, owner=mika.user, owner_since=dt.datetime.now(dt.UTC)
    )
    signal = factories.signal(stek, bundle=bundle, example=BUS, with_visitors=True)
    aside = factories.signal(stek, "Eén keer.", phase="not_retained", reason="once")
    factories.signal(stek, "Los.", theme=energy)
    page.goto(reverse("signals:board"))
    axe(page, "Signalen")
    page.goto(reverse("signals:list") + "?fase=alles")
    page.locator("summary", has_text="Niet weerhouden").first.click()
    axe(page, "Signalen")
    page.get_by_role("button", name="Bundel").click()
    expect(page.get_by_role("alert")).to_contain_text("Vink eerst de signalen aan")
    axe(page, "Signalen")
    for name, row, heading in (
        ("reword", aside, "Signaal wijzigen"),
        ("word_bundle", bundle, "Structureel signaal wijzigen"),
        ("brief", bundle, bundle.title),
        ("noted", factories.signal(stek, by=mika.user), "Bedankt, genoteerd"),
    ):
        page.goto(reverse(f"signals:{name}", args=[row.pk]))
        axe(page, heading)
    page.goto(reverse("signals:bundle", args=[bundle.pk]))
    page.locator("summary", has_text="Andere woorden").click()
    page.locator("summary", has_text="Antwoord gekregen").click()
    page.get_by_role("button", name="Bewaar het antwoord").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf wat ze antwoordden.")
    axe(page, bundle.title)
    # two people word one thing
    page.goto(reverse("signals:reword", args=[signal.pk]))
    Signal.objects.filter(pk=signal.pk).update(bottleneck="Anders.", version=9)
    page.get_by_label("Wat loopt er niet?").fill("Nog anders.")
    page.get_by_role("button", name="Bewaar").click()
    axe(page, "Kies wat er moet staan")
    page.goto(reverse("signals:word_bundle", args=[bundle.pk]))
    Bundle.objects.filter(pk=bundle.pk).update(title="Bus", version=9)
    page.get_by_label("Titel").fill("De belbus")
    page.get_by_role("button", name="Bewaar").click()
    axe(page, "Kies wat er moet staan")
