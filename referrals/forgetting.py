"""What of a referral must not stay: where somebody had to be, and the ways in for a partner."""

import datetime as dt

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from people.eligibility import months_later
from people.models import Household
from places.models import Stek
from referrals.actions import withdraw_consent
from referrals.models import AnswerLink, Referral, ReferralStep
from referrals.states import Happening, Reason
from referrals.steps import add, settle


@transaction.atomic
def forget_details(now: dt.datetime) -> int:
    """Of referrals that are over longer than the STEK's term; returns of how many.

    The coded words, the dates of the steps and the partner stay, for the figures.
    """
    forgotten = 0
    for stek in Stek.objects.all():
        before = _months_before(now, stek.referral_months)
        for referral in Referral.objects.of_stek(stek).over_since(before).with_details():
            _forget(referral, by=None)
            forgotten += 1
    return forgotten


@transaction.atomic
def forget_household(household: Household, *, by: User | None) -> None:
    """At once, for a household that is erased: no partner is told anything any more.

    The timer (`by` None) erases nobody of whom a referral is open, and withdraws in nobody's name:
    without a name and without a link there is nothing left to tell.
    """
    if by is not None:
        withdraw_consent(household, partner=None, by=by, reason=Reason.ERASED)
        for referral in Referral.objects.of_household(household.pk).open().held():
            add(referral, Happening.WITHDRAWN, by=by, reason=Reason.ERASED)
            settle(referral)
            record("move_referral", on=referral, by=by, fields=["state"])
    for referral in Referral.objects.of_household(household.pk).with_details():
        _forget(referral, by=by)


def _forget(referral: Referral, *, by: User | None) -> None:
    """Queries of rows, not the actions: nothing moves, so there is no step."""
    nothing = {"appointment_place": "", "ask_for": ""}
    ReferralStep.objects.of_referral(referral).update(**nothing)
    Referral.objects.with_id(referral.pk).update(**nothing)
    if not referral.is_open:
        ReferralStep.objects.of_referral(referral).update(appointment_at=None)
        Referral.objects.with_id(referral.pk).update(appointment_at=None)
    AnswerLink.objects.of_referral(referral).delete()
    record("forget_referral", on=referral, by=by, fields=["appointment_at", "ask_for"])


def _months_before(now: dt.datetime, months: int) -> dt.datetime:
    """The moment whose term of so many months ended today."""
    day = months_later(now.date(), -months)
    return now.replace(year=day.year, month=day.month, day=day.day)
