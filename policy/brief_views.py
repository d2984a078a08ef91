"""The brief for a council, as a page to read over."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import RECORD
from policy.briefing import brief_of
from policy.models import Bundle


def _bundle(request: StekRequest, pk: int) -> Bundle:
    rows = Bundle.objects.visible_to(request.membership).counted().with_words()
    found: Bundle = get_object_or_404(rows, pk=pk)
    return found


@require_safe
@allow(RECORD)
def brief(request: StekRequest, pk: int) -> HttpResponse:
    """What will stand in it, and what is still missing."""
    bundle = _bundle(request, pk)
    record_read("bundle", on=bundle, by=request.user)
    found = brief_of(bundle, stek=request.membership.stek, today=timezone.localdate())
    return render(request, "signals/brief.html", {"bundle": bundle, "brief": found})
