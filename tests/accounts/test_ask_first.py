"""The password again before colleagues and settings are changed, with what was typed kept."""

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.urls import reverse
from django.utils import timezone

from accounts import resume
from accounts.models import Membership, Session, User
from accounts.roles import Role
from tests import factories
from tests.accounts import desk
from tests.cast import sign_in_again

ADD = reverse("admin:accounts_user_add")
COLLEAGUE = {
    "username": "lut",
    "first_name": "Lut",
    "last_name": "d'Hooghe & zoon",
    "role": "volunteer",
    "new_password": "zeven-groene-stoelen",
}


@pytest.fixture
def els(coordinator):
    """The coordinator, whose password is known and was not given lately."""
    coordinator.user.set_password(desk.PASSWORD)
    coordinator.user.save()
    coordinator.force_login(coordinator.user)
    return coordinator


def answer(client, asked, password=desk.PASSWORD, address=ADD):
    form = {"asked_kept": desk.hidden_fields(asked)["asked_kept"], "asked_password": password}
    return client.post(address, form)


def test_new_colleague_waits_for_the_password_and_comes_as_typed(els, stek):
    asked = els.post(ADD, COLLEAGUE)
    assert asked.status_code == 422
    assert "Eerst je wachtwoord" in desk.text_of(asked)
    assert not User.objects.filter(username="lut").exists()
    saved = answer(els, asked)
    assert saved.status_code == 302
    lut = User.objects.get(username="lut")
    assert (lut.first_name, lut.last_name) == ("Lut", "d'Hooghe & zoon")
    assert authenticate(None, username="lut", password="zeven-groene-stoelen") == lut
    assert Membership.objects.get(user=lut).stek == stek


def test_page_that_asks_shows_nothing_of_what_was_typed(els):
    page = els.post(ADD, COLLEAGUE).content.decode()
    for typed in ("zeven-groene-stoelen", "Hooghe", "Lut"):
        assert typed not in page


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "Typ je wachtwoord."),
        ("iets-anders-12", "klopt niet"),
        ("\x00", "klopt niet"),
    ],
)
def test_wrong_password_saves_nothing_and_keeps_what_was_typed(els, password, said):
    asked = els.post(ADD, COLLEAGUE)
    again = answer(els, asked, password)
    assert again.status_code == 422
    assert said in desk.text_of(again)
    assert not User.objects.filter(username="lut").exists()
    assert answer(els, again).status_code == 302


def test_many_wrong_passwords_have_to_wait(els):
    asked = els.post(ADD, COLLEAGUE)
    for _try in range(6):
        answer(els, asked, "iets-anders-12")
    refused = answer(els, asked)
    assert refused.status_code == 422
    assert "Te veel" in desk.text_of(refused)
    assert not User.objects.filter(username="lut").exists()


def test_password_is_asked_once_in_a_quarter_of_an_hour(els):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        answer(els, els.post(ADD, COLLEAGUE))
        clock.shift(14 * 60)
        assert els.post(ADD, COLLEAGUE | {"username": "jan"}).status_code == 302
        clock.shift(2 * 60)
        assert els.post(ADD, COLLEAGUE | {"username": "piet"}).status_code == 422


def test_what_is_wrong_in_the_form_is_said_after_the_password(els):
    response = answer(els, els.post(ADD, COLLEAGUE | {"new_password": "kort"}))
    assert response.status_code == 200
    assert "Dit wachtwoord is te kort" in desk.text_of(response)


def test_somebody_else_or_elsewhere_cannot_use_what_was_typed(els, stek, administrator):
    asked = els.post(ADD, COLLEAGUE)
    administrator.user.set_password(desk.PASSWORD)
    administrator.user.save()
    administrator.force_login(administrator.user)
    assert "duurde te lang" in desk.text_of(answer(administrator, asked))
    settings = reverse("admin:places_stek_change", args=[stek.pk])
    assert "duurde te lang" in desk.text_of(answer(els, asked, address=settings))


@pytest.mark.parametrize("kept", ["", "x", "gAAAAA", "\x00", "a" * 5000])
def test_what_was_never_typed_is_refused(els, kept):
    response = els.post(ADD, {"asked_kept": kept, "asked_password": desk.PASSWORD})
    assert response.status_code == 422


def test_after_an_hour_one_begins_again(els):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        asked = els.post(ADD, COLLEAGUE)
        clock.shift(61 * 60)
        sign_in_again(els)
        assert "duurde te lang" in desk.text_of(answer(els, asked))


def test_settings_and_roles_wait_for_the_password(els, stek, counter):
    changes = {
        reverse("admin:places_stek_change", args=[stek.pk]): {"access_months": "3"},
        reverse("admin:accounts_user_change", args=[counter.user.pk]): {"role": "helper"},
    }
    for address, form in changes.items():
        assert els.post(address, form).status_code == 422
    stek.refresh_from_db()
    assert stek.access_months != 3
    assert Membership.objects.get(user=counter.user).role == Role.VOLUNTEER


def test_invitation_and_its_second_mail_wait_for_the_password(els, stek):
    row = factories.invitation(stek)
    asked = els.post(reverse("accounts:invite_again", args=[row.pk]))
    assert asked.status_code == 422
    assert els.post(reverse("accounts:invitations"), {"email": "a@b.be"}).status_code == 422


def test_erasing_a_household_waits_for_the_password(els, stek):
    household = factories.household(stek)
    address = reverse("people:erase", args=[household.pk])
    assert 'name="password"' in els.get(address).content.decode()
    for password in ("", "iets-anders-12"):
        form = {"number": household.number, "reason": "asked", "password": password}
        assert els.post(address, form).status_code == 422
        household.refresh_from_db()
        assert household.erased_at is None
    form = {"number": household.number, "reason": "asked", "password": desk.PASSWORD}
    assert els.post(address, form).status_code == 302
    household.refresh_from_db()
    assert household.erased_at is not None


def test_form_that_asks_for_the_password_waits_after_many_wrong_ones(els, stek):
    household = factories.household(stek)
    address = reverse("people:erase", args=[household.pk])
    for _try in range(6):
        els.post(
            address, {"number": household.number, "reason": "asked", "password": "iets-anders-12"}
        )
    response = els.post(
        address, {"number": household.number, "reason": "asked", "password": desk.PASSWORD}
    )
    assert response.status_code == 422
    assert "Te veel" in desk.text_of(response)


def test_new_password_of_a_colleague_does_not_wait_in_a_sign_in_page(els):
    """A session that ended keeps what was typed, but never a password."""
    client = desk.browser()
    desk.sign_in_with_code(client, els.user.username)
    form = COLLEAGUE | {"csrfmiddlewaretoken": desk.key_of(client.get(ADD))}
    Session.objects.all().delete()
    response = client.post(ADD, form)
    assert response.status_code == 403
    kept = resume.unpack(desk.hidden_fields(response)["kept"], user_id=els.user.pk)
    assert kept is not None
    assert "zeven-groene-stoelen" not in str(kept)
