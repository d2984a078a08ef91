"""A new link in place of an old one."""

from typing import Any

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import OutgoingMail
from places.models import Stek
from referrals.models import Referral, ReferralStep
from referrals.states import Channel, Happening
from tests.cast import Colleague
from tests.referrals import partner
from tests.referrals.answering import GONE, moved_by, withdrawn
from tests.referrals.partner import NAME, answered, opened, token_to
from tests.smtp import listening
from tests.visits.desk import text_of


def sent_mails(settings: Settings) -> list[Any]:
    with listening(settings) as server:
        call_command("run_due", verbosity=0)
        return [(got["To"], got.get_content()) for got in server.mails]


def renewed(client: Client, token: str, **form: str) -> HttpResponse:
    return client.post(reverse("answers:renew_link", args=[token]), form)


def test_new_link_goes_to_the_address_that_we_know_and_no_other(
    stranger: Client, asked: Referral, old: str, settings: Settings
) -> None:
    assert "We mailen een nieuwe link" in text_of(opened(stranger, old))
    elsewhere = {"email": "dief@elders.test", "to": "dief@elders.test"}
    assert "De nieuwe link komt" in text_of(renewed(stranger, old, **elsewhere))
    ((to, text),) = sent_mails(settings)
    assert to == "onthaal@caw.test"
    assert NAME in text_of(opened(stranger, partner.link_in(text)))
    assert opened(stranger, old).status_code == 410


def test_new_link_goes_to_the_address_of_today(
    stranger: Client, asked: Referral, old: str, settings: Settings
) -> None:
    asked.partner.email = "nieuw@caw.test"
    asked.partner.save()
    renewed(stranger, old)
    assert [to for to, _text in sent_mails(settings)] == ["nieuw@caw.test"]


def test_new_link_asked_for_often_is_mailed_once_a_day(
    stranger: Client, asked: Referral, old: str, settings: Settings
) -> None:
    for _press in range(20):
        assert renewed(stranger, old).status_code == 200
    assert len(sent_mails(settings)) == 1
    # The mail got lost: tomorrow it can be asked for again.
    OutgoingMail.objects.update(key="yesterday", subject_id=0)
    renewed(stranger, old)
    assert len(sent_mails(settings)) == 1


def test_link_that_still_works_is_not_mailed_again(
    stranger: Client, asked: Referral, token: str, settings: Settings
) -> None:
    OutgoingMail.objects.all().delete()
    assert renewed(stranger, token).url == partner.address(token)
    assert sent_mails(settings) == []


@pytest.mark.parametrize("how", GONE)
def test_link_that_was_stopped_is_not_renewed(
    stranger: Client, mika: Colleague, asked: Referral, old: str, how: Any
) -> None:
    how(asked, old, mika)
    assert renewed(stranger, old).status_code == 404
    assert not OutgoingMail.objects.filter(kind="renew_link").exists()


def test_consent_withdrawn_before_the_new_link_left_stops_it(
    stranger: Client, mika: Colleague, asked: Referral, old: str, settings: Settings
) -> None:
    renewed(stranger, old)
    withdrawn(asked, mika)
    assert sent_mails(settings) == []


def test_old_link_of_what_is_over_asks_to_call(
    stranger: Client, mika: Colleague, asked: Referral, old: str
) -> None:
    moved_by(mika, asked, Happening.CLOSED, reason="helped")
    for response in (opened(stranger, old), renewed(stranger, old)):
        assert response.status_code == 410
        assert "Hier antwoorden kan niet meer." in text_of(response)
    assert not OutgoingMail.objects.filter(kind="renew_link").exists()


def test_new_link_comes_also_when_we_gave_up_waiting(
    stranger: Client, mika: Colleague, asked: Referral, old: str, settings: Settings
) -> None:
    """At sixty days "onbekend", at ninety the link is old: the partner may still answer."""
    moved_by(mika, asked, Happening.UNKNOWN)
    renewed(stranger, old)
    ((_to, text),) = sent_mails(settings)
    assert answered(stranger, partner.link_in(text), "accepted", of=asked).status_code == 302


def test_page_of_a_letter_that_is_old_asks_for_the_code_again(stranger: Client, stek: Stek) -> None:
    referral = partner.asked(stek, channel=Channel.LETTER)
    response = opened(stranger, token_to(referral, kind="entered", days_ago=1))
    assert response.status_code == 410
    assert "Typ de code" in text_of(response)
    assert ReferralStep.objects.filter(source="partner").count() == 0
