"""The page of a week, what is decided in its inbox, its review, and the mail on Monday."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import RECORD
from people.actions import OtherBody
from reviews import decision_actions as actions
from reviews.deciding import carry_out, waiting_item
from reviews.figures import DEFINITIONS, WeekFigures
from reviews.forms import DecideForm, MailForm, ReopenForm, ReviewForm, item_of
from reviews.happened import Happened
from reviews.inbox import look_of
from reviews.kinds import Kind, ReopenReason
from reviews.models import Decision, WeekMail, WeekReview
from reviews.page import WEEKS_AHEAD, Reviewable, WeekPage
from reviews.review_actions import (
    ReviewedMeanwhile,
    Written,
    choose_mail,
    note_week,
    reopen_week,
    review_week,
)
from visits.days import current_day
from visits.period import Kind as PeriodKind
from visits.period import Period, PeriodError, week_of


def _week(key: str) -> Period:
    """The week of an address; far ahead there is nothing to show."""
    try:
        week = Period.parse(key)
    except PeriodError:
        raise Http404 from None
    last = current_day(timezone.now()) + dt.timedelta(weeks=WEEKS_AHEAD)
    if week.kind is not PeriodKind.WEEK or week.first > last:
        raise Http404
    return week


def _show(
    request: StekRequest, week: Period, *, status: int = 200, error: str = "", **more: Any
) -> HttpResponse:
    """The page; `error` is said above the inbox, `form` is a note that was refused."""
    membership = request.membership
    record_read("week", on=membership.stek, by=request.user, stek_id=membership.stek_id)
    asked = request.GET.get("meer", "")
    whole = asked if asked in Kind.values else ""
    page = WeekPage.of(membership, week, now=timezone.now(), whole=whole)
    review = page.review
    initial = {"note": review.note, "version": review.version} if review else {"version": 0}
    context = {
        "page": page,
        "whole": whole,
        "error": error,
        "form": ReviewForm(initial=initial),
        "theirs": None,
        "reasons": ReopenReason,
        **more,
    }
    return render(request, "reviews/week.html", context, status=status)


@require_safe
@allow(RECORD)
def now(request: StekRequest) -> HttpResponse:
    """The week of today."""
    return redirect("reviews:week", key=week_of(current_day(timezone.now())).key)


@require_safe
@allow(RECORD)
def week(request: StekRequest, key: str) -> HttpResponse:
    return _show(request, _week(key))


def _back(request: StekRequest, week: Period, name: str = "") -> HttpResponse:
    """To the page as it was, at this line."""
    whole = request.GET.get("meer", "")
    query = f"?meer={whole}" if whole in Kind.values else ""
    at = f"#{name}" if name else ""
    return redirect(f"{reverse('reviews:week', args=[week.key])}{query}{at}")


@require_POST
@allow(RECORD)
def decide(request: StekRequest, key: str) -> HttpResponse:
    """One click on one line."""
    week, name = _week(key), request.POST.get("item", "")
    if (asked := item_of(name)) is None:
        raise Http404
    look, team = look_of(request.membership, now=timezone.now())
    item = waiting_item(*asked, look)
    if item is None:
        messages.info(request, _("Dit stond er niet meer: het is intussen opgelost."))
        return _back(request, week)
    form = DecideForm(request.POST, team=team, today=look.today)
    if not form.is_valid():
        return _show(request, week, error=form.said, status=422)
    try:
        carry_out(form.cleaned_data, item, stek=request.membership.stek, by=request.user)
    except actions.DecidedMeanwhile as late:
        return _show(request, week, error=_told(late.current), status=422)
    except OtherBody:
        return _show(request, week, error=_("Dit was al verstuurd. Kies opnieuw."), status=422)
    return _back(request, week, name)


def _told(current: Decision | None) -> str:
    if current is None:
        return _("Er is intussen iets veranderd. Kijk eerst wat er nu staat.")
    return _("%(who)s was je voor om %(at)s: %(what)s.") % {
        "who": current.decided_by.first_name or current.decided_by.username,
        "at": f"{timezone.localtime(current.decided_at):%-Hu%M}",
        "what": current.get_what_display(),
    }


@require_POST
@allow(RECORD)
def undo(request: StekRequest, key: str, pk: int) -> HttpResponse:
    """Take a decision back; the line stands as before it."""
    week = _week(key)
    decision = get_object_or_404(Decision.objects.visible_to(request.membership), pk=pk)
    try:
        actions.undo_decision(decision, by=request.user)
    except actions.DecidedMeanwhile as late:
        return _show(request, week, error=_told(late.current), status=422)
    return _back(request, week, f"{decision.kind}-{decision.subject_id}")


@require_POST
@allow(RECORD)
def review(request: StekRequest, key: str) -> HttpResponse:
    """Keep the note, or review the week with it: then its figures stay as they are now."""
    week, stek, form = _week(key), request.membership.stek, ReviewForm(request.POST)
    today = current_day(timezone.now())
    if not form.is_valid():
        return _show(request, week, form=form, status=422)
    data = form.cleaned_data
    written = Written(stek, week.first, data["note"], data["version"], data["request_id"])
    try:
        if not data["close"]:
            note_week(written, by=request.user)
            messages.success(request, _("De nota is bewaard."))
        elif not _may_review(request, week, today):
            form.add_error("note", _("Deze week is nog niet voorbij."))
            return _show(request, week, form=form, status=422)
        else:
            figures = WeekFigures.of(stek, week, today=today).as_json()
            review_week(written, figures=figures, definitions=DEFINITIONS, by=request.user)
    except ReviewedMeanwhile as late:
        form.put_back("version", str(late.current.version if late.current else 0))
        return _show(request, week, form=form, theirs=late.current, status=422)
    return redirect(f"{reverse('reviews:week', args=[week.key])}#nota")


def _may_review(request: StekRequest, week: Period, today: dt.date) -> bool:
    happened = Happened.of(request.membership.stek, week, today=today)
    return Reviewable.of(week, happened.last_planned, today).now


@require_POST
@allow(RECORD)
def reopen(request: StekRequest, key: str) -> HttpResponse:
    """Go on with a week that was reviewed; what was frozen stays beside it."""
    week, form = _week(key), ReopenForm(request.POST)
    rows = WeekReview.objects.of_stek(request.membership.stek).of_week(week.first).live()
    found = rows.reviewed().first()
    if not form.is_valid():
        return _show(request, week, error=_("Kies waarom je de week heropent."), status=422)
    if found is not None:
        reopen_week(found, reason=ReopenReason(form.cleaned_data["reason"]), by=request.user)
    return redirect(f"{reverse('reviews:week', args=[week.key])}#nota")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(RECORD)
def mail(request: StekRequest) -> HttpResponse:
    """One's own choice: the mail on Monday, in this STEK."""
    membership = request.membership
    if request.method == "POST":
        form = MailForm(request.POST)
        if form.is_valid():
            choose_mail(membership, wanted=form.cleaned_data["wanted"], by=request.user)
            messages.success(request, _("Je keuze is bewaard."))
            return redirect("reviews:mail")
    else:
        form = MailForm(initial={"wanted": WeekMail.objects.wants(membership)})
    status = 422 if form.errors else 200
    return render(request, "reviews/mail.html", {"form": form}, status=status)
