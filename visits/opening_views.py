"""Opening and closing the day, earlier days, and the lists on paper."""

import datetime as dt
import uuid
from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import COUNTER, RECORD
from people.models import Household
from visits import opening_actions
from visits.counter import LATE_DAYS, Counter
from visits.days import current_day
from visits.eligibility import OverrideReason
from visits.forms import BaseSlipFormSet, PastDayForm, SlipFormSet
from visits.line import QueueLine
from visits.models import Opening, Visit
from visits.opening_forms import OnDutyForm
from visits.planned import chosen, people_to_choose
from visits.screen import entered, show
from visits.slips import enter_slips
from visits.today import Today

#: Lines on one sheet of the paper grid.
SLIP_LINES = 20


def _opening(request: StekRequest, pk: int) -> Opening:
    return entered(
        request, get_object_or_404(Opening.objects.visible_to(request.membership), pk=pk)
    )


@require_POST
@allow(COUNTER, pin=True)
def open_day(request: StekRequest) -> HttpResponse:
    """Open today with who is present."""
    day = current_day(timezone.now())
    people = people_to_choose(request.membership, day=day)
    form, ticks = OnDutyForm(request.POST), request.POST.getlist("present")
    if not form.is_valid():
        return show(request, duty_form=form, planned=people.ticked_as(ticks), status=422)
    opening = opening_actions.open_day(
        stek=request.membership.stek,
        day=day,
        present=chosen(people, ticks, form.cleaned_data["extra"]),
        by=request.user,
    )
    if opening.opened_by_id != request.user.pk:
        who = {"who": opening.opened_by}
        messages.info(request, _("De dag was al geopend door %(who)s. Je staat er nu bij.") % who)
    return redirect("visits:counter")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COUNTER, pin=True)
def attendance(request: StekRequest, pk: int) -> HttpResponse:
    """Correct who is on duty."""
    opening = _opening(request, pk)
    people = people_to_choose(request.membership, day=opening.day, opening=opening)
    form = OnDutyForm(request.POST or None)
    if request.method == "POST":
        ticks = request.POST.getlist("present")
        people = people.ticked_as(ticks)
        if form.is_valid():
            present = chosen(people, ticks, form.cleaned_data["extra"])
            opening_actions.change_attendance(opening, present=present, by=request.user)
            return redirect("visits:opening", pk=opening.pk)
    context = {"opening": opening, "planned": people, "duty_form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "visits/attendance.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COUNTER, pin=True)
def close_day(request: StekRequest, pk: int) -> HttpResponse:
    """The day in figures, and the button that closes it; who still waits is named first."""
    opening = _opening(request, pk)
    # Whoever stood in the line of an earlier day has gone home.
    waits_now = opening.is_open and not opening.is_past(current_day(timezone.now()))
    line = QueueLine.of(opening).in_line if waits_now else []
    if request.method == "POST" and (not line or "anyway" in request.POST):
        opening_actions.close_day(opening, by=request.user)
        return redirect("visits:close_day", pk=pk)
    context = {
        "opening": opening,
        "today": Today.of(opening),
        "line": line,
        "shows_names": request.membership.stek.shows_names,
        "attendances": opening.attendances.all(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "visits/close_day.html", context, status=status)


@require_POST
@allow(COUNTER, pin=True)
def reopen_day(request: StekRequest, pk: int) -> HttpResponse:
    """Closed too early: go on."""
    opening_actions.reopen_day(_opening(request, pk), by=request.user)
    return redirect("visits:opening", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COUNTER)
def openings(request: StekRequest) -> HttpResponse:
    """Earlier days: complete, print, close; add a day that nobody opened."""
    today = current_day(timezone.now())
    back = None if request.membership.role in RECORD else LATE_DAYS
    form = PastDayForm(request.POST or None, today=today, days_back=back)
    if request.method == "POST" and form.is_valid():
        opening = opening_actions.open_day(
            stek=request.membership.stek,
            day=form.cleaned_data["day"],
            present=[],
            by=request.user,
        )
        return redirect("visits:opening", pk=opening.pk)
    since = today - dt.timedelta(days=back or 120)
    listed = Opening.objects.visible_to(request.membership).since(since).with_counts()
    context = {
        "openings": listed,
        "form": form,
        "days": back or 120,
        # Questions of an earlier day are only for who keeps the record.
        "may_note": request.membership.role in RECORD,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "visits/openings.html", context, status=status)


@require_safe
@allow(COUNTER, pin=True)
def opening(request: StekRequest, pk: int) -> HttpResponse:
    """The counter for one opening: today's, or an earlier one to complete."""
    return show(request, opening=_opening(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COUNTER)
def slips(request: StekRequest, pk: int) -> HttpResponse:
    """The paper list of an outage, typed in line by line; all lines are entered or none."""
    opening = _opening(request, pk)
    known: dict[str, Any] = {
        "households": Household.objects.visible_to(request.membership),
        "here": Visit.objects.keys_of_opening(opening),
    }
    if request.method == "POST":
        formset = SlipFormSet(request.POST, **known)
        if formset.is_valid() and enter_slips(
            cast("BaseSlipFormSet", formset), opening=opening, by=request.user
        ):
            return redirect("visits:opening", pk=pk)
    else:
        keys = [{"request_id": uuid.uuid4()} for _line in range(SLIP_LINES)]
        formset = SlipFormSet(initial=keys, **known)
    context = {"opening": opening, "formset": formset, "reason": OverrideReason.ON_PAPER}
    status = 422 if request.method == "POST" else 200
    return render(request, "visits/slips.html", context, status=status)


@require_safe
@allow(COUNTER, pin=True)
def print_list(request: StekRequest, pk: int) -> HttpResponse:
    """The list of the day on paper, with the same short names as on the screen."""
    opening = _opening(request, pk)
    record_read("print_list", on=opening, by=request.user)
    counter = Counter.of(request.membership, now=timezone.now(), opening=opening)
    return render(request, "visits/print_list.html", {"counter": counter, "opening": opening})


@require_safe
@allow(COUNTER, pin=True)
def print_slips(request: StekRequest) -> HttpResponse:
    """An empty paper list, to have at hand when the network or the power is gone."""
    return render(request, "visits/print_slips.html", {"lines": range(SLIP_LINES)})
