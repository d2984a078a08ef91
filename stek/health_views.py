"""Whether it all still goes: for a monitor without an account, and for the office."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import StekRequest, allow
from accounts.roles import OFFICE
from stek.health import checks
from stek.status import Status
from stek.version import version


@require_safe
@never_cache
@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """200 when all is well, 503 when not, and which part; no figure, no path, no name."""
    found = checks(timezone.now())
    is_well = all(check.is_well for check in found)
    parts = {check.key: "ok" if check.is_well else "problem" for check in found}
    body = {"status": "ok" if is_well else "problem", "checks": parts}
    return JsonResponse(body, status=200 if is_well else 503)


@require_safe
@allow(OFFICE)
def status(request: StekRequest) -> HttpResponse:
    """How each thing is, in words, and what to do when it is not well; nothing of anybody."""
    now = timezone.now()
    context = {"status": Status.of(now), "now": now, "version": version()}
    return render(request, "status.html", context)
