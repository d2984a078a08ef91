"""Reports of several STEKs, for who holds a role in each of them."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import COORDINATION, RECORD
from places.models import Stek
from reports.across.several import Several, from_frozen
from reports.across.together import Together, chosen
from reports.choosing import Choice, Options
from reports.files import FORMATS
from reports.kinds import KINDS, Kind
from reports.page import ReportPage
from reports.report import Report, compared, side_by_side
from reports.shown import no_rows
from reports.taking.actions import StillRunning, freeze_report
from reports.views import period_of, steks_of, today
from visits.period import Period


@require_safe
@allow(RECORD)
def together(request: StekRequest) -> HttpResponse:
    """Which STEKs, which report, which period; what was chosen leads to the report."""
    choice = Choice.of(request.GET.dict(), today=today())
    kind = request.GET.get("rapport", "")
    if choice.period is not None and kind in KINDS:
        where = {"kind": kind, "period": choice.period.key}
        asked = {"stek": request.GET.getlist("stek"), "toon": request.GET.get("toon", "naast")}
        address = reverse("reports:of_several", kwargs=where)
        return redirect(f"{address}?{urlencode(asked, doseq=True)}")
    context = {
        "steks": steks_of(request),
        "kinds": KINDS.values(),
        "choice": choice,
        "options": Options.of(today()),
    }
    return render(request, "reports/together.html", context, status=422 if choice.error else 200)


def _asked(request: StekRequest, kind: str, period: str) -> tuple[Kind, Period, list[Stek]]:
    """404 for a report or a period that does not exist."""
    if kind not in KINDS:
        raise Http404
    ticked = request.GET.getlist("stek")
    return KINDS[kind], period_of(period), chosen(steks_of(request), ticked)


def _said(kind: Kind, steks: list[Stek], period: Period) -> Several:
    """For others what each STEK froze; for inside what is counted now."""
    if kind.leaves_house:
        return from_frozen(kind, steks, period)
    tables = kind.tables
    return Several(side_by_side(kind.key, str(kind.name), tables, steks=steks, period=period), ())


@require_safe
@allow(RECORD)
def of_several(request: StekRequest, kind: str, period: str) -> HttpResponse:
    """Side by side and summed; of what stays inside also the sum against other periods."""
    found, about, steks = _asked(request, kind, period)
    summed = request.GET.get("toon") == "samen" and not found.leaves_house
    context = {
        "kind": found,
        "period": about,
        "steks": steks,
        "summed": summed,
        "formats": FORMATS.values(),
        "may_take": request.membership.role in COORDINATION,
        "is_running": not about.is_closed(today()),
        "query": urlencode({"stek": [stek.slug for stek in steks]}, doseq=True),
    }
    if summed:
        named = (found.key, str(found.name), found.tables)
        report = compared(*named, steks=steks, period=about, today=today())
        context["page"] = ReportPage.of(report, rows_url=no_rows)
    else:
        several = _said(found, steks, about)
        context["missing"] = several.missing
        context["page"] = Together.of(several.report) if several.report else None
    return render(request, "reports/of_several.html", context)


@require_safe
@allow(COORDINATION)
def file_of_several(
    request: StekRequest, kind: str, period: str, file_format: str
) -> StreamingHttpResponse:
    """The same as a file."""
    found, about, steks = _asked(request, kind, period)
    form, report = FORMATS.get(file_format), _said(found, steks, about).report
    if form is None or report is None:
        raise Http404
    for stek in steks:
        record_read("report_file", on=None, by=request.user, stek_id=stek.pk)
    answer = StreamingHttpResponse(form.write(report, None), content_type=form.content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{_name(report, file_format)}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _name(report: Report, file_format: str) -> str:
    return f"{report.kind}-{report.period.key}-{len(report.steks)}-steks.{file_format}"


@require_POST
@allow(COORDINATION)
def freeze_several(request: StekRequest, kind: str, period: str) -> HttpResponse:
    """Freeze it for each of the STEKs that one coordinates and that did not do so yet."""
    found, about, steks = _asked(request, kind, period)
    mine = {one.stek_id for one in request.memberships if one.role in COORDINATION}
    todo = [stek for stek in from_frozen(found, steks, about).missing if stek.pk in mine]
    try:
        for stek in todo:
            freeze_report(
                found,
                stek=stek,
                period=about,
                today=today(),
                request_id=uuid.uuid4(),
                by=request.user,
            )
    except StillRunning:
        messages.error(request, _("Deze periode loopt nog. Leg ze vast als ze voorbij is."))
    else:
        said = ngettext("Vastgelegd voor %d STEK.", "Vastgelegd voor %d STEKs.", len(todo))
        messages.success(request, said % len(todo))
    address = reverse("reports:of_several", kwargs={"kind": kind, "period": about.key})
    query = urlencode({"stek": [stek.slug for stek in steks]}, doseq=True)
    return redirect(f"{address}?{query}")
