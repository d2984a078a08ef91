"""Requests of referrers, asked at a private link: what the form takes, and what the link tells."""

import datetime as dt
import uuid

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from people.eligibility import months_later
from people.models import BudgetStep, Household
from places.models import Stek
from referrals.inbound import MOST_AN_HOUR, initials_of
from referrals.models import InboundLink, InboundReferral
from tests import factories
from tests.cast import Colleague
from tests.referrals.inbound import TOKEN, State, page, send
from tests.visits.desk import text_of

#: Addresses that open nothing, which one computer may try.
MOST_A_MINUTE = 60


# --- the page behind the link ---


def test_form_proposes_the_period_of_the_stek_and_asks_nothing_sensitive(
    stranger: Client, ocmw: InboundLink, today: dt.date
) -> None:
    response = page(stranger)
    html = response.content.decode()
    assert response.status_code == 200
    until = months_later(today, ocmw.stek.access_months)
    assert f'value="{until:%d/%m/%Y}"' in html
    assert "Voor OCMW Kalmthout" in text_of(response)
    assert "<textarea" not in html
    assert 'type="file"' not in html
    assert "budget_step" not in html, "this STEK has no rule"


def test_page_behind_the_link_is_kept_nowhere_and_sets_no_cookie(
    stranger: Client, ocmw: InboundLink
) -> None:
    for response in (page(stranger), send(stranger), page(stranger, "b" * 43)):
        assert response.headers["Cache-Control"] == "no-store, private"
        assert "noindex" in response.headers["X-Robots-Tag"]
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert not response.cookies


def test_sending_needs_no_cookie_and_no_token_of_the_form(ocmw: InboundLink) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert send(strict).status_code == 302


def test_request_waits_and_the_sender_sees_initials_and_state_only(
    stranger: Client, stek: Stek, ocmw: InboundLink
) -> None:
    response = send(stranger)
    assert response.url == f"{reverse('inbound:ask_access', args=[TOKEN])}?verzonden=1"
    row = InboundReferral.objects.get()
    assert (row.stek, row.link, row.state) == (stek, ocmw, State.REQUESTED)
    assert (row.first_name, row.adults, row.children, row.language) == ("Amina", 2, 3, "tr")
    seen = text_of(stranger.get(response.url))
    assert "Bedankt" in seen
    assert "A. Y. aangevraagd" in seen
    assert "Amina" not in seen
    assert "Yilmaz" not in seen
    assert not Household.objects.exists()


def test_sender_sees_why_it_was_refused(stranger: Client, ocmw: InboundLink) -> None:
    factories.inbound_referral(ocmw.stek, link=ocmw, state="refused", refusal="area")
    assert "A. Y. geweigerd: woont niet in ons gebied" in text_of(page(stranger))


def test_sender_sees_ninety_days_and_nothing_of_another_link(
    stranger: Client, ocmw: InboundLink
) -> None:
    old = factories.inbound_referral(ocmw.stek, "Oud", "Oud", link=ocmw)
    old.requested_at = timezone.now() - dt.timedelta(days=91)
    old.save()
    factories.inbound_referral(ocmw.stek, "Xander", "Zoe")
    seen = text_of(page(stranger))
    assert "O. O." not in seen
    assert "X. Z." not in seen
    assert "Nog niets." in seen


def test_public_request_is_logged_without_a_person(stranger: Client, ocmw: InboundLink) -> None:
    send(stranger)
    event = AuditEvent.objects.get(verb="ask_access")
    assert (event.actor_id, event.stek_id, event.fields) == (None, ocmw.stek_id, [])


def test_same_form_twice_is_one_request_and_other_content_is_refused(
    stranger: Client, ocmw: InboundLink
) -> None:
    key = uuid.uuid4()
    assert send(stranger, request_id=key).url == send(stranger, request_id=key).url
    other = send(stranger, request_id=key, adults=4)
    assert other.status_code == 422
    assert "was al eens gebruikt" in text_of(other)
    assert str(key) not in other.content.decode()
    assert InboundReferral.objects.count() == 1


