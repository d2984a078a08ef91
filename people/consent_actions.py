"""Giving and withdrawing the agreement that a partner is told who somebody is."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from people.eligibility import months_later
from people.models import Consent, Household
from places.models import Partner


@dataclass(frozen=True)
class Agreed:
    """What somebody agreed to: that a partner is told the name, and what beside it."""

    how: str
    tells_phone: bool = True
    tells_language: bool = True
    tells_theme: bool = True


@transaction.atomic
def give_consent(
    household: Household, *, partner: Partner, agreed: Agreed, today: dt.date, by: User
) -> Consent:
    """A new row, valid for the STEK's period from today."""
    consent = Consent.objects.create(
        household=household,
        partner=partner,
        how=agreed.how,
        tells_phone=agreed.tells_phone,
        tells_language=agreed.tells_language,
        tells_theme=agreed.tells_theme,
        until=months_later(today, household.stek.consent_months),
        given_at=timezone.now(),
        given_by=by,
    )
    record("consent", on=consent, by=by, stek_id=household.stek_id)
    return consent


@transaction.atomic
def close_consents(household: Household, *, partner: Partner | None, by: User) -> int:
    """Withdraw what this partner (or, with None, every partner) may be told; how many there were.

    What a referral does with it is `referrals.actions.withdraw_consent`.
    """
    rows = Consent.objects.of_household(household.pk).not_withdrawn()
    if partner is not None:
        rows = rows.for_partner(household.pk, partner.pk)
    closed = list(rows)
    for consent in closed:
        consent.withdrawn_at, consent.withdrawn_by = timezone.now(), by
        consent.save(update_fields=["withdrawn_at", "withdrawn_by"])
        record(
            "withdraw_consent",
            on=consent,
            by=by,
            stek_id=household.stek_id,
            fields=["withdrawn_at"],
        )
    return len(closed)
