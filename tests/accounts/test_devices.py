"""Trusting a laptop: by a coordinator with the password, for one STEK, until it is revoked."""

import datetime as dt
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.laptop.actions import trust_device
from accounts.laptop.device import cookie_name, hash_of, new_secret
from accounts.models import AuditEvent, Membership, TrustedDevice
from accounts.roles import Role
from tests import factories
from tests.accounts import desk, laptop
from tests.cast import signed_in, unlocked
from tests.races import at_once

DEVICES = reverse("accounts:devices")


@pytest.fixture
def form() -> dict[str, object]:
    return {"name": "balie", "password": desk.PASSWORD, "request_id": uuid4()}


@pytest.fixture
def office(els):
    """Els, who signed in on the laptop of the counter."""
    return signed_in(Membership.objects.select_related("user").get(user=els))


def test_trusted_laptop_holds_a_secret_of_which_only_the_hash_is_kept(office, form):
    answer = office.post(DEVICES, form)
    assert answer.status_code == 302
    cookie = answer.cookies[cookie_name()]
    device = TrustedDevice.objects.get()
    assert device.secret_hash == hash_of(cookie.value)
    assert cookie.value not in str(TrustedDevice.objects.values())
    assert len(cookie.value) == 43
    assert cookie["httponly"]
    assert AuditEvent.objects.filter(verb="trust_device", subject_id=device.pk).exists()
    assert "deze laptop" in desk.text_of(office.get(DEVICES))


def test_cookie_over_https_is_bound_to_the_host(settings):
    settings.SESSION_COOKIE_SECURE = True
    assert cookie_name() == "__Host-stek-laptop"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"password": "verkeerd"}, "Dat wachtwoord klopt niet"),
        ({"password": ""}, "Typ je wachtwoord"),
        ({"name": ""}, "Geef de laptop een naam"),
        ({"name": "x" * 61}, "hoogstens 60 tekens"),
        ({"request_id": "x"}, "Laad de bladzijde opnieuw"),
    ],
)
def test_laptop_is_not_trusted_when_something_is_wrong(office, form, wrong, says):
    answer = office.post(DEVICES, form | wrong)
    assert answer.status_code == 422
    assert says in desk.text_of(answer)
    assert not TrustedDevice.objects.exists()
    assert cookie_name() not in answer.cookies


def test_same_form_twice_is_one_laptop_with_the_secret_that_came_last(office, form):
    office.post(DEVICES, form)
    answer = office.post(DEVICES, form)
    assert answer.status_code == 302
    assert TrustedDevice.objects.get().secret_hash == hash_of(answer.cookies[cookie_name()].value)
    assert laptop.is_open(office)


@pytest.mark.django_db(transaction=True)
def test_taps_at_one_moment_trust_one_laptop(stek):
    office, key = factories.membership(stek, Role.COORDINATOR), uuid4()

    def tap(_place: int) -> TrustedDevice:
        return trust_device(
            office, name="balie", secret=new_secret(), request_id=key, by=office.user
        )

    answers = at_once(4, tap)
    assert {answer.pk for answer in answers} == {TrustedDevice.objects.get().pk}
    assert AuditEvent.objects.filter(verb="trust_device").count() == 1


def test_same_key_with_another_name_is_refused(office, form):
    office.post(DEVICES, form)
    assert office.post(DEVICES, form | {"name": "tafel"}).status_code == 422
    assert TrustedDevice.objects.get().name == "balie"


def test_two_laptops_of_one_stek_have_different_names(office, form, stek):
    factories.device(stek, "balie")
    answer = office.post(DEVICES, form)
    assert answer.status_code == 422
    assert "Er is al een laptop met deze naam" in desk.text_of(answer)


def test_name_of_a_revoked_laptop_is_free_again(office, form, stek, els):
    factories.device(stek, "balie", revoked_at=timezone.now(), revoked_by=els)
    assert office.post(DEVICES, form).status_code == 302


