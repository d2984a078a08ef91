"""The mail with the link of an invitation; it names the STEK and nobody."""

import datetime as dt

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.link_keys import hash_of, key_of
from accounts.models import Invitation, OutgoingMail
from accounts.outbox import NO_SERVER, put_in
from places.models import Stek

#: As `stek.mails` finds the writer.
INVITATION = "invitation"


def mail_leaves(stek: Stek) -> bool:
    """Otherwise somebody has to hand the link over."""
    return stek.sends_mail and settings.EMAIL_BACKEND != NO_SERVER


def send_invitation(invitation: Invitation, *, now: dt.datetime) -> None:
    """Once for each link."""
    if mail_leaves(invitation.stek):
        put_in(
            stek=invitation.stek,
            kind=INVITATION,
            subject_id=invitation.pk,
            key=mail_key(invitation),
            not_before=now,
        )


def mail_key(invitation: Invitation) -> str:
    """Another one for each link that was sent."""
    return f"{INVITATION}:{invitation.nonce.hex}"


def address_of(invitation: Invitation) -> str:
    path = reverse("accounts:accept_invitation", args=[key_of(invitation.nonce)])
    return f"{settings.PUBLIC_URL}{path}"


def write_invitation(mail: OutgoingMail) -> EmailMessage | None:
    """Not when it was accepted, withdrawn or replaced by another link meanwhile."""
    row = Invitation.objects.open().with_id(mail.subject_id).first()
    if row is None or row.until <= timezone.now() or not row.email:
        return None
    if mail.key != mail_key(row) or row.key_hash != hash_of(key_of(row.nonce)):
        return None
    stek = mail.stek
    words = {
        "stek": stek,
        "link": address_of(row),
        "day": date_format(timezone.localtime(row.until), "d/m/Y"),
    }
    body = _(
        "Dag,\n\n"
        "%(stek)s nodigt je uit om mee te werken in Stek.\n"
        "Met deze link kies je een gebruikersnaam en een wachtwoord:\n\n"
        "%(link)s\n\n"
        "De link werkt één keer, tot %(day)s. Geef hem aan niemand door.\n"
        "Verwachtte je dit niet? Dan hoef je niets te doen.\n"
    )
    return EmailMessage(
        _("Uitnodiging van %(stek)s") % words,
        body % words,
        to=[row.email],
        reply_to=[stek.email] if stek.email else [],
    )
