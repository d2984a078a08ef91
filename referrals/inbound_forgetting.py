"""Requests keep who it was no longer than needed: some time after the decision it goes."""

import datetime as dt

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from people.models import Household
from referrals.inbound import DAYS_KEPT
from referrals.models import InboundReferral

#: What says who somebody is, or how to reach them.
IDENTITY = ("first_name", "last_name", "phone", "language", "initials")


@transaction.atomic
def forget_decided(now: dt.datetime) -> int:
    """Empty who it was, some time after the decision; what was decided stays."""
    before = now - dt.timedelta(days=DAYS_KEPT)
    rows = list(InboundReferral.objects.decided_before(before).with_name())
    for row in rows:
        _forget(row, by=None)
    return len(rows)


@transaction.atomic
def forget_requests_of(household: Household, *, by: User | None) -> None:
    """At once, for a household that is erased."""
    for row in InboundReferral.objects.of_household(household.pk).with_name():
        _forget(row, by=by)


def _forget(row: InboundReferral, *, by: User | None) -> None:
    filled = [name for name in IDENTITY if getattr(row, name)]
    for name in filled:
        setattr(row, name, "")
    row.save(update_fields=filled)
    record("forget_request", on=row, by=by, fields=filled)
