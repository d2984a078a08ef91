"""What stands behind one number of a report, for who coordinates the STEK."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import COORDINATION
from reports.rows.page import RowsPage
from reports.rows.sources import UnknownRowError
from visits.period import Period, PeriodError


@require_safe
@allow(COORDINATION)
def rows(request: StekRequest, table: str, row: str, period: str) -> HttpResponse:
    """The visits, households, questions, ... behind one number, of this STEK only."""
    stek = request.membership.stek
    number = request.GET.get("pagina", "")
    try:
        page = RowsPage.of(stek, table, row, Period.parse(period), number=number)
    except (PeriodError, UnknownRowError):
        raise Http404 from None
    record_read("figure_rows", on=None, by=request.user, stek_id=stek.pk)
    return render(request, "reports/rows.html", {"rows": page})
