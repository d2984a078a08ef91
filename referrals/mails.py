"""Which mails a referral asks for; what they say is written when they leave."""

import datetime as dt

from accounts.outbox import put_in
from referrals.models import Referral

#: Kinds of mail, as `stek.mails` finds the writer.
ASK, REMIND, SILENT, RENEW = "ask_partner", "remind_partner", "partner_silent", "renew_link"


def ask_partner(referral: Referral, *, not_before: dt.datetime) -> None:
    """The first mail to the partner, with the link."""
    put_in(
        stek=referral.stek,
        kind=ASK,
        subject_id=referral.pk,
        key=f"{ASK}:{referral.pk}",
        not_before=not_before,
    )
