"""Deciding on the access of a household; who looks only sees the decisions on the record."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import StekRequest, allow
from accounts.roles import COORDINATION
from people import access_actions as actions
from people.access_forms import EndForm, GrantForm, RenewForm, SuspendForm
from people.actions import OtherBody
from people.models import GroceryAccess
from people.views import household_of, page_about


def _access_of(request: StekRequest, pk: int) -> GroceryAccess:
    rows = GroceryAccess.objects.visible_to(request.membership).with_household()
    return get_object_or_404(rows, pk=pk, household__erased_at__isnull=True)


def _decided_meanwhile(request: StekRequest, access: GroceryAccess) -> HttpResponse:
    """Nothing is written: the record shows what the colleague decided."""
    messages.warning(
        request,
        _("Dat kan niet meer: intussen is er iets beslist. Kijk hoe de toegang nu staat."),
    )
    return redirect("people:household", pk=access.household_id)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COORDINATION)
def grant(request: StekRequest, pk: int) -> HttpResponse:
    """Give access: who decided, from when until when."""
    household = household_of(request, pk)
    form = GrantForm(
        request.POST if request.method == "POST" else None,
        stek=request.membership.stek,
        today=timezone.localdate(),
        current=household.access,
    )
    if form.is_valid():
        try:
            actions.grant_access(household, by=request.user, **form.cleaned_data)
        except OtherBody:
            form.refuse_key()
        else:
            return redirect("people:household", pk=pk)
    status = 422 if form.errors else 200
    return page_about(household, request, "people/grant.html", {"form": form}, status=status)


@require_POST
@allow(COORDINATION)
def renew(request: StekRequest, pk: int) -> HttpResponse:
    """Prolong by the period of the STEK, from the record or from the list of what ends soon."""
    access = _access_of(request, pk)
    form = RenewForm(request.POST)
    if not form.is_valid():
        return _decided_meanwhile(request, access)
    try:
        renewed = actions.renew_access(
            access,
            today=timezone.localdate(),
            request_id=form.cleaned_data["request_id"],
            by=request.user,
        )
    except (actions.DecidedMeanwhile, OtherBody):
        return _decided_meanwhile(request, access)
    until = date_format(renewed.valid_until)
    messages.success(request, _("De toegang is verlengd tot en met %s.") % until)
    if form.cleaned_data["back"] != "list":
        return redirect("people:household", pk=access.household_id)
    referrer = form.cleaned_data["referrer"]
    return redirect(reverse("people:expiring") + (f"?toeleider={referrer}" if referrer else ""))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COORDINATION)
def suspend(request: StekRequest, pk: int) -> HttpResponse:
    """Stop for a while, with a reason."""
    access = _access_of(request, pk)
    form = SuspendForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _ask_why(request, access, form, GroceryAccess.SuspendReason, "suspend")
    try:
        actions.suspend_access(access, reason=form.cleaned_data["reason"], by=request.user)
    except actions.DecidedMeanwhile:
        return _decided_meanwhile(request, access)
    return redirect("people:household", pk=access.household_id)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COORDINATION)
def end(request: StekRequest, pk: int) -> HttpResponse:
    """Stop for good, with a reason."""
    access = _access_of(request, pk)
    form = EndForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _ask_why(request, access, form, GroceryAccess.EndReason, "end")
    try:
        actions.end_access(access, reason=form.cleaned_data["reason"], by=request.user)
    except actions.DecidedMeanwhile:
        return _decided_meanwhile(request, access)
    return redirect("people:household", pk=access.household_id)


@require_POST
@allow(COORDINATION)
def resume(request: StekRequest, pk: int) -> HttpResponse:
    """Lift a suspension."""
    access = _access_of(request, pk)
    try:
        actions.resume_access(access, by=request.user)
    except actions.DecidedMeanwhile:
        return _decided_meanwhile(request, access)
    return redirect("people:household", pk=access.household_id)


def _ask_why(
    request: StekRequest, access: GroceryAccess, form: Any, reasons: Any, verb: str
) -> HttpResponse:
    """One button per reason: there is no note on a person."""
    context = {"access": access, "form": form, "reasons": list(reasons), "verb": verb}
    status = 422 if form.errors else 200
    return page_about(access.household, request, "people/stop_access.html", context, status=status)
