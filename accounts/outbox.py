"""Mail that waits to leave: put in once per key, and sent by `run_due`.

Two processes may send at once, and each may be killed at any moment: a mail is claimed in a short
transaction, sent outside of one, and settled. What nobody can know is never sent again.
"""

import datetime as dt
import hashlib
import hmac
import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import OutgoingMail, User
from accounts.smtp import Answer, Fate, deliver
from places.models import Stek

logger = logging.getLogger(__name__)

#: Says what stands in a mail and to whom it goes; None when it is not needed any more.
Writer = Callable[[OutgoingMail], EmailMessage | None]

#: A process that holds a mail longer than this has died with it.
CLAIM_LASTS = dt.timedelta(minutes=10)
FIRST_DELAY = dt.timedelta(minutes=5)
LONGEST_DELAY = dt.timedelta(hours=6)
#: With those delays the last try is three days after the first.
MOST_TRIES = 19
#: What the settings name when there is no mail server.
NO_SERVER = "django.core.mail.backends.dummy.EmailBackend"

State = OutgoingMail.State


def put_in(
    *, stek: Stek, kind: str, subject_id: int, key: str, not_before: dt.datetime
) -> OutgoingMail:
    """Let this mail leave once, from this moment on; the same key again changes nothing."""
    mail, _made = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            "stek": stek,
            "kind": kind,
            "subject_id": subject_id,
            "created_at": not_before,
            "next_try_at": not_before,
        },
    )
    return mail


@transaction.atomic
def try_again(mail: OutgoingMail, *, by: User) -> bool:
    """Let a mail leave once more that did not, or of which nobody knows.

    False when it left or is under way. Only a person decides this: an unsure one may come twice.
    """
    again = OutgoingMail.objects.ended_badly().with_id(mail.pk)
    values = {"state": State.WAITING, "tries": 0, "error": "", "next_try_at": timezone.now()}
    if not again.update(**values, claimed_at=None, settled_at=None):
        return False
    record("mail_again", on=mail, by=by, stek_id=mail.stek_id)
    return True


#: Rows that are taken away in one transaction.
AT_ONCE = 1000


@transaction.atomic
def forget_mails(stek: Stek, *, before: dt.datetime) -> int:
    """Take away what became of mails that are as old as the log may be; how many, at most AT_ONCE.

    What is still to be sent stays.
    """
    old = list(OutgoingMail.objects.of_stek(stek).settled_before(before).ids(AT_ONCE))
    OutgoingMail.objects.filter(pk__in=old).delete()
    return len(old)


def send_due(now: dt.datetime, writers: Mapping[str, Writer]) -> int:
    """Send what is due, and say how many left; never inside a transaction.

    A server that is away or answers nonsense is left alone until the next round, so that one mail
    at a time suffers from it.
    """
    if settings.EMAIL_BACKEND == NO_SERVER:
        return 0
    lost = OutgoingMail.objects.claimed_before(timezone.now() - CLAIM_LASTS)
    lost.update(state=State.UNSURE, settled_at=now, error="lost")
    sent = 0
    for stek_id in OutgoingMail.objects.due(now).steks_in_turn():
        while (mail := _claim(stek_id, now)) is not None:
            answer = _send(mail, writers)
            _settle(mail, answer, now)
            sent += answer.fate is Fate.SENT
            if answer.server_ill:
                return sent
    return sent


@transaction.atomic
def _claim(stek_id: int, now: dt.datetime) -> OutgoingMail | None:
    """The next mail of this STEK, for this process alone; None when there is none, or enough today.

    One process at a time counts, so two of them never go over the number for a day.
    """
    stek = Stek.objects.select_for_update(no_key=True).get(pk=stek_id)
    midnight = timezone.make_aware(dt.datetime.combine(timezone.localdate(now), dt.time()))
    mails = OutgoingMail.objects.of_stek(stek)
    if mails.gone_since(midnight).count() >= stek.mails_per_day:
        return None
    mail: OutgoingMail | None = mails.due(now).first()
    if mail is not None:
        mail.claimed_at = timezone.now()
        mail.tries += 1
        mail.save(update_fields=["claimed_at", "tries"])
    return mail


def _send(mail: OutgoingMail, writers: Mapping[str, Writer]) -> Answer:
    try:
        with transaction.atomic():
            message = writers[mail.kind](mail)
    except Exception:
        # The next mail has nothing to do with this one.
        logger.exception("mail %s can't be written", mail.pk)
        return Answer(Fate.AGAIN, "not_written")
    if message is None:
        return Answer(Fate.NOT_NEEDED)
    message.extra_headers["Message-ID"] = _message_id(mail.key)
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    return deliver(message)


def _message_id(key: str) -> str:
    """The same at each try, so that who gets it twice sees it once; it tells nothing."""
    secret = settings.SECRET_KEY.encode()
    digest = hmac.new(secret, f"message-id:{key}".encode(), hashlib.sha256).hexdigest()
    host = settings.PUBLIC_URL.partition("://")[2].partition("/")[0].partition(":")[0]
    return f"<{digest[:32]}@{host}>"


def _settle(mail: OutgoingMail, answer: Answer, now: dt.datetime) -> None:
    """Write down what became of it; nothing when it was given up as lost meanwhile."""
    values: dict[str, Any] = {"error": answer.code}
    if answer.fate is Fate.AGAIN and mail.tries < MOST_TRIES:
        delay = min(FIRST_DELAY * 2 ** (mail.tries - 1), LONGEST_DELAY)
        values |= {"claimed_at": None, "next_try_at": now + delay}
    else:
        values |= {"state": _ENDS[answer.fate], "settled_at": now}
    OutgoingMail.objects.claimed_as(mail).update(**values)


_ENDS = {
    Fate.SENT: State.SENT,
    Fate.AGAIN: State.FAILED,
    Fate.NEVER: State.FAILED,
    Fate.UNSURE: State.UNSURE,
    Fate.NOT_NEEDED: State.NOT_NEEDED,
}
