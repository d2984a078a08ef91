"""What can be decided on the access of a household; every verb is atomic and audited.

Two decisions at once become one after the other: each verb holds the row of the household.
"""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from people.actions import OtherBody
from people.eligibility import renewed_until
from people.models import BudgetStep, GroceryAccess, Household, Referrer


class DecidedMeanwhile(Exception):
    """The access is no longer as the page showed it: somebody decided on it first."""


@transaction.atomic
def grant_access(
    household: Household,
    *,
    valid_from: dt.date,
    valid_until: dt.date,
    request_id: UUID,
    by: User,
    referrer: Referrer | None = None,
    budget_step: BudgetStep | None = None,
) -> GroceryAccess:
    """A new decision on access, which replaces the current one as a new row."""
    Household.objects.locked(household.pk)
    return _decide(
        GroceryAccess(
            household=household,
            referrer=referrer,
            budget_step=budget_step,
            valid_from=valid_from,
            valid_until=valid_until,
            request_id=request_id,
            created_by=by,
        ),
        verb="grant",
    )


@transaction.atomic
def renew_access(
    access: GroceryAccess, *, today: dt.date, request_id: UUID, by: User
) -> GroceryAccess:
    """Prolong by the STEK's period: from the old end when it still runs, else from today.

    Raises `DecidedMeanwhile` when it is suspended, ended or no longer the current decision.
    """
    Household.objects.locked(access.household_id)
    if GroceryAccess.objects.made_by_request(request_id) is None:
        access = _as_it_stands(access)
        if access.suspended_at is not None:
            raise DecidedMeanwhile
    months = access.household.stek.access_months
    return _decide(
        GroceryAccess(
            household=access.household,
            referrer=access.referrer,
            budget_step=access.budget_step,
            valid_from=today,
            valid_until=renewed_until(access, today=today, months=months),
            request_id=request_id,
            created_by=by,
        ),
        verb="renew",
    )


@transaction.atomic
def suspend_access(access: GroceryAccess, *, reason: str, by: User) -> GroceryAccess:
    """Stop the access for a while; the counter says so and a person decides."""
    when = {"suspended_at": timezone.now(), "suspended_by": by, "suspended_reason": reason}
    return _change(access, verb="suspend", by=by, values=when)


@transaction.atomic
def resume_access(access: GroceryAccess, *, by: User) -> GroceryAccess:
    """Lift a suspension."""
    nothing = {"suspended_at": None, "suspended_by": None, "suspended_reason": ""}
    return _change(access, verb="resume", by=by, values=nothing)


@transaction.atomic
def end_access(access: GroceryAccess, *, reason: str, by: User) -> GroceryAccess:
    """End the access for good; a later decision is a new row."""
    when = {"ended_at": timezone.now(), "ended_by": by, "ended_reason": reason}
    return _change(access, verb="end", by=by, values=when)


def _decide(decision: GroceryAccess, *, verb: str) -> GroceryAccess:
    """Write the decision as the current one; the household is locked, the same key decides once."""
    earlier = GroceryAccess.objects.made_by_request(decision.request_id)
    if earlier is not None:
        there = (earlier.household_id, earlier.valid_until)
        if there != (decision.household_id, decision.valid_until):
            raise OtherBody
        return earlier
    household = decision.household
    household.accesses.current().update(current=False)
    decision.save(force_insert=True)
    record(verb, on=decision, by=decision.created_by, stek_id=household.stek_id)
    return decision


def _as_it_stands(access: GroceryAccess) -> GroceryAccess:
    """The row as it is now; only the running decision can be changed. The household is locked."""
    now = GroceryAccess.objects.with_household().get(pk=access.pk)
    if not now.current or now.ended_at is not None or now.household.erased_at is not None:
        raise DecidedMeanwhile
    return now


def _change(
    access: GroceryAccess, *, verb: str, by: User, values: Mapping[str, object]
) -> GroceryAccess:
    Household.objects.locked(access.household_id)
    access = _as_it_stands(access)
    for name, value in values.items():
        setattr(access, name, value)
    access.save(update_fields=[*values])
    record(verb, on=access, by=by, stek_id=access.household.stek_id, fields=values)
    return access
