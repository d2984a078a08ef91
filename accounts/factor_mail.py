"""The mail to somebody whose second factor was taken away; it names nobody."""

import datetime as dt

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from accounts.models import OutgoingMail, User
from accounts.outbox import put_in
from places.models import Stek

#: As `stek.mails` finds the writer.
FACTOR_RESET = "factor_reset"


def tell_of_reset(user: User, *, stek: Stek, key: str, now: dt.datetime) -> None:
    """`key`: of this time that it happened."""
    if user.email:
        key = f"{FACTOR_RESET}:{key}"
        put_in(stek=stek, kind=FACTOR_RESET, subject_id=user.pk, key=key, not_before=now)


def write_reset(mail: OutgoingMail) -> EmailMessage | None:
    user = User.objects.filter(pk=mail.subject_id, is_active=True).exclude(email="").first()
    if user is None:
        return None
    body = _(
        "Dag,\n\n"
        "De extra code om je aan te melden bij Stek is gewist. Je bent overal afgemeld.\n"
        "Vroeg je dit zelf? Meld je dan opnieuw aan. Heb je een code nodig, dan stel je die "
        "meteen weer in.\n"
        "Vroeg je dit niet? Verwittig dan nu iemand van %(stek)s.\n"
    )
    return EmailMessage(
        _("%(stek)s: je extra code is gewist") % {"stek": mail.stek},
        body % {"stek": mail.stek},
        to=[user.email],
    )
