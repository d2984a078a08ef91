"""Referrals after they were made: the list, the board, the appointments, and one with its steps."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.outbox import try_again
from accounts.roles import TABLE
from referrals.actions import void_referral, withdraw_consent
from referrals.forms import StepForm, VersionForm
from referrals.mails import last_mail
from referrals.models import Referral
from referrals.page import (
    Filters,
    Overview,
    Page,
    board,
    line_of,
    listed,
    partners_of,
)
from referrals.states import Happening, State, VoidReason
from referrals.step_actions import note_step, strike_step
from referrals.steps import MovedMeanwhile, NotNow

PER_PAGE = 25


def referral_by(request: StekRequest, pk: int) -> Referral:
    """Of a restricted household one sees only that (`show`), and changes nothing."""
    rows = Referral.objects.visible_to(request.membership).with_words()
    if request.method == "POST":
        rows = rows.unrestricted()
    found: Referral = get_object_or_404(rows, pk=pk)
    found.stek = request.membership.stek
    return found


def show(
    request: StekRequest,
    referral: Referral,
    *,
    error: str = "",
    form: Any = None,
    status: int = 200,
) -> HttpResponse:
    record_read("referral", on=referral, by=request.user)
    if referral.household is not None and referral.household.is_restricted:
        return render(request, "referrals/restricted.html", {"referral": referral})
    page = Page.of(referral, request.membership, now=timezone.now())
    context = {"page": page, "error": error, "form": form or StepForm()}
    return render(request, "referrals/referral.html", context, status=status)


@require_safe
@allow(TABLE)
def referrals(request: StekRequest) -> HttpResponse:
    """All of them, or one's own, with what they were narrowed to."""
    now, membership = timezone.now(), request.membership
    filters = Filters.of(request.GET.dict())
    page = Paginator(listed(membership, filters, now=now), PER_PAGE).get_page(
        request.GET.get("pagina")
    )
    record_read("referrals", on=None, by=request.user, stek_id=membership.stek_id)
    context = {
        "page": page,
        "lines": [line_of(row, now) for row in page],
        "filters": filters,
        "states": State,
        "partners": partners_of(membership),
        "overview": Overview.of(membership, now=now)
        if page.number == 1 and not filters.query
        else None,
    }
    return render(request, "referrals/list.html", context)


@require_safe
@allow(TABLE)
def by_state(request: StekRequest) -> HttpResponse:
    """The open ones in columns."""
    record_read("referrals", on=None, by=request.user, stek_id=request.membership.stek_id)
    columns = board(request.membership, now=timezone.now())
    return render(request, "referrals/board.html", {"columns": columns})


@require_safe
@allow(TABLE)
def appointments(request: StekRequest) -> HttpResponse:
    """Who is expected where this week and the next."""
    today = timezone.localdate()
    first = today - dt.timedelta(days=today.weekday())
    start = timezone.make_aware(dt.datetime.combine(first, dt.time()))
    record_read("referrals", on=None, by=request.user, stek_id=request.membership.stek_id)
    mine = Referral.objects.visible_to(request.membership).unrestricted().with_words()
    rows = mine.appointments_between(start, start + dt.timedelta(days=14))
    context = {"rows": rows, "first": first, "today": today}
    return render(request, "referrals/appointments.html", context)


@require_safe
@allow(TABLE)
def referral(request: StekRequest, pk: int) -> HttpResponse:
    return show(request, referral_by(request, pk))


@require_POST
@allow(TABLE)
def step(request: StekRequest, pk: int) -> HttpResponse:
    """Note what happened."""
    found, form = referral_by(request, pk), StepForm(request.POST)
    if not form.is_valid():
        return show(request, found, error=form.first_error(), form=form, status=422)
    data = form.cleaned_data
    try:
        note_step(
            found,
            what=Happening(data["happening"]),
            reason=data["reason"],
            appointment=form.appointment(),
            version=data["version"],
            request_id=data["request_id"],
            by=request.user,
        )
    except (MovedMeanwhile, NotNow):
        return show_moved(request, found)
    if request.POST.get("back") == "list":
        return redirect(f"{reverse('referrals:list')}?onbekend=1")
    return redirect("referrals:referral", pk=pk)


def show_moved(request: StekRequest, found: Referral) -> HttpResponse:
    """As it stands now."""
    current = Referral.objects.with_words().as_it_stands(found.pk)
    current.stek = request.membership.stek
    return show(request, current, error=moved(), status=422)


def moved() -> str:
    return _("Intussen veranderde hier iets. Kijk wat er nu staat, en kies opnieuw.")


@require_POST
@allow(TABLE)
def strike(request: StekRequest, pk: int) -> HttpResponse:
    """Put the last step right."""
    found, form = referral_by(request, pk), VersionForm(request.POST)
    last = Page.of(found, request.membership, now=timezone.now()).last_step
    if not form.is_valid() or last is None:
        return show(request, found, error=moved(), status=422)
    try:
        strike_step(last, version=form.cleaned_data["version"], by=request.user)
    except (MovedMeanwhile, NotNow):
        return show_moved(request, found)
    return redirect("referrals:referral", pk=pk)


@require_POST
@allow(TABLE)
def void(request: StekRequest, pk: int) -> HttpResponse:
    """Strike it out: in the first minutes as if it was not made, later as a mistake."""
    found = referral_by(request, pk)
    undone = found.may_be_undone(by=request.user, now=timezone.now())
    reason = VoidReason.UNDONE if undone else VoidReason.MISTAKE
    void_referral(found, reason=reason, by=request.user)
    return redirect("referrals:referral", pk=pk)


@require_POST
@allow(TABLE)
def mail_again(request: StekRequest, pk: int) -> HttpResponse:
    """The mail did not leave, or nobody knows: let it leave once more."""
    mail = last_mail(referral_by(request, pk))
    if mail is not None and try_again(mail, by=request.user):
        messages.success(request, _("De mail staat weer klaar en vertrekt zo."))
    return redirect("referrals:referral", pk=pk)


@require_POST
@allow(TABLE)
def withdraw(request: StekRequest, pk: int) -> HttpResponse:
    """The visitor wants this partner to be told nothing any more."""
    found = referral_by(request, pk)
    if found.household is not None:
        withdraw_consent(found.household, partner=found.partner, by=request.user)
    return redirect("referrals:referral", pk=pk)
