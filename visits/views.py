"""The counter: one screen, one field; every action answers with that screen again."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import COUNTER
from people.actions import OtherBody
from people.cards import looks_like_card
from people.duplicate import Duplicate
from people.duplicates import possible_duplicates
from people.lookup import old_number_of
from people.models import Household
from visits import actions, message_actions
from visits.admission import admit, ask_about_shop
from visits.counter import Counter
from visits.eligibility import OverrideReason, VoidReason
from visits.forms import (
    AnonymousForm,
    AskForm,
    CheckInForm,
    NewHouseholdForm,
    PurposeForm,
    VoidForm,
)
from visits.hits import find_lines, recognise
from visits.models import Message, Opening
from visits.screen import arrival, entered, note_search, opening_of, show, visit_of


@require_safe
@allow(COUNTER, pin=True)
def counter(request: StekRequest) -> HttpResponse:
    return show(request)


@require_safe
@allow(COUNTER, pin=True)
def visit(request: StekRequest, pk: int) -> HttpResponse:
    """The counter with the card of this visit."""
    found = visit_of(request, pk)
    just_entered = found.may_be_undone(by=request.user, now=timezone.now())
    if found.household_id and not just_entered:
        # Whoever just checked somebody in has seen them; opened later it is a look at a person.
        record_read("visit", on=found.household, by=request.user)
    return show(request, opening=found.opening, visit=found)


@require_safe
@allow(COUNTER, pin=True, by_itself=True)
def today(request: StekRequest, pk: int) -> HttpResponse:
    """The list alone, asked for every few seconds, so that two laptops see each other."""
    opening = entered(
        request, get_object_or_404(Opening.objects.visible_to(request.membership), pk=pk)
    )
    counter = Counter.of(request.membership, now=timezone.now(), opening=opening)
    return render(request, "visits/_today.html", {"counter": counter, "piece": True})


@require_POST
@allow(COUNTER, pin=True)
def search(request: StekRequest) -> HttpResponse:
    """What matches while somebody types; nothing at all for one letter."""
    opening = opening_of(request)
    form = AskForm(request.POST)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    lines = [] if looks_like_card(text) else find_lines(text, opening=opening)
    if lines:
        note_search(request)
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
@allow(COUNTER, pin=True)
def enter(request: StekRequest) -> HttpResponse:
    """Enter in the field: a card or a number checks in, a name shows who may be meant."""
    opening = opening_of(request)
    form = AskForm(request.POST)
    if not form.is_valid():
        return show(
            request, opening=opening, status=422, ask_error=next(iter(form.errors.values()))[0]
        )
    text = form.cleaned_data["q"]
    household = recognise(text, opening=opening)
    if household is not None:
        if said := old_number_of(text, household):
            messages.info(request, said)
        request_id = form.cleaned_data["request_id"] or uuid.uuid4()
        return admit(request, opening, household, request_id=request_id)
    if looks_like_card(text):
        message = _("Deze kaart is niet goed gelezen of niet van hier. Scan ze nog eens.")
    elif text.isdigit():
        message = _("Er is geen klant met nummer %(number)s.") % {"number": text}
    else:
        lines = find_lines(text, opening=opening)
        note_search(request)
        return show(request, opening=opening, lines=lines, text=text, asked=True)
    return show(request, opening=opening, text=text, ask_error=message, status=422)


@require_POST
@allow(COUNTER, pin=True)
def check_in(request: StekRequest) -> HttpResponse:
    """Check in the household of the marked line; after a refusal with a reason."""
    opening = opening_of(request)
    form = CheckInForm(request.POST)
    if not form.is_valid():
        return show(
            request, opening=opening, status=422, ask_error=_("Kies een huishouden uit de lijst.")
        )
    mine = Household.objects.visible_to(request.membership)
    pk = form.cleaned_data["household"]
    # Two may have become one since the list was made.
    household = get_object_or_404(mine.in_use().with_access(), pk=mine.kept_of(pk) or pk)
    return admit(
        request,
        opening,
        household,
        request_id=form.cleaned_data["request_id"],
        reason=form.cleaned_data["reason"],
        only=form.cleaned_data["only"],
    )


@require_POST
@allow(COUNTER, pin=True)
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
        form.refuse_key()
        return show(request, opening=opening, anonymous=form, status=422)
    return redirect("visits:visit", pk=visit.pk)


@require_POST
@allow(COUNTER, pin=True)
def new_household(request: StekRequest) -> HttpResponse:
    """Name and size; who looks like it is shown first, a second press enters the household."""
    opening = opening_of(request)
    if "adults" not in request.POST:
        typed = AskForm(request.POST)
        names = typed.names() if typed.is_valid() else {}
        form = NewHouseholdForm(initial={"request_id": uuid.uuid4(), **names})
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
            arrived_at=arrival(opening),
            **data,
        )
    except OtherBody:
        form.refuse_key()
        return show(request, opening=opening, new_household=form, status=422)
    return redirect("visits:visit", pk=visit.pk)


def _alike(opening: Opening, data: dict[str, Any]) -> list[Duplicate]:
    """Who it may be, except what an earlier sending of this same form entered."""
    found = possible_duplicates(
        stek=opening.stek, first_name=data["first_name"], last_name=data["last_name"]
    )
    return [
        one for one in found if one.household and one.household.request_id != data["request_id"]
    ]


@require_POST
@allow(COUNTER, pin=True)
def undo(request: StekRequest, pk: int) -> HttpResponse:
    """Take a check-in back at once; it stays in the list, struck out.

    A visit of a colleague, or of earlier, is struck out with a reason.
    """
    found = visit_of(request, pk)
    if not found.is_voided and not found.may_be_undone(by=request.user, now=timezone.now()):
        return show(
            request,
            opening=found.opening,
            visit=found,
            card_error=_("Dit bezoek is van een collega, of van eerder. Schrap het met een reden."),
            status=422,
        )
    actions.void_visit(found, reason=VoidReason.UNDONE, by=request.user)
    return redirect("visits:visit", pk=pk)


@require_POST
@allow(COUNTER, pin=True)
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
@allow(COUNTER, pin=True)
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
    try:
        actions.set_purpose(found, purpose=purpose, on=on, by=request.user)
    except actions.Refused as refused:
        reason = form.cleaned_data["reason"]
        if not reason:
            return ask_about_shop(request, found, refused.why)
        actions.add_grocery_anyway(
            found, why=refused.why, reason=OverrideReason(reason), by=request.user
        )
    return redirect("visits:visit", pk=pk)


@require_POST
@allow(COUNTER, pin=True)
def deliver_message(request: StekRequest, pk: int, message_pk: int) -> HttpResponse:
    """The visitor was told."""
    found = visit_of(request, pk)
    message = get_object_or_404(
        Message.objects.visible_to(request.membership), pk=message_pk, household=found.household_id
    )
    message_actions.deliver_message(message, by=request.user)
    return redirect("visits:visit", pk=pk)