def test_laptop_of_another_stek_is_not_taken_over(office, form, essen):
    _device, secret = factories.device(essen)
    office.cookies[cookie_name()] = secret
    answer = office.post(DEVICES, form)
    assert answer.status_code == 422
    assert "hoort bij een andere STEK" in desk.text_of(answer)
    assert TrustedDevice.objects.count() == 1


def test_list_shows_last_use_and_no_laptop_of_another_stek(coordinator, stek, essen):
    used = dt.datetime(2026, 3, 21, 13, 30, tzinfo=dt.UTC)
    factories.device(stek, "balie", last_used_at=used)
    factories.device(stek, "tafel")
    factories.device(essen, "elders")
    text = desk.text_of(coordinator.get(DEVICES))
    assert "laatst gebruikt op 21/03/2026 om 14u30" in text
    assert "nog niet gebruikt" in text
    assert "elders" not in text


def test_last_use_is_written_at_most_once_a_minute(stek, opening):
    device, secret = factories.device(stek)
    membership = factories.membership(stek)
    start = dt.datetime.now(dt.UTC)
    with time_machine.travel(start, tick=False) as clock:
        client = unlocked(membership, device, secret)
        first = _last_use()
        clock.shift(30)
        client.post(reverse("visits:search"), {"opening": opening.pk, "q": "an"})
        assert _last_use() == first
        clock.shift(45)
        client.post(reverse("visits:search"), {"opening": opening.pk, "q": "an"})
        assert _last_use() == start + dt.timedelta(seconds=75)


def _last_use() -> dt.datetime | None:
    return TrustedDevice.objects.get().last_used_at


def test_revoking_ends_the_sessions_of_that_laptop_and_no_other(coordinator, stek):
    device, secret = factories.device(stek)
    other, other_secret = factories.device(stek)
    rita, jos = factories.membership(stek), factories.membership(stek)
    there, elsewhere = unlocked(rita, device, secret), unlocked(jos, other, other_secret)
    answer = coordinator.post(reverse("accounts:revoke_device", args=[device.pk]))
    assert answer.status_code == 302
    assert not laptop.is_open(there)
    assert there.get(laptop.LOCK_SCREEN).status_code == 302  # to the sign-in page
    assert laptop.is_open(elsewhere)
    device.refresh_from_db()
    assert device.revoked_by == coordinator.user
    assert AuditEvent.objects.filter(verb="revoke_device").count() == 1


def test_revoking_ends_a_session_with_the_password_too(rita, coordinator, stek):
    device, secret = factories.device(stek)
    client = laptop.at(secret)
    desk.sign_in(client, "rita")
    assert laptop.is_open(client)
    coordinator.post(reverse("accounts:revoke_device", args=[device.pk]))
    assert not laptop.is_open(client)


def test_revoking_twice_keeps_who_did_it_first(coordinator, stek):
    device, _secret = factories.device(stek)
    address = reverse("accounts:revoke_device", args=[device.pk])
    coordinator.post(address)
    coordinator.post(address)
    assert AuditEvent.objects.filter(verb="revoke_device").count() == 1


def test_pin_session_is_worth_nothing_without_the_laptop(stek):
    device, secret = factories.device(stek)
    client = unlocked(factories.membership(stek), device, secret)
    del client.cookies[cookie_name()]
    assert not laptop.is_open(client)


@pytest.mark.parametrize("secret", ["", "x", "\x00", "é" * 43, "a" * 43, "a" * 5000])
def test_secret_of_no_laptop_trusts_nothing(db, secret):
    assert laptop.at(secret).get(laptop.LOCK_SCREEN).status_code == 302


def test_ended_coordinator_can_not_trust(office, form, today):
    Membership.objects.filter(role=Role.COORDINATOR).update(last_day=today - dt.timedelta(days=1))
    assert office.post(DEVICES, form).status_code == 403
