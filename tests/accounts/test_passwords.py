"""Which passwords are taken, and changing one's own."""

import re

import pytest
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.accounts import desk
from tests.visits.desk import text_of


@pytest.mark.parametrize(
    "password",
    [
        "elf-letters",
        "password1234",
        "kalmthout2026",
        "StekSaamo2026",
        "KRUIDENIERTJE",
        "saamo-saamo-1",
    ],
)
def test_password_that_everybody_would_try_is_refused(rita, password):
    with pytest.raises(ValidationError):
        password_validation.validate_password(password, rita)


@pytest.mark.parametrize(
    "password", ["een kop koffie aan tafel", "fietsen-naar-kalmthout", "ノートと鉛筆をください。。"]
)
def test_password_of_some_length_is_taken(rita, password):
    password_validation.validate_password(password, rita)


@pytest.fixture
def change(rita, client):
    desk.sign_in(client, "rita")

    def send(old: str, new: str, again: str | None = None):
        form = {"oldpassword": old, "password1": new, "password2": again or new}
        return client.post(reverse("account_change_password"), form)

    return send


def test_own_password_is_changed_with_the_old_one(change, rita):
    assert change(desk.PASSWORD, "nog-een-kopje-thee").status_code == 302
    assert desk.sign_in(desk.browser(), "rita", "nog-een-kopje-thee").status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("verkeerd", "nog-een-kopje-thee", None),
        (desk.PASSWORD, "vier-vijf", None),
        (desk.PASSWORD, "kalmthout2026", None),
        (desk.PASSWORD, "nog-een-kopje-thee", "nog-een-kopje-soep"),
        (desk.PASSWORD, "", ""),
        (desk.PASSWORD, "nul\x00teken-in-het-midden", None),
    ],
)
def test_own_password_stays_when_the_new_one_is_refused(change, rita, old, new, again):
    response = change(old, new, again)
    assert response.status_code == 200
    assert new not in response.content.decode() or not new
    assert desk.sign_in(desk.browser(), "rita").status_code == 302


def test_password_page_is_for_who_is_signed_in(client, db):
    response = client.get(reverse("account_change_password"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ("kort", "Dit wachtwoord is te kort. Neem minstens 12 tekens."),
        ("rita-peeters", "Dit wachtwoord lijkt te veel op je naam of je gebruikersnaam."),
        ("password1234", "Dit wachtwoord gebruiken te veel mensen."),
        ("274659183045", "Dit wachtwoord bestaat alleen uit cijfers."),
    ],
)
def test_password_page_says_je_in_what_it_asks_and_refuses(change, rita, new, words):
    rita.first_name, rita.last_name = "Rita", "Peeters"
    rita.save()
    page = text_of(change(desk.PASSWORD, new))
    assert words in page
    assert "Minstens 12 tekens" in page
    assert not re.search(r"\b([Uu]w?)\b", page)


def test_office_says_je_about_the_password_of_a_colleague(coordinator):
    coordinator.give_password()
    form = {"username": "nieuw", "role": "volunteer", "new_password": "2746591"}
    page = text_of(coordinator.post(reverse("admin:accounts_user_add"), form))
    assert "Dit wachtwoord bestaat alleen uit cijfers." in page
    assert not re.search(r"\b([Uu]w?)\b", page)


def test_account_without_a_password_is_told_where_one_comes_from(counter):
    assert not counter.user.has_usable_password()
    address = reverse("account_change_password")
    form = {"oldpassword": "", "password1": "nog-een-kopje-thee", "password2": "nog-een-kopje-thee"}
    for answer in (counter.get(address, follow=True), counter.post(address, form, follow=True)):
        assert answer.status_code == 200
        assert "Je account heeft nog geen wachtwoord." in text_of(answer)
    counter.user.refresh_from_db()
    assert not counter.user.has_usable_password()
