"""Reports to choose from, and one report on a page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import StekRequest, allow
from accounts.roles import RECORD


@require_safe
@allow(RECORD)
def start(request: StekRequest) -> HttpResponse:
    """Which report, about which period."""
    return render(request, "reports/start.html")
