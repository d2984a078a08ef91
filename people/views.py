"""Finding, entering and changing households; their access and their cards have views of their own.

The record page shows visits too, so it stands higher: in `stek/household_views.py`.
"""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import COORDINATION, RECORD
from people import actions
from people.duplicates import possible_duplicates
from people.ending import Attention, Ending
from people.forms import EditHouseholdForm, FindForm, MemberForm, NewHouseholdForm
from people.lookup import look_up, old_number_of, recognise, why_nobody
from people.models import Household, Member

PER_PAGE = 50


def household_of(request: StekRequest, pk: int) -> Household:
    """A household that can still change: of this STEK, not erased, with its current access.

    One that is restricted can't be changed; of it every page shows only that (`page_about`).
    """
    rows = Household.objects.visible_to(request.membership).in_use().with_access()
    if request.method == "POST":
        rows = rows.unrestricted()
    household = get_object_or_404(rows, pk=pk)
    household.stek = request.membership.stek
    return household


def kept_instead_of(request: StekRequest, pk: int) -> Household:
    """The same; for one that was merged meanwhile, the household that was kept."""
    merged = Household.objects.visible_to(request.membership).merged()
    return household_of(request, merged.kept_of(pk) or pk)


def page_about(
    household: Household,
    request: StekRequest,
    template: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """A page about one household, also one that refuses a form: it is logged who sees it.

    Of a restricted household every page says only that it is.
    """
    record_read("open", on=household, by=request.user)
    if household.is_restricted:
        context = {"may_change": request.membership.role in COORDINATION}
        template = "people/restricted.html"
    return render(request, template, {"household": household, **context}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(RECORD)
def search(request: StekRequest) -> HttpResponse:
    """The first page of the office: find somebody, and see what waits for a decision."""
    today = timezone.localdate()
    form = FindForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "lines": None}
    if form.is_valid():
        text = form.cleaned_data["q"]
        household = recognise(text, membership=request.membership)
        if household is not None:
            if said := old_number_of(text, household):
                messages.info(request, said)
            return redirect("people:household", pk=household.pk)
        record_read("search", on=None, by=request.user, stek_id=request.membership.stek_id)
        context["lines"] = look_up(text, membership=request.membership, today=today)
        context["why_nobody"] = why_nobody(text)
    context["attention"] = Attention.of(request.membership, today=today)
    context["may_change"] = request.membership.role in COORDINATION
    return render(request, "people/search.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COORDINATION)
def create(request: StekRequest) -> HttpResponse:
    """Enter a household; who looks like it is shown first, a second press enters it."""
    stek = request.membership.stek
    if request.method != "POST":
        initial = {"number": actions.next_number(stek)}
        return _new(request, NewHouseholdForm(initial=initial), status=200)
    form = NewHouseholdForm(request.POST)
    if not form.is_valid():
        return _new(request, form)
    details, key = form.details(), form.cleaned_data["request_id"]
    sent_before = Household.objects.visible_to(request.membership).made_by_request(key)
    if sent_before is None and not form.cleaned_data["confirmed"]:
        names = ("first_name", "last_name", "phone", "adults", "children")
        alike = possible_duplicates(stek=stek, **{name: details[name] for name in names})
        if alike:
            return _new(request, form, alike=alike)
    try:
        household = actions.create_household(stek=stek, request_id=key, by=request.user, **details)
    except actions.NumberTaken:
        form.refuse_number()
        return _new(request, form)
    except actions.OtherBody:
        form.refuse_key()
        return _new(request, form)
    messages.success(request, _("Het huishouden is ingeschreven. Geef nu toegang."))
    return redirect("people:household", pk=household.pk)


def _new(
    request: StekRequest, form: NewHouseholdForm, *, alike: Any = (), status: int = 422
) -> HttpResponse:
    return render(request, "people/create.html", {"form": form, "alike": alike}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COORDINATION)
def edit(request: StekRequest, pk: int) -> HttpResponse:
    """Change what we know; who saves second sees both texts and chooses."""
    household = kept_instead_of(request, pk)
    if request.method != "POST":
        shown = {name: getattr(household, name) for name in (*EditHouseholdForm.DETAILS, "version")}
        form = EditHouseholdForm(initial=shown)
        return _edit(request, household, form, status=200)
    form = EditHouseholdForm(request.POST)
    if not form.is_valid():
        return _edit(request, household, form)
    details, version = form.details(), form.cleaned_data["version"]
    if household.pk != pk:  # merged while somebody typed: the number stays
        form.keep_number(household)
        details, version = form.details(), 0
    try:
        actions.update_household(household, changes=details, version=version, by=request.user)
    except actions.NumberTaken:
        form.refuse_number()
        return _edit(request, household, form)
    except actions.EditedMeanwhile as meanwhile:
        context = {"both": form.compared_with(meanwhile.current)}
        template = "people/edit_conflict.html"
        return page_about(meanwhile.current, request, template, context, status=422)
    messages.success(request, _("Bewaard."))
    return redirect("people:household", pk=pk)


def _edit(
    request: StekRequest, household: Household, form: EditHouseholdForm, status: int = 422
) -> HttpResponse:
    return page_about(household, request, "people/edit.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COORDINATION)
def add_member(request: StekRequest, pk: int) -> HttpResponse:
    """Name somebody else who may come for this household."""
    household = household_of(request, pk)
    form = MemberForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.add_member(household, by=request.user, **form.cleaned_data)
        except actions.OtherBody:
            form.refuse_key()
        else:
            return redirect("people:household", pk=pk)
    status = 422 if form.errors else 200
    return page_about(household, request, "people/member_add.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COORDINATION)
def remove_member(request: StekRequest, pk: int, member_pk: int) -> HttpResponse:
    """Ask once, then take the person off; nothing of them stays."""
    household = household_of(request, pk)
    mine = Member.objects.visible_to(request.membership).of_household(household)
    member = get_object_or_404(mine, pk=member_pk)
    if request.method == "POST":
        actions.remove_member(member, by=request.user)
        return redirect("people:household", pk=pk)
    return page_about(household, request, "people/member_remove.html", {"member": member})


@require_safe
@allow(RECORD)
def expiring(request: StekRequest) -> HttpResponse:
    """Access that ends soon or ended not long ago, per referrer, to renew or to print."""
    record_read("expiring", on=None, by=request.user, stek_id=request.membership.stek_id)
    today, referrer = timezone.localdate(), request.GET.get("toeleider", "")
    context = {
        "ending": Ending.of(request.membership, today=today, referrer=referrer),
        "today": today,
        "may_change": request.membership.role in COORDINATION,
    }
    return render(request, "people/expiring.html", context)


@require_safe
@allow(RECORD)
def without_access(request: StekRequest) -> HttpResponse:
    """Households for whom nobody decided yet, newest first."""
    record_read("without_access", on=None, by=request.user, stek_id=request.membership.stek_id)
    rows = Household.objects.visible_to(request.membership).without_access()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina"))
    context = {"page": page, "may_change": request.membership.role in COORDINATION}
    return render(request, "people/without_access.html", context)
