"""The list of what is to follow up: done, move, let go, and back again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import FOLLOWING, RECORD, TABLE
from forms_help import follow_up_actions
from forms_help.follow_up_forms import DropForm, MoveForm
from forms_help.models import FollowUp
from forms_help.outcomes import DropReason
from visits.days import current_day


def _listed(request: StekRequest, pk: int) -> FollowUp:
    """One of those in this person's list."""
    return get_object_or_404(FollowUp.objects.visible_to(request.membership), pk=pk)


def _at_hand(request: StekRequest, pk: int) -> FollowUp:
    """Theirs by role, or of somebody who is here now and sits in front of them."""
    rows = FollowUp.objects.at_hand(request.membership, current_day(timezone.now()))
    return get_object_or_404(rows, pk=pk)


def _show(request: StekRequest, status: int = 200, **more: Any) -> HttpResponse:
    """Overdue first, then by day; below it what was closed lately."""
    stek = request.membership.stek
    record_read("follow_ups", on=stek, by=request.user, stek_id=stek.pk)
    rows = FollowUp.objects.visible_to(request.membership).with_words()
    today = current_day(timezone.now())
    context = {
        "open": [(row, row.is_overdue(today)) for row in rows.open().by_due()],
        "closed": rows.closed_lately(timezone.now()),
        "today": today,
        "membership": request.membership,
        "has_record": request.membership.role in RECORD,
        "drop_reasons": DropReason,
        "wrong": None,
        **more,
    }
    return render(request, "forms_help/follow_ups.html", context, status=status)


@require_safe
@allow(FOLLOWING)
def follow_ups(request: StekRequest) -> HttpResponse:
    return _show(request)


def _back(request: StekRequest) -> HttpResponse:
    """To the page of the visitor, when it was ticked off there."""
    visit = request.POST.get("visit", "")
    if visit.isascii() and visit.isdigit() and len(visit) < 19:
        return redirect("forms_help:person", pk=int(visit))
    return redirect("forms_help:follow_ups")


@require_POST
@allow(TABLE, pin=True)
def done(request: StekRequest, pk: int) -> HttpResponse:
    follow_up_actions.follow_up_done(_at_hand(request, pk), by=request.user)
    return _back(request)


@require_POST
@allow(FOLLOWING)
def reopen(request: StekRequest, pk: int) -> HttpResponse:
    follow_up_actions.follow_up_reopen(_listed(request, pk), by=request.user)
    return _back(request)


@require_POST
@allow(FOLLOWING)
def move(request: StekRequest, pk: int) -> HttpResponse:
    """To another day."""
    follow_up = _listed(request, pk)
    form = MoveForm(request.POST, today=current_day(timezone.now()))
    if not form.is_valid():
        wrong = {"pk": pk, "text": next(iter(form.errors.values()))[0]}
        return _show(request, wrong=wrong, status=422)
    due = form.cleaned_data["due"]
    follow_up_actions.follow_up_move(follow_up, due=due, by=request.user)
    messages.success(request, _("Verplaatst naar %(day)s.") % {"day": f"{due:%d/%m/%Y}"})
    return redirect("forms_help:follow_ups")


@require_POST
@allow(FOLLOWING)
def drop(request: StekRequest, pk: int) -> HttpResponse:
    """Let it go, with a reason."""
    follow_up = _listed(request, pk)
    form = DropForm(request.POST)
    if not form.is_valid():
        wrong = {"pk": pk, "text": next(iter(form.errors.values()))[0]}
        return _show(request, wrong=wrong, status=422)
    reason = DropReason(form.cleaned_data["reason"])
    follow_up_actions.follow_up_drop(follow_up, reason=reason, by=request.user)
    return redirect("forms_help:follow_ups")
