"""Locking: what was typed is there again for the same person only."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.laptop.keeping import forget_what_waits_too_long
from accounts.models import Seat
from people.models import Household
from tests.accounts import desk, laptop
from tests.accounts.locking import NEW, WAITING, left, waiting_fields

pytestmark = pytest.mark.one_engine("a page and a session; test_pin.py asks on each engine")


def test_locking_ends_the_session_at_once(client):
    session = client.cookies["stek"].value
    assert laptop.lock(client)["Location"] == laptop.LOCK_SCREEN
    client.cookies["stek"] = session
    assert not laptop.is_open(client)


def test_pages_are_not_kept_by_the_browser(client):
    for address in (laptop.COUNTER, laptop.LOCK_SCREEN):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_same_person_is_back_on_the_page_with_the_form(client, rita, typed):
    laptop.lock(client, **left(typed))
    assert "Yilmaz" not in client.get(laptop.LOCK_SCREEN).content.decode()
    answer = laptop.give_pin(client, rita)
    assert answer["Location"] == laptop.COUNTER
    page = client.get(laptop.COUNTER)
    assert "Je was hier nog bezig Amina & co Yilmaz 2 1" in desk.text_of(page)
    fields = waiting_fields(page)
    assert {name: fields[name] for name in typed} == typed
    assert not Household.objects.exists()
    assert client.post(NEW, fields).status_code == 302
    assert Household.objects.get().last_name == "Yilmaz"
    assert "Je was hier nog bezig" not in desk.text_of(client.get(laptop.COUNTER))
    assert not Seat.objects.exclude(sealed="").exists()


def test_half_a_sign_in_what_was_typed_breaks_no_page(client, rita, typed):
    laptop.lock(client, **left(typed | {"first_name": "Amina \ud83d"}))
    laptop.give_pin(client, rita)
    assert "Amina ? Yilmaz" in desk.text_of(client.get(laptop.COUNTER))


def test_somebody_else_sees_nothing_of_it_and_it_waits_on(client, rita, jos, typed):
    laptop.lock(client, **left(typed))
    answer = laptop.give_pin(client, jos)
    assert answer["Location"] == reverse("home")
    for address in (laptop.COUNTER, WAITING):
        assert "Yilmaz" not in client.get(address, follow=True).content.decode()
    laptop.lock(client)
    laptop.give_pin(client, rita)
    assert "Yilmaz" in client.get(laptop.COUNTER).content.decode()


def test_what_waits_is_not_readable_in_the_database_and_bound_to_the_person(
    client, rita, jos, device, typed
):
    laptop.lock(client, **left(typed))
    kept = Seat.objects.get(user=rita)
    assert "Yilmaz" not in kept.sealed
    assert "Amina" not in str(client.session.items())
    Seat.objects.filter(pk=kept.pk).update(user=jos)
    laptop.give_pin(client, jos)
    assert "Yilmaz" not in client.get(laptop.COUNTER).content.decode()


def test_password_brings_it_back_too(client, typed):
    laptop.lock(client, **left(typed))
    assert desk.sign_in(client, "rita")["Location"] == laptop.COUNTER
    assert "Yilmaz" in client.get(laptop.COUNTER).content.decode()


def test_what_waits_is_dropped_when_asked(client, rita, typed):
    laptop.lock(client, **left(typed))
    laptop.give_pin(client, rita)
    answer = client.post(reverse("accounts:drop_waiting"), {"next": laptop.COUNTER})
    assert answer["Location"] == laptop.COUNTER
    assert "Yilmaz" not in client.get(laptop.COUNTER).content.decode()


def test_signing_out_drops_what_waits_and_keeps_the_laptop_trusted(client, rita, typed):
    laptop.lock(client, **left(typed))
    laptop.give_pin(client, rita)
    answer = client.post(reverse("account_logout"))
    assert answer["Location"] == laptop.LOCK_SCREEN
    assert "cookies" not in answer["Clear-Site-Data"]
    assert not Seat.objects.exclude(sealed="").exists()


def test_what_waits_longer_than_eight_hours_is_gone(client, rita, typed):
    laptop.lock(client, **left(typed))
    later = timezone.now() + dt.timedelta(hours=8, minutes=1)
    with time_machine.travel(later):
        laptop.give_pin(client, rita)
        assert "Yilmaz" not in client.get(laptop.COUNTER).content.decode()
        assert forget_what_waits_too_long(timezone.now()) == 1
    assert not Seat.objects.exclude(sealed="").exists()


def test_locking_again_without_typing_keeps_what_waits(client, rita, typed):
    laptop.lock(client, **left(typed))
    laptop.give_pin(client, rita)
    laptop.lock(client, page="/koffie-formulieren/")
    laptop.give_pin(client, rita)
    assert "Yilmaz" in client.get(laptop.COUNTER).content.decode()


def test_who_typed_nothing_is_back_where_they_were(client, rita):
    laptop.lock(client, page="/koffie-formulieren/")
    assert laptop.give_pin(client, rita)["Location"] == "/koffie-formulieren/"


@pytest.mark.parametrize(
    "page", ["/rapporten/", "//elders.example/", "https://elders.example/", "balie", "/geen/", ""]
)
def test_page_that_does_not_open_with_a_pin_is_not_gone_to(client, rita, page):
    laptop.lock(client, page=page)
    assert laptop.give_pin(client, rita)["Location"] == reverse("home")


@pytest.mark.parametrize(
    "garbage",
    ["", "x", "[", "{}", "[1]", "[[1, 2]]", '[["a"]]', '[["a", "b", "c"]]', "[" * 9999, "null"],
)
def test_garbage_at_locking_is_left_out_and_locks(client, rita, garbage):
    laptop.lock(client, page=laptop.COUNTER, action=NEW, typed=garbage)
    assert not laptop.is_open(client)
    assert laptop.give_pin(client, rita).status_code == 302
    assert "Je was hier nog bezig" not in desk.text_of(client.get(laptop.COUNTER))


def test_passwords_and_pins_do_not_wait(client, rita):
    secret = {"password": desk.PASSWORD, "pin": "274163", "pin_again": "274163", "x": "y"}
    laptop.lock(client, **left(secret))
    laptop.give_pin(client, rita)
    page = client.get(laptop.COUNTER).content.decode()
    assert desk.PASSWORD not in page
    assert "274163" not in page


def test_way_to_the_password_ends_the_session_and_goes_on_to_the_page(client):
    answer = client.post(
        reverse("accounts:lock"), {"with_password": "1", "next": "/rapporten/kalender/"}
    )
    assert answer["Location"] == "/aanmelden/?next=%2Frapporten%2Fkalender%2F"
    assert not laptop.is_open(client)
