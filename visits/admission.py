"""Letting a household in: the check-in, or the question that a person at the counter decides on."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.access import StekRequest
from people.actions import OtherBody
from people.models import Household
from people.standing import standing_of
from places.purposes import Purpose
from visits import actions
from visits.eligibility import OverrideReason, Refusal, reasons_for, refusal
from visits.models import Opening, Visit
from visits.screen import arrival, show


def admit(
    request: StekRequest,
    opening: Opening,
    household: Household,
    *,
    request_id: uuid.UUID,
    reason: str = "",
    only: str = "",
) -> HttpResponse:
    """Try to check in, and answer with the visit or with the counter's question."""
    purposes = [only] if only else request.membership.stek.default_purposes
    entry: dict[str, Any] = {
        "opening": opening,
        "purposes": purposes,
        "request_id": request_id,
        "by": request.user,
        "arrived_at": arrival(opening),
    }
    try:
        if reason:
            why = _what_was_refused(household, opening, purposes)
            if why is None:
                visit = actions.check_in(household, **entry)
            else:
                visit = actions.check_in_anyway(
                    household, why=why, reason=OverrideReason(reason), **entry
                )
        else:
            visit = actions.check_in(household, **entry)
    except actions.Refused as refused:
        return _ask_person(request, opening, household, refused.why)
    except OtherBody:
        return show(request, opening=opening, status=422, ask_error=key_used_again())
    if visit.request_id != request_id:
        return _ask_person(request, opening, household, Refusal.HERE_ALREADY, earlier=visit)
    return redirect("visits:visit", pk=visit.pk)


def key_used_again() -> str:
    return _("Dit formulier is al eens gebruikt. Zoek de persoon opnieuw.")


def ask_about_shop(request: StekRequest, visit: Visit, why: Refusal) -> HttpResponse:
    """The same question for somebody who is here already, and now wants to shop too."""
    household = Household.objects.with_access().get(pk=visit.household_id)
    refused = {
        "household": household,
        "why": why,
        "standing": standing_of(household, day=visit.opening.day, stek=visit.opening.stek),
        "earlier": None,
        "reasons": reasons_for(why),
        "coffee_instead": False,
        "visit": visit,
    }
    return show(request, opening=visit.opening, refused=refused, status=422)


def _what_was_refused(
    household: Household, opening: Opening, purposes: list[str]
) -> Refusal | None:
    standing = standing_of(household, day=opening.day, stek=opening.stek)
    return refusal(
        standing=standing,
        here_already=bool(Visit.objects.here_at(opening, [household.pk])),
        for_grocery=Purpose.GROCERY in purposes,
    )


def _ask_person(
    request: StekRequest,
    opening: Opening,
    household: Household,
    why: Refusal,
    earlier: Visit | None = None,
) -> HttpResponse:
    """The counter's question: what is the matter, and the reasons to check in all the same."""
    refused = {
        "household": household,
        "why": why,
        "standing": standing_of(household, day=opening.day, stek=opening.stek),
        "earlier": earlier,
        "reasons": reasons_for(why),
        "coffee_instead": why != Refusal.HERE_ALREADY,
        "visit": None,
    }
    return show(request, opening=opening, refused=refused, status=422)
