"""Handing one mail to the server, and what is known when that did not go well."""

import smtplib
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends import smtp


class Fate(Enum):
    """What became of a mail."""

    SENT = auto()
    #: Nobody got it: it may leave later.
    AGAIN = auto()
    #: The server said no, for good.
    NEVER = auto()
    #: The text left and no clear answer came: sending again might send it twice.
    UNSURE = auto()
    #: What it was to say needs no saying any more.
    NOT_NEEDED = auto()


@dataclass(frozen=True)
class Answer:
    """`code` is short and holds no address; `server_ill`: the next mail would fare no better."""

    fate: Fate
    code: str = ""
    server_ill: bool = False


class _Watched:
    """A connection that knows whether the text of a mail may have left."""

    text_left = False

    def getreply(self) -> tuple[int, bytes]:
        code, reply = super().getreply()  # type: ignore[misc]  # of the SMTP class beside it
        if code == _GO_AHEAD:
            self.text_left = True
        return code, reply


_GO_AHEAD = 354
_GOES_AWAY = 421


class _Plain(_Watched, smtplib.SMTP):
    pass


class _Encrypted(_Watched, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """Django's, on such connections."""

    @property
    def connection_class(self) -> Any:
        return _Encrypted if self.use_ssl else _Plain


def deliver(message: EmailMessage) -> Answer:
    """Hand it over, and wait for the answer; whatever the server does, this says what is known."""
    connection = get_connection()
    try:
        try:
            connection.open()
        except (OSError, ValueError) as error:
            return Answer(Fate.AGAIN, _code(error), server_ill=True)
        try:
            connection.send_messages([message])
        except (OSError, ValueError) as error:
            left = getattr(getattr(connection, "connection", None), "text_left", False)
            return _after(error, text_left=left)
    finally:
        # It has answered for the mail; what it says when leaving changes nothing.
        with suppress(OSError, ValueError):
            connection.close()
    return Answer(Fate.SENT)


def _after(error: OSError | ValueError, *, text_left: bool) -> Answer:
    code = _code(error)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        numbers = [number for number, _words in error.recipients.values()]
        return _refused(numbers[0], code)
    if isinstance(error, smtplib.SMTPSenderRefused):
        # It is the same sender for every mail: a setting is wrong, here or there.
        return Answer(Fate.AGAIN, code, server_ill=True)
    if isinstance(error, smtplib.SMTPDataError):
        answer = _refused(error.smtp_code, code)
        if answer.fate is not Fate.AGAIN or 400 <= error.smtp_code < 500 or not text_left:
            return answer
    if text_left:
        return Answer(Fate.UNSURE, code, server_ill=True)
    if isinstance(error, ValueError):
        # It can't be put in a mail at all.
        return Answer(Fate.NEVER, code)
    return Answer(Fate.AGAIN, code, server_ill=True)


def _refused(number: int, code: str) -> Answer:
    """A clear no, for now or for good; anything else is no answer."""
    if 500 <= number < 600:
        return Answer(Fate.NEVER, code)
    return Answer(Fate.AGAIN, code, server_ill=number == _GOES_AWAY or not 400 <= number < 500)


def _code(error: Exception) -> str:
    """Short, and without what the server said: that may hold an address."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return " ".join(sorted({str(number) for number, _words in error.recipients.values()}))
    number = getattr(error, "smtp_code", None)
    if isinstance(number, int):
        return str(number) if 0 < number < 1000 else "garbage"
    return type(error).__name__[:40]
