"""The record of a household: what each app knows of it, on one page or in one line of time."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import StekRequest, allow
from accounts.roles import COORDINATION, RECORD
from people.actions import MergedMeanwhile, OtherBody
from people.models import Consent, Household, Merge
from people.views import household_of, page_about
from referrals.actions import withdraw_consent
from stek.record import Record
from stek.timeline import Kind, Timeline
from visits.forms import MessageForm
from visits.message_actions import deliver_message, leave_message
from visits.models import Message, Visit

#: Visits on one page of the whole history.
PER_PAGE = 50


def any_household(request: StekRequest, pk: int) -> Household:
    """Of this STEK; an erased one too, because its visits stay."""
    rows = Household.objects.visible_to(request.membership).with_referrer()
    rows = rows.select_related("merged_into")
    household = get_object_or_404(rows, pk=pk)
    household.stek = request.membership.stek
    return household


def of_who_it_is_now(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view its household. Of one that was merged, also since the page was opened or at
    this very moment, nothing is done: the same page of who it turned out to be is shown.
    """

    @wraps(view)
    def found(request: StekRequest, pk: int, **more: Any) -> HttpResponse:
        household = any_household(request, pk)
        if household.merged_into is None:
            try:
                return view(request, household, **more)
            except MergedMeanwhile:
                household.refresh_from_db(fields=["merged_into"])
        kept = household.merged_into
        assert kept is not None
        said = {"old": household.number, "number": kept.number}
        messages.info(request, _("Nummer %(old)s is samengevoegd met nummer %(number)s.") % said)
        name = request.resolver_match.view_name if request.resolver_match else ""
        return redirect(name, **more, pk=kept.pk)

    return found


def _show(
    request: StekRequest, household: Household, form: MessageForm, status: int = 200
) -> HttpResponse:
    context = {
        "record": Record.of(household, today=timezone.localdate()),
        "message_form": form,
        "merges": Merge.objects.undoable().into(household.pk).with_names(),
        "may_change": request.membership.role in COORDINATION,
        "request_id": uuid.uuid4(),
    }
    return page_about(household, request, "people/household.html", context, status=status)


@require_safe
@allow(RECORD)
@of_who_it_is_now
def household(request: StekRequest, household: Household) -> HttpResponse:
    """The record."""
    return _show(request, household, MessageForm())


@require_safe
@allow(RECORD)
@of_who_it_is_now
def visits(request: StekRequest, household: Household) -> HttpResponse:
    """Every visit of a household, latest first."""
    rows = Visit.objects.visible_to(request.membership).of_household(household.pk).by_day()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina"))
    return page_about(household, request, "people/visits.html", {"page": page})


@require_safe
@allow(RECORD)
@of_who_it_is_now
def timeline(request: StekRequest, household: Household) -> HttpResponse:
    """What happened with a household, latest first, or one kind of it."""
    only = request.GET.get("soort", "")
    shown = Timeline.of(household, number=request.GET.get("pagina", ""), only=only)
    query = f"soort={shown.only.value}" if shown.only else ""
    context = {"timeline": shown, "kinds": list(Kind), "query": query}
    return page_about(household, request, "people/timeline.html", context)


@require_POST
@allow(RECORD)
def message(request: StekRequest, pk: int) -> HttpResponse:
    """Keep one line for the next time they come; it replaces the one that waits."""
    household = household_of(request, pk)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _show(request, any_household(request, pk), form, status=422)
    try:
        leave_message(household, by=request.user, **form.cleaned_data)
    except OtherBody:
        messages.warning(request, _("Dit formulier was al eens gebruikt. Begin opnieuw."))
        return redirect("people:household", pk=pk)
    messages.success(request, _("De balie toont dit bericht bij het volgende bezoek."))
    return redirect("people:household", pk=pk)


@require_POST
@allow(RECORD)
def drop_message(request: StekRequest, pk: int, message_pk: int) -> HttpResponse:
    """The visitor knows already, or it was a mistake: the text goes."""
    household = household_of(request, pk)
    mine = Message.objects.visible_to(request.membership).of_household(household.pk)
    deliver_message(get_object_or_404(mine, pk=message_pk), by=request.user)
    return redirect("people:household", pk=pk)


@require_POST
@allow(RECORD)
def withdraw(request: StekRequest, pk: int, partner_pk: int) -> HttpResponse:
    """The visitor wants this partner to be told nothing any more."""
    household = household_of(request, pk)
    given = Consent.objects.for_partner(household.pk, partner_pk).by_partner()
    partner = get_object_or_404(given[:1]).partner
    withdraw_consent(household, partner=partner, by=request.user)
    said = _("De toestemming voor %s is ingetrokken. De link van deze partner toont niets meer.")
    messages.success(request, said % partner.name)
    return redirect("people:household", pk=pk)
