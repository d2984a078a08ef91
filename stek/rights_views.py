"""The rights of a visitor: erase, restrict, keep longer or not; and who leaves the books."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import COORDINATION, RECORD
from people import books_actions
from people.actions import OtherBody
from people.models import Household, RetentionHold
from people.rights import EraseReason, HoldReason, RestrictReason
from people.views import page_about
from stek.erasure import Preview, erase_household
from stek.household_views import any_household, of_who_it_is_now
from stek.leaving_list import LeavingList
from stek.rights_forms import EraseForm, HoldForm, RestrictForm
from visits.days import current_day
from visits.models import Visit


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COORDINATION)
@of_who_it_is_now
def erase(request: StekRequest, household: Household) -> HttpResponse:
    """Say what goes and what stays, and erase when the number is typed; twice does it once."""
    pk = household.pk
    if household.erased_at is not None:
        return redirect("people:household", pk=pk)
    form = EraseForm(request, household=household)
    if form.is_bound and form.is_valid():
        reason = EraseReason(form.cleaned_data["reason"])
        erase_household(household, by=request.user, reason=reason)
        messages.success(request, _("Het huishouden is gewist."))
        return redirect("people:household", pk=pk)
    today = current_day(timezone.now())
    here = Visit.objects.of_day(request.membership, today).counted().of_household(pk)
    preview = Preview.of(household, here_today=here.exists())
    record_read("open", on=household, by=request.user)
    context = {"household": household, "form": form, "preview": preview}
    return render(request, "people/erase.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COORDINATION)
@of_who_it_is_now
def restrict(request: StekRequest, household: Household) -> HttpResponse:
    """Keep the data and use it for nothing, until somebody lifts that."""
    pk = household.pk
    if household.erased_at is not None or household.is_restricted:
        return redirect("people:household", pk=pk)
    form = RestrictForm(request)
    if form.is_bound and form.is_valid():
        reason = RestrictReason(form.cleaned_data["reason"])
        books_actions.restrict_household(household, reason=reason, by=request.user)
        messages.success(request, _("Dit huishouden staat op beperking."))
        return redirect("people:household", pk=pk)
    context = {"form": form}
    status = 422 if form.errors else 200
    return page_about(household, request, "people/restrict.html", context, status=status)


@require_POST
@allow(COORDINATION)
def lift_restriction(request: StekRequest, pk: int) -> HttpResponse:
    """Use it again."""
    books_actions.lift_restriction(any_household(request, pk), by=request.user)
    messages.success(request, _("De beperking is opgeheven."))
    return redirect("people:household", pk=pk)


@require_safe
@allow(RECORD)
def leaving(request: StekRequest) -> HttpResponse:
    """Who leaves the books in the next month, and who stays longer."""
    today = current_day(timezone.now())
    books = LeavingList.of(request.membership, today=today)
    record_read("leaving", on=None, by=request.user, stek_id=request.membership.stek_id)
    context = {"books": books, "may_change": request.membership.role in COORDINATION}
    return render(request, "people/leaving.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COORDINATION)
@of_who_it_is_now
def hold(request: StekRequest, household: Household) -> HttpResponse:
    """Keep somebody longer than the term, for a reason and until a day."""
    pk, today = household.pk, current_day(timezone.now())
    if household.erased_at is not None:
        return redirect("people:household", pk=pk)
    form = HoldForm(request, today=today)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data | {"reason": HoldReason(form.cleaned_data["reason"])}
        try:
            books_actions.hold_household(household, by=request.user, **data)
        except OtherBody:
            form.refuse_key()
        else:
            messages.success(request, _("Dit huishouden blijft langer in de boeken."))
            return _after_hold(request, pk)
    live = RetentionHold.objects.of_household(pk).live(today).first()
    context = {"form": form, "hold": live}
    status = 422 if form.errors else 200
    return page_about(household, request, "people/hold.html", context, status=status)


@require_POST
@allow(COORDINATION)
def lift_hold(request: StekRequest, pk: int) -> HttpResponse:
    """The term counts again."""
    if books_actions.lift_hold(any_household(request, pk), by=request.user):
        messages.success(request, _("De bewaartermijn telt weer voor dit huishouden."))
    return _after_hold(request, pk)


def _after_hold(request: StekRequest, pk: int) -> HttpResponse:
    """Back to the list of who leaves for who stands in it, else to the record."""
    books = LeavingList.of(request.membership, today=current_day(timezone.now()))
    if any(line.household.pk == pk for line in (*books.going, *books.staying)):
        return redirect("people:leaving")
    return redirect("people:household", pk=pk)
