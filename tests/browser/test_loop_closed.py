"""The loop closes: from a question to a partner without account, and back at the counter."""

import datetime as dt
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.models import OutgoingMail, User
from people.models import GroceryAccess, Household
from places.models import Partner, Stek
from referrals.models import AnswerLink, Referral, ReferralStep
from referrals.states import State
from tests import factories
from tests.browser.conftest import PHONE, violations
from tests.browser.hands import Hands
from tests.cast import Colleague
from tests.referrals.partner import address, link_in, token_to
from tests.smtp import listening
from visits.models import Opening, Visit

SignIn = Callable[[Page, User], None]
Axe = Callable[[Page, str], None]
OpenPage = Callable[..., Page]


@pytest.fixture
def caw(stek: Stek) -> Partner:
    partner = factories.partner(stek, "CAW", email="onthaal@caw.test")
    theme = factories.theme(stek, "wonen en huur")
    theme.partners.add(partner)
    for name in ("brief uitgelegd", "gebeld"):
        factories.help_type(stek, name)
    return partner


@pytest.fixture
def jozef(stek: Stek) -> Household:
    household = factories.household(
        stek, "Jozef", "Van den Broeck", number=147, phone="0476 12 34 56", language="fr"
    )
    factories.access(household)
    return household


@pytest.fixture
def visit(opening: Opening, jozef: Household) -> Visit:
    return factories.visit(opening, jozef, purposes=["question"])


def on_phone(open_page: OpenPage, **options: Any) -> Page:
    """A browser of its own, where nobody is signed in."""
    page = open_page(**options)
    page.set_viewport_size(PHONE)
    return page


def pick(hands: Hands, *names: str) -> None:
    for name in names:
        hands.clicks_on(hands.page.locator("label.pick:visible", has_text=name).first)


def refer(page: Page, sign_in: SignIn, helper: Colleague, visit: Visit, partner: str) -> Referral:
    """At the table, in four clicks once the question is there."""
    sign_in(page, helper.user)
    page.goto(reverse("forms_help:person", args=[visit.pk]))
    hands = Hands(page)
    pick(hands, "Wonen en huur", "Brief uitgelegd", "Gebeld")
    hands.clicks = 0
    pick(hands, "Doorverwezen", partner, "Ja, gezegd")
    hands.clicks_on(page.get_by_role("button", name="Bewaar en verwijs door"))
    expect(page.get_by_text(f"Doorverwezen naar {partner}")).to_be_visible()
    assert hands.counted == {"keys": 0, "clicks": 4, "scans": 0}
    referral = Referral.objects.get()
    # Of what was ticked more than once, nothing got lost on the way.
    assert referral.question.help_types.count() == 2
    consent = referral.consent
    assert consent is not None
    assert (consent.tells_phone, consent.tells_language, consent.tells_theme) == (True,) * 3
    return referral


def a_week_later(referral: Referral) -> None:
    """What happened today was a week ago, and today the STEK opens again."""
    week = dt.timedelta(days=7)
    Opening.objects.update(closed_at=timezone.now() - week, closed_by=referral.created_by)
    for opening in Opening.objects.all():
        Opening.objects.filter(pk=opening.pk).update(
            day=opening.day - week, opened_at=opening.opened_at - week
        )
    for visit in Visit.objects.all():
        Visit.objects.filter(pk=visit.pk).update(arrived_at=visit.arrived_at - week)
    for step in ReferralStep.objects.all():
        ReferralStep.objects.filter(pk=step.pk).update(at=step.at - week)
    referral.refresh_from_db()
    for name in ("state_at", "contacted_at", "answered_at"):
        moment = getattr(referral, name)
        Referral.objects.filter(pk=referral.pk).update(**{name: moment and moment - week})
    factories.opening(referral.stek)


def percent(page: Page, sign_in: SignIn, mika: Colleague) -> str:
    """The headline figure of the list."""
    sign_in(page, mika.user)
    page.goto(reverse("referrals:list"))
    return page.locator("#known-percent").inner_text().replace("\xa0", " ")