def test_key_used_with_another_link_is_other_content(stranger: Client, ocmw: InboundLink) -> None:
    factories.inbound_link(ocmw.stek, "c" * 43)
    key = uuid.uuid4()
    send(stranger, request_id=key)
    assert send(stranger, "c" * 43, request_id=key).status_code == 422


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("agreed", None, "Zonder akkoord van de persoon kan het niet."),
        ("valid_until", "01/01/2020", "Kies een dag na vandaag."),
        (
            "valid_until",
            f"01/01/{factories.today().year + 4}",
            "Kies een dag in de komende 2 jaar.",
        ),
        ("adults", "-1", "Vul een getal in van 0 tot 30."),
        ("phone", "bel mij", "Dit is geen telefoonnummer."),
        ("last_name", "85.07.30-033.61", "Dit lijkt op een rijksregisternummer."),
        ("language", "xx", "xx"),
    ],
)
def test_field_that_is_refused_keeps_the_others_and_writes_nothing(
    stranger: Client, ocmw: InboundLink, field: str, value: str | None, said: str
) -> None:
    response = send(stranger, **{field: value})
    assert response.status_code == 422
    assert said in text_of(response)
    assert 'value="Amina"' in response.content.decode()
    assert not InboundReferral.objects.exists()


def test_request_without_a_name_or_without_people_is_refused(
    stranger: Client, ocmw: InboundLink
) -> None:
    nameless = send(stranger, first_name="", last_name="")
    assert "Vul een voornaam of een familienaam in." in text_of(nameless)
    nobody = send(stranger, adults=0, children=0)
    assert "minstens 1 persoon" in text_of(nobody)
    assert {nameless.status_code, nobody.status_code} == {422}


def test_referrer_may_choose_a_budget_step_of_this_stek_only(
    stranger: Client, ocmw: InboundLink, essen: Stek
) -> None:
    factories.budget_rule(ocmw.stek)
    factories.budget_rule(essen)
    ours, theirs = (BudgetStep.objects.filter(rule__stek=s).first() for s in (ocmw.stek, essen))
    assert "Volgt uit het aantal personen" in text_of(page(stranger))
    assert send(stranger, budget_step=theirs.pk).status_code == 422
    assert send(stranger, budget_step=ours.pk).status_code == 302
    assert InboundReferral.objects.get().budget_step == ours


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("Fatima", "El Amrani", "F. E."),
        ("", "'s Jongers", "S."),
        ("Олена", "", "О."),
        ("'", "", "–"),
        ("Z\u0323\u0323\u0323\u0323\u0323", "Z\u0323\u0323\u0323\u0323\u0323", None),
    ],
)
def test_initials_fit_and_say_no_more(first: str, last: str, shown: str | None) -> None:
    found = initials_of(first, last)
    assert len(found) <= 8
    assert shown is None or found == shown


# --- the key ---


@pytest.mark.parametrize("how", ["never", "revoked", "retired"])
def test_link_that_opens_nothing_says_to_ask_a_new_one(
    stranger: Client, ocmw: InboundLink, coordinator: Colleague, how: str
) -> None:
    token = TOKEN if how != "never" else "b" * 43
    if how == "revoked":
        coordinator.post(reverse("inbound:revoke_link", args=[ocmw.pk]))
    if how == "retired":
        ocmw.referrer.retired = True
        ocmw.referrer.save()
    for response in (page(stranger, token), send(stranger, token)):
        assert response.status_code == 404
        assert "vraag dan een nieuwe link aan de STEK" in text_of(response)
    assert not InboundReferral.objects.exists()


def test_address_with_a_key_never_reaches_the_log(
    stranger: Client, ocmw: InboundLink, caplog: pytest.LogCaptureFixture
) -> None:
    page(stranger, "b" * 43)
    send(stranger, agreed=None)
    assert "/toeleiding/" not in caplog.text


def test_trying_keys_ends_with_wait(stranger: Client, db: None, still: None) -> None:
    answers = [page(stranger, f"{n:043}").status_code for n in range(MOST_A_MINUTE + 2)]
    assert answers == [404] * MOST_A_MINUTE + [429] * 2
    cache.clear()
    assert page(stranger, "b" * 43).status_code == 404


def test_one_link_sends_so_many_an_hour(stranger: Client, ocmw: InboundLink) -> None:
    for n in range(MOST_AN_HOUR):
        factories.inbound_referral(ocmw.stek, link=ocmw, adults=1 + n % 3)
    response = send(stranger)
    assert response.status_code == 429
    assert "Wacht een paar minuten" in text_of(response)
    InboundReferral.objects.update(requested_at=timezone.now() - dt.timedelta(minutes=61))
    assert send(stranger).status_code == 302
