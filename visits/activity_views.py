"""Activities: the list with its figures, one to add or change, and how many took part."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import StekRequest, allow
from accounts.roles import FOLLOWING
from people.actions import OtherBody
from visits import activity_actions
from visits.activity_forms import CountForm, EditActivityForm, NewActivityForm
from visits.activity_list import ActivityList
from visits.days import current_day
from visits.models import Activity


def _today() -> dt.date:
    return current_day(timezone.now())


def _activity(request: StekRequest, pk: int) -> Activity:
    mine = Activity.objects.visible_to(request.membership).select_related("organiser")
    return get_object_or_404(mine, pk=pk)


@require_safe
@allow(FOLLOWING)
def activities(request: StekRequest) -> HttpResponse:
    """What comes, then what is over with how many took part."""
    return _list(request)


def _list(
    request: StekRequest,
    *,
    count: CountForm | None = None,
    counted: Activity | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """`count` is a form that was refused, of the activity `counted`."""
    page = request.GET.get("pagina", "")
    context = {
        "list": ActivityList.of(request.membership, today=_today(), page=page),
        "count": count,
        "counted": counted,
        "problem": problem,
    }
    return render(request, "activities/list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(FOLLOWING)
def create(request: StekRequest) -> HttpResponse:
    """Plan an activity, or note one afterwards."""
    about: dict[str, Any] = {"stek": request.membership.stek, "today": _today()}
    form = NewActivityForm(request.POST if request.method == "POST" else None, **about)
    if form.is_valid():
        try:
            activity_actions.create_activity(
                stek=request.membership.stek,
                details=form.details(),
                request_id=form.cleaned_data["request_id"],
                by=request.user,
            )
        except OtherBody:
            form.refuse_key()
        else:
            messages.success(request, _("De activiteit staat in de lijst."))
            return redirect("activities:list")
    status = 422 if form.errors else 200
    return render(request, "activities/create.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(FOLLOWING)
def edit(request: StekRequest, pk: int) -> HttpResponse:
    """Change what we know; who saves second sees both texts and chooses."""
    activity = _activity(request, pk)
    about: dict[str, Any] = {"stek": request.membership.stek, "today": _today()}
    data = request.POST if request.method == "POST" else None
    form = EditActivityForm(data, current=activity, **about)
    context: dict[str, Any] = {"form": form, "activity": activity}
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "activities/edit.html", context, status=status)
    version = form.cleaned_data["version"]
    try:
        activity_actions.update_activity(
            activity, changes=form.details(), version=version, by=request.user
        )
    except activity_actions.ActivityChanged as changed:
        both = form.compared_with(changed.current)
        context = {"activity": changed.current, "both": both}
        return render(request, "activities/edit_conflict.html", context, status=422)
    messages.success(request, _("Bewaard."))
    return redirect("activities:list")


@require_POST
@allow(FOLLOWING)
def count(request: StekRequest, pk: int) -> HttpResponse:
    """Note how many took part."""
    activity = _activity(request, pk)
    form = CountForm(request.POST)
    if form.is_valid():
        try:
            activity_actions.count_participants(activity, by=request.user, **form.cleaned_data)
        except activity_actions.NothingToCount:
            form.add_error("participants", _("Deze activiteit is afgelast of moet nog komen."))
        except activity_actions.ActivityChanged as changed:
            form.show_what_stands(changed.current)
        else:
            return _back(pk)
    return _list(request, count=form, counted=activity, status=422)


@require_POST
@allow(FOLLOWING)
def cancel(request: StekRequest, pk: int) -> HttpResponse:
    """It does not go on."""
    try:
        activity_actions.cancel_activity(_activity(request, pk), by=request.user)
    except activity_actions.AlreadyCounted:
        problem = _("Er zijn al deelnemers geteld. Maak dat getal eerst leeg.")
        return _list(request, problem=problem, status=422)
    return _back(pk)


@require_POST
@allow(FOLLOWING)
def revive(request: StekRequest, pk: int) -> HttpResponse:
    """It goes on after all."""
    activity_actions.revive_activity(_activity(request, pk), by=request.user)
    return _back(pk)


def _back(pk: int) -> HttpResponse:
    """To its own line in the list."""
    return redirect(f"{reverse('activities:list')}#activiteit-{pk}")
