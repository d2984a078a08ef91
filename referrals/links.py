"""The ways in of a partner: made, stopped, and found again by what somebody holds."""

import datetime as dt
import uuid

from django.utils import timezone

from referrals.models import AnswerLink, Referral
from referrals.tokens import code_of, hash_of, token_of

#: A link in a mail, and the code of a letter, work this long.
LASTS = dt.timedelta(days=90)
#: What somebody holds after typing a code: enough to answer, and no longer.
ENTERED_LASTS = dt.timedelta(hours=1)


def make_link(referral: Referral, *, kind: AnswerLink.Kind, now: dt.datetime) -> AnswerLink:
    """A new way in; those that were there stay as they are."""
    nonce = uuid.uuid4()
    is_letter = kind == AnswerLink.Kind.LETTER
    lasts = ENTERED_LASTS if kind == AnswerLink.Kind.ENTERED else LASTS
    link: AnswerLink = AnswerLink.objects.create(
        referral=referral,
        kind=kind,
        nonce=nonce,
        token_hash=hash_of(code_of(nonce) if is_letter else token_of(nonce)),
        letter_day=timezone.localdate(now) if is_letter else None,
        made_at=now,
        expires_at=now + lasts,
    )
    return link


def revoke_links(referral: Referral) -> None:
    """No way in works any more, also one that a partner is looking at."""
    AnswerLink.objects.of_referral(referral).live(timezone.now()).update(revoked_at=timezone.now())
