"""The brief for a council: first as a page to read over, then as a PDF of two pages."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import RECORD
from policy.brief import BriefError
from policy.brief_pdf import make_pdf
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


@require_safe
@allow(RECORD)
def brief_pdf(request: StekRequest, pk: int) -> HttpResponse:
    """The two pages, to print or to send along."""
    bundle = _bundle(request, pk)
    record_read("brief", on=bundle, by=request.user)
    found = brief_of(bundle, stek=request.membership.stek, today=timezone.localdate())
    try:
        pages = make_pdf(found)
    except BriefError:
        messages.error(
            request, _("De PDF is nu niet gelukt. Probeer het straks opnieuw, of druk dit blad af.")
        )
        return redirect("signals:brief", pk=pk)
    disposition = {"Content-Disposition": f'attachment; filename="dossier-{pk}.pdf"'}
    return HttpResponse(pages, content_type="application/pdf", headers=disposition)
