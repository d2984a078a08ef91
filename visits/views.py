"""The counter: one screen, one field; every action answers with that screen again."""

import datetime as dt
import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import StekRequest, allow
from accounts.roles import COUNTER
from people.actions import OtherBody
from people.cards import looks_like_card
from people.duplicates import Duplicate, possible_duplicates
from people.models import Household
from people.standing import standing_of
from places.purposes import Purpose
from visits import actions
from visits.counter import Counter, may_enter
from visits.eligibility import OverrideReason, Refusal, VoidReason, reasons_for
from visits.forms import (
    AnonymousForm,
    AskForm,
    CheckInForm,
    NewHouseholdForm,
    PurposeForm,
    VoidForm,
)
from visits.hits import find_lines, recognise
from visits.models import Message, Opening, Visit
from visits.opening_forms import OnDutyForm
from visits.planned import people_to_choose


def show(
    request: StekRequest,
    *,
    opening: Opening | None = None,
    visit: Visit | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The counter's page, for today or for the opening that is typed in late."""
    counter = Counter.of(request.membership, now=timezone.now(), opening=opening, visit=visit)
    context = {
        "counter": counter,
        "request_id": uuid.uuid4(),
        "anonymous": AnonymousForm(initial={"request_id": uuid.uuid4()}),
        "void_reasons": [r for r in VoidReason if r != VoidReason.UNDONE],
        "text": "",
        "ask_error": "",
        "card_error": "",
        "lines": (),
        "asked": False,
        "refused": None,
        "new_household": None,
        "alike": (),
        "duty_form": OnDutyForm(),
        "planned": None,
        **more,
    }
    if counter.opening is None and context["planned"] is None:
        context["planned"] = people_to_choose(request.membership, day=counter.day)
    return render(request, "visits/counter.html", context, status=status)


def opening_of(request: StekRequest) -> Opening:
    """The opening that a form is for; another STEK's, or one too long ago, does not exist."""
    pk = request.POST.get("opening", "")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        raise Http404
    opening = get_object_or_404(Opening.objects.visible_to(request.membership), pk=pk)
    return entered(request, opening)


def entered(request: StekRequest, opening: Opening) -> Opening:
    """The same opening, when this role may still type in it."""
    day = actions.current_day(timezone.now())
    if not may_enter(request.membership, opening, day=day):
        raise Http404
    opening.stek = request.membership.stek
    return opening


def arrival(opening: Opening) -> dt.datetime | None:
    """Now, or nothing when an earlier day is typed in and nobody knows the hour."""
    now = timezone.now()
    return None if opening.is_past(actions.current_day(now)) else now


def visit_of(request: StekRequest, pk: int) -> Visit:
    visit = get_object_or_404(
        Visit.objects.visible_to(request.membership).select_related("opening"), pk=pk
    )
    entered(request, visit.opening)
    return visit


@require_safe
@allow(COUNTER)
def counter(request: StekRequest) -> HttpResponse:
    return show(request)


@require_safe
@allow(COUNTER)
def visit(request: StekRequest, pk: int) -> HttpResponse:
    """The counter with the card of this visit."""
    found = visit_of(request, pk)
    return show(request, opening=found.opening, visit=found)


@require_safe
@allow(COUNTER)
def today(request: StekRequest, pk: int) -> HttpResponse:
    """The list alone, asked for every few seconds, so that two laptops see each other."""
    opening = entered(
        request, get_object_or_404(Opening.objects.visible_to(request.membership), pk=pk)
    )
    counter = Counter.of(request.membership, now=timezone.now(), opening=opening)
    return render(request, "visits/_today.html", {"counter": counter})


@require_POST
@allow(COUNTER)
def search(request: StekRequest) -> HttpResponse:
    """What matches while somebody types; nothing at all for one letter."""
    opening = opening_of(request)
    form = AskForm(request.POST)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    lines = [] if looks_like_card(text) else find_lines(text, opening=opening)
    context = {
        "lines": lines,
        "text": text,
        "asked": False,
        "ask_error": "",
        "opening": opening,
        "request_id": uuid.uuid4(),
    }
    return render(request, "visits/_hits.html", context)


@require_POST
@allow(COUNTER)
def enter(request: StekRequest) -> HttpResponse:
    """Enter in the field: a card or a number checks in, a name shows who may be meant."""
    opening = opening_of(request)
    form = AskForm(request.POST)
    if not form.is_valid():
        return show(request, opening=opening, status=422, ask_error=_("Typ een naam of nummer."))
    text = form.cleaned_data["q"]
    household = recognise(text, opening=opening)
    if household is not None:
        request_id = form.cleaned_data["request_id"] or uuid.uuid4()
        return admit(request, opening, household, request_id=request_id)
    if looks_like_card(text):
        message = _("Deze kaart is niet goed gelezen of niet van hier. Scan ze nog eens.")
    elif text.isdigit():
        message = _("Er is geen klant met nummer %(number)s.") % {"number": text}
    else:
        lines = find_lines(text, opening=opening)
        return show(request, opening=opening, lines=lines, text=text, asked=True)
    return show(request, opening=opening, text=text, ask_error=message, status=422)


@require_POST
@allow(COUNTER)
def check_in(request: StekRequest) -> HttpResponse:
    """Check in the household of the marked line; after a refusal with a reason."""
    opening = opening_of(request)
    form = CheckInForm(request.POST)
    if not form.is_valid():
        return show(
            request, opening=opening, status=422, ask_error=_("Kies een huishouden uit de lijst.")
        )
    household = get_object_or_404(
        Household.objects.visible_to(request.membership).in_use().with_access(),
        pk=form.cleaned_data["household"],
    )
    return admit(
        request,
        opening,
        household,
        request_id=form.cleaned_data["request_id"],
        reason=form.cleaned_data["reason"],
        only=form.cleaned_data["only"],
    )


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
    entry = {
        "opening": opening,
        "purposes": purposes,
        "request_id": request_id,
        "by": request.user,
        "arrived_at": None
        if opening.is_past(actions.current_day(timezone.now()))
        else timezone.now(),
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


def _what_was_refused(
    household: Household, opening: Opening, purposes: list[str]
) -> Refusal | None:
    standing = standing_of(household, day=opening.day, stek=opening.stek)
    return actions.refusal(
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
    }
    return show(request, opening=opening, refused=refused, status=422)


@require_POST
@allow(COUNTER)
def check_in_anonymous(request: StekRequest) -> HttpResponse:
    opening = opening_of(request)
    form = AnonymousForm(request.POST)
    if not form.is_valid():
        return show(request, opening=opening, anonymous=form, status=422)
    try:
        visit = actions.check_in_anonymous(
            opening=opening,
            purposes=request.membership.stek.default_purposes_anonymous,
            by=request.user,
            arrived_at=arrival(opening),
            **form.cleaned_data,
        )
    except OtherBody:
        form.add_error(None, key_used_again())
        return show(request, opening=opening, anonymous=form, status=422)
    return redirect("visits:visit", pk=visit.pk)


@require_POST
@allow(COUNTER)
def new_household(request: StekRequest) -> HttpResponse:
    """Name and size; who looks like it is shown first, a second press enters the household."""
    opening = opening_of(request)
    if "adults" not in request.POST:
        form = NewHouseholdForm(
            initial={"request_id": uuid.uuid4(), "last_name": request.POST.get("q", "")[:80]}
        )
        return show(request, opening=opening, new_household=form)
    form = NewHouseholdForm(request.POST)
    if not form.is_valid():
        return show(request, opening=opening, new_household=form, status=422)
    data = form.cleaned_data
    if not data.pop("confirmed") and (alike := _alike(opening, data)):
        return show(request, opening=opening, new_household=form, alike=alike, status=422)
    try:
        visit = actions.check_in_new_household(
            opening=opening,
            purposes=request.membership.stek.default_purposes,
            by=request.user,
            **data,
        )
    except OtherBody:
        form.add_error(None, key_used_again())
        return show(request, opening=opening, new_household=form, status=422)
    return redirect("visits:visit", pk=visit.pk)


def _alike(opening: Opening, data: dict[str, Any]) -> list[Duplicate]:
    """Who it may be, except what an earlier sending of this same form entered."""
    found = possible_duplicates(
        stek=opening.stek, first_name=data["first_name"], last_name=data["last_name"]
    )
    return [one for one in found if one.household.request_id != data["request_id"]]


@require_POST
@allow(COUNTER)
def undo(request: StekRequest, pk: int) -> HttpResponse:
    """Take a check-in back at once; it stays in the list, struck out."""
    actions.void_visit(visit_of(request, pk), reason=VoidReason.UNDONE, by=request.user)
    return redirect("visits:visit", pk=pk)


@require_POST
@allow(COUNTER)
def void(request: StekRequest, pk: int) -> HttpResponse:
    """Strike a visit out, with a reason."""
    found = visit_of(request, pk)
    form = VoidForm(request.POST)
    if not form.is_valid():
        return show(
            request,
            opening=found.opening,
            visit=found,
            card_error=_("Kies waarom je dit bezoek schrapt."),
            status=422,
        )
    actions.void_visit(found, reason=VoidReason(form.cleaned_data["reason"]), by=request.user)
    return redirect("visits:visit", pk=pk)


@require_POST
@allow(COUNTER)
def set_purpose(request: StekRequest, pk: int) -> HttpResponse:
    """Switch one reason of the visit on or off."""
    found = visit_of(request, pk)
    form = PurposeForm(request.POST)
    if found.is_voided or not form.is_valid():
        return show(
            request,
            opening=found.opening,
            visit=found,
            card_error=_("Die reden bestaat niet, of het bezoek is geschrapt."),
            status=422,
        )
    purpose, on = form.cleaned_data["set"]
    actions.set_purpose(found, purpose=purpose, on=on, by=request.user)
    return redirect("visits:visit", pk=pk)


@require_POST
@allow(COUNTER)
def deliver_message(request: StekRequest, pk: int, message_pk: int) -> HttpResponse:
    """The visitor was told."""
    found = visit_of(request, pk)
    message = get_object_or_404(
        Message.objects.visible_to(request.membership), pk=message_pk, household=found.household_id
    )
    actions.deliver_message(message, by=request.user)
    return redirect("visits:visit", pk=pk)
