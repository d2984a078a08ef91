"""A partner that says nothing: a reminder, then the community worker; after that a proposal."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from places.models import Stek
from referrals.mails import remind_partner, warn_of_silence
from referrals.models import Referral
from referrals.states import Happening
from referrals.step_actions import note_by_machine


@transaction.atomic
def break_silence(now: dt.datetime) -> int:
    """Remind each partner once, and tell the team once; of how many referrals."""
    return sum(_remind(stek, now) + _warn(stek, now) for stek in Stek.objects.all())


def _remind(stek: Stek, now: dt.datetime) -> int:
    silent = Referral.objects.of_stek(stek).unanswered_since(_ago(now, stek.remind_days))
    rows = list(silent.by_mail().never_reminded())
    for referral in rows:
        step = note_by_machine(referral, what=Happening.REMINDED, by=None)
        remind_partner(referral, step, not_before=now)
    return len(rows)


def _warn(stek: Stek, now: dt.datetime) -> int:
    silent = Referral.objects.of_stek(stek).unanswered_since(_ago(now, stek.silent_days))
    rows = list(silent.never_warned_of())
    for referral in rows:
        note_by_machine(referral, what=Happening.SILENT, by=None)
    if rows:
        warn_of_silence(stek, today=timezone.localdate(now), not_before=now)
    return len(rows)


def _ago(now: dt.datetime, days: int) -> dt.datetime:
    return now - dt.timedelta(days=days)
