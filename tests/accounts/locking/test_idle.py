"""A laptop that locks by itself, and what was sent or asked while nobody could see it."""

import datetime as dt
import json
import uuid

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.laptop.keeping import Left, keep
from accounts.models import Pin, Seat
from accounts.roles import Role
from people.models import Household
from tests import factories
from tests.accounts import desk, laptop
from tests.accounts.locking import NEW, WAITING, left, waiting_fields
from tests.cast import signed_in
from tests.hostile import some_of_each

pytestmark = pytest.mark.one_engine("a page and a session; test_pin.py asks on each engine")


# --- what was asked about while nobody could see it ---


@pytest.fixture
def refused(opening) -> list[dict[str, str]]:
    """Two check-ins that ask something: their access is over."""
    return [
        {
            "opening": str(opening.pk),
            "q": str(factories.household(opening.stek, "Jozef", "Maes").number),
            "request_id": str(uuid.uuid4()),
        }
        for _one in range(2)
    ]


ENTER = reverse("visits:enter")


def unseen(forms: list[dict[str, str]], asked: str = "Jozef Maes heeft geen toegang") -> str:
    return json.dumps([[ENTER, list(one.items()), asked] for one in forms])


def test_question_that_nobody_saw_waits_for_who_sent_the_form(client, rita, jos, refused):
    laptop.lock(client, page=laptop.COUNTER, unseen=unseen(refused))
    laptop.give_pin(client, jos)
    assert "Maes" not in client.get(laptop.COUNTER).content.decode()
    laptop.lock(client, page=laptop.COUNTER)
    answer = laptop.give_pin(client, rita)
    assert answer["Location"] == laptop.COUNTER
    page = desk.text_of(client.get(laptop.COUNTER))
    assert "Dit kon je nog niet zien" in page
    assert page.count("Toon het Jozef Maes heeft geen toegang") == 2

    # Shown is seen; the other one waits on, also after another lock.
    shown = client.post(ENTER, refused[0])
    assert shown.status_code == 422
    assert "Toch aanmelden voor de winkel?" in desk.text_of(shown)
    assert desk.text_of(shown).count("Toon het") == 1
    laptop.lock(client, page=laptop.COUNTER)
    laptop.give_pin(client, rita)
    assert desk.text_of(client.get(laptop.COUNTER)).count("Toon het") == 1
    assert client.post(ENTER, refused[1]).status_code == 422
    assert "Toon het" not in desk.text_of(client.get(laptop.COUNTER))
    assert not Seat.objects.filter(user=rita).exclude(sealed="").exists()


def test_question_waits_beside_what_was_typed(client, rita, typed, refused):
    laptop.lock(client, **left(typed), unseen=unseen(refused[:1]))
    laptop.give_pin(client, rita)
    assert client.post(ENTER, refused[0]).status_code == 422
    page = desk.text_of(client.get(laptop.COUNTER))
    assert "Je was hier nog bezig" in page
    assert "Dit kon je nog niet zien" not in page
    assert client.post(NEW, typed).status_code == 302
    assert "Je was hier nog bezig" not in desk.text_of(client.get(laptop.COUNTER))


def test_question_is_there_with_the_password_too(client, refused):
    laptop.lock(client, page=laptop.COUNTER, unseen=unseen(refused))
    assert desk.sign_in(client, "rita")["Location"] == laptop.COUNTER
    assert "Dit kon je nog niet zien" in desk.text_of(client.get(laptop.COUNTER))


def test_garbage_among_the_questions_is_left_out_and_locks(client, rita):
    form = [["a", "b"]]
    rows = [1, [], [1, 2, 3], ["/x/", [], "a"], ["//x", form, "a"], ["/x/", form]]
    rows += [["/x/", form, "\x00"], ["/x/", [["a", "\x00"]], "a"], ["/x/", [["a", 1]], "a"]]
    for garbage in ("", "x", "{}", "null", "[" * 9999, json.dumps(rows)):
        laptop.lock(client, page=laptop.COUNTER, unseen=garbage)
        assert not laptop.is_open(client)
        laptop.give_pin(client, rita)
        assert "Dit kon je nog niet zien" not in desk.text_of(client.get(laptop.COUNTER))


# --- idle time ---


def travel(minutes: float):
    return time_machine.travel(timezone.now() + dt.timedelta(minutes=minutes))


