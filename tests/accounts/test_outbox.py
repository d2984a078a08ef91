"""Mail that waits: it leaves once, whatever the server does, and is never lost in silence."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from accounts.models import OutgoingMail
from accounts.outbox import CLAIM_LASTS, MOST_TRIES, put_in, send_due
from places.models import Stek
from tests.races import at_once
from tests.smtp import listening, nobody_there, saying

State = OutgoingMail.State
#: What an honest server says until the text: greeting, EHLO, MAIL, RCPT, DATA.
UNTIL_TEXT = (b"220 hi\r\n", b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n")


def a_mail(stek: Stek, key: str = "one", **fields: Any) -> OutgoingMail:
    mail = put_in(stek=stek, kind="test", subject_id=7, key=key, not_before=timezone.now())
    for name, value in fields.items():
        setattr(mail, name, value)
    mail.save()
    return mail


def write(mail: OutgoingMail) -> EmailMessage:
    return EmailMessage("Dag", f"Dit is {mail.key}.", "stek@stek.test", ["caw@partner.test"])


def send(now: dt.datetime | None = None, writer: Callable[..., Any] = write) -> int:
    return send_due(now or timezone.now(), {"test": writer})


def seen(mail: OutgoingMail) -> tuple[str, str, int]:
    mail.refresh_from_db()
    return mail.state, mail.error, mail.tries


def waits(mail: OutgoingMail, now: dt.datetime) -> dt.timedelta:
    mail.refresh_from_db()
    assert (mail.state, mail.claimed_at, mail.settled_at) == (State.WAITING, None, None)
    return mail.next_try_at - now


# --- a good day ---


def test_mail_is_delivered_once(stek: Stek, settings: Settings) -> None:
    mail = a_mail(stek)
    with listening(settings) as server:
        assert send() == 1
        assert send() == 0
    (got,) = server.mails
    assert (got["Subject"], got["To"]) == ("Dag", "caw@partner.test")
    assert got.get_content().strip() == "Dit is one."
    assert got["Auto-Submitted"] == "auto-generated"
    assert seen(mail) == (State.SENT, "", 1)


def test_mail_asked_for_twice_leaves_once(stek: Stek, settings: Settings) -> None:
    a_mail(stek)
    a_mail(stek)
    with listening(settings) as server:
        send()
    assert len(server.mails) == 1


def test_mail_that_is_not_due_waits(stek: Stek, settings: Settings) -> None:
    mail = a_mail(stek, next_try_at=timezone.now() + dt.timedelta(minutes=2))
    with listening(settings):
        assert send() == 0
        assert send(timezone.now() + dt.timedelta(minutes=3)) == 1
    assert seen(mail)[0] == State.SENT


def test_mail_that_is_not_needed_any_more_is_not_sent(stek: Stek, settings: Settings) -> None:
    mail = a_mail(stek)
    with listening(settings) as server:
        assert send(writer=lambda _mail: None) == 0
    assert server.mails == []
    assert seen(mail) == (State.NOT_NEEDED, "", 1)


def test_mail_that_cannot_be_written_stops_no_other(
    stek: Stek, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    unknown = a_mail(stek, "odd", kind="nobody writes this")
    split = a_mail(stek, "split")
    good = a_mail(stek)

    def writer(mail: OutgoingMail) -> EmailMessage:
        message = write(mail)
        if mail.key == "split":
            message.subject = "Dag\nBcc: iedereen@elders.test"
        return message

    with listening(settings) as server:
        assert send(writer=writer) == 1
    assert len(server.mails) == 1
    assert seen(unknown) == (State.WAITING, "not_written", 1)
    assert seen(split) == (State.FAILED, "BadHeaderError", 1)
    assert seen(good)[0] == State.SENT
    assert "can't be written" in caplog.text


def test_run_due_says_how_many_left(stek: Stek, settings: Settings) -> None:
    """No writer for it yet: it stays, and nothing fails."""
    mail = a_mail(stek)
    with listening(settings):
        call_command("run_due", verbosity=0)
    assert seen(mail) == (State.WAITING, "not_written", 1)


# --- who may send, and how much ---


def test_without_a_server_mail_waits_and_nothing_fails(stek: Stek, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    mail = a_mail(stek)
    assert send() == 0
    assert seen(mail) == (State.WAITING, "", 0)


def test_demo_writes_mail_to_files(stek: Stek, settings: Settings, tmp_path: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    mail = a_mail(stek)
    assert send() == 1
    (file,) = (tmp_path / "mail").iterdir()
    assert "Dit is one." in file.read_text(encoding="utf-8")
    assert seen(mail)[0] == State.SENT


def test_stek_that_switched_mail_off_sends_nothing_until_it_is_on(
    stek: Stek, essen: Stek, settings: Settings
) -> None:
    Stek.objects.filter(pk=stek.pk).update(sends_mail=False)
    mail, other = a_mail(stek), a_mail(essen, "other")
    with listening(settings):
        assert send() == 1
        assert (seen(mail)[0], seen(other)[0]) == (State.WAITING, State.SENT)
        Stek.objects.update(sends_mail=True)
        assert send() == 1


def test_no_more_leave_in_a_day_than_the_stek_wants(
    stek: Stek, essen: Stek, settings: Settings
) -> None:
    Stek.objects.filter(pk=stek.pk).update(mails_per_day=2)
    for place in range(4):
        a_mail(stek, f"mail {place}")
    a_mail(essen, "other")
    now = timezone.localtime().replace(hour=12)
    OutgoingMail.objects.update(next_try_at=now)
    with listening(settings):
        assert send(now) == 3
        assert send(now + dt.timedelta(hours=1)) == 0
        assert send(now + dt.timedelta(days=1)) == 2


def test_mail_that_perhaps_left_counts_for_the_day(stek: Stek, settings: Settings) -> None:
    Stek.objects.update(mails_per_day=1)
    a_mail(stek, state=State.UNSURE, settled_at=timezone.now())
    a_mail(stek, "two")
    with listening(settings):
        assert send() == 0


# --- a bad day: before the text left, it leaves later ---


def test_server_that_is_away_gets_the_mail_later(stek: Stek, settings: Settings) -> None:
    mail, behind = a_mail(stek), a_mail(stek, "behind")
    now = timezone.now()
    with nobody_there(settings):
        assert send(now) == 0
    assert waits(mail, now) == dt.timedelta(minutes=5)
    assert seen(mail)[1:] == ("ConnectionRefusedError", 1)
    assert seen(behind) == (State.WAITING, "", 0)  # one knock in a round is enough
    with listening(settings) as server:
        assert send(now + dt.timedelta(minutes=6)) == 2
    assert len(server.mails) == 2


def test_tries_come_further_apart_and_end_after_three_days(stek: Stek, settings: Settings) -> None:
    mail = a_mail(stek)
    first = now = timezone.now()
    delays = []
    with nobody_there(settings):
        while seen(mail)[0] == State.WAITING:
            send(now)
            mail.refresh_from_db()
            delays.append((mail.next_try_at - now) / dt.timedelta(minutes=1))
            now = max(now, mail.next_try_at)
    assert delays[:9] == [5, 10, 20, 40, 80, 160, 320, 360, 360]
    assert now - first > dt.timedelta(days=3)
    assert now - first < dt.timedelta(days=3, hours=6)
    assert seen(mail) == (State.FAILED, "ConnectionRefusedError", MOST_TRIES)


SAID_NO = [
    ({"rcpt": "450 later"}, State.WAITING, "450"),
    ({"rcpt": "550 nobody here"}, State.FAILED, "550"),
    ({"rcpt": None}, State.WAITING, None),
    ({"data": "451 later"}, State.WAITING, "451"),
    ({"data": "554 not from you"}, State.FAILED, "554"),
    ({"data": "421 closing"}, State.WAITING, "421"),
]


@pytest.mark.parametrize(("answers", "state", "code"), SAID_NO)
def test_clear_no_is_tried_later_or_never(
    stek: Stek,
    settings: Settings,
    answers: dict[str, Any],
    state: str,
    code: str | None,
) -> None:
    mail = a_mail(stek)
    with listening(settings, **answers):
        assert send() == 0
    assert seen(mail)[0] == state
    assert code is None or mail.error == code
    assert "@" not in mail.error


def test_refused_mail_stops_no_other(stek: Stek, settings: Settings) -> None:
    refused, good = a_mail(stek), a_mail(stek, "good")
    with listening(settings, data="550 no") as server:

        def writer(mail: OutgoingMail) -> EmailMessage:
            server.data = "550 no" if mail.key == "one" else "250 OK"
            return write(mail)

        assert send(writer=writer) == 1
    assert (seen(refused)[0], seen(good)[0]) == (State.FAILED, State.SENT)


def test_server_without_the_sign_in_that_is_set_gets_it_later(
    stek: Stek, settings: Settings
) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "stek", "geheim"
    mail = a_mail(stek)
    with listening(settings) as server:
        assert send() == 0
    assert server.mails == []
    assert seen(mail) == (State.WAITING, "SMTPNotSupportedError", 1)


BEFORE_TEXT = {
    "garbage for a greeting": (b"\xff\xfe\x00 hello\r\n",),
    "a page for a greeting": (b"HTTP/1.1 400 Bad Request\r\n\r\n<html>\r\n",),
    "a very long line": (b"2" * 20_000 + b"\r\n",),
    "garbage for the sender": (b"220 hi\r\n", b"250 hi\r\n", b"\x00\x01\r\n"),
    "the sender is refused": (b"220 hi\r\n", b"250 hi\r\n", b"550 not you\r\n", b"250 ok\r\n"),
    "garbage for the recipient": (*UNTIL_TEXT[:3], b"what?\r\n", b"250 ok\r\n"),
    "garbage for DATA": (*UNTIL_TEXT[:4], b"999 no\r\n"),
    "a hundred continued lines": (b"220-\r\n" * 100 + b"x\r\n",),
}


@pytest.mark.one_engine("what a server says")
@pytest.mark.parametrize("name", BEFORE_TEXT)
def test_nonsense_before_the_text_is_tried_later(stek: Stek, settings: Settings, name: str) -> None:
    mail, behind = a_mail(stek), a_mail(stek, "behind")
    now = timezone.now()
    with saying(settings, *BEFORE_TEXT[name]):
        settings.EMAIL_TIMEOUT = 0.5
        assert send(now) == 0
    assert waits(mail, now) == dt.timedelta(minutes=5)
    assert mail.error
    assert seen(behind)[2] == 0


def test_server_that_hangs_before_the_text_is_tried_later(stek: Stek, settings: Settings) -> None:
    mail = a_mail(stek)
    now = timezone.now()
    with saying(settings, *UNTIL_TEXT[:3]):
        settings.EMAIL_TIMEOUT = 0.3
        assert send(now) == 0
    assert waits(mail, now) == dt.timedelta(minutes=5)


# --- after the text left, nobody knows ---

AFTER_TEXT = {
    "garbage": (*UNTIL_TEXT, b"\xff\xfe nonsense\r\n", b"250 ok\r\n"),
    "a number that means nothing": (*UNTIL_TEXT, b"299 maybe\r\n", b"250 ok\r\n"),
    "a very long line": (*UNTIL_TEXT, b"5" * 20_000 + b"\r\n"),
    "nothing": UNTIL_TEXT,
}


@pytest.mark.one_engine("what a server says")
@pytest.mark.parametrize("name", AFTER_TEXT)
def test_no_clear_answer_to_the_text_is_never_sent_again(
    stek: Stek, settings: Settings, name: str
) -> None:
    mail, behind = a_mail(stek), a_mail(stek, "behind")
    now = timezone.now()
    with saying(settings, *AFTER_TEXT[name]):
        settings.EMAIL_TIMEOUT = 0.5
        assert send(now) == 0
    assert seen(mail)[0] == State.UNSURE
    assert seen(behind)[2] == 0
    with listening(settings) as server:
        send(now + dt.timedelta(days=9))
    assert [got.get_content().strip() for got in server.mails] == ["Dit is behind."]


@pytest.mark.parametrize("answers", [{"data": None}, {"data": "¿qué?"}])
def test_server_that_took_it_and_broke_has_it_once(
    stek: Stek, settings: Settings, answers: dict[str, Any]
) -> None:
    mail = a_mail(stek)
    with listening(settings, **answers) as server:
        send()
        send(timezone.now() + dt.timedelta(days=1))
    assert len(server.mails) == 1
    assert seen(mail)[0] == State.UNSURE


def test_slow_server_has_it_once(stek: Stek, settings: Settings) -> None:
    mail = a_mail(stek)
    with listening(settings) as server:
        server.go_on.clear()
        settings.EMAIL_TIMEOUT = 0.5
        send()
        server.go_on.set()
        send(timezone.now() + dt.timedelta(days=1))
        assert len(server.mails) == 1
    assert seen(mail) == (State.UNSURE, "SMTPServerDisconnected", 1)


def test_what_a_server_says_when_leaving_changes_nothing(stek: Stek, settings: Settings) -> None:
    mail = a_mail(stek)
    with saying(settings, *UNTIL_TEXT, b"250 ok\r\n", b"\x00garbage\r\n"):
        assert send() == 1
    assert seen(mail)[0] == State.SENT


def test_mail_of_a_process_that_died_is_not_sent_again(stek: Stek, settings: Settings) -> None:
    died = a_mail(stek, claimed_at=timezone.now() - CLAIM_LASTS - dt.timedelta(seconds=1))
    busy = a_mail(stek, "busy", claimed_at=timezone.now() - CLAIM_LASTS / 2)
    with listening(settings) as server:
        assert send() == 0
    assert server.mails == []
    assert seen(died)[:2] == (State.UNSURE, "lost")
    assert seen(busy)[0] == State.WAITING


def test_message_id_stays_the_same_and_tells_nothing(stek: Stek, settings: Settings) -> None:
    mail = a_mail(stek)
    now = timezone.now()
    with listening(settings, data="451 later") as server:
        send(now)
        server.data = "250 OK"
        send(now + dt.timedelta(hours=1))
    first, second = server.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert mail.key not in first["Message-ID"]


# --- many at once ---


@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_once_send_nothing_twice(stek: Stek, settings: Settings) -> None:
    Stek.objects.update(mails_per_day=25)
    for place in range(30):
        a_mail(stek, f"mail {place}")
    with listening(settings) as server:
        counts = at_once(4, lambda _place: send())
    assert sum(counts) == 25
    texts = [got.get_content() for got in server.mails]
    assert len(texts) == len(set(texts)) == 25


@pytest.mark.django_db(transaction=True)
def test_round_holds_no_lock_while_the_server_thinks(stek: Stek, settings: Settings) -> None:
    mail = a_mail(stek)
    with listening(settings) as server:
        server.go_on.clear()

        def do(place: int) -> Any:
            if place == 0:
                return send()
            assert server.taken.wait(10)
            try:
                # Any write would wait here for a transaction that was left open.
                a_mail(stek, "meanwhile")
                return send_due(timezone.now(), {})
            finally:
                server.go_on.set()

        assert at_once(2, do) == [1, 0]
    assert seen(mail)[0] == State.SENT
