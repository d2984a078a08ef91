"""A partner that says nothing: reminded once, the team told once, and "onbekend" proposed."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.models import AuditEvent, OutgoingMail
from accounts.roles import Role
from places.models import Stek
from referrals.models import Referral
from referrals.states import Channel, Happening, State
from referrals.step_actions import note_step
from tests import factories
from tests.cast import Colleague
from tests.referrals import partner
from tests.smtp import listening
from tests.visits.desk import text_of

pytestmark = pytest.mark.one_engine("days are compared alike; races are in test_races.py")

TO_PARTNER, TO_MIKA = "onthaal@caw.test", "mika@stek.test"


@pytest.fixture
def asked(stek: Stek, mika: Colleague, settings: Settings) -> Referral:
    """By mail, which left; Mika has a mailbox."""
    mika.user.email = TO_MIKA
    mika.user.save()
    row = partner.asked(stek, agreed=partner.agreed("theme"))
    assert [to for to, _text in a_round(settings)] == [TO_PARTNER]
    return row


def a_round(settings: Settings) -> list[tuple[str, str]]:
    """One `run_due`: to whom a mail left, and what it says."""
    with listening(settings) as server:
        call_command("run_due", verbosity=0)
        return [(got["To"], got.get_content()) for got in server.mails]


def to(mails: list[tuple[str, str]]) -> list[str]:
    return [address for address, _text in mails]


def silent_for(days: int, row: Referral) -> None:
    """As if contact was made so many days ago, and nothing was said since."""
    then = timezone.now() - dt.timedelta(days=days, minutes=1)
    Referral.objects.filter(pk=row.pk).update(state_at=then, contacted_at=then)
    row.steps.filter(what__in=["contacted", "consented", "proposed"]).update(at=then)


def now(row: Referral) -> Referral:
    return Referral.objects.get(pk=row.pk)


def moved(row: Referral, what: Happening, by: Colleague, **more: Any) -> None:
    note_step(row, what=what, version=now(row).version, by=by.user, **more)


# --- the reminder ---


def test_partner_is_reminded_after_ten_days_and_once(asked: Referral, settings: Settings) -> None:
    silent_for(9, asked)
    assert a_round(settings) == []
    silent_for(10, asked)
    ((address, text),) = a_round(settings)
    assert address == TO_PARTNER
    assert "Een tijd geleden" in text
    assert a_round(settings) == []
    silent_for(19, asked)
    assert a_round(settings) == []
    step = asked.steps.get(what="reminded")
    assert (step.source, step.by) == ("machine", None)
    assert now(asked).state == State.CONTACTED


def test_reminder_has_the_link_of_the_first_mail(
    stek: Stek, mika: Colleague, settings: Settings
) -> None:
    row = partner.asked(stek)
    ((_to, first),) = a_round(settings)
    silent_for(11, row)
    ((_to, second),) = a_round(settings)
    assert partner.link_in(first) == partner.link_in(second)


def test_days_are_those_of_the_stek(asked: Referral, settings: Settings) -> None:
    Stek.objects.update(remind_days=3)
    silent_for(4, asked)
    assert to(a_round(settings)) == [TO_PARTNER]


@pytest.mark.parametrize("channel", [Channel.LETTER, Channel.PHONE, Channel.TABLE, Channel.ADDRESS])
def test_who_was_not_mailed_is_not_reminded(
    stek: Stek, mika: Colleague, settings: Settings, channel: str
) -> None:
    row = partner.asked(stek, channel=channel)
    silent_for(15, row)
    assert a_round(settings) == []
    assert now(row).reminded_at is None


# --- the team ---


def test_community_worker_is_told_after_twenty_days_and_once(
    asked: Referral, settings: Settings
) -> None:
    silent_for(10, asked)
    a_round(settings)
    silent_for(20, asked)
    ((address, text),) = a_round(settings)
    assert address == TO_MIKA
    assert "Van 1 doorverwijzing heeft de partner al 20 dagen niets laten weten." in text
    assert "/doorverwijzingen/?zwijgt=1" in text
    assert partner.secrets_in(text) == []
    assert "CAW" not in text
    assert a_round(settings) == []
    assert asked.steps.filter(what="silent", source="machine").count() == 1


def test_only_community_workers_of_this_stek_who_are_there_now_are_told(
    asked: Referral, essen: Stek, settings: Settings, stek: Stek
) -> None:
    worker = Role.COMMUNITY_WORKER
    gone = factories.today() - dt.timedelta(days=1)
    people: list[tuple[Stek, Role, str, dict[str, Any]]] = [
        (stek, worker, "tweede@stek.test", {}),
        (stek, worker, "", {}),
        (stek, Role.COORDINATOR, "els@stek.test", {}),
        (essen, worker, "nadia@stek.test", {}),
        (stek, worker, "weg@stek.test", {"last_day": gone}),
    ]
    for place, role, email, more in people:
        factories.membership(place, role, user=factories.user(email=email), **more)
    silent_for(25, asked)
    mails = a_round(settings)
    assert {TO_PARTNER, f"{TO_MIKA}, tweede@stek.test"} == set(to(mails))


def test_many_that_are_silent_are_one_mail(asked: Referral, stek: Stek, settings: Settings) -> None:
    for number in range(3):
        visit = factories.visit(stek.openings.get(), factories.household(stek, f"Jo {number}"))
        question = factories.question(visit, asked.question.theme)
        silent_for(25, factories.referral(question, asked.partner))
    silent_for(25, asked)
    mails = [text for address, text in a_round(settings) if address == TO_MIKA]
    assert len(mails) == 1
    assert "Van 4 doorverwijzingen" in mails[0]


def test_team_without_a_mailbox_finds_it_in_the_list(
    stek: Stek, mika: Colleague, settings: Settings
) -> None:
    row = partner.asked(stek, channel=Channel.PHONE)
    silent_for(25, row)
    assert a_round(settings) == []
    assert now(row).silent_at is not None
    assert "CAW" in text_of(mika.get(reverse("referrals:list"), {"zwijgt": "1"}))


# --- nothing any more ---


def answer(row: Referral, client: Client, mika: Colleague) -> None:
    partner.answered(client, partner.token_to(row), "under_study", of=row)


def close(row: Referral, client: Client, mika: Colleague) -> None:
    moved(row, Happening.CLOSED, mika, reason="helped")


def void(row: Referral, client: Client, mika: Colleague) -> None:
    mika.post(reverse("referrals:void", args=[row.pk]))


def withdraw(row: Referral, client: Client, mika: Colleague) -> None:
    mika.post(reverse("referrals:withdraw", args=[row.pk]))


def wait(row: Referral, client: Client, mika: Colleague) -> None:
    moved(row, Happening.WAITING_LIST, mika)


@pytest.mark.parametrize("how", [answer, close, void, withdraw, wait])
@pytest.mark.parametrize("days", [15, 30])
def test_silence_is_broken_for_nobody_who_spoke(
    stranger: Client, mika: Colleague, asked: Referral, settings: Settings, how: Any, days: int
) -> None:
    silent_for(days, asked)
    how(asked, stranger, mika)
    assert a_round(settings) == []
    assert not asked.steps.filter(source="machine").exists()


@pytest.mark.parametrize("how", [answer, close, void, withdraw])
def test_reminder_that_waited_is_not_sent_to_who_answered_meanwhile(
    stranger: Client, mika: Colleague, asked: Referral, settings: Settings, how: Any
) -> None:
    Stek.objects.update(sends_mail=False)
    silent_for(11, asked)
    assert a_round(settings) == []
    assert OutgoingMail.objects.get(kind="remind_partner").state == "waiting"
    how(asked, stranger, mika)
    Stek.objects.update(sends_mail=True)
    assert a_round(settings) == []
    assert OutgoingMail.objects.get(kind="remind_partner").state == "not_needed"


def test_warning_that_waited_is_not_sent_when_nobody_is_silent_any_more(
    stranger: Client, mika: Colleague, asked: Referral, settings: Settings
) -> None:
    Stek.objects.update(sends_mail=False)
    silent_for(25, asked)
    a_round(settings)
    answer(asked, stranger, mika)
    Stek.objects.update(sends_mail=True)
    assert a_round(settings) == []
    assert OutgoingMail.objects.get(kind="partner_silent").state == "not_needed"


def test_reopened_one_is_reminded_again_from_the_day_it_was_reopened(
    mika: Colleague, asked: Referral, settings: Settings
) -> None:
    silent_for(11, asked)
    assert to(a_round(settings)) == [TO_PARTNER]
    moved(asked, Happening.CLOSED, mika, reason="not_helped")
    moved(asked, Happening.REOPENED, mika, reason="again")
    assert a_round(settings) == []
    Referral.objects.update(state_at=timezone.now() - dt.timedelta(days=11))
    assert to(a_round(settings)) == [TO_PARTNER]
    assert asked.steps.filter(what="reminded").count() == 2


def test_reminder_is_no_step_that_a_colleague_takes_back(
    mika: Colleague, asked: Referral, settings: Settings
) -> None:
    """Taken back, it would leave again at the next round."""
    silent_for(11, asked)
    a_round(settings)
    page = text_of(mika.get(reverse("referrals:referral", args=[asked.pk])))
    assert "Partner herinnerd" in page
    address = reverse("referrals:strike", args=[asked.pk])
    assert mika.post(address, {"version": now(asked).version}).status_code == 422
    assert a_round(settings) == []


def test_mails_of_silence_count_for_the_day(
    asked: Referral, stek: Stek, settings: Settings
) -> None:
    Stek.objects.update(mails_per_day=1)
    silent_for(25, asked)
    assert a_round(settings) == []
    assert OutgoingMail.objects.filter(state="waiting").count() == 2


# --- after sixty days ---


def listed(who: Colleague, **query: str) -> str:
    return text_of(who.get(reverse("referrals:list"), query))


def page_of(who: Colleague, row: Referral) -> str:
    return text_of(who.get(reverse("referrals:referral", args=[row.pk])))


PROPOSED = "weten we al 60 dagen niet wat ervan kwam"
HERE = "We weten al 60 dagen niet wat hiervan kwam."


def test_unknown_is_proposed_after_sixty_days_and_one_click_notes_it(
    mika: Colleague, asked: Referral
) -> None:
    silent_for(59, asked)
    assert PROPOSED not in listed(mika)
    assert HERE not in page_of(mika, asked)
    silent_for(60, asked)
    assert f"Van 1 doorverwijzing {PROPOSED}." in listed(mika)
    assert HERE in page_of(mika, asked)
    assert "Onbekend gebleven" not in page_of(mika, asked)
    assert "Uitkomst onbekend" in listed(mika, onbekend="1")
    form = {
        "happening": "unknown",
        "version": now(asked).version,
        "request_id": uuid.uuid4(),
        "back": "list",
    }
    response = mika.post(reverse("referrals:step", args=[asked.pk]), form)
    assert response.url == f"{reverse('referrals:list')}?onbekend=1"
    assert now(asked).state == State.UNKNOWN
    assert PROPOSED not in listed(mika)
    assert HERE not in page_of(mika, asked)
    event = AuditEvent.objects.filter(verb="move_referral").latest("pk")
    assert event.actor_id == mika.user.pk


def test_unknown_is_never_noted_by_itself(asked: Referral, settings: Settings) -> None:
    silent_for(400, asked)
    a_round(settings)
    assert now(asked).state == State.CONTACTED


def test_filter_shows_those_only(mika: Colleague, stek: Stek, asked: Referral) -> None:
    visit = factories.visit(stek.openings.get(), factories.household(stek, number=12))
    factories.referral(factories.question(visit, asked.question.theme), asked.partner)
    silent_for(61, asked)
    seen = listed(mika, onbekend="1")
    assert "klant 734189" in seen
    assert "klant 12" not in seen
    assert "klant 12" in listed(mika)


def test_days_before_unknown_are_those_of_the_stek(mika: Colleague, asked: Referral) -> None:
    Stek.objects.update(unknown_days=15)
    silent_for(16, asked)
    assert "weten we al 15 dagen niet" in listed(mika)


@pytest.mark.parametrize("how", [close, void, withdraw])
def test_unknown_is_not_proposed_of_what_is_known(
    stranger: Client, mika: Colleague, asked: Referral, how: Any
) -> None:
    silent_for(90, asked)
    how(asked, stranger, mika)
    assert PROPOSED not in listed(mika)
    assert HERE not in page_of(mika, asked)


def test_unknown_is_not_proposed_soon_after_the_partner_spoke(
    stranger: Client, mika: Colleague, asked: Referral
) -> None:
    silent_for(90, asked)
    answer(asked, stranger, mika)
    assert PROPOSED not in listed(mika)
    Referral.objects.update(answered_at=timezone.now() - dt.timedelta(days=61))
    assert PROPOSED in listed(mika)


def test_unknown_is_not_proposed_before_the_appointment(mika: Colleague, asked: Referral) -> None:
    when = timezone.now() + dt.timedelta(days=5)
    silent_for(90, asked)
    Referral.objects.update(state="appointment", appointment_at=when)
    assert PROPOSED not in listed(mika)
    Referral.objects.update(appointment_at=timezone.now() - dt.timedelta(days=61))
    assert PROPOSED in listed(mika)


def test_helper_is_proposed_ones_own_only(helper: Colleague, asked: Referral) -> None:
    silent_for(90, asked)
    assert PROPOSED not in listed(helper)
    Referral.objects.update(created_by=helper.user)
    assert PROPOSED in listed(helper)
