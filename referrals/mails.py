"""Which mails a referral asks for, and what they say; nothing in them is about anybody.

They are written when they leave: a mail that is no longer meant to be said is not sent.
"""

import datetime as dt

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Membership, OutgoingMail
from accounts.outbox import put_in
from accounts.roles import Role
from places.models import Stek
from referrals.course import may_follow
from referrals.links import make_link
from referrals.models import AnswerLink, Referral, ReferralStep
from referrals.states import Source
from referrals.tokens import hash_of, token_of

#: Kinds of mail, as `stek.mails` finds the writer.
ASK, REMIND, SILENT, RENEW = "ask_partner", "remind_partner", "partner_silent", "renew_link"
#: Those about one referral.
TO_PARTNER = (ASK, REMIND, RENEW)


def last_mail(referral: Referral) -> OutgoingMail | None:
    """The newest mail about it, whatever became of that; one query."""
    mail: OutgoingMail | None = OutgoingMail.objects.about(TO_PARTNER, referral.pk).first()
    return mail


def ask_partner(referral: Referral, *, not_before: dt.datetime) -> None:
    """The first mail to the partner, with the link."""
    _put_in(ASK, referral, f"{referral.pk}", not_before)


def remind_partner(referral: Referral, step: ReferralStep, *, not_before: dt.datetime) -> None:
    """The same again, once for each time that the silence was noted."""
    _put_in(REMIND, referral, f"{step.pk}", not_before)


def may_renew(referral: Referral) -> bool:
    """Whether a new link would be mailed: there is an address, and something left to answer."""
    return bool(referral.partner.email and may_follow(referral.state, Source.PARTNER))


def renew_link(link: AnswerLink, *, now: dt.datetime) -> None:
    """Another link in place of one that grew old; asked for often, it is mailed once a day."""
    _put_in(RENEW, link.referral, f"{link.pk}:{timezone.localdate(now):%Y%m%d}", now)


def warn_of_silence(stek: Stek, *, today: dt.date, not_before: dt.datetime) -> None:
    """To the community workers, at most once a day."""
    key = f"{SILENT}:{stek.pk}:{today:%Y%m%d}"
    put_in(stek=stek, kind=SILENT, subject_id=stek.pk, key=key, not_before=not_before)


def _put_in(kind: str, referral: Referral, of: str, not_before: dt.datetime) -> None:
    put_in(
        stek=referral.stek,
        kind=kind,
        subject_id=referral.pk,
        key=f"{kind}:{of}",
        not_before=not_before,
    )


def write_ask(mail: OutgoingMail) -> EmailMessage | None:
    return _with_link(
        mail,
        _("Een vraag van %(stek)s"),
        _(
            "Dag,\n\n"
            "%(stek)s wil iemand naar u doorverwijzen. Die persoon gaat ermee akkoord.\n"
            "Over wie het gaat, staat niet in deze mail. U leest het hier, zonder account:\n\n"
            "%(link)s\n\n"
            "Daar antwoordt u met één klik: wij nemen het op, in onderzoek, of niet voor ons.\n"
            "Geef deze link niet door: wie hem heeft, kan de gegevens lezen.\n\n"
            "Met vriendelijke groet\n%(sender)s\n"
        ),
    )


def write_reminder(mail: OutgoingMail) -> EmailMessage | None:
    """Not when the partner answered meanwhile."""
    return _with_link(
        mail,
        _("Herinnering: een vraag van %(stek)s"),
        _(
            "Dag,\n\n"
            "Een tijd geleden wilde %(stek)s iemand naar u doorverwijzen. "
            "We weten nog niet of u dit opneemt.\n"
            "Hier antwoordt u met één klik, zonder account:\n\n"
            "%(link)s\n\n"
            "Met vriendelijke groet\n%(sender)s\n"
        ),
        only_unanswered=True,
    )


def write_renewal(mail: OutgoingMail) -> EmailMessage | None:
    return _with_link(
        mail,
        _("Uw nieuwe link van %(stek)s"),
        _(
            "Dag,\n\n"
            "Er werd een nieuwe link gevraagd voor een doorverwijzing van %(stek)s:\n\n"
            "%(link)s\n\n"
            "Vroeg u dit niet? Dan hoeft u niets te doen.\n\n"
            "Met vriendelijke groet\n%(sender)s\n"
        ),
        may_be_late=True,
    )


def write_silence(mail: OutgoingMail) -> EmailMessage | None:
    """Counts and an address; None when nobody is silent any more, or nobody has a mailbox."""
    stek, now = mail.stek, timezone.now()
    since = now - dt.timedelta(days=stek.silent_days)
    count = Referral.objects.of_stek(stek).unanswered_since(since).count()
    team = Membership.objects.of_stek(stek).current(timezone.localdate(now))
    workers = [one.user.email for one in team if one.role == Role.COMMUNITY_WORKER]
    to = sorted({email for email in workers if email})
    if not count or not to:
        return None
    address = f"{settings.PUBLIC_URL}{reverse('referrals:list')}?zwijgt=1"
    said = ngettext(
        "Van %(count)s doorverwijzing heeft de partner al %(days)s dagen niets laten weten.",
        "Van %(count)s doorverwijzingen heeft de partner al %(days)s dagen niets laten weten.",
        count,
    ) % {"count": count, "days": stek.silent_days}
    subject = _("%(stek)s: een partner zwijgt") % {"stek": stek}
    return EmailMessage(subject, f"{said}\n\n{address}\n", to=to)


def _with_link(
    mail: OutgoingMail,
    subject: str,
    body: str,
    *,
    only_unanswered: bool = False,
    may_be_late: bool = False,
) -> EmailMessage | None:
    referral = Referral.objects.with_words().with_id(mail.subject_id).first()
    now = timezone.now()
    if referral is None or not referral.may_be_told(timezone.localdate(now)):
        return None
    if not may_renew(referral) or (referral.is_over and not may_be_late):
        return None
    if only_unanswered and referral.answered_at is not None:
        return None
    stek = mail.stek
    words = {"stek": stek, "link": _address(referral, now), "sender": _sender(stek)}
    return EmailMessage(
        subject % words,
        body % words,
        to=[referral.partner.email],
        reply_to=[stek.email] if stek.email else [],
    )


@transaction.atomic
def _address(referral: Referral, now: dt.datetime) -> str:
    """A link that works; the same one at each try, unless the secret key was changed meanwhile."""
    link = AnswerLink.objects.of_referral(referral).mailed().live(now).first()
    if link is None or link.token_hash != hash_of(token_of(link.nonce)):
        link = make_link(referral, kind=AnswerLink.Kind.MAIL, now=now)
    return f"{settings.PUBLIC_URL}{reverse('answers:answer', args=[token_of(link.nonce)])}"


def _sender(stek: Stek) -> str:
    return "\n".join(filter(None, [str(stek), stek.phone, stek.email]))
