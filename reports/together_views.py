"""Reports of several STEKs, for who holds a role in each of them."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.access import StekRequest, allow
from accounts.roles import RECORD
from reports.choosing import Choice, Options
from reports.composing import kind_for
from reports.kinds import KINDS
from reports.page import ReportPage
from reports.report import compared, side_by_side
from reports.shown import no_rows
from reports.together import Together, chosen
from reports.views import period_of, steks_of, today


@require_safe
@allow(RECORD)
def together(request: StekRequest) -> HttpResponse:
    """Which STEKs, which report, which period; what was chosen leads to the report."""
    choice = Choice.of(request.GET.dict(), today=today())
    kind = request.GET.get("rapport", "")
    if choice.period is not None and kind in KINDS:
        address = reverse("reports:of_several", kwargs={"kind": kind, "period": choice.period.key})
        asked = {"stek": request.GET.getlist("stek"), "toon": request.GET.get("toon", "naast")}
        return redirect(f"{address}?{urlencode(asked, doseq=True)}")
    context = {
        "steks": steks_of(request),
        "kinds": KINDS.values(),
        "choice": choice,
        "options": Options.of(today()),
    }
    return render(request, "reports/together.html", context, status=422 if choice.error else 200)


@require_safe
@allow(RECORD)
def of_several(request: StekRequest, kind: str, period: str) -> HttpResponse:
    """Side by side and summed, or their sum against other periods."""
    found, about = kind_for(request.membership, kind), period_of(period)
    if found is None:
        raise Http404
    steks = chosen(steks_of(request), request.GET.getlist("stek"))
    beside = request.GET.get("toon") != "samen"
    make = side_by_side if beside else compared
    report = make(found.key, str(found.name), found.tables, steks=steks, period=about)
    context = {
        "kind": found,
        "steks": steks,
        "report": report,
        "beside": beside,
        "page": Together.of(report) if beside else ReportPage.of(report, rows_url=no_rows),
        "query": urlencode({"stek": [stek.slug for stek in steks]}, doseq=True),
    }
    return render(request, "reports/of_several.html", context)
