"""Freezing a report, taking it along as a file, and putting a frozen one right."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import COORDINATION
from people.actions import OtherBody
from reports.files import FORMATS
from reports.files.of_report import Made
from reports.page import written
from reports.shown import Shown
from reports.taking.actions import NothingChanged, StillRunning, correct_report, freeze_report
from reports.taking.forms import CorrectForm, TakeForm
from reports.views import shown_by, today
from visits.days import local_day


@require_POST
@allow(COORDINATION)
def take(request: StekRequest, kind: str, period: str) -> HttpResponse:
    """Freeze it if it is for others and nobody did, then lead to the file that was asked for."""
    shown = shown_by(request, kind, period)
    form = TakeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Kies een bestand uit de lijst."))
        return redirect(shown.url)
    wanted, frozen = form.cleaned_data["format"], shown.frozen
    if frozen is None and (shown.kind.leaves_house or not wanted):
        try:
            frozen = freeze_report(
                shown.kind,
                stek=request.membership.stek,
                period=shown.period,
                today=today(),
                request_id=form.cleaned_data["request_id"],
                by=request.user,
            )
        except StillRunning:
            messages.error(request, _("Deze periode loopt nog. Leg ze vast als ze voorbij is."))
            return redirect(shown.url)
    if not wanted:
        messages.success(request, _("Het rapport is vastgelegd."))
        return redirect(shown.url)
    version = frozen.version if frozen else 0
    where = shown.address | {"version": str(version), "file_format": wanted}
    return redirect(reverse("reports:file", kwargs=where))


@require_safe
@allow(COORDINATION)
def file(
    request: StekRequest, kind: str, period: str, version: int, file_format: str
) -> StreamingHttpResponse:
    """One version as a file; version 0 is what is counted now, of a report that stays inside."""
    shown = shown_by(request, kind, period, version=version or None)
    form = FORMATS.get(file_format)
    live = not version
    if form is None or (live and shown.kind.leaves_house):
        raise Http404
    report = shown.live_report(request.membership.stek, today=today()) if live else shown.report
    record_read(
        "report_file",
        on=None if live else shown.frozen,
        by=request.user,
        stek_id=request.membership.stek_id,
    )
    answer = StreamingHttpResponse(
        form.write(report, None if live else made_of(shown)), content_type=form.content_type
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="{form.name(report)}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def made_of(shown: Shown) -> Made | None:
    """What the file says of its making."""
    frozen = shown.frozen
    if frozen is None:
        return None
    by = frozen.maker.get_full_name() or frozen.maker.username if frozen.maker else ""
    return Made(by or str(_("vanzelf")), local_day(frozen.made_at), frozen.version)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COORDINATION)
def correct(request: StekRequest, kind: str, period: str) -> HttpResponse:
    """What is counted differently now, and another version beside the frozen one."""
    shown = shown_by(request, kind, period)
    if shown.frozen is None:
        raise Http404
    stek = request.membership.stek
    form = CorrectForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            correct_report(
                shown.frozen,
                shown.kind,
                stek=stek,
                why=form.cleaned_data["correction"],
                request_id=form.cleaned_data["request_id"],
                by=request.user,
            )
        except OtherBody:
            form.refuse_key()
        except NothingChanged:
            messages.info(request, _("Er is niets veranderd sinds dit rapport vastgelegd is."))
            return redirect(shown.url)
        else:
            messages.success(request, _("De verbeterde versie staat naast de vorige."))
            return redirect(shown.url)
    context: dict[str, Any] = {"shown": shown, "form": form}
    context["changes"] = [
        (change, written(change.was), written(change.now)) for change in shown.changed_since(stek)
    ]
    status = 422 if form.is_bound else 200
    return render(request, "reports/correct.html", context, status=status)
