"""Which app writes which kind of mail, and the round that sends what is due."""

import datetime as dt
from collections.abc import Mapping

from accounts import factor_mail, invitation_mail
from accounts.outbox import Writer, send_due
from referrals import mails
from reviews import monday
from stek import alarm

WRITERS: Mapping[str, Writer] = {
    factor_mail.FACTOR_RESET: factor_mail.write_reset,
    invitation_mail.INVITATION: invitation_mail.write_invitation,
    mails.ASK: mails.write_ask,
    mails.REMIND: mails.write_reminder,
    mails.RENEW: mails.write_renewal,
    mails.SILENT: mails.write_silence,
    monday.WEEK: monday.write_week,
    alarm.ALARM: alarm.write_alarm,
}


def send_mails(now: dt.datetime) -> int:
    """How many left."""
    return send_due(now, WRITERS)
