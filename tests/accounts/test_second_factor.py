"""The second factor: for whom it must be, and setting it up."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.roles import Role
from accounts.second_factor import codes_of
from tests import factories
from tests.accounts import desk
from tests.accounts.factor import ACCOUNT, CODES, COUNTER, SET_UP, secret_on
from tests.cast import signed_in


def without_factor(stek, role, username="wim"):
    user = factories.user(username, password=desk.PASSWORD)
    return signed_in(factories.membership(stek, role, user=user, factor=False))


def set_up(client, *, password=desk.PASSWORD, **fields):
    body = {"code": desk.code(secret_on(client)), "password": password} | fields
    return client.post(SET_UP, body)


# --- for whom ---


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_who_needs_a_second_factor_reaches_only_the_page_that_sets_it_up(stek, role):
    client = without_factor(stek, role)
    household = factories.household(stek)
    for address in (
        reverse("home"),
        COUNTER,
        reverse("admin:index"),
        reverse("people:search"),
        reverse("people:household", args=[household.pk]),
        reverse("reports:start"),
        ACCOUNT,
        CODES,
        reverse("account_change_password"),
    ):
        response = client.get(address)
        assert (response.status_code, response.url) == (302, SET_UP), address
    assert client.post(reverse("people:search"), {"q": "an"}).url == SET_UP
    page = desk.text_of(client.get(SET_UP))
    assert "geeft naast het wachtwoord ook een code" in page
    assert "Huishoudens" not in page
    assert client.post(reverse("account_logout")).status_code == 302


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.HELPER, Role.COMMUNITY_WORKER])
def test_who_needs_none_goes_on_without(stek, role):
    client = without_factor(stek, role)
    assert client.get(COUNTER).status_code == 200
    assert "Stel een extra code in" in desk.text_of(client.get(ACCOUNT))


def test_role_in_any_stek_counts(stek, essen, rita, client):
    factories.membership(essen, Role.COORDINATOR, user=rita, factor=False)
    desk.sign_in(client, "rita")
    assert client.get(COUNTER).url == SET_UP


def test_role_that_ended_asks_for_nothing(stek, essen, rita, client):
    past = timezone.localdate().replace(year=2020)
    factories.membership(essen, Role.COORDINATOR, user=rita, factor=False, last_day=past)
    desk.sign_in(client, "rita")
    assert client.get(COUNTER).status_code == 200


def test_public_page_of_a_stek_stays_open_meanwhile(stek):
    client = without_factor(stek, Role.COORDINATOR)
    assert client.get(reverse("public", args=[stek.slug])).status_code == 200


def test_demo_lets_everybody_in_without(stek, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client = without_factor(stek, Role.COORDINATOR)
    assert client.get(reverse("people:search")).status_code == 200


# --- setting it up ---


def test_setting_up_shows_the_codes_once_and_opens_the_house(stek):
    client = without_factor(stek, Role.COORDINATOR)
    assert set_up(client).url == CODES
    page = desk.text_of(client.get(CODES))
    codes = codes_of(client.user)
    assert len(codes) == 10
    for code in codes:
        assert f"{code[:4]} {code[4:]}" in page
    assert client.get(CODES).url == ACCOUNT
    assert client.get(reverse("people:search")).status_code == 200
    assert "Je hebt nog 10 reservecodes." in desk.text_of(client.get(ACCOUNT))
    event = AuditEvent.objects.get(verb="set_up_factor")
    assert (event.actor_id, event.subject_id, event.stek_id) == (
        client.user.pk,
        client.user.pk,
        stek.pk,
    )


def test_setting_up_is_asked_about_by_a_head_without_using_up_the_codes(stek):
    client = without_factor(stek, Role.COORDINATOR)
    set_up(client)
    client.head(CODES)
    assert "Je ziet deze codes maar één keer" in desk.text_of(client.get(CODES))


def test_picture_is_one_that_the_security_policy_lets_through(stek):
    page = without_factor(stek, Role.COORDINATOR).get(SET_UP).content.decode()
    assert 'src="data:image/svg+xml' in page
    assert "style=" not in page


def test_key_stays_the_same_when_the_page_is_loaded_again(stek):
    client = without_factor(stek, Role.COORDINATOR)
    first = secret_on(client)
    client.post(SET_UP, {"code": "000000", "password": desk.PASSWORD})
    assert secret_on(client) == first
    assert secret_on(without_factor(stek, Role.COORDINATOR, "els")) != first


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"code": ""}, "Typ de code."),
        ({"code": "12345"}, "Die code klopt niet"),
        ({"code": "x" * 21}, "Die code is te lang."),
        ({"code": "'; --"}, "Die code klopt niet"),
        ({"password": ""}, "Typ je wachtwoord"),
        ({"password": "iets-anders-12"}, "Dat wachtwoord klopt niet"),
    ],
)
def test_setting_up_is_refused_and_says_why(stek, fields, said):
    client = without_factor(stek, Role.COORDINATOR)
    response = set_up(client, **fields)
    assert response.status_code == 422
    assert said in desk.text_of(response)
    assert not Authenticator.objects.exists()


def test_setting_up_again_is_done_by_taking_the_old_one_away(coordinator):
    assert coordinator.get(SET_UP).url == ACCOUNT
    assert coordinator.post(SET_UP, {"code": "000000"}).url == ACCOUNT
    assert Authenticator.objects.filter(user=coordinator.user).count() == 1


def test_setting_up_ends_the_sessions_that_began_without(stek, rita, client):
    elsewhere = desk.browser()
    for one in (client, elsewhere):
        desk.sign_in(one, "rita")
    set_up(client)
    assert client.get(COUNTER).status_code == 200
    assert elsewhere.get(COUNTER).status_code == 302