def test_trusted_laptop_is_locked_after_five_idle_minutes_whatever_the_browser_does(client):
    with travel(5):
        assert laptop.is_open(client)
    with travel(11.1):
        assert not laptop.is_open(client)


def test_minutes_are_a_setting(client, settings):
    settings.LOCK_MINUTES = 1
    with travel(2.1):
        assert not laptop.is_open(client)


def test_list_that_asks_by_itself_does_not_keep_a_laptop_open(client, opening):
    today = reverse("visits:today", args=[opening.pk])
    for minutes in range(1, 6):
        with travel(minutes):
            assert client.get(today).status_code == 200
    with travel(6.1):
        # And the list is no page to go back to.
        assert client.get(today)["Location"] == laptop.LOCK_SCREEN


def test_somebody_who_types_keeps_it_open(client):
    for minutes in range(1, 12):
        with travel(minutes):
            assert client.get(reverse("accounts:awake")).status_code == 204


def test_form_that_comes_after_the_idle_time_waits_for_who_typed_it(client, rita, jos, typed):
    with travel(7):
        answer = client.post(NEW, typed)
        assert answer.status_code == 403
        assert "wat je typte, staat klaar" in desk.text_of(answer)
        assert "Yilmaz" not in answer.content.decode()
        assert not Household.objects.exists()
        laptop.give_pin(client, jos)
        assert "Yilmaz" not in client.get(WAITING, follow=True).content.decode()
        laptop.lock(client)
        assert laptop.give_pin(client, rita)["Location"] == WAITING
        fields = desk.hidden_fields(client.get(WAITING))
        assert client.post(NEW, fields).status_code == 302
    assert Household.objects.get().last_name == "Yilmaz"


def test_form_from_a_revoked_laptop_writes_nothing_and_waits_behind_the_password(
    client, rita, coordinator, device, typed
):
    laptop.lock(client, **left(typed))
    laptop.give_pin(client, rita)
    coordinator.post(reverse("accounts:revoke_device", args=[device[0].pk]))
    # What waited there goes with the laptop; only what is still in the page is kept.
    assert not Seat.objects.exclude(sealed="").exists()
    answer = client.post(NEW, typed)
    assert answer.status_code == 403
    assert "Wachtwoord" in desk.text_of(answer)
    assert "Yilmaz" not in answer.content.decode()
    assert not Household.objects.exists()
    fields = desk.hidden_fields(answer) | {"login": "rita", "password": desk.PASSWORD}
    offered = client.post(reverse("account_login"), fields)
    assert "Yilmaz" in desk.text_of(offered)
    assert client.post(NEW, desk.hidden_fields(offered)).status_code == 302


def test_elsewhere_a_session_ends_after_thirty_idle_minutes(stek):
    client = signed_in(factories.membership(stek))
    assert laptop.is_open(client)
    with travel(29):
        assert laptop.is_open(client)
    with travel(29 + 32):
        assert not laptop.is_open(client)


@pytest.mark.parametrize("ahead", [0, 24 * 60])
def test_session_ends_after_eight_hours_however_busy(stek, ahead):
    """Also of a clock that was a day ahead: counting begins anew when it is set right."""
    client = signed_in(factories.membership(stek))
    open_at = []
    for minutes in range(0, 8 * 60 + 20, 20):
        with travel(minutes - ahead):
            open_at.append(laptop.is_open(client))
    assert open_at == [True] * 24 + [False] * (len(open_at) - 24)


def test_clock_that_was_set_back_keeps_no_laptop_open_for_longer(client):
    with travel(-60):
        assert laptop.is_open(client)
    with travel(-60 + 7):
        assert not laptop.is_open(client)


def test_that_somebody_is_there_is_written_once_a_minute(client, django_assert_num_queries):
    # A minute after the session began: on a slow machine that was some seconds ago.
    start = timezone.now() + dt.timedelta(minutes=1)
    with time_machine.travel(start, tick=False) as clock:
        client.get(reverse("accounts:awake"))
        first = client.session["seen"]
        clock.shift(59)
        client.get(reverse("accounts:awake"))
        assert client.session["seen"] == first
        clock.shift(2)
        client.get(reverse("accounts:awake"))
        assert client.session["seen"] == first + 61


# --- two windows ---


