"""What a visitor may ask, and what is said about the data, in a real browser."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.invitation_mail import address_of
from accounts.models import Invitation, User
from accounts.roles import Role
from people.eligibility import months_later
from people.models import Household
from places.models import Stek
from stek.statement_words import WORDS
from tests import factories
from tests.cast import Colleague
from tests.stek.planted import household_with_everything
from visits.models import Opening

SignIn = Callable[[Page, User], None]
Axe = Callable[[Page, str], None]
PASSWORD = "een-kop-koffie-2026"


@pytest.fixture
def els(page: Page, sign_in: SignIn, coordinator: Colleague) -> Page:
    """The coordinator's laptop."""
    coordinator.user.set_password(PASSWORD)
    coordinator.user.email = "els@stek.example"
    coordinator.user.save()
    sign_in(page, coordinator.user)
    return page


@pytest.fixture
def fatima(stek: Stek, opening: Opening) -> Household:
    row = household_with_everything(stek, opening, "Fatima", "El Amrani")
    factories.access(row)
    return row


@pytest.fixture
def long_gone(stek: Stek) -> Household:
    """Whose name goes next month."""
    row = factories.household(stek, "Jozef", "Maes")
    today = factories.today()
    ended = months_later(today + dt.timedelta(days=10), -stek.identity_months)
    factories.access(row, valid_from=ended - dt.timedelta(days=180), valid_until=ended)
    Household.objects.filter(pk=row.pk).update(created_at=row.created_at - dt.timedelta(days=800))
    return row


def address(route: str, household: Household) -> str:
    return reverse(f"people:{route}", args=[household.pk])


def test_rights_of_a_visitor_from_the_record(
    els: Page, axe: Axe, fatima: Household, long_gone: Household, tmp_path: Path
) -> None:
    els.goto(address("household", fatima))
    els.get_by_role("link", name="Alles over dit huishouden, en wie het bekeek").click()
    axe(els, "Alles over dit huishouden, en wie het bekeek")
    els.locator("[name=reason]").first.check()
    els.get_by_label("Je wachtwoord").fill(PASSWORD)
    els.get_by_role("button", name="Maak het klaar").click()
    expect(els.get_by_role("heading", name="Neem het mee")).to_be_visible()
    axe(els, "Alles over dit huishouden, en wie het bekeek")
    with els.expect_download() as taken:
        els.get_by_role("link", name="JSON").click()
    taken.value.save_as(tmp_path / "alles.json")
    told = json.loads((tmp_path / "alles.json").read_text(encoding="utf-8"))
    assert told["parts"]["people.household"][0]["first_name"] == "Fatima"

    els.goto(address("looked", fatima))
    axe(els, "Wie keek?")

    els.goto(address("restrict", fatima))
    axe(els, "Op beperking zetten")
    els.locator("[name=reason]").first.check()
    els.get_by_role("button", name="Zet op beperking").click()
    axe(els, "Op beperking")
    els.goto(reverse("forms_help:slip", args=[fatima.follow_ups.get().pk]))
    axe(els, "Op beperking")
    els.goto(address("household", fatima))
    els.get_by_role("button", name="Hef de beperking op").click()
    expect(els.get_by_text("De beperking is opgeheven.")).to_be_visible()

    els.goto(reverse("people:leaving"))
    axe(els, "Gaat uit de boeken")
    els.get_by_role("link", name="Bewaar langer").click()
    axe(els, "Langer bewaren")
    els.locator("[name=reason]").first.check()
    els.get_by_role("button", name="Bewaar langer").click()
    expect(els.get_by_text("Dit huishouden blijft langer in de boeken.")).to_be_visible()
    axe(els, "Gaat uit de boeken")

    els.goto(address("erase", fatima))
    expect(els.get_by_role("heading", name="Dit verdwijnt voorgoed")).to_be_visible()
    els.locator("[name=reason]").first.check()
    els.locator("[name=number]").fill("9999")
    els.get_by_role("button", name="Wis dit huishouden").click()
    expect(els.get_by_text("Dit is niet het nummer van dit huishouden.")).to_be_visible()
    axe(els, "Dit huishouden wissen")
    els.locator("[name=number]").fill(str(fatima.number))
    els.get_by_role("button", name="Wis dit huishouden").click()
    expect(els.get_by_text("Dit huishouden is gewist op")).to_be_visible()
    axe(els, els.get_by_role("heading", level=1).inner_text())


def test_what_is_said_about_the_data(
    els: Page,
    open_page: Callable[..., Page],
    axe: Axe,
    stek: Stek,
    coordinator: Colleague,
    fatima: Household,
) -> None:
    device, _secret = factories.device(stek, "balie")
    els.goto(address("household", fatima))
    els.goto(reverse("register"))
    axe(els, "Register van de verwerkingen")
    els.goto(reverse("breach"))
    els.get_by_role("button", name="Toon").click()
    expect(els.get_by_role("heading", name="1 huishouden bekeken")).to_be_visible()
    axe(els, "Datalek")
    els.get_by_label("Op welke gedeelde laptop").select_option("balie")
    els.get_by_role("button", name="Toon").click()
    els.get_by_role("button", name="Trek hem in").click()
    expect(els.get_by_text("ingetrokken door Els")).to_be_visible()
    device.refresh_from_db()
    assert device.revoked_by == coordinator.user
    els.goto(reverse("status"))
    axe(els, "Toestand")

    els.goto(reverse("accounts:invitations"))
    axe(els, "Nodig een collega uit")
    els.get_by_label("E-mailadres").fill("nieuw@stek.example")
    els.get_by_label("Rol").select_option(Role.VOLUNTEER.value)
    els.get_by_label("Je wachtwoord").fill(PASSWORD)
    els.get_by_role("button", name="Nodig uit").click()
    axe(els, "Nodig een collega uit")
    expect(els.get_by_text("De uitnodiging vertrekt zo dadelijk.")).to_be_visible()

    other = open_page()
    other.goto(urlsplit(address_of(Invitation.objects.get())).path)
    axe(other, "Welkom bij STEK Kalmthout")
    for language, words in WORDS.items():
        other.goto(f"{reverse('privacy', args=[stek.slug])}?taal={language}")
        axe(other, words.title)
