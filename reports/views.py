"""Reports to choose from, one report on a page, and what the figures mean."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import StekRequest, allow
from accounts.roles import COORDINATION, RECORD
from reports import definitions as words
from reports.catalogue import TABLES, Measure
from reports.choosing import Choice, Options
from reports.composed.composing import kind_for
from reports.files import FORMATS
from reports.page import ReportPage
from reports.shelf import Shelf
from reports.shown import Shown, no_rows
from reports.taking.forms import TakeForm
from visits.days import current_day
from visits.period import Period, PeriodError


def today() -> dt.date:
    return current_day(timezone.now())


@require_safe
@allow(RECORD)
def start(request: StekRequest) -> HttpResponse:
    """Which report, about which period."""
    choice = Choice.of(request.GET.dict(), today=today())
    return _start(request, choice)


def _start(request: StekRequest, choice: Choice) -> HttpResponse:
    context: dict[str, Any] = {"choice": choice, "options": Options.of(today())}
    if choice.period is not None:
        context["shelf"] = Shelf.of(request.membership, choice.period, today=today())
    context["may_compose"] = request.membership.role in COORDINATION
    context["together"] = len(steks_of(request)) > 1
    status = 422 if choice.error else 200
    return render(request, "reports/start.html", context, status=status)


def steks_of(request: StekRequest) -> list[Any]:
    """The STEKs of which this person may see figures."""
    return [one.stek for one in request.memberships if one.role in RECORD]


@require_safe
@allow(RECORD)
def choose(request: StekRequest, kind: str) -> HttpResponse:
    """From a report to the same one about another period."""
    if kind_for(request.membership, kind) is None:
        raise Http404
    choice = Choice.of(request.GET.dict(), today=today())
    if choice.period is None:
        return _start(request, choice)
    return redirect("reports:report", kind=kind, period=choice.period.key)


def period_of(key: str) -> Period:
    """The period of an address; 404 for what is none, or is still to come."""
    try:
        period = Period.parse(key)
    except PeriodError:
        raise Http404 from None
    if period.is_future(today()):
        raise Http404
    return period


def shown_by(request: StekRequest, kind: str, period: str, *, version: int | None = None) -> Shown:
    """The report at an address, of the STEK of this person; 404 for anything else."""
    found = kind_for(request.membership, kind)
    if found is None:
        raise Http404
    stek = request.membership.stek
    shown = Shown.of(found, stek, period_of(period), today=today(), version=version)
    if shown is None:
        raise Http404
    return shown


@require_safe
@allow(RECORD)
def report(
    request: StekRequest, kind: str, period: str, version: int | None = None
) -> HttpResponse:
    """The preview: what every file of it says. Without a version the latest."""
    shown = shown_by(request, kind, period, version=version)
    may_take = request.membership.role in COORDINATION
    context = {
        "shown": shown,
        "page": ReportPage.of(shown.report, rows_url=shown.rows_url if may_take else no_rows),
        "choice": Choice(shown.period),
        "options": Options.of(today()),
        "formats": FORMATS.values(),
        "take_form": TakeForm(),
        "may_take": may_take,
    }
    return render(request, "reports/report.html", context)


@require_safe
@allow(RECORD)
def definitions(request: StekRequest) -> HttpResponse:
    """What each figure means."""
    context = {
        "version": words.VERSION,
        "since": words.SINCE,
        "measures": [(measure, words.MEASURES[measure]) for measure in Measure],
        "tables": [(TABLES[key], about) for key, about in words.TABLES.items()],
    }
    return render(request, "reports/definitions.html", context)
