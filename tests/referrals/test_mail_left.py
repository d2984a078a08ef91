"""What the team sees of the mail to a partner, and what it does when that did not leave."""

from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from pytest_django import Settings

from accounts.models import AuditEvent, OutgoingMail
from places.models import Stek
from referrals.models import Referral
from referrals.states import Channel, Happening
from referrals.step_actions import note_step
from tests import factories
from tests.cast import Colleague
from tests.smtp import listening
from tests.visits.desk import text_of

NOT_LEFT = "is niet vertrokken"


@pytest.fixture
def asked(stek: Stek) -> Referral:
    """A referral by mail that waits to leave."""
    partner = factories.partner(stek, "CAW", email="info@caw.test")
    visit = factories.visit(factories.opening(stek), factories.household(stek))
    question = factories.question(visit, factories.theme(stek, "wonen en huur"))
    return factories.referral(question, partner, channel=Channel.MAIL)


def page(who: Colleague, referral: Referral) -> str:
    return text_of(who.get(reverse("referrals:referral", args=[referral.pk])))


def listed(who: Colleague, query: str = "") -> str:
    return text_of(who.get(reverse("referrals:list") + query))


def send(settings: Settings, **answers: str | None) -> list[Any]:
    with listening(settings, **answers) as server:
        call_command("run_due")
        return server.mails


def test_mail_that_waits_and_mail_that_left_are_told(
    mika: Colleague, asked: Referral, settings: Settings
) -> None:
    assert "De mail staat klaar en vertrekt zo." in page(mika, asked)
    assert len(send(settings)) == 1
    assert "De laatste mail vertrok op" in page(mika, asked)


def test_mail_that_waits_for_the_switch_says_so(
    mika: Colleague, asked: Referral, stek: Stek
) -> None:
    stek.sends_mail = False
    stek.save()
    assert "deze STEK verstuurt nu geen mail" in page(mika, asked)


def test_mail_that_was_refused_is_told_and_sent_again(
    mika: Colleague, asked: Referral, settings: Settings
) -> None:
    assert "niet vertrokken" not in listed(mika)
    send(settings, rcpt="550 no such user")
    assert f"De mail aan CAW {NOT_LEFT}." in page(mika, asked)
    assert "Van 1 doorverwijzing is de mail misschien niet vertrokken." in listed(mika)
    assert "CAW" in listed(mika, "?mail=1")
    mika.post(reverse("referrals:mail_again", args=[asked.pk]))
    assert "De mail staat klaar en vertrekt zo." in page(mika, asked)
    assert AuditEvent.objects.filter(verb="mail_again", actor_id=mika.user.pk).count() == 1
    assert len(send(settings)) == 1
    assert "niet vertrokken" not in listed(mika)


def test_mail_that_perhaps_left_is_sent_again_by_a_person_only(
    mika: Colleague, asked: Referral, settings: Settings
) -> None:
    first = send(settings, data=None)
    assert "We weten niet of de mail aan CAW aankwam" in page(mika, asked)
    assert send(settings) == []
    mika.post(reverse("referrals:mail_again", args=[asked.pk]))
    (again,) = send(settings)
    assert again["Message-ID"] == first[0]["Message-ID"]
    assert again.get_content() == first[0].get_content()


@pytest.mark.parametrize("state", ["waiting", "sent", "not_needed"])
def test_mail_that_is_under_way_or_over_is_not_sent_again(
    mika: Colleague, asked: Referral, settings: Settings, state: str
) -> None:
    if state == "not_needed":
        mika.post(reverse("referrals:withdraw", args=[asked.pk]))
    if state != "waiting":
        send(settings)
    assert OutgoingMail.objects.get().state == state
    mika.post(reverse("referrals:mail_again", args=[asked.pk]))
    assert OutgoingMail.objects.get().state == state
    assert not AuditEvent.objects.filter(verb="mail_again").exists()


def test_mail_of_what_went_on_another_way_asks_for_nothing(
    mika: Colleague, asked: Referral, settings: Settings
) -> None:
    send(settings, rcpt="550 no such user")
    asked.refresh_from_db()
    note_step(
        asked,
        what=Happening.ARRIVED,
        version=asked.version,
        by=mika.user,
    )
    assert "niet vertrokken" not in listed(mika)