def check_in_and_tell(page: Page, sign_in: SignIn, axe: Axe, counter: Colleague, ask: str) -> None:
    sign_in(page, counter.user)
    page.goto(reverse("visits:counter"))
    hands = Hands(page)
    hands.types("147")
    hands.presses("Enter")
    expect(page.get_by_text(ask)).to_be_visible()
    assert "huur" not in page.locator("#card").inner_text()
    axe(page, "Balie")
    hands.clicks_on(page.locator("#loop").get_by_role("button", name="Ja", exact=True))
    expect(page.locator("#loop").get_by_text("Genoteerd over")).to_be_visible()
    assert hands.clicks == 1


def test_referral_by_mail_is_answered_and_known_at_the_next_check_in(
    open_page: OpenPage,
    live: LiveServer,
    settings: Settings,
    sign_in: SignIn,
    axe: Axe,
    helper: Colleague,
    counter: Colleague,
    mika: Colleague,
    caw: Partner,
    visit: Visit,
) -> None:
    settings.PUBLIC_URL = live.url
    table = open_page()
    referral = refer(table, sign_in, helper, visit, "CAW")
    assert OutgoingMail.objects.get().state == "waiting"
    office = open_page()
    assert percent(office, sign_in, mika) == "0 %"

    with listening(settings) as server:
        call_command("run_due", verbosity=0)
    (mail,) = server.mails
    assert mail["To"] == "onthaal@caw.test"

    # The worker of CAW has a phone, and no account.
    partner = on_phone(open_page)
    hands = Hands(partner)
    partner.goto(f"{live.url}{reverse('answers:answer', args=[link_in(mail.get_content())])}")
    hands.clicks += 1  # the link in the mail
    expect(partner.get_by_text("Jozef Van den Broeck")).to_be_visible()
    expect(partner.get_by_role("link", name="0476 12 34 56")).to_be_visible()
    axe(partner, "Een vraag voor CAW")
    hands.clicks_on(partner.get_by_role("button", name="We nemen het op"))
    expect(partner.get_by_text("Bedankt, uw antwoord is bewaard.")).to_be_visible()
    assert hands.counted == {"keys": 0, "clicks": 2, "scans": 0}
    assert partner.context.cookies() == []
    axe(partner, "Een vraag voor CAW")
    referral.refresh_from_db()
    assert (referral.state, referral.answer) == (State.CONTACTED, "accepted")
    assert percent(office, sign_in, mika) == "0 %"

    a_week_later(referral)
    check_in_and_tell(open_page(), sign_in, axe, counter, "Heeft CAW je gebeld?")
    referral.refresh_from_db()
    assert (referral.state, referral.is_open) == (State.ARRIVED, True)
    assert referral.outcome_known_at is not None
    assert percent(office, sign_in, mika) == "100 %"
    office.get_by_role("link", name="klant 147").click()
    expect(office.locator(".steps")).to_contain_text("Partner neemt het op")
    expect(office.locator(".steps")).to_contain_text("Bezoeker: ja")
    axe(office, "Naar CAW")


