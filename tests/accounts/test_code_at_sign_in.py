"""The code of a second factor at signing in: asked, taken once, and refused."""

import datetime as dt
import threading
import uuid

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.factor_actions import renew_codes
from accounts.models import Session
from accounts.second_factor import codes_of, take_code
from tests import factories
from tests.accounts import desk
from tests.accounts.factor import ACCOUNT, COUNTER, SET_UP, secret_on
from tests.strict import StrictClient


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
