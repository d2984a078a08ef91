"""Choosing a PIN, unlocking with it, and guessing somebody else's."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.laptop.actions import drop_pins_of_nobody
from accounts.laptop.pin_rules import is_too_simple, short_names
from accounts.laptop.tries import Tried, try_pin
from accounts.models import AuditEvent, Membership, Pin, Seat
from accounts.roles import Role
from tests import factories
from tests.accounts import desk, laptop

PAGE = reverse("accounts:pin")


@pytest.fixture
def laptop_of(stek):
    return factories.device(stek, "balie")


# --- choosing ---


@pytest.fixture
def office(rita):
    client = desk.browser()
    client.handler.enforce_csrf_checks = False
    desk.sign_in(client, "rita")
    return client


def choose(client, pin: str = "274163", **other: str):
    return client.post(PAGE, {"pin": pin, "pin_again": pin, "password": desk.PASSWORD} | other)


def test_pin_is_chosen_with_the_password_and_kept_as_a_hash(office, rita):
    assert choose(office).status_code == 302
    pin = Pin.objects.get(user=rita)
    assert "274163" not in pin.code_hash
    assert "Je koos een pincode op" in desk.text_of(office.get(PAGE))
    event = AuditEvent.objects.get(verb="set_pin")
    assert (event.actor_id, event.fields) == (rita.pk, [])


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"password": "verkeerd"}, "Dat wachtwoord klopt niet"),
        ({"pin": "12345"}, "Typ zes cijfers"),
        ({"pin": "27416x"}, "Typ zes cijfers"),
        ({"pin": "١٢٣٤٥٦"}, "Typ zes cijfers"),
        ({"pin": ""}, "Typ zes cijfers"),
        ({"pin": "123456"}, "Deze code raadt iemand te snel"),
        ({"pin_again": "274164"}, "Dat is een andere code"),
    ],
)
def test_pin_that_is_not_right_is_not_kept(office, wrong, says):
    answer = choose(office, **wrong)
    assert answer.status_code == 422
    assert says in desk.text_of(answer)
    assert not Pin.objects.exists()
    assert "274163" not in answer.content.decode()


SIMPLE = """111111 121212 112233 123123 123321
    123456 234567 890123 654321 210365 651203"""


@pytest.mark.parametrize("pin", SIMPLE.split())
def test_simple_pin_is_refused(pin):
    assert is_too_simple(pin)


@pytest.mark.parametrize("pin", ["274163", "908172", "503918", "771934"])
def test_other_pin_is_good(pin):
    assert not is_too_simple(pin)


def test_changed_pin_replaces_the_old_one(office, rita, laptop_of):
    _device, secret = laptop_of
    choose(office)
    choose(office, "908172")
    client = laptop.at(secret)
    assert laptop.give_pin(client, rita, "274163").status_code == 422
    assert laptop.give_pin(client, rita, "908172").status_code == 302


def test_pin_that_was_taken_away_opens_nothing(office, rita, laptop_of):
    choose(office)
    office.post(reverse("accounts:drop_pin"))
    client = laptop.at(laptop_of[1])
    assert laptop.give_pin(client, rita).status_code == 422
    assert "Nog niemand heeft hier een pincode" in desk.text_of(client.get(laptop.LOCK_SCREEN))


# --- who is on the lock screen ---


def test_lock_screen_names_first_name_and_initial_of_who_may_unlock(stek, essen, laptop_of):
    for username, first, last in (("rita", "Rita", "Peeters"), ("jos", "Jos", "Wouters")):
        member = factories.membership(
            stek, user=factories.user(username, first_name=first, last_name=last)
        )
        factories.pin(member.user)
    factories.membership(stek, user=factories.user("geen", first_name="Zonder"))
    factories.pin(factories.membership(essen, user=factories.user("x", first_name="Nadia")).user)
    page = laptop.at(laptop_of[1]).get(laptop.LOCK_SCREEN)
    text = desk.text_of(page)
    assert "Jos W." in text
    assert "Rita P." in text
    for other in ("Peeters", "Wouters", "Zonder", "Nadia", "rita"):
        assert other not in text
    assert "no-store" in page["Cache-Control"]


def test_who_was_here_last_comes_first(stek, laptop_of):
    an, rita = (
        factories.membership(stek, user=factories.user(n, first_name=n)) for n in ("An", "Rita")
    )
    for member in (an, rita):
        factories.pin(member.user)
    client = laptop.at(laptop_of[1])
    assert _order(client) == [an.user_id, rita.user_id]
    laptop.give_pin(client, rita.user)
    laptop.lock(client)
    assert _order(client) == [rita.user_id, an.user_id]


def _order(client) -> list[int]:
    return [tile.user_id for tile in client.get(laptop.LOCK_SCREEN).context["tiles"]]


def test_names_that_are_alike_get_more_letters():
    names = [("Rita", "Peeters"), ("Rita", "Pauwels"), ("Jos", "Maes"), ("An", "")]
    assert short_names(names) == ["Rita Pe.", "Rita Pa.", "Jos M.", "An"]
    assert short_names([("An", "Maes"), ("An", "Maes")]) == ["An Maes", "An Maes"]


@pytest.mark.parametrize("how", ["role_ended", "account_closed", "other_stek"])
def test_pin_of_who_does_not_work_here_today_opens_nothing(stek, essen, laptop_of, today, how):
    ended = today - dt.timedelta(days=1) if how == "role_ended" else None
    member = factories.membership(essen if how == "other_stek" else stek, last_day=ended)
    factories.pin(member.user)
    if how == "account_closed":
        member.user.is_active = False
        member.user.save()
    client = laptop.at(laptop_of[1])
    assert laptop.give_pin(client, member.user).status_code == 422
    assert not laptop.is_open(client)


def test_role_that_ends_during_a_session_ends_the_session(stek, laptop_of, today):
    member = factories.membership(stek)
    factories.pin(member.user)
    client = laptop.at(laptop_of[1])
    laptop.give_pin(client, member.user)
    Membership.objects.update(last_day=today - dt.timedelta(days=1))
    assert client.get(laptop.COUNTER)["Location"].startswith(laptop.LOCK_SCREEN)


def test_pin_goes_with_the_last_role(stek, essen, today):
    yesterday = today - dt.timedelta(days=1)
    gone = factories.membership(stek, last_day=yesterday)
    moved = factories.membership(stek, last_day=yesterday)
    factories.membership(essen, user=moved.user)
    for member in (gone, moved):
        factories.pin(member.user)
    assert drop_pins_of_nobody(today, by=None) == 1
    assert Pin.objects.get().user == moved.user
    assert drop_pins_of_nobody(today, by=None) == 0


# --- unlocking ---


@pytest.fixture
def with_pins(rita, jos):
    factories.pin(rita)
    factories.pin(jos, "908172")


def test_unlocking_begins_a_new_session_and_leaves_the_one_before(rita, jos, with_pins, laptop_of):
    client = laptop.at(laptop_of[1])
    laptop.give_pin(client, rita)
    before = client.cookies["stek"].value
    laptop.give_pin(client, jos, "908172")
    assert client.cookies["stek"].value != before
    assert "Jos" in client.get(laptop.COUNTER).content.decode()
    thief = laptop.at(laptop_of[1])
    thief.cookies["stek"] = before
    assert not laptop.is_open(thief)


def test_unlocking_knows_nothing_of_the_session_before_also_of_the_same_person(
    rita, with_pins, laptop_of
):
    """Such as that the password was given moments ago, or in which STEK somebody worked."""
    client = laptop.at(laptop_of[1])
    desk.sign_in(client, "rita")
    session = client.session
    session["of_before"] = "x"
    session.save()
    assert laptop.give_pin(client, rita).status_code == 302
    assert "of_before" not in client.session


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({}, "Kies eerst je naam"),
        ({"who": "x", "pin": "274163"}, "Kies eerst je naam"),
        ({"who": "99999999999999999999", "pin": "274163"}, "Kies eerst je naam"),
        ({"who": "0", "pin": "274163"}, "Kies eerst je naam"),
    ],
)
def test_unlocking_without_a_name_asks_for_it(with_pins, laptop_of, form, says):
    answer = laptop.at(laptop_of[1]).post(laptop.LOCK_SCREEN, form)
    assert answer.status_code == 422
    assert says in desk.text_of(answer)


@pytest.mark.parametrize("digits", ["", "27416", "2741633", "abcdef", "\x00", "２７４１６３"])
def test_what_is_no_pin_is_no_try(rita, with_pins, laptop_of, digits):
    answer = laptop.give_pin(laptop.at(laptop_of[1]), rita, digits)
    assert answer.status_code == 422
    assert not Seat.objects.filter(wrong__gt=0).exists()


def test_elsewhere_there_is_no_lock_screen(with_pins, rita, db):
    answer = laptop.give_pin(laptop.at(""), rita)
    assert answer["Location"] == reverse("account_login")


def test_menu_of_a_pin_shows_counter_and_table_only(stek, laptop_of):
    member = factories.membership(stek, Role.COORDINATOR)
    factories.pin(member.user)
    client = laptop.at(laptop_of[1])
    assert laptop.give_pin(client, member.user)["Location"] == reverse("home")
    assert client.get(reverse("home"))["Location"] == laptop.COUNTER
    page = client.get(laptop.COUNTER)
    labels = [str(i["label"]) for i in (*page.context["menu"], *page.context["menu_more"])]
    assert labels == ["Balie", "Koffie & Formulieren"]


def test_pin_of_somebody_with_two_roles_stays_in_the_stek_of_the_laptop(stek, essen, laptop_of):
    member = factories.membership(essen)
    factories.membership(stek, user=member.user)
    factories.pin(member.user)
    client = laptop.at(laptop_of[1])
    laptop.give_pin(client, member.user)
    assert client.get(laptop.COUNTER).context["request"].membership.stek == stek
    assert client.post(reverse("accounts:switch_stek"), {"stek": essen.pk}).status_code == 403


def test_pin_reaches_rows_of_today_only(stek, laptop_of, today):
    past = factories.opening(stek, day=today - dt.timedelta(days=7))
    now = factories.opening(stek)
    member = factories.membership(stek, Role.COORDINATOR)
    factories.pin(member.user)
    client = laptop.at(laptop_of[1])
    laptop.give_pin(client, member.user)
    answers = [client.get(reverse("visits:print_list", args=[o.pk])) for o in (past, now)]
    assert [answer.status_code for answer in answers] == [404, 200]


# --- guessing ---


def guess(client, who, times: int):
    return [laptop.give_pin(client, who, "000009").status_code for _time in range(times)]


def test_five_wrong_tries_ask_for_the_password_and_lock_out_no_colleague(
    rita, jos, with_pins, laptop_of
):
    client = laptop.at(laptop_of[1])
    # Jos sat here before: his tries are counted apart from hers.
    laptop.give_pin(client, jos, "908172")
    laptop.lock(client)
    guess(client, rita, 5)
    assert Seat.objects.get(user=jos).wrong == 0
    refused = laptop.give_pin(client, rita)
    assert refused.status_code == 422
    assert "Meld je aan met je wachtwoord" in desk.text_of(refused)
    assert laptop.give_pin(client, jos, "908172").status_code == 302


def test_fourth_wrong_try_says_how_many_are_left(rita, with_pins, laptop_of):
    client = laptop.at(laptop_of[1])
    guess(client, rita, 3)
    assert "nog 1 keer" in desk.text_of(laptop.give_pin(client, rita, "000009"))
    assert laptop.give_pin(client, rita).status_code == 302


def test_right_password_makes_the_pin_work_again(rita, with_pins, laptop_of):
    client = laptop.at(laptop_of[1])
    guess(client, rita, 5)
    desk.sign_in(client, "rita")
    laptop.lock(client)
    assert laptop.give_pin(client, rita).status_code == 302


def test_pin_guessed_from_ten_devices_is_stopped_after_ten_tries(rita, jos, with_pins, stek):
    secrets = [factories.device(stek)[1] for _number in range(10)]
    for secret in secrets[:5]:
        guess(laptop.at(secret), rita, 2)
    for secret in secrets:
        assert laptop.give_pin(laptop.at(secret), rita).status_code == 422
    assert Pin.objects.get(user=rita).wrong == 10
    assert laptop.give_pin(laptop.at(secrets[0]), jos, "908172").status_code == 302
    desk.sign_in(laptop.at(secrets[9]), "rita")
    assert laptop.give_pin(laptop.at(secrets[8]), rita).status_code == 302


def test_right_pin_does_not_begin_the_count_over_all_devices_anew(rita, with_pins, stek):
    client = laptop.at(factories.device(stek)[1])
    for _round in range(2):
        guess(client, rita, 4)
        assert laptop.give_pin(client, rita).status_code == 302
    assert Pin.objects.get(user=rita).wrong == 8
    guess(client, rita, 2)
    assert laptop.give_pin(client, rita).status_code == 422


def test_counts_hold_over_laptops_restarts_and_a_clock_that_is_moved(
    rita, with_pins, laptop_of, time_machine
):
    guess(laptop.at(laptop_of[1]), rita, 5)
    for hours in (-1, 48):
        time_machine.move_to(timezone.now() + dt.timedelta(hours=hours))
        assert laptop.give_pin(laptop.at(laptop_of[1]), rita).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_twenty_tries_at_once_are_not_more_than_five(stek):
    device, _secret = factories.device(stek)
    pin = factories.pin(factories.membership(stek).user)

    def one(number: int) -> Tried:
        try:
            return try_pin(device, pin, f"00{number:02}09")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        tried = list(pool.map(one, range(20)))
    assert Tried.RIGHT not in tried
    assert Seat.objects.get().wrong == 5
    assert Pin.objects.get().wrong == 5
