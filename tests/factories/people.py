"""Households and what hangs on them: members, access, budget, consent, duplicates, terms."""

import datetime as dt
import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import User
from people.actions import next_number
from people.imports.referrers import referrer_key
from people.models import (
    BudgetRule,
    BudgetStep,
    Consent,
    DuplicatePair,
    GroceryAccess,
    Household,
    HouseholdImport,
    LeavingNotice,
    Member,
    Merge,
    Referrer,
    RetentionHold,
)
from people.search import rebuild_keys
from places.models import Partner, Stek
from stek.merging import Both, Choices, merge_households
from tests.factories.accounts import user
from tests.factories.moments import today


def duplicate_pair(one: Household, other: Household, **fields: Any) -> DuplicatePair:
    """Found by name and phone, nobody said anything yet."""
    first, second = sorted((one, other), key=lambda household: household.pk)
    values = {"score": 97, "reasons": ["same_name", "same_phone"]} | fields
    return DuplicatePair.objects.create(stek=one.stek, one=first, other=second, **values)


def merge(kept: Household, gone: Household, **choices: Any) -> Merge:
    """By its action: what moved has to be right."""
    both = Both(kept, gone, kept.version, gone.version)
    return merge_households(both, choices=Choices(**choices), request_id=uuid.uuid4(), by=user())


def referrer(stek: Stek, name: str = "OCMW Kalmthout", **fields: Any) -> Referrer:
    key = referrer_key(name, town=stek.town)
    return Referrer.objects.create(stek=stek, name=name, key=key, **fields)


def budget_rule(
    stek: Stek, *, steps: Iterable[tuple[int, int | str]] = ((1, 18), (2, 42)), **fields: Any
) -> BudgetRule:
    """€ 18 a week for one, € 42 for a family; `steps` are (from so many persons, amount)."""
    rule = BudgetRule.objects.create(stek=stek, **fields)
    for from_persons, amount in steps:
        BudgetStep.objects.create(rule=rule, from_persons=from_persons, amount=Decimal(amount))
    return rule


def household(
    stek: Stek,
    first_name: str = "Fatima",
    last_name: str = "El Amrani",
    *,
    by: User | None = None,
    **fields: Any,
) -> Household:
    """A household that the search finds; its number is the next one."""
    row = Household.objects.create(
        stek=stek,
        first_name=first_name,
        last_name=last_name,
        number=fields.pop("number", None) or next_number(stek),
        created_by=by or user(),
        **fields,
    )
    rebuild_keys(row)
    return row


def member(household: Household, first_name: str = "Youssef", last_name: str = "") -> Member:
    row = Member.objects.create(
        household=household, first_name=first_name, last_name=last_name or household.last_name
    )
    rebuild_keys(household)
    return row


def access(household: Household, *, by: User | None = None, **fields: Any) -> GroceryAccess:
    """Access that runs: since a month, and for five more. It becomes the current one."""
    household.accesses.current().update(current=False)
    values = {
        "valid_from": today() - dt.timedelta(days=30),
        "valid_until": today() + dt.timedelta(days=150),
        "created_by": by or household.created_by,
    } | fields
    return GroceryAccess.objects.create(household=household, **values)


def leaving_notice(household: Household, since: dt.date) -> LeavingNotice:
    return LeavingNotice.objects.create(household=household, since=since)


def retention_hold(household: Household, **fields: Any) -> RetentionHold:
    """Until next month, because of a complaint."""
    values: dict[str, Any] = {
        "reason": "claim",
        "until": today() + dt.timedelta(days=30),
        "held_at": timezone.now(),
        "held_by": household.created_by,
    }
    return RetentionHold.objects.create(household=household, **(values | fields))


def restricted(household: Household) -> Household:
    """The visitor says that something is wrong."""
    household.restricted_at, household.restricted_by = timezone.now(), household.created_by
    household.restricted_reason = "disputed"
    household.save()
    return household


def household_import(stek: Stek, *, by: User | None = None, **fields: Any) -> HouseholdImport:
    return HouseholdImport.objects.create(
        stek=stek, created_by=by or user(), **{"file_name": "klanten.xlsx", **fields}
    )


def consent(household: Household, partner: Partner, **fields: Any) -> Consent:
    """Spoken, for half a year from now."""
    values: dict[str, Any] = {
        "how": Consent.How.SPOKEN,
        "until": today() + dt.timedelta(days=180),
        "given_at": timezone.now(),
        "given_by": household.created_by,
    }
    return Consent.objects.create(household=household, partner=partner, **(values | fields))
