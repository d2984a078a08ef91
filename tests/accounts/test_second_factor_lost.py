"""A second factor renewed, or lost and taken away by a colleague."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, OutgoingMail
from accounts.roles import Role
from accounts.second_factor import codes_of, take_code
from stek.mails import send_mails
from tests import factories
from tests.accounts import desk
from tests.accounts.factor import ACCOUNT, CODES, COUNTER, SET_UP
from tests.cast import signed_in

# --- new codes, another phone ---


@pytest.fixture
def known(coordinator):
    """The coordinator, whose password is known."""
    coordinator.user.set_password(desk.PASSWORD)
    coordinator.user.save()
    coordinator.force_login(coordinator.user)
    return coordinator


def test_new_recovery_codes_come_after_the_password_and_end_the_old_ones(known):
    address = reverse("accounts:renew_codes")
    assert known.post(address, {"password": "verkeerd"}).status_code == 422
    known.post(address, {"password": desk.PASSWORD})
    old = codes_of(known.user)
    known.post(address, {})  # within the quarter of an hour
    new = codes_of(known.user)
    assert not set(old) & set(new)
    assert f"{new[0][:4]} {new[0][4:]}" in desk.text_of(known.get(CODES))
    assert take_code(known.user, old[0]) is None
    assert AuditEvent.objects.filter(verb="renew_codes").count() == 2


def test_other_phone_comes_after_the_password_and_is_set_up_at_once(known):
    address = reverse("accounts:remove_factor")
    assert known.post(address, {"password": ""}).status_code == 422
    assert known.post(address, {"password": desk.PASSWORD}).url == SET_UP
    assert known.get(COUNTER).url == SET_UP
    assert AuditEvent.objects.filter(verb="remove_factor").count() == 1


def test_who_needs_none_takes_it_away_for_good(rita, client):
    factories.second_factor(rita)
    desk.sign_in_with_code(client, "rita")
    response = client.post(reverse("accounts:remove_factor"), {"password": desk.PASSWORD})
    assert response.url == ACCOUNT
    assert client.get(COUNTER).status_code == 200


def test_pages_of_what_is_not_there_lead_to_ones_account(counter):
    for name in ("recovery_codes", "renew_codes", "remove_factor"):
        assert counter.get(reverse(f"accounts:{name}")).url == ACCOUNT


# --- a colleague who lost it ---


def reset(client, user, password=desk.PASSWORD):
    return client.post(reverse("accounts:reset_factor", args=[user.pk]), {"password": password})


def test_coordinator_resets_a_colleague_whose_sessions_end_and_who_hears_of_it(
    known, stek, mailoutbox
):
    user = factories.user("an", password=desk.PASSWORD, email="an@stek.example")
    other = signed_in(factories.membership(stek, Role.COORDINATOR, user=user))
    assert other.get(COUNTER).status_code == 200
    assert reset(known, user, "verkeerd").status_code == 422
    assert Authenticator.objects.filter(user=user).exists()
    assert reset(known, user).status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()
    assert other.get(COUNTER).url.startswith(reverse("account_login"))
    desk.sign_in(other, "an")
    assert other.get(COUNTER).url == SET_UP
    event = AuditEvent.objects.get(verb="reset_factor")
    assert (event.actor_id, event.subject_id, event.stek_id) == (known.user.pk, user.pk, stek.pk)
    assert send_mails(timezone.now()) == 1
    (mail,) = mailoutbox
    assert mail.to == ["an@stek.example"]
    assert "an" not in (mail.subject + mail.body).split()
    assert known.user.first_name not in mail.body


def test_reset_mails_nobody_without_an_address(known, stek):
    user = factories.user("an")
    factories.membership(stek, Role.COORDINATOR, user=user)
    reset(known, user)
    assert not OutgoingMail.objects.exists()


def test_administrator_is_reset_by_an_administrator_only(known, stek, administrator):
    administrator.user.set_password(desk.PASSWORD)
    administrator.user.save()
    administrator.force_login(administrator.user)
    boss = factories.user("baas")
    factories.membership(stek, Role.ADMINISTRATOR, user=boss)
    assert reset(known, boss).status_code == 422
    assert Authenticator.objects.filter(user=boss).exists()
    assert reset(administrator, boss).status_code == 302


def test_administrator_elsewhere_counts_as_one_here(known, stek, essen):
    user = factories.user("an")
    factories.membership(stek, Role.VOLUNTEER, user=user)
    factories.membership(essen, Role.ADMINISTRATOR, user=user)
    assert reset(known, user).status_code == 422
    assert Authenticator.objects.filter(user=user).exists()


def test_nobody_resets_their_own(known):
    assert reset(known, known.user).status_code == 422
    assert Authenticator.objects.filter(user=known.user).exists()


def test_somebody_of_another_stek_is_nobody_here(known, other_stek):
    assert reset(known, other_stek.user).status_code == 404
    assert Authenticator.objects.filter(user=other_stek.user).exists()


def test_office_leads_to_the_reset_and_says_whether_there_is_one(coordinator, stek, counter):
    user = factories.user("an")
    factories.membership(stek, Role.COORDINATOR, user=user)
    page = coordinator.get(reverse("admin:accounts_user_change", args=[user.pk]))
    assert reverse("accounts:reset_factor", args=[user.pk]) in page.content.decode()
    page = coordinator.get(reverse("admin:accounts_user_change", args=[counter.user.pk]))
    assert "niet ingesteld" in desk.text_of(page)


def test_last_administrator_is_reset_at_the_server(administrator, capsys):
    call_command("reset_factor", "wim")
    assert "gewist" in capsys.readouterr().out
    assert not Authenticator.objects.exists()
    assert administrator.get(reverse("admin:index")).status_code == 302
    assert AuditEvent.objects.get(verb="reset_factor").actor_id is None


def test_no_other_page_of_the_package_has_an_address(client, db):
    for address in ("/2fa/", "/mfa/", "/aanmelden/2fa/", "/accounts/2fa/totp/activate/"):
        assert Client().get(address).status_code in {302, 404}
