"""Setting up a second factor and signing in with it, and the pages around it, in a real browser."""

import re
from collections.abc import Callable

from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.link_keys import key_of
from accounts.roles import Role
from accounts.second_factor import codes_of
from places.models import Stek
from tests import factories
from tests.accounts import desk
from tests.cast import Colleague

SignIn = Callable[[Page, AbstractBaseUser], None]
Axe = Callable[[Page, str], None]


def give_password(page: Page, username: str) -> None:
    page.goto(reverse("account_login"))
    page.get_by_label("Gebruikersnaam").fill(username)
    page.get_by_label("Wachtwoord").fill(desk.PASSWORD)
    page.get_by_role("button", name="Meld je aan").click()


def test_coordinator_sets_up_a_second_factor_and_signs_in_with_it(
    page: Page, open_page: Callable[..., Page], axe: Axe, stek: Stek
) -> None:
    user = factories.user("els", password=desk.PASSWORD, first_name="Els")
    factories.membership(stek, Role.COORDINATOR, user=user, factor=False)
    give_password(page, "els")
    expect(page.get_by_text("geeft naast het wachtwoord ook een code")).to_be_visible()
    axe(page, "Stel je extra code in")
    picture = page.get_by_role("img", name="QR-code voor je app")
    assert picture.evaluate("one => one.naturalWidth") > 100
    key = page.locator(".factor-key").inner_text()
    secret = key.replace(" ", "").strip()
    page.get_by_label("De code die je app nu toont").fill("000000")
    page.get_by_label("Je wachtwoord").fill(desk.PASSWORD)
    page.get_by_role("button", name="Zet de extra code aan").click()
    expect(page.get_by_text("Die code klopt niet")).to_be_visible()
    axe(page, "Stel je extra code in")
    assert page.locator(".factor-key").inner_text() == key
    used = desk.code(secret)
    page.get_by_label("De code die je app nu toont").fill(used)
    page.get_by_label("Je wachtwoord").fill(desk.PASSWORD)
    page.get_by_role("button", name="Zet de extra code aan").click()
    axe(page, "Je reservecodes")
    shown = page.locator(".factor-codes li").all_inner_texts()
    assert [re.sub(r"\s", "", one) for one in shown] == codes_of(user)
    page.emulate_media(media="print")
    expect(page.locator(".factor-codes")).to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Ik heb ze bewaard").click()
    expect(page).to_have_url(re.compile(reverse("people:search")))

    elsewhere = open_page()
    give_password(elsewhere, "els")
    axe(elsewhere, "Je code")
    elsewhere.get_by_label("Code van zes cijfers").fill(used)
    elsewhere.keyboard.press("Enter")
    # The code that set it up was used.
    expect(elsewhere.get_by_text("of is al gebruikt")).to_be_visible()
    axe(elsewhere, "Je code")
    elsewhere.get_by_label("Code van zes cijfers").fill(desk.code(secret, ahead=1))
    elsewhere.keyboard.press("Enter")
    expect(elsewhere).to_have_url(re.compile(reverse("people:search")))

    elsewhere.get_by_role("link", name="Els", exact=True).click()
    axe(elsewhere, "Mijn account")
    expect(elsewhere.get_by_text("Je hebt nog 10 reservecodes.")).to_be_visible()
    elsewhere.get_by_role("button", name="Meld daar af").click()
    expect(elsewhere.get_by_text("Daar ben je afgemeld.")).to_be_visible()
    page.goto(reverse("people:search"))
    expect(page).to_have_url(re.compile(reverse("account_login")))


def test_pages_of_an_account_are_accessible(
    page: Page, sign_in: SignIn, axe: Axe, coordinator: Colleague, counter: Colleague, stek: Stek
) -> None:
    coordinator.user.set_password(desk.PASSWORD)
    coordinator.user.save()
    factories.second_factor(counter.user)
    factories.invitation(stek, "lut@stek.example", by=coordinator.user)
    sign_in(page, coordinator.user)
    for name, heading in (
        ("accounts:renew_codes", "Nieuwe reservecodes"),
        ("accounts:remove_factor", "Ander toestel voor je code"),
        ("accounts:invitations", "Nodig een collega uit"),
        ("account_change_password", "Wachtwoord veranderen"),
    ):
        page.goto(reverse(name))
        axe(page, heading)
    page.goto(reverse("accounts:reset_factor", args=[counter.user.pk]))
    axe(page, "Extra code van een collega wissen")


def test_colleague_comes_in_by_an_invitation(page: Page, axe: Axe, stek: Stek) -> None:
    row = factories.invitation(stek)
    address = reverse("accounts:accept_invitation", args=[key_of(row.nonce)])
    page.goto(address)
    axe(page, "Welkom bij STEK Kalmthout")
    page.get_by_label("Voornaam").fill("Lut")
    page.get_by_label("Familienaam").fill("d'Hooghe")
    page.get_by_label("Gebruikersnaam").fill("lut")
    page.get_by_label("Wachtwoord", exact=True).fill("kort")
    page.get_by_label("Nog eens je wachtwoord").fill("kort")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("Dit wachtwoord is te kort.")).to_be_visible()
    axe(page, "Welkom bij STEK Kalmthout")
    expect(page.get_by_label("Voornaam")).to_have_value("Lut")
    page.get_by_label("Wachtwoord", exact=True).fill("zeven-groene-stoelen")
    page.get_by_label("Nog eens je wachtwoord").fill("zeven-groene-stoelen")
    page.get_by_role("button", name="Begin").click()
    expect(page).to_have_url(re.compile(reverse("visits:counter")))
    page.goto(address)
    axe(page, "Deze link werkt niet")


def test_office_asks_for_the_password_and_goes_on_with_what_was_typed(
    page: Page, sign_in: SignIn, axe: Axe, coordinator: Colleague, counter: Colleague
) -> None:
    coordinator.user.set_password(desk.PASSWORD)
    coordinator.user.save()
    sign_in(page, coordinator.user)
    page.goto(reverse("admin:accounts_user_change", args=[counter.user.pk]))
    page.get_by_label("Familienaam").fill("van den Broeck")
    page.get_by_role("button", name="Bewaar").click()
    axe(page, "Eerst je wachtwoord")
    page.get_by_label("Je wachtwoord").fill("iets-anders-12")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Dat wachtwoord klopt niet.")).to_be_visible()
    page.get_by_label("Je wachtwoord").fill(desk.PASSWORD)
    page.get_by_role("button", name="Bewaar").click()
    expect(page.locator(".messagelist")).to_contain_text("van den Broeck")
