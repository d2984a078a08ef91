"""A form that was sent when its session had ended: nothing is written, and nothing is lost."""

import uuid

import pytest
from django.urls import reverse

from forms_help.models import Question
from people.models import Household
from tests import factories
from tests.accounts import desk
from visits.models import Visit

NEW = reverse("visits:new_household")


@pytest.fixture
def typed(opening) -> dict[str, object]:
    return {
        "opening": opening.pk,
        "first_name": "Amina & co",
        "last_name": "Yilmaz",
        "adults": "2",
        "children": "1",
        "request_id": str(uuid.uuid4()),
    }


@pytest.fixture
def laptop(rita):
    """A browser in which Rita signed in, and whose session has ended since."""
    client = desk.browser()
    desk.sign_in(client, "rita")
    del client.cookies["stek"]
    return client


def send(client, form: dict[str, object], address: str = NEW, **headers: str):
    key = client.cookies["stek-form"].value
    return client.post(address, form | {"csrfmiddlewaretoken": key}, **headers)


def sign_in_with(client, page, username: str):
    """The sign-in form of this page, hidden fields and all."""
    form = desk.hidden_fields(page) | {"login": username, "password": desk.PASSWORD}
    return client.post(reverse("account_login"), form)


def test_ended_session_asks_to_sign_in_and_keeps_what_was_typed(laptop, typed):
    page = send(laptop, typed)
    assert page.status_code == 403
    assert "wat je typte, staat klaar" in desk.text_of(page)
    assert desk.hidden_fields(page)["kept"]
    assert "Yilmaz" not in page.content.decode()
    assert not Household.objects.exists()


def test_same_person_sees_what_was_typed_and_sends_it_once(laptop, typed):
    offered = sign_in_with(laptop, send(laptop, typed), "rita")
    assert offered.status_code == 200
    assert "Dit was nog niet bewaard: Amina & co Yilmaz 2 1" in desk.text_of(offered)
    fields = desk.hidden_fields(offered)
    assert {name: fields[name] for name in typed} == {name: str(typed[name]) for name in typed}
    assert not Household.objects.exists()
    for _press in range(2):
        assert laptop.post(NEW, fields).status_code == 302
    assert Visit.objects.get().household.full_name == "Amina & co Yilmaz"


def test_wrong_password_first_keeps_what_was_typed(laptop, typed):
    page = send(laptop, typed)
    form = desk.hidden_fields(page) | {"login": "rita", "password": "verkeerd"}
    again = laptop.post(reverse("account_login"), form)
    assert "Yilmaz" in desk.text_of(sign_in_with(laptop, again, "rita"))


def test_somebody_else_does_not_see_what_was_typed(laptop, jos, typed):
    response = sign_in_with(laptop, send(laptop, typed), "jos")
    assert response.status_code == 302
    assert "Yilmaz" not in laptop.get(reverse("visits:counter")).content.decode()


def test_what_was_typed_is_kept_for_nobody_when_nobody_had_signed_in(client, db, typed):
    page = client.post(NEW, typed)
    assert page.status_code == 403
    assert "kept" not in desk.hidden_fields(page)
    assert "Yilmaz" not in page.content.decode()


def test_passwords_are_never_kept(laptop):
    secret = {"oldpassword": desk.PASSWORD, "password1": "nieuw-woord-2026", "login": "rita"}
    offered = sign_in_with(laptop, send(laptop, secret, NEW), "rita")
    assert desk.PASSWORD not in offered.content.decode()
    assert "nieuw-woord-2026" not in offered.content.decode()


def test_very_long_form_is_not_kept_and_the_page_does_not_promise_it(laptop, typed):
    page = send(laptop, typed | {"last_name": "x" * 20_001})
    assert page.status_code == 403
    assert "staat klaar" not in desk.text_of(page)


@pytest.mark.parametrize("packed", ["", "x", "a:b:c", "\x00", "€" * 100, "é:1:2", "x" * 30_000])
def test_kept_form_that_was_tampered_with_is_left_out(rita, client, packed):
    assert desk.sign_in(client, "rita", kept=packed).status_code == 302


def test_kept_form_with_a_letter_changed_is_left_out(laptop, typed):
    page = send(laptop, typed)
    kept = desk.hidden_fields(page)["kept"]
    # In the middle: not every bit of the last letters of base64 says something.
    changed = kept[:20] + ("A" if kept[20] != "A" else "B") + kept[21:]
    fields = desk.hidden_fields(page) | {"kept": changed}
    form = fields | {"login": "rita", "password": desk.PASSWORD}
    assert laptop.post(reverse("account_login"), form).status_code == 302


def test_signed_out_by_hand_asks_to_sign_in_on_the_next_press(rita, opening):
    client = desk.browser()
    desk.sign_in(client, "rita")
    send(client, {}, reverse("account_logout"))
    household = factories.household(opening.stek)
    response = send(client, {"opening": opening.pk, "q": household.number}, "/balie/binnen/")
    assert response.status_code == 403
    assert not Visit.objects.exists()


# --- the form's own key has expired ---


def test_old_key_of_our_own_page_offers_what_was_typed(rita, typed):
    client = desk.browser()
    desk.sign_in(client, "rita")
    client.cookies["stek-form"] = "x" * 32
    response = client.post(
        NEW, typed | {"csrfmiddlewaretoken": "y" * 32}, headers={"sec-fetch-site": "same-origin"}
    )
    assert response.status_code == 403
    fields = desk.hidden_fields(response)
    assert fields["last_name"] == "Yilmaz"
    assert not Household.objects.exists()
    assert client.post(NEW, fields).status_code == 302


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
def test_form_from_elsewhere_is_refused_without_a_word_of_it(rita, typed, site):
    client = desk.browser()
    desk.sign_in(client, "rita")
    response = client.post(NEW, typed, headers={"sec-fetch-site": site} if site else {})
    assert response.status_code == 403
    assert "Yilmaz" not in response.content.decode()
    assert not Household.objects.exists()


def test_old_key_on_the_sign_in_page_is_a_page_that_says_so(rita):
    client = desk.browser()
    response = client.post(
        reverse("account_login"),
        {"login": "rita", "password": desk.PASSWORD},
        headers={"sec-fetch-site": "same-origin"},
    )
    assert response.status_code == 403
    assert desk.PASSWORD not in response.content.decode()


def test_question_at_the_table_goes_on_without_showing_its_codes(laptop, stek, opening):
    form = {
        "opening": opening.pk,
        "theme": factories.theme(stek).pk,
        "outcome": "handled",
        "minutes": "20",
        "note": "belt morgen terug",
        "request_id": str(uuid.uuid4()),
    }
    address = reverse("referrals:note")
    offered = sign_in_with(laptop, send(laptop, form, address), "rita")
    text = desk.text_of(offered)
    assert "Dit was nog niet bewaard: belt morgen terug" in text
    assert "handled" not in text
    assert laptop.post(address, desk.hidden_fields(offered)).status_code == 302
    assert Question.objects.get().note == "belt morgen terug"