def test_referral_by_letter_is_answered_with_its_code_and_month(
    open_page: OpenPage,
    live: LiveServer,
    settings: Settings,
    sign_in: SignIn,
    axe: Axe,
    helper: Colleague,
    counter: Colleague,
    mika: Colleague,
    caw: Partner,
    visit: Visit,
) -> None:
    settings.PUBLIC_URL = live.url
    Partner.objects.update(email="")  # so a letter is the usual way
    table = open_page()
    referral = refer(table, sign_in, helper, visit, "CAW")
    table.goto(reverse("referrals:referral", args=[referral.pk]))
    table.get_by_role("link", name="Brief voor de partner").click()
    axe(table, "Brief voor de partner")
    paper = table.locator(".letter")
    code = paper.locator(".letter-code strong").inner_text()
    where, _code, month = paper.locator(".letter-code dd").all_inner_texts()
    for secret in ("Jozef", "Broeck", "147", "0476", "huur"):
        assert secret not in paper.inner_text()
    table.emulate_media(media="print")
    expect(table.get_by_role("link", name="Terug")).to_be_hidden()
    expect(paper).to_be_visible()
    assert violations(table) == []
    assert len(PdfReader(BytesIO(table.pdf(prefer_css_page_size=True))).pages) == 1

    partner = on_phone(open_page)
    partner.goto(where.strip())
    axe(partner, "Antwoorden met een code")
    partner.get_by_label("Code op de brief").fill(code.lower().replace("-", " "))
    partner.get_by_label("Maand van de brief").select_option(label=month.strip())
    partner.get_by_role("button", name="Ga verder").click()
    expect(partner.get_by_text("Jozef Van den Broeck")).to_be_visible()
    partner.get_by_role("button", name="In onderzoek").click()
    expect(partner.get_by_text("Bedankt, uw antwoord is bewaard.")).to_be_visible()
    referral.refresh_from_db()
    assert referral.answer == "under_study"

    office = open_page()
    assert percent(office, sign_in, mika) == "0 %"
    a_week_later(referral)
    check_in_and_tell(open_page(), sign_in, axe, counter, "Ben je bij CAW geweest?")
    assert percent(office, sign_in, mika) == "100 %"


def test_request_of_a_referrer_becomes_a_household_that_is_let_in(
    open_page: OpenPage,
    sign_in: SignIn,
    axe: Axe,
    coordinator: Colleague,
    counter: Colleague,
    opening: Opening,
    stek: Stek,
) -> None:
    factories.referrer(stek, "OCMW Kalmthout")
    office = open_page()
    sign_in(office, coordinator.user)
    office.goto(reverse("inbound:list"))
    office.get_by_role("button", name="Maak een link").click()
    link = office.locator("#nieuwe-link").input_value()
    path = "/" + link.split("//", 1)[1].split("/", 1)[1]

    referrer = on_phone(open_page)
    referrer.goto(path)
    axe(referrer, "Toegang vragen voor een huishouden")
    referrer.get_by_label("Voornaam").fill("Amina")
    referrer.get_by_label("Familienaam").fill("Yilmaz")
    referrer.get_by_label("Volwassenen").fill("2")
    referrer.get_by_label("Kinderen").fill("3")
    referrer.get_by_label("akkoord").check()
    referrer.get_by_role("button", name="Vraag toegang").click()
    expect(referrer.get_by_text("Bedankt, je aanvraag is aangekomen.")).to_be_visible()
    assert referrer.context.cookies() == []
    axe(referrer, "Toegang vragen voor een huishouden")

    office.goto(reverse("inbound:list"))
    axe(office, "Aanvragen van toeleiders")
    hands = Hands(office)
    hands.clicks_on(office.get_by_role("button", name="Aanvaard als nieuw huishouden"))
    expect(office.get_by_text("heeft toegang tot en met")).to_be_visible()
    assert hands.clicks == 1
    assert GroceryAccess.objects.get().household == Household.objects.get()
    # In the small hours access begins on the calendar's day, and the evening's opening is still on.
    GroceryAccess.objects.update(valid_from=opening.day)

    desk = open_page()
    sign_in(desk, counter.user)
    desk.goto(reverse("visits:counter"))
    desk.get_by_label("Wie komt er binnen?").fill("yilmaz")
    expect(desk.get_by_role("option").first).to_contain_text("Amina Yilmaz")
    desk.keyboard.press("Enter")
    expect(desk.locator("#card")).to_contain_text("Aangemeld: Amina Yilmaz")
    assert Visit.objects.get().household == Household.objects.get()
    referrer.reload()
    expect(referrer.get_by_text("aanvaard", exact=True)).to_be_visible()


# --- the states of the answer page, on a phone ---


@pytest.fixture
def asked(visit: Visit, caw: Partner, mika: Colleague) -> Referral:
    theme = caw.stek.themes.get(name="wonen en huur")
    return factories.referral(factories.question(visit, theme, by=mika.user), caw, channel="mail")


def link_to(referral: Referral, **fields: Any) -> str:
    return address(token_to(referral, **fields))


