"""What tests of answers share."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone

from referrals.actions import withdraw_consent
from referrals.models import AnswerLink, Referral
from referrals.states import Happening
from referrals.step_actions import note_step
from tests import factories
from tests.cast import Colleague


def now(referral: Referral) -> Referral:
    return Referral.objects.get(pk=referral.pk)


def moved_by(colleague: Colleague, referral: Referral, what: Happening, **more: Any) -> None:
    version = now(referral).version
    note_step(referral, what=what, version=version, by=colleague.user, **more)


def withdrawn(referral: Referral, by: Colleague) -> None:
    assert referral.household is not None
    withdraw_consent(referral.household, partner=referral.partner, by=by.user)


def stop_the_link(asked: Referral, token: str, mika: Colleague) -> None:
    AnswerLink.objects.update(revoked_at=timezone.now())


def withdraw(asked: Referral, token: str, mika: Colleague) -> None:
    mika.post(reverse("referrals:withdraw", args=[asked.pk]))


def void(asked: Referral, token: str, mika: Colleague) -> None:
    mika.post(reverse("referrals:void", args=[asked.pk]))


def let_the_consent_end(asked: Referral, token: str, mika: Colleague) -> None:
    assert asked.consent is not None
    asked.consent.until = factories.today() - dt.timedelta(days=1)
    asked.consent.save()


GONE = [stop_the_link, withdraw, void, let_the_consent_end]
