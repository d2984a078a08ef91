"""The second factor: for whom it must be, setting it up, signing in with it, and losing it."""

import datetime as dt
import threading
import uuid

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.factor_actions import renew_codes
from accounts.models import AuditEvent, OutgoingMail, Session
from accounts.roles import Role
from accounts.second_factor import codes_of, take_code
from stek.mails import send_mails
from tests import factories
from tests.accounts import desk
from tests.cast import signed_in
from tests.strict import StrictClient

SET_UP = reverse("accounts:set_up_factor")
CODES = reverse("accounts:recovery_codes")
ACCOUNT = reverse("accounts:account")
COUNTER = reverse("visits:counter")


def without_factor(stek, role, username="wim"):
    user = factories.user(username, password=desk.PASSWORD)
    return signed_in(factories.membership(stek, role, user=user, factor=False))


def secret_on(client) -> str:
    return desk.shown_secret(desk.text_of(client.get(SET_UP)))


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


# --- signing in ---


def test_sign_in_asks_for_the_code_before_anything_opens(els, client):
    assert desk.sign_in(client, "els").url == reverse("mfa_authenticate")
    assert client.get(reverse("people:search")).status_code == 302
    assert Session.objects.of_user(els).count() == 0
    assert desk.give_code(client, desk.code()).url == reverse("home")
    assert client.get(reverse("people:search")).status_code == 200


def test_sign_in_leads_back_to_the_page_that_asked_for_it(els, client):
    desk.sign_in(client, "els", next=reverse("reports:start"))
    assert desk.give_code(client, desk.code()).url == reverse("reports:start")


def test_code_page_is_nothing_without_a_password_first(client, db):
    assert client.get(reverse("mfa_authenticate")).url == reverse("account_login")
    assert desk.give_code(client, desk.code()).url == reverse("account_login")


def test_wrong_password_never_asks_for_a_code(els, client):
    desk.sign_in(client, "els", "iets-anders-12")
    assert client.get(reverse("mfa_authenticate")).url == reverse("account_login")


@pytest.mark.parametrize(("ahead", "taken"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_phone_may_be_half_a_minute_off(els, client, ahead, taken):
    with time_machine.travel("2026-03-20 14:30:10+00:00", tick=False):
        desk.sign_in(client, "els")
        response = desk.give_code(client, desk.code(ahead=ahead))
    assert (response.status_code == 302) is taken


@pytest.mark.parametrize("ahead", [-1, 0, 1])
def test_code_is_not_taken_twice_for_as_long_as_it_is_valid(els, ahead):
    """Also from another browser, and after the half minute that it is shown."""
    with time_machine.travel("2026-03-20 14:30:00+00:00", tick=False) as clock:
        typed = desk.code(ahead=ahead)
        first = StrictClient()
        desk.sign_in(first, "els")
        assert desk.give_code(first, typed).status_code == 302
        for _later in range(4):
            second = StrictClient()
            desk.sign_in(second, "els")
            assert "klopt niet" in desk.text_of(desk.give_code(second, typed))
            clock.shift(31)


def test_code_that_set_it_up_does_not_sign_in(rita, client):
    desk.sign_in(client, "rita")
    secret = secret_on(client)
    typed = desk.code(secret)
    client.post(SET_UP, {"code": typed, "password": desk.PASSWORD})
    other = StrictClient()
    desk.sign_in(other, "rita")
    assert "klopt niet" in desk.text_of(desk.give_code(other, typed))
    assert desk.give_code(other, desk.code(secret, ahead=1)).status_code == 302


@pytest.mark.parametrize(
    "typed", ["", " ", "000000", "1" * 20, "1" * 5000, "\x00", "' OR 1=1 --", "１２３４５６"]
)
def test_wrong_code_lets_nobody_in(els, client, typed):
    desk.sign_in(client, "els")
    response = desk.give_code(client, typed)
    assert response.status_code == 200
    assert client.get(reverse("people:search")).status_code == 302


def test_many_wrong_codes_have_to_wait_and_a_colleague_goes_on(els, jos, client):
    desk.sign_in(client, "els")
    for _try in range(6):
        desk.give_code(client, "000000")
    assert desk.give_code(client, desk.code()).status_code != 302
    assert desk.sign_in(client, "jos").status_code == 302
    assert client.get(COUNTER).status_code == 200


def test_sign_in_page_is_for_the_next_colleague_when_somebody_stopped_halfway(els, jos, client):
    desk.sign_in(client, "els")
    assert client.get(reverse("account_login")).status_code == 200
    desk.sign_in(client, "jos")
    assert client.get(ACCOUNT).context["request"].user == jos


def test_typed_form_survives_the_page_that_asks_for_the_code(els, stek):
    client = desk.browser()
    desk.sign_in_with_code(client, "els")
    search = client.get(reverse("people:create"))
    typed = {
        "first_name": "Fatima", "last_name": "Yilmaz", "number": "147", "adults": "1",
        "children": "0", "request_id": str(uuid.uuid4()),
        "csrfmiddlewaretoken": desk.key_of(search),
    }  # fmt: skip
    Session.objects.all().delete()
    asked = client.post(reverse("people:create"), typed)
    kept = desk.hidden_fields(asked)["kept"]
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=2)):
        desk.sign_in(client, "els", kept=kept)
        stored = "".join(Session.objects.values_list("session_data", flat=True))
        assert kept not in stored
        page = desk.give_code(client, desk.code())
    assert "Fatima" in desk.text_of(page)


def test_recovery_code_signs_in_once(els, client):
    renew_codes(els, stek_id=1, by=els)
    code = codes_of(els)[3]
    desk.sign_in(client, "els")
    assert desk.give_code(client, f"{code[:4]} {code[4:]}").status_code == 302
    assert "Je hebt nog 9 reservecodes." in desk.text_of(client.get(ACCOUNT))
    again = StrictClient()
    desk.sign_in(again, "els")
    assert "klopt niet" in desk.text_of(desk.give_code(again, code))


@pytest.mark.django_db(transaction=True)
def test_of_two_with_one_code_at_one_moment_one_comes_in():
    user = factories.user("els")
    factories.second_factor(user)
    typed, taken, together = desk.code(), [], threading.Barrier(4)

    def bring() -> None:
        together.wait()
        try:
            taken.append(take_code(user, typed))
        finally:
            connection.close()

    threads = [threading.Thread(target=bring) for _one in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 4
    assert sum(one is not None for one in taken) == 1


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
