"""The mail to administrators when something is not well: at most one a day, and what to do.

It is written when it leaves: what is well again by then is not told, and when nothing is left to
tell it does not leave.
"""

import datetime as dt

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Membership, OutgoingMail
from accounts.outbox import put_in
from accounts.roles import Role
from stek.health import Check, checks
from stek.status import is_new

#: The kind of mail, as `stek.mails` finds the writer.
ALARM = "alarm"


def put_in_alarms(now: dt.datetime) -> int:
    """One a day for each administrator with an address, while something is not well."""
    if is_new(now) or not _problems(now):
        return 0
    today = timezone.localdate(now)
    keys = {f"{ALARM}:{today}:{one.user_id}": one for one in _administrators(now)}
    lacking = keys.keys() - OutgoingMail.objects.keys_among(keys)
    for key in lacking:
        one = keys[key]
        put_in(stek=one.stek, kind=ALARM, subject_id=one.pk, key=key, not_before=now)
    return len(lacking)


def write_alarm(mail: OutgoingMail) -> EmailMessage | None:
    now = timezone.now()
    to = next((one for one in _administrators(now) if one.pk == mail.subject_id), None)
    problems = _problems(now)
    is_old = timezone.localdate(mail.created_at) != timezone.localdate(now)
    if to is None or not problems or is_old:
        return None
    lines = [f"- {check.name}: {check.words} {check.cure}".rstrip() for check in problems]
    address = f"{settings.PUBLIC_URL}{reverse('status')}"
    return EmailMessage(
        subject=ngettext(
            "Stek: er is iets mis", "Stek: er zijn %(count)s dingen mis", len(problems)
        )
        % {"count": len(problems)},
        body="\n\n".join(
            [
                _("Dag,"),
                _("Dit moet iemand nakijken:"),
                "\n".join(lines),
                _("Hoe het nu is: %(address)s") % {"address": address},
            ]
        ),
        to=[to.user.email],
    )


def _problems(now: dt.datetime) -> list[Check]:
    """Mail that does not leave is not told by mail."""
    return [check for check in checks(now) if not check.is_well and check.key != "mail"]


def _administrators(now: dt.datetime) -> list[Membership]:
    """Each person once, whatever the number of STEKs."""
    rows = Membership.objects.current(timezone.localdate(now)).reachable([Role.ADMINISTRATOR])
    return list({one.user_id: one for one in rows.order_by("-pk")}.values())
