"""The agenda: the coming weeks for everybody, and one date to change for who decides on it."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import StekRequest, allow
from accounts.roles import COUNTER, FOLLOWING, OFFICE, RECORD
from visits import agenda_actions
from visits.agenda import FURTHEST, Agenda, OneDay
from visits.agenda_forms import DayForm, FindForm, PlaceForm, ReplyForm, RestoreForm, StandInForm
from visits.days import current_day


def _today() -> dt.date:
    return current_day(timezone.now())


@require_safe
@allow(COUNTER)
def agenda(request: StekRequest) -> HttpResponse:
    """Which sessions come, who sits at the table, and whether I come."""
    return _agenda(request)


def _agenda(request: StekRequest, problem: str = "", status: int = 200) -> HttpResponse:
    context = {
        "agenda": Agenda.of(request.membership, today=_today()),
        "may_change": request.membership.role in RECORD,
        "may_edit_activities": request.membership.role in FOLLOWING,
        "may_set_hours": request.membership.role in OFFICE,
        "problem": problem,
    }
    return render(request, "agenda/list.html", context, status=status)


@require_POST
@allow(COUNTER)
def reply(request: StekRequest, day: dt.date) -> HttpResponse:
    """Say that I come, or that I can't; the last answer counts."""
    _refuse_far(day)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _agenda(request, _("Kies “Ik kom” of “Ik kan niet”."), status=422)
    try:
        agenda_actions.reply(request.membership, day=day, comes=form.said_yes, by=request.user)
    except agenda_actions.PastDay:
        return _agenda(request, _("Die dag is voorbij."), status=422)
    except agenda_actions.NotOpen:
        return _agenda(request, _("Die dag zijn we niet open."), status=422)
    return redirect(f"{reverse('agenda:list')}#dag-{day}")


@require_safe
@allow(RECORD)
def find(request: StekRequest) -> HttpResponse:
    """Go to a date that is not in the list."""
    form = FindForm(request.GET)
    if not form.is_valid():
        return _agenda(request, str(form.errors["dag"][0]), status=422)
    return redirect("agenda:day", day=form.cleaned_data["dag"])


@require_http_methods(["GET", "HEAD", "POST"])
@allow(RECORD)
def day(request: StekRequest, day: dt.date) -> HttpResponse:
    """One date: cancel it, move it, open it at other hours or on top of the pattern."""
    page = _page(request, day)
    if request.method != "POST":
        return _day(request, page, status=200)
    form = DayForm(request.POST, page=page, today=_today())
    if not form.is_valid():
        return _day(request, page, day_form=form)
    try:
        agenda_actions.change_day(
            stek=request.membership.stek, day=day, by=request.user, **form.values()
        )
    except agenda_actions.PastDay:
        return _day(request, page, day_form=form)
    except agenda_actions.TargetTaken:
        form.refuse_target()
        return _day(request, page, day_form=form)
    except agenda_actions.ChangedMeanwhile as meanwhile:
        form.show_what_stands(meanwhile.current)
        return _day(request, _page(request, day), day_form=form)
    messages.success(request, _("Bewaard."))
    return redirect("agenda:day", day=day)


@require_POST
@allow(RECORD)
def restore_day(request: StekRequest, day: dt.date) -> HttpResponse:
    """Back to what the pattern says."""
    page = _page(request, day)
    form = RestoreForm(request.POST)
    if not form.is_valid():
        return _day(request, page, problem=_("Kijk na wat er nu staat en probeer opnieuw."))
    about = {"stek": request.membership.stek, "day": day, **form.cleaned_data}
    try:
        agenda_actions.restore_day(by=request.user, **about)
    except agenda_actions.PastDay:
        return _day(request, page)
    except agenda_actions.ChangedMeanwhile:
        problem = _("Iemand anders wijzigde deze dag intussen. Kijk na wat er nu staat.")
        return _day(request, page, problem=problem)
    messages.success(request, _("Deze dag is weer gewoon."))
    return redirect("agenda:day", day=day)


@require_POST
@allow(RECORD)
def change_table(request: StekRequest, day: dt.date) -> HttpResponse:
    """Somebody of the plan does not come on this date, or does again."""
    page = _page(request, day)
    form = PlaceForm(request.POST, page=page)
    if page.is_past or not form.is_valid():
        return _day(request, page, problem=_("Deze naam staat die dag niet aan tafel."))
    about: dict[str, Any] = {
        "stek": request.membership.stek,
        "day": day,
        "who": form.cleaned_data["sitter"],
        "by": request.user,
    }
    if form.cleaned_data["set"] == PlaceForm.ABSENT:
        agenda_actions.change_table(comes=False, **about)
    else:
        agenda_actions.restore_table(**about)
    return redirect("agenda:day", day=day)


@require_POST
@allow(RECORD)
def stand_in(request: StekRequest, day: dt.date) -> HttpResponse:
    """Somebody comes on this date in another's place, or on top."""
    page = _page(request, day)
    form = StandInForm(request.POST, page=page)
    if page.is_past or not form.is_valid():
        return _day(request, page, stand_in=form)
    agenda_actions.change_table(
        stek=request.membership.stek, day=day, comes=True, by=request.user, **form.cleaned_data
    )
    return redirect("agenda:day", day=day)


def _refuse_far(day: dt.date) -> None:
    if abs(day - _today()) > FURTHEST:
        raise Http404


def _page(request: StekRequest, day: dt.date) -> OneDay:
    _refuse_far(day)
    return OneDay.of(request.membership, day, today=_today())


def _day(
    request: StekRequest,
    page: OneDay,
    *,
    day_form: DayForm | None = None,
    stand_in: StandInForm | None = None,
    problem: str = "",
    status: int = 422,
) -> HttpResponse:
    context = {
        "page": page,
        "day_form": day_form or DayForm(page=page, today=_today()),
        "stand_in": stand_in or StandInForm(page=page),
        "problem": problem,
    }
    return render(request, "agenda/day.html", context, status=status)
