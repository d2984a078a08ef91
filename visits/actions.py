"""What can happen at an opening; every verb is atomic and audited, and safe to send twice."""

import datetime as dt
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from accounts.seeing import is_key_elsewhere
from people.actions import OtherBody, create_household
from people.models import Household
from people.standing import standing_of
from places.purposes import Purpose
from visits.eligibility import OverrideReason, Refusal, VoidReason, refusal
from visits.models import Opening, Visit


class Refused(Exception):
    """The counter has a question first; a person may go on with `check_in_anyway`."""

    def __init__(self, why: Refusal) -> None:
        self.why = why
        super().__init__(why.value)


def check_in(
    household: Household,
    *,
    opening: Opening,
    purposes: Collection[str],
    request_id: UUID,
    by: User,
    arrived_at: dt.datetime | None = None,
) -> Visit:
    """Enter a visit, unless the counter has a question first (`Refused`).

    A repeated `request_id` returns the visit that is there; so does a lost race with another
    laptop (then the visit carries another `request_id`). The same key for somebody else raises
    `OtherBody`.
    """
    standing = standing_of(household, day=opening.day, stek=opening.stek)
    why = refusal(standing=standing, here_already=False, for_grocery=Purpose.GROCERY in purposes)
    if why is not None:
        raise Refused(why)
    return _enter(
        opening=opening,
        household=household,
        adults=household.adults,
        children=household.children,
        purposes=purposes,
        request_id=request_id,
        arrived_at=arrived_at,
        by=by,
    )


def check_in_anyway(
    household: Household,
    *,
    opening: Opening,
    purposes: Collection[str],
    why: Refusal,
    reason: OverrideReason,
    request_id: UUID,
    by: User,
    arrived_at: dt.datetime | None = None,
) -> Visit:
    """Enter a visit after a person decided on the refusal, with the reason they chose."""
    return _enter(
        opening=opening,
        household=household,
        adults=household.adults,
        children=household.children,
        purposes=purposes,
        request_id=request_id,
        arrived_at=arrived_at,
        by=by,
        refusal=why,
        override_reason=reason,
        repeated=why == Refusal.HERE_ALREADY,
    )


def check_in_anonymous(
    *,
    opening: Opening,
    adults: int,
    children: int,
    first_this_year: bool,
    purposes: Collection[str],
    request_id: UUID,
    by: User,
    arrived_at: dt.datetime | None = None,
) -> Visit:
    """Count people who don't give a name; they are always welcome."""
    return _enter(
        opening=opening,
        household=None,
        adults=adults,
        children=children,
        first_this_year=first_this_year,
        purposes=purposes,
        request_id=request_id,
        arrived_at=arrived_at,
        by=by,
    )


@transaction.atomic
def check_in_new_household(
    *,
    opening: Opening,
    first_name: str,
    last_name: str,
    adults: int,
    children: int,
    purposes: Collection[str],
    request_id: UUID,
    by: User,
    arrived_at: dt.datetime | None = None,
) -> Visit:
    """Somebody's first time: enter the household and the visit together, access follows later."""
    household = create_household(
        stek=opening.stek,
        first_name=first_name,
        last_name=last_name,
        adults=adults,
        children=children,
        request_id=request_id,
        by=by,
    )
    return check_in_anyway(
        household,
        opening=opening,
        purposes=purposes,
        why=Refusal.NO_ACCESS,
        reason=OverrideReason.NEW,
        request_id=request_id,
        by=by,
        arrived_at=arrived_at,
    )


@transaction.atomic
def void_visit(visit: Visit, *, reason: VoidReason, by: User) -> Visit:
    """Strike a visit out; it stays, with the reason. A second time changes nothing."""
    visit = Visit.objects.locked(visit.pk)
    if not visit.is_voided:
        visit.voided_at = timezone.now()
        visit.voided_by = by
        visit.void_reason = reason
        visit.save(update_fields=["voided_at", "voided_by", "void_reason"])
        record("void", on=visit, by=by, stek_id=visit.opening.stek_id, fields=["void_reason"])
        if not visit.repeated:
            _next_one_counts_first(visit)
    return visit


