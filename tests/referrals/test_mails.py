"""Mails about a referral: nobody in them, one link that stays, each of them once."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.models import OutgoingMail
from places.models import Stek
from referrals.models import AnswerLink, Referral
from referrals.states import Channel, Happening
from referrals.step_actions import note_step
from stek.mails import send_mails
from tests import factories
from tests.cast import Colleague
from tests.hostile import some_of_each
from tests.referrals import partner
from tests.referrals.partner import LANGUAGE, NAME, PHONE, THEME, answered, link_in, opened
from tests.smtp import listening, nobody_there, saying

pytestmark = pytest.mark.one_engine("the words of a mail")

#: As the office can name a STEK; a name on two lines it can't.
NAMES = [one for one in some_of_each(2) if one.is_name and one.kind != "lines"]


@pytest.fixture
def asked(stek: Stek) -> Referral:
    stek.phone, stek.email = "03 666 00 00", "kalmthout@stek.test"
    stek.save()
    return partner.asked(stek, agreed=partner.agreed("phone", "language", "theme"))


def sent(settings: Settings, **answers: str | None) -> list[Any]:
    """What `run_due` hands to the server."""
    with listening(settings, **answers) as server:
        call_command("run_due", verbosity=0)
        return server.mails


def later(**delta: int) -> None:
    """As if so much time went by for the mails that wait."""
    OutgoingMail.objects.filter(state="waiting").update(next_try_at=timezone.now())


def state() -> str:
    return str(OutgoingMail.objects.get().state)


# --- what stands in it ---


def test_mail_asks_with_a_link_and_names_nobody(
    stranger: Client, asked: Referral, settings: Settings
) -> None:
    (mail,) = sent(settings)
    text = mail.get_content()
    assert mail["To"] == "onthaal@caw.test"
    assert mail["Reply-To"] == "kalmthout@stek.test"
    assert mail["Subject"] == "Een vraag van STEK Kalmthout"
    assert "03 666 00 00" in text
    assert NAME in opened(stranger, link_in(text)).content.decode()
    everything = mail.as_string() + text + str(mail["Subject"])
    assert partner.secrets_in(everything) == []
    for word in (NAME, "Fatima", "Amrani", PHONE, LANGUAGE, THEME):
        assert word.lower() not in everything.lower()
    # Nor the rows by which somebody could be found.
    assert str(asked.household.card) not in everything
    assert mail.get_content_type() == "text/plain"


@pytest.mark.parametrize("kind", ["remind_partner", "renew_link"])
def test_other_mails_to_a_partner_name_nobody_either(
    stranger: Client, asked: Referral, settings: Settings, kind: str
) -> None:
    sent(settings)
    old = partner.token_to(asked, days_ago=91)
    if kind == "renew_link":
        stranger.post(reverse("answers:renew_link", args=[old]))
    else:
        Referral.objects.update(state_at=timezone.now() - dt.timedelta(days=11))
    (mail,) = sent(settings)
    assert OutgoingMail.objects.filter(kind=kind, state="sent").count() == 1
    everything = f"{mail['Subject']} {mail.get_content()} {mail.as_string()}"
    assert partner.secrets_in(everything) == []
    for word in ("Fatima", "Amrani", PHONE, LANGUAGE, THEME):
        assert word.lower() not in everything.lower()
    assert NAME in opened(stranger, link_in(mail.get_content())).content.decode()


@pytest.mark.parametrize("one", NAMES)
def test_hostile_name_of_a_stek_stays_text_in_the_mail(
    asked: Referral, settings: Settings, one: Any
) -> None:
    Stek.objects.update(name=one.text[:60])
    (mail,) = sent(settings)
    assert mail["To"] == "onthaal@caw.test"
    assert not mail["Bcc"]
    assert "/antwoord/" in mail.get_content()


def test_hostile_name_of_a_household_never_comes_near(asked: Referral, settings: Settings) -> None:
    asked.household.first_name = "Jan\r\nBcc: iedereen@elders.test"
    asked.household.save()
    (mail,) = sent(settings)
    assert "elders.test" not in mail.as_string()


def test_waiting_mail_keeps_no_address_no_link_and_nobody(asked: Referral) -> None:
    row = str(OutgoingMail.objects.values().get())
    for word in ("@", "antwoord", NAME, PHONE):
        assert word not in row


# --- once, with one link ---


def test_each_try_has_the_same_link(stranger: Client, asked: Referral, settings: Settings) -> None:
    (first,) = sent(settings, data="451 later")
    assert state() == "waiting"
    later()
    (second,) = sent(settings)
    assert link_in(first.get_content()) == link_in(second.get_content())
    assert AnswerLink.objects.count() == 1
    assert opened(stranger, link_in(second.get_content())).status_code == 200


def test_reminder_has_a_link_that_works_after_the_secret_key_was_changed(
    stranger: Client, asked: Referral, settings: Settings
) -> None:
    (first,) = sent(settings)
    settings.SECRET_KEY = "another-" + "0" * 50
    Referral.objects.update(state_at=timezone.now() - dt.timedelta(days=11))
    (second,) = sent(settings)
    assert opened(stranger, link_in(first.get_content())).status_code == 404
    assert opened(stranger, link_in(second.get_content())).status_code == 200


def test_mail_leaves_once_however_often_it_is_due(asked: Referral, settings: Settings) -> None:
    assert len(sent(settings)) == 1
    for _round in range(3):
        later()
        assert sent(settings) == []
    assert state() == "sent"


def test_server_that_is_away_loses_nothing(asked: Referral, settings: Settings) -> None:
    with nobody_there(settings):
        call_command("run_due", verbosity=0)
    assert state() == "waiting"
    later()
    assert len(sent(settings)) == 1


def test_server_that_answers_garbage_loses_nothing(asked: Referral, settings: Settings) -> None:
    with saying(settings, b"\xff\xfe\x00 hello\r\n"):
        settings.EMAIL_TIMEOUT = 1
        call_command("run_due", verbosity=0)
    assert state() == "waiting"
    later()
    assert len(sent(settings)) == 1


def test_server_that_hangs_up_after_the_text_gets_it_no_second_time(
    asked: Referral, settings: Settings
) -> None:
    assert len(sent(settings, data=None)) == 1
    assert state() == "unsure"
    later()
    assert sent(settings) == []


def test_server_that_is_slow_gets_it_once_and_the_link_works(
    stranger: Client, asked: Referral, settings: Settings
) -> None:
    with listening(settings) as server:
        server.go_on.clear()
        settings.EMAIL_TIMEOUT = 0.5
        call_command("run_due", verbosity=0)
        server.go_on.set()
    assert state() == "unsure"
    assert opened(stranger, link_in(server.mails[0].get_content())).status_code == 200


def test_server_that_refuses_the_partner_is_told_to_the_team(
    mika: Colleague, asked: Referral, settings: Settings
) -> None:
    sent(settings, rcpt="550 no such user")
    assert state() == "failed"
    assert "onthaal" not in OutgoingMail.objects.get().error


# --- not any more ---


def test_mail_does_not_leave_once_consent_is_withdrawn(
    mika: Colleague, asked: Referral, settings: Settings
) -> None:
    mika.post(reverse("referrals:withdraw", args=[asked.pk]))
    assert sent(settings) == []
    assert state() == "not_needed"
    assert not AnswerLink.objects.exists()


def test_mail_does_not_leave_once_it_is_struck_out(
    mika: Colleague, asked: Referral, settings: Settings
) -> None:
    mika.post(reverse("referrals:void", args=[asked.pk]))
    assert sent(settings) == []
    assert state() == "not_needed"


@pytest.mark.parametrize(
    ("what", "reason"),
    [(Happening.CLOSED, "helped"), (Happening.DROPPED_OUT, "no_wish"), (Happening.UNKNOWN, "")],
)
def test_mail_does_not_leave_once_it_is_over(
    mika: Colleague, asked: Referral, settings: Settings, what: Happening, reason: str
) -> None:
    note_step(asked, what=what, reason=reason, version=asked.version, by=mika.user)
    assert sent(settings) == []


def test_mail_does_not_leave_to_a_partner_whose_address_went(
    asked: Referral, settings: Settings
) -> None:
    asked.partner.email = ""
    asked.partner.save()
    assert sent(settings) == []
    assert state() == "not_needed"


def test_consent_that_ended_meanwhile_stops_the_mail(asked: Referral, settings: Settings) -> None:
    asked.consent.until = factories.today() - dt.timedelta(days=1)
    asked.consent.save()
    assert sent(settings) == []


# --- the switch and the number for a day ---


def test_switch_of_the_stek_holds_the_mail_until_it_is_on(
    asked: Referral, settings: Settings
) -> None:
    Stek.objects.update(sends_mail=False)
    assert sent(settings) == []
    assert state() == "waiting"
    Stek.objects.update(sends_mail=True)
    assert len(sent(settings)) == 1


def test_no_more_than_so_many_ask_in_a_day(stek: Stek, asked: Referral, settings: Settings) -> None:
    Stek.objects.update(mails_per_day=2)
    for number in range(3):
        visit = factories.visit(stek.openings.get(), factories.household(stek, f"Jo {number}"))
        question = factories.question(visit, asked.question.theme)
        factories.referral(question, asked.partner, channel=Channel.MAIL)
    noon = timezone.localtime().replace(hour=12)
    OutgoingMail.objects.update(next_try_at=noon)
    with listening(settings) as server:
        assert [send_mails(noon + dt.timedelta(hours=hours)) for hours in (0, 1, 24)] == [2, 0, 2]
    assert len({link_in(mail.get_content()) for mail in server.mails}) == 4


def test_demo_writes_the_mail_to_a_file(
    stranger: Client, asked: Referral, settings: Settings, tmp_path: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    call_command("run_due", verbosity=0)
    (file,) = tmp_path.iterdir()
    assert "/antwoord/" in file.read_text(encoding="utf-8")


def test_whole_way_from_mail_to_answer(
    stranger: Client, mika: Colleague, asked: Referral, settings: Settings
) -> None:
    (mail,) = sent(settings)
    token = link_in(mail.get_content())
    assert answered(stranger, token, "accepted", of=asked).status_code == 302
    page = mika.get(reverse("referrals:referral", args=[asked.pk])).content.decode()
    assert "Partner neemt het op" in page
