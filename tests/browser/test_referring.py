"""Referring in a real browser: four clicks at the table, one tap at the next check-in."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from forms_help.models import Question
from people.models import Household
from places.models import Partner, Stek
from referrals.models import Referral
from referrals.states import State
from tests import factories
from tests.browser.hands import Hands
from tests.cast import Colleague
from visits.models import Opening, Visit

SignIn = Callable[[Page, User], None]
Axe = Callable[[Page, str], None]


@pytest.fixture
def caw(stek: Stek) -> Partner:
    partner = factories.partner(stek, "CAW", email="onthaal@caw.example")
    theme = factories.theme(stek, "wonen en huur")
    theme.partners.add(partner)
    factories.theme(stek, "digitaal").partners.add(factories.partner(stek, "LIGO"))
    factories.help_type(stek, "brief uitgelegd")
    service = factories.service(partner, themes=[theme], conditions="wie in Kalmthout woont")
    service.hours.create(weekday=0, opens_at=dt.time(9), closes_at=dt.time(12))
    return partner


@pytest.fixture
def jozef(stek: Stek) -> Household:
    household = factories.household(stek, "Jozef", "Van den Broeck", number=147)
    factories.access(household)
    return household


@pytest.fixture
def visit(opening: Opening, jozef: Household) -> Visit:
    return factories.visit(opening, jozef, purposes=["question"])


def pick(hands: Hands, *names: str) -> None:
    for name in names:
        hands.clicks_on(hands.page.locator("label.pick:visible", has_text=name).first)


def at_table(page: Page, sign_in: SignIn, helper: Colleague, visit: Visit) -> Hands:
    """The theme and what was done are ticked: here the referral begins."""
    sign_in(page, helper.user)
    page.goto(reverse("forms_help:person", args=[visit.pk]))
    hands = Hands(page)
    pick(hands, "Wonen en huur", "Brief uitgelegd")
    hands.clicks = 0
    return hands


def test_referral_takes_four_clicks_on_one_page(
    page: Page, sign_in: SignIn, axe: Axe, helper: Colleague, visit: Visit, caw: Partner
) -> None:
    hands = at_table(page, sign_in, helper, visit)
    pick(hands, "Doorverwezen")
    expect(page.locator(".partner-pick", has_text="wie in Kalmthout woont")).to_be_visible()
    axe(page, "Waarmee hielp je Jozef?")
    pick(hands, "CAW", "Ja, gezegd")
    hands.clicks_on(page.get_by_role("button", name="Bewaar en verwijs door"))
    expect(page.get_by_text("Doorverwezen naar CAW")).to_be_visible()
    assert hands.counted == {"keys": 0, "clicks": 4, "scans": 0}
    referral = Referral.objects.get()
    assert (referral.state, referral.channel) == (State.CONTACTED, "mail")
    axe(page, "Genoteerd")


def test_referral_without_consent_says_so_and_keeps_what_was_chosen(
    page: Page, sign_in: SignIn, axe: Axe, helper: Colleague, visit: Visit, caw: Partner
) -> None:
    hands = at_table(page, sign_in, helper, visit)
    pick(hands, "Doorverwezen", "CAW")
    page.get_by_role("button", name="Bewaar en verwijs door").click()
    expect(page.get_by_text("Vraag of we de gegevens mogen doorgeven.")).to_be_visible()
    expect(page.locator(".partner-pick input:checked")).to_have_count(1)
    axe(page, "Waarmee hielp je Jozef?")
    pick(hands, "Ja, getekend")
    page.get_by_role("button", name="Bewaar en verwijs door").click()
    expect(page.get_by_text("Doorverwezen naar CAW")).to_be_visible()
    assert Referral.objects.count() == Question.objects.count() == 1


def test_another_theme_offers_other_partners(
    page: Page, sign_in: SignIn, helper: Colleague, visit: Visit, caw: Partner
) -> None:
    hands = at_table(page, sign_in, helper, visit)
    pick(hands, "Doorverwezen")
    expect(page.locator(".partner-pick:visible")).to_have_count(1)
    pick(hands, "Digitaal")
    expect(page.locator(".partner-pick:visible", has_text="LIGO")).to_be_visible()


def test_question_noted_before_is_referred_without_a_script(
    open_page: Callable[..., Page], sign_in: SignIn, helper: Colleague, visit: Visit, caw: Partner
) -> None:
    page = open_page(java_script_enabled=False)
    question = factories.question(visit, caw.stek.themes.get(name="wonen en huur"), by=helper.user)
    sign_in(page, helper.user)
    page.goto(reverse("forms_help:question", args=[question.pk]))
    page.get_by_role("link", name="Doorverwijzen").click()
    page.get_by_role("link", name="Doorverwijzen").click()
    page.locator(".partner-pick", has_text="CAW").locator("input").check()
    page.get_by_label("Ja, gezegd").check()
    page.get_by_role("button", name="Verwijs door").click()
    expect(page.get_by_role("heading", name="Naar CAW")).to_be_visible()


def test_next_check_in_asks_and_one_tap_answers(
    page: Page,
    sign_in: SignIn,
    axe: Axe,
    volunteer: Colleague,
    opening: Opening,
    jozef: Household,
    caw: Partner,
    today: dt.date,
) -> None:
    before = factories.opening(opening.stek, today - dt.timedelta(days=7), closed=True)
    question = factories.question(
        factories.visit(before, jozef), caw.stek.themes.get(name="wonen en huur")
    )
    referral = factories.referral(question, caw, days_ago=7)
    sign_in(page, volunteer.user)
    page.goto("/balie/")
    hands = Hands(page)
    hands.types("147")
    hands.presses("Enter")
    expect(page.get_by_text("Heeft CAW je gebeld?")).to_be_visible()
    assert "huur" not in page.locator("#card").inner_text()
    axe(page, "Balie")
    hands.clicks_on(page.get_by_role("button", name="Ja", exact=True))
    expect(page.get_by_text("Genoteerd over CAW: bezoeker: ja.")).to_be_visible()
    assert hands.clicks == 1
    referral.refresh_from_db()
    assert referral.state == State.ARRIVED
    page.locator("#loop").get_by_role("button", name="Ongedaan maken").click()
    expect(page.get_by_text("Heeft CAW je gebeld?")).to_be_visible()


def test_pages_of_referrals(
    page: Page,
    sign_in: SignIn,
    axe: Axe,
    mika: Colleague,
    visit: Visit,
    caw: Partner,
) -> None:
    sign_in(page, mika.user)
    for address in ("list", "board", "appointments"):
        page.goto(reverse(f"referrals:{address}"))
        expect(page.get_by_role("heading", name="Doorverwijzingen")).to_be_visible()
        axe(page, "Doorverwijzingen")
    referral = factories.referral(
        factories.question(visit, caw.stek.themes.get(name="wonen en huur")), caw
    )
    page.goto(reverse("referrals:list"))
    expect(page.get_by_role("link", name="klant 147")).to_be_visible()
    axe(page, "Doorverwijzingen")
    page.goto(reverse("referrals:board"))
    axe(page, "Doorverwijzingen")
    page.goto(reverse("referrals:referral", args=[referral.pk]))
    page.get_by_text("Afspraak gemaakt").click()
    page.get_by_label("Dag", exact=True).fill((factories.today() + dt.timedelta(2)).isoformat())
    page.get_by_label("Uur", exact=True).fill("14:30")
    axe(page, "Naar CAW")
    page.get_by_role("button", name="Bewaar de afspraak").click()
    expect(page.get_by_role("heading", name="Afspraak", exact=True)).to_be_visible()
    axe(page, "Naar CAW")
    page.goto(reverse("referrals:appointments"))
    axe(page, "Doorverwijzingen")
    page.goto(reverse("referrals:card", args=[referral.pk]) + "?taal=ar")
    axe(page, "Kaartje voor de bezoeker")
    page.goto(reverse("referrals:consent_text") + f"?partner={caw.pk}&taal=ti")
    expect(page.locator(".slip li")).to_have_count(5)
    axe(page, "Toestemming vragen")
