"""What can be done with who leaves the books: keep longer, not after all, restrict, lift."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from people.actions import MergedMeanwhile, OtherBody
from people.models import Household, LeavingNotice, RetentionHold
from people.rights import HoldReason, RestrictReason


@transaction.atomic
def hold_household(
    household: Household, *, reason: HoldReason, until: dt.date, request_id: UUID, by: User
) -> RetentionHold:
    """Keep it until this day, whatever the term; what ran before is replaced.

    The same key again returns the row that is there; with another body it raises `OtherBody`.
    Raises `MergedMeanwhile`.
    """
    _refuse_merged(Household.objects.locked(household.pk))
    earlier: RetentionHold | None = RetentionHold.objects.made_by_request(request_id)
    if earlier is not None:
        if (earlier.household_id, earlier.reason, earlier.until) != (household.pk, reason, until):
            raise OtherBody
        return earlier
    _lift(household, by=by)
    hold: RetentionHold = RetentionHold.objects.create(
        household=household,
        reason=reason,
        until=until,
        request_id=request_id,
        held_at=timezone.now(),
        held_by=by,
    )
    record("hold", on=hold, by=by, stek_id=household.stek_id, fields=["reason", "until"])
    return hold


@transaction.atomic
def lift_hold(household: Household, *, by: User) -> bool:
    """The term counts again; a second press changes nothing more."""
    Household.objects.locked(household.pk)
    return _lift(household, by=by)


def _lift(household: Household, *, by: User) -> bool:
    hold = RetentionHold.objects.of_household(household.pk).not_lifted().first()
    if hold is None:
        return False
    hold.lifted_at, hold.lifted_by = timezone.now(), by
    hold.save(update_fields=["lifted_at", "lifted_by"])
    record("lift_hold", on=hold, by=by, stek_id=household.stek_id, fields=["lifted_at"])
    return True


@transaction.atomic
def forget_books_of(household: Household, *, by: User | None) -> None:
    """Who is erased waits for nothing any more. The timer erases nobody who is kept longer."""
    if by is not None:
        _lift(household, by=by)
    LeavingNotice.objects.of_household(household.pk).delete()


@transaction.atomic
def restrict_household(household: Household, *, reason: RestrictReason, by: User) -> Household:
    """Keep its data and use it for nothing, until it is lifted; the counter still finds it.

    Raises `MergedMeanwhile`.
    """
    current = Household.objects.locked(household.pk)
    _refuse_merged(current)
    if current.erased_at is None and current.restricted_at is None:
        current.restricted_at, current.restricted_by = timezone.now(), by
        current.restricted_reason = reason
        current.version += 1
        current.save()
        record("restrict", on=current, by=by, fields=[f"reason_{reason}"])
    return current


@transaction.atomic
def lift_restriction(household: Household, *, by: User) -> Household:
    """It may be used again; a second press changes nothing more."""
    current = Household.objects.locked(household.pk)
    if current.restricted_at is not None:
        current.restricted_at, current.restricted_by = None, None
        current.restricted_reason = ""
        current.version += 1
        current.save()
        record("lift_restriction", on=current, by=by, fields=["restricted_at"])
    return current


def _refuse_merged(household: Household) -> None:
    """What is decided about somebody must not end with a number that nobody is any more."""
    if household.merged_into_id is not None:
        raise MergedMeanwhile
