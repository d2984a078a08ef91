"""What can be done with a household and its access; every verb is atomic and audited."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from people.cards import new_token
from people.eligibility import renewed_until
from people.models import BudgetStep, GroceryAccess, Household, Member, Referrer
from people.search import rebuild_keys
from people.sensitive import clean_name
from places.models import Stek

#: So many laptops may reach for the same next number at one moment; each round one gets it.
AT_ONCE = 25


class OtherBody(Exception):
    """A form key came back with other content: two different things under one key."""


class EditedMeanwhile(Exception):
    """Somebody else saved this row first; `current` is how it stands now."""

    def __init__(self, current: Household) -> None:
        self.current = current
        super().__init__("edited meanwhile")


class NumberTaken(Exception):
    """The customer number that somebody chose is already of another household."""


class DecidedMeanwhile(Exception):
    """The access is no longer as the page showed it: somebody decided on it first."""


def next_number(stek: Stek) -> int:
    """The number after the highest that was ever given, so that no number changes hands."""
    highest = Household.objects.of_stek(stek).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def create_household(
    *,
    stek: Stek,
    first_name: str,
    last_name: str,
    adults: int,
    children: int,
    request_id: UUID,
    by: User,
    number: int | None = None,
    phone: str = "",
    language: str = "",
) -> Household:
    """Enter a household; without a number it gets the next one.

    The same `request_id` again returns what was made the first time; with another name or size
    it raises `OtherBody`. A chosen number that is in use raises `NumberTaken`.
    """
    body = {
        "first_name": clean_name(first_name),
        "last_name": clean_name(last_name),
        "adults": adults,
        "children": children,
    }
    chosen = number
    # Laptops may reach for the same next number: the constraint says so, and we take another.
    for attempt in range(AT_ONCE):
        try:
            with transaction.atomic():
                household = Household(
                    stek=stek,
                    number=chosen or next_number(stek),
                    phone=phone,
                    language=language,
                    request_id=request_id,
                    created_by=by,
                    **body,
                )
                household.save(force_insert=True)
                rebuild_keys(household)
                record("create", on=household, by=by)
                return household
        except IntegrityError:
            earlier = Household.objects.of_stek(stek).made_by_request(request_id)
            if earlier is not None:
                if any(getattr(earlier, name) != value for name, value in body.items()):
                    raise OtherBody from None
                return earlier
            if chosen is not None and Household.objects.of_stek(stek).with_number(chosen):
                raise NumberTaken from None
            if attempt == AT_ONCE - 1:
                raise
    raise AssertionError("unreachable")


@transaction.atomic
def update_household(
    household: Household, *, changes: dict[str, object], version: int, by: User
) -> Household:
    """Save changed fields, unless somebody saved the row since `version` was read.

    Raises `EditedMeanwhile` then, and `NumberTaken` for a number of another household.
    """
    current = Household.objects.locked(household.pk)
    if current.version != version:
        raise EditedMeanwhile(current)
    changed = [name for name, value in changes.items() if getattr(current, name) != value]
    if not changed:
        return current
    for name in changed:
        setattr(current, name, changes[name])
    current.version += 1
    try:
        with transaction.atomic():
            current.save(update_fields=[*changed, "version"])
    except IntegrityError:
        if "number" not in changed:
            raise
        raise NumberTaken from None
    if {"first_name", "last_name"} & set(changed):
        rebuild_keys(current)
    record("update", on=current, by=by, fields=changed)
    return current


@transaction.atomic
def replace_card(household: Household, *, lost: str, by: User) -> Household:
    """Give a new card; the lost one stops working at once. A second press changes nothing more."""
    current = Household.objects.locked(household.pk)
    if current.card == lost:
        current.card = new_token()
        current.save(update_fields=["card"])
        record("replace_card", on=current, by=by, fields=["card"])
    return current


@transaction.atomic
def add_member(
    household: Household, *, first_name: str, last_name: str, request_id: UUID, by: User
) -> Member:
    """Name another person who may come for this household; the same key again adds nobody."""
    member, made = Member.objects.get_or_create(
        request_id=request_id,
        defaults={
            "household": household,
            "first_name": clean_name(first_name),
            "last_name": clean_name(last_name),
        },
    )
    if member.household_id != household.pk:
        raise OtherBody
    if made:
        rebuild_keys(household)
        record("add_member", on=household, by=by)
    return member


@transaction.atomic
def remove_member(member: Member, *, by: User) -> Household:
    """Take a person off the household; their name goes at once, nothing refers to it."""
    household = member.household
    member.delete()
    rebuild_keys(household)
    record("remove_member", on=household, by=by)
    return household


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
    # The household row is the lock: two decisions at once become one after the other.
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


@transaction.atomic
def erase_household(household: Household, *, by: User) -> Household:
    """Take the identity away for good; number, sizes and visits stay, for the counts."""
    household = Household.objects.locked(household.pk)
    if household.erased_at is not None:
        return household
    household.members.all().delete()
    household.first_name = household.last_name = household.phone = household.language = ""
    household.erased_at = timezone.now()
    household.erased_by = by
    household.version += 1
    household.save()
    rebuild_keys(household)
    record("erase", on=household, by=by)
    return household


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