def test_partner_makes_an_appointment_and_ends_it_later(
    open_page: OpenPage, axe: Axe, asked: Referral, today: dt.date
) -> None:
    page = on_phone(open_page)
    page.goto(link_to(asked))
    page.get_by_role("button", name="We nemen het op").click()
    page.get_by_role("button", name="Bewaar de afspraak").click()
    expect(page.get_by_role("alert")).to_have_text("Vul de dag en het uur van de afspraak in.")
    axe(page, "Een vraag voor CAW")
    page.get_by_label("Dag").fill((today + dt.timedelta(days=5)).isoformat())
    page.get_by_label("Uur").fill("10:30")
    page.get_by_label("Vragen naar").fill("Els")
    page.get_by_role("button", name="Bewaar de afspraak").click()
    expect(page.get_by_text("10u30")).to_be_visible()
    axe(page, "Een vraag voor CAW")
    page.get_by_role("button", name="Aangekomen").click()
    page.get_by_role("button", name="Geholpen", exact=True).click()
    expect(page.get_by_text("Deze doorverwijzing is afgesloten op")).to_be_visible()
    axe(page, "Een vraag voor CAW")
    asked.refresh_from_db()
    assert (asked.state, asked.reason) == (State.CLOSED, "helped")


def test_partner_says_no_and_why(open_page: OpenPage, axe: Axe, asked: Referral) -> None:
    page = on_phone(open_page, java_script_enabled=False)
    page.goto(link_to(asked))
    page.get_by_role("button", name="Niet voor ons").click()
    expect(page.get_by_text("Waarom niet?")).to_be_visible()
    page.get_by_role("button", name="Volzet").click()
    expect(page.get_by_text("Bedankt, uw antwoord is bewaard.")).to_be_visible()
    asked.refresh_from_db()
    assert (asked.state, asked.reason) == (State.REFUSED, "full")


def test_refused_old_unknown_and_wrong_code_on_a_phone(
    open_page: OpenPage, axe: Axe, asked: Referral
) -> None:
    page = on_phone(open_page)
    page.goto(link_to(asked))
    page.get_by_role("button", name="Niet voor ons").click()
    axe(page, "Een vraag voor CAW")
    Referral.objects.update(state="contacted", reason="", outcome_known_at=None)
    page.goto(link_to(asked, days_ago=91))
    axe(page, "Deze link is verlopen")
    page.get_by_role("button", name="Mail een nieuwe link").click()
    axe(page, "De nieuwe link komt")
    page.goto(link_to(asked, days_ago=91, kind="entered"))
    axe(page, "Deze link is verlopen")
    AnswerLink.objects.all().delete()
    page.goto("/antwoord/abc/")
    axe(page, "Deze link werkt niet")
    page.goto(reverse("answers:code"))
    page.get_by_label("Code op de brief").fill("ABCDE-FGHJK")
    page.get_by_label("Maand van de brief").select_option(index=1)
    page.get_by_role("button", name="Ga verder").click()
    expect(page.get_by_role("alert")).to_be_visible()
    axe(page, "Antwoorden met een code")


def test_long_unheard_is_noted_with_one_click_each(
    open_page: OpenPage, sign_in: SignIn, axe: Axe, mika: Colleague, asked: Referral
) -> None:
    old = timezone.now() - dt.timedelta(days=65)
    Referral.objects.update(state_at=old, contacted_at=old)
    page = open_page()
    sign_in(page, mika.user)
    page.goto(reverse("referrals:referral", args=[asked.pk]))
    expect(page.get_by_text("We weten al 60 dagen niet wat hiervan kwam.")).to_be_visible()
    axe(page, "Naar CAW")
    page.goto(reverse("referrals:list"))
    axe(page, "Doorverwijzingen")
    page.locator(".note", has_text="60 dagen").get_by_role("link", name="Toon").click()
    axe(page, "Doorverwijzingen")
    hands = Hands(page)
    hands.clicks_on(page.get_by_role("button", name="Uitkomst onbekend"))
    expect(page.get_by_text("Hier staat niets.", exact=False)).to_be_visible()
    assert hands.clicks == 1
    asked.refresh_from_db()
    assert asked.state == State.UNKNOWN