def _next_one_counts_first(voided: Visit) -> None:
    """A repeated visit takes the place of the first, so that a third one is asked about."""
    other = Visit.objects.counted().repeated_with(voided).first()
    if other is not None:
        other.repeated = False
        other.save(update_fields=["repeated"])


@transaction.atomic
def set_purpose(visit: Visit, *, purpose: Purpose, on: bool, by: User) -> Visit:
    """Switch one reason of the visit; a question gets the next number in the line.

    Raises `Refused` when the shop is switched on for a household without access.
    """
    visit = Visit.objects.locked(visit.pk)
    field = f"for_{purpose.value}"
    if getattr(visit, field) == on:
        return visit
    if purpose == Purpose.GROCERY and on:
        _ask_about_shop(visit)
    setattr(visit, field, on)
    if purpose == Purpose.QUESTION and visit.queue_number is None:
        # Switched off and on again, the visitor keeps the slip.
        visit.queue_number = _next_queue_number(visit.opening)
    visit.save(update_fields=[field, "queue_number"])
    record("purpose", on=visit, by=by, stek_id=visit.opening.stek_id, fields=[field])
    return visit


@transaction.atomic
def add_grocery_anyway(visit: Visit, *, why: Refusal, reason: OverrideReason, by: User) -> Visit:
    """Let somebody who is here already shop too, after a person decided on the refusal."""
    fields = {"for_grocery": True, "refusal": why, "override_reason": reason}
    Visit.objects.counted().filter(pk=visit.pk).update(**fields)
    record("purpose_anyway", on=visit, by=by, stek_id=visit.opening.stek_id, fields=fields)
    return visit


def _ask_about_shop(visit: Visit) -> None:
    """The shop is for who has access, however the visit began."""
    if visit.household_id is None or visit.refusal:
        return
    household = Household.objects.with_access().get(pk=visit.household_id)
    standing = standing_of(household, day=visit.opening.day, stek=visit.opening.stek)
    why = refusal(standing=standing, here_already=False, for_grocery=True)
    if why is not None:
        raise Refused(why)


def _enter(
    *,
    opening: Opening,
    household: Household | None,
    adults: int,
    children: int,
    purposes: Collection[str],
    request_id: UUID,
    by: User,
    **others: Any,
) -> Visit:
    """Insert the visit and its audit row; the constraints decide races, not a query before."""
    visit = Visit(
        opening=opening,
        household=household,
        adults=adults,
        children=children,
        request_id=request_id,
        created_by=by,
        **{f"for_{purpose}": purpose in purposes for purpose in Purpose.values},
        **others,
    )
    try:
        with transaction.atomic():
            if visit.for_question:
                visit.queue_number = _next_queue_number(opening)
            visit.save(force_insert=True)
            record("check_in", on=visit, by=by, stek_id=opening.stek_id)
            return visit
    except IntegrityError as error:
        there = Visit.objects.made_by_request(request_id)
        if there is not None:
            if not _is_same(there, visit):
                raise OtherBody from None
            return there
        if is_key_elsewhere(error):
            raise OtherBody from None
        if household is not None:
            first = Visit.objects.first_counted(opening, household)
            if first is not None:
                return first
        raise


def _is_same(there: Visit, sent: Visit) -> bool:
    """Whether a form that came again says the same; the size of a household may have changed."""
    if (there.opening_id, there.household_id) != (sent.opening_id, sent.household_id):
        return False
    return there.household_id is not None or (
        (there.adults, there.children, there.first_this_year)
        == (sent.adults, sent.children, sent.first_this_year)
    )


def _next_queue_number(opening: Opening) -> int:
    """Count the line up by one; the row is held until the end, so no number is given twice."""
    Opening.objects.filter(pk=opening.pk).update(last_queue_number=F("last_queue_number") + 1)
    opening.refresh_from_db(fields=["last_queue_number"])
    return opening.last_queue_number