def test_old_key_of_a_form_shows_nothing_to_who_sits_there_now(client, jos, typed):
    browser = desk.browser()
    browser.cookies = client.cookies
    answer = browser.post(
        NEW, typed | {"csrfmiddlewaretoken": "y" * 32}, headers={"sec-fetch-site": "same-origin"}
    )
    assert answer.status_code == 403
    assert "Yilmaz" not in answer.content.decode()


def test_password_session_on_the_laptop_is_whole_but_locks_as_soon(els, device):
    browser = laptop.at(device[1])
    browser.force_login(els)
    assert browser.get(reverse("people:search")).status_code == 200
    with travel(7):
        answer = browser.get(reverse("people:search"))
        assert answer["Location"].startswith(laptop.LOCK_SCREEN)


def test_office_locks_too_and_its_form_waits_behind_the_password(els, device):
    """A PIN does not reach it: nothing of it is shown before the password was right."""
    factories.second_factor(els)
    factories.pin(els)
    browser = laptop.at(device[1])
    desk.sign_in_with_code(browser, "els")
    address = reverse("admin:places_closingday_add")
    assert "data-stek-lock" in browser.get(address).content.decode()
    typed = [["seen", "44136fa355b3"], ["reason", "Verjaardagsfeest"], ["first_day", "24/12/2026"]]
    laptop.lock(browser, page=address, action=address, typed=json.dumps(typed))
    assert browser.get(address)["Location"].startswith(laptop.LOCK_SCREEN)
    assert laptop.give_pin(browser, els)["Location"] == reverse("home")
    assert browser.get(address).status_code == 403
    # It says that it waits, and asks for the password instead of offering what a PIN can't do.
    counter = desk.text_of(browser.get(laptop.COUNTER))
    assert (
        "Je was hier nog bezig Verjaardagsfeest 24/12/2026 Om dit te bewaren is je wachtwoord nodig"
        in counter
    )
    assert "Meld je aan met je wachtwoord Laat het vallen" in counter
    assert "Bewaar het nu" not in counter
    assert browser.get(WAITING)["Location"] == reverse("home")
    laptop.lock(browser, with_password="1", next=WAITING)
    with travel(1):  # another code
        assert desk.sign_in_with_code(browser, "els")["Location"] == address
        page = browser.get(address)
    assert "Bewaar het nu" in desk.text_of(page)
    fields = waiting_fields(page)
    assert (fields["reason"], fields["first_day"]) == ("Verjaardagsfeest", "24/12/2026")


def test_form_of_the_office_that_came_too_late_is_not_offered_to_a_pin(els, device):
    factories.pin(els)
    browser = laptop.at(device[1])
    laptop.lock(browser)
    keep(device[0], els.pk, Left("", reverse("admin:places_closingday_add"), [("x", "Feest")]))
    assert laptop.give_pin(browser, els)["Location"] == reverse("home")


def test_coordinator_with_a_pin_has_the_same_narrow_reach(stek, device):
    els = factories.membership(stek, Role.COORDINATOR)
    factories.pin(els.user)
    browser = laptop.at(device[1])
    laptop.give_pin(browser, els.user)
    answer = browser.get(reverse("people:search"))
    assert answer.status_code == 403
    assert "Meld je aan met je wachtwoord" in desk.text_of(answer)


@pytest.mark.parametrize("hostile", [("page", "action", "next"), ("typed",), ("who",), ("pin",)])
def test_hostile_strings_at_the_lock_screen_are_never_an_error(client, rita, hostile):
    left = {"page": laptop.COUNTER, "action": NEW, "typed": '[["a", "b"]]'}
    given = {"who": rita.pk, "pin": factories.PIN, "next": laptop.COUNTER}
    for one in some_of_each(3):
        where = f"{hostile} {one.kind} {one.text[:60]!r}"
        if sent := {name: one.text for name in hostile if name in left}:
            assert laptop.lock(client, **left | sent).status_code == 302, where
        form = given | {name: one.text for name in hostile if name in given}
        answer = client.post(laptop.LOCK_SCREEN, form)
        assert answer.status_code in {302, 422}, where
        assert one.kind != "markup" or one.text not in answer.content.decode(), where
        if answer.status_code == 422:
            Seat.objects.update(wrong=0)
            Pin.objects.update(wrong=0)
