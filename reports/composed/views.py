"""Reports of one's own: put one together, make another of it, put it away."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import StekRequest, allow
from accounts.roles import COORDINATION
from people.actions import OtherBody
from reports.composed.actions import Gone, NameTaken, compose_report, retire_report
from reports.composed.composing import ComposeForm
from reports.models import ComposedReport


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COORDINATION)
def compose(request: StekRequest) -> HttpResponse:
    """A new one."""
    form = ComposeForm(request.POST if request.method == "POST" else None)
    return _compose(request, form, {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COORDINATION)
def change(request: StekRequest, pk: int) -> HttpResponse:
    """Another in its place; what was frozen of it keeps its tables."""
    rows = ComposedReport.objects.visible_to(request.membership)
    # Sent twice, the first sending put this one away; then the action says what came of it.
    composed = get_object_or_404(rows if request.method == "POST" else rows.in_use(), pk=pk)
    shown = {name: getattr(composed, name) for name in ("name", "tables", "leaves_house")}
    form = ComposeForm(request.POST if request.method == "POST" else None, initial=shown)
    return _compose(request, form, {"form": form, "composed": composed}, replaces=composed)


def _compose(
    request: StekRequest,
    form: ComposeForm,
    context: dict[str, Any],
    *,
    replaces: ComposedReport | None = None,
) -> HttpResponse:
    if form.is_valid():
        try:
            made = compose_report(
                stek=request.membership.stek,
                replaces=replaces,
                by=request.user,
                **form.cleaned_data,
            )
        except OtherBody:
            form.refuse_key()
        except NameTaken:
            form.add_error("name", _("Er is al een rapport met deze naam. Kies een andere."))
        except Gone:
            gone = _("Een collega paste dit rapport intussen aan. Kijk eerst wat er nu staat.")
            form.add_error(None, gone)
        else:
            messages.success(
                request, _("Het rapport “%(name)s” staat in de lijst.") % {"name": made.name}
            )
            return redirect("reports:choose", kind=made.key)
    status = 422 if form.is_bound else 200
    return render(request, "reports/compose.html", context, status=status)


@require_POST
@allow(COORDINATION)
def retire(request: StekRequest, pk: int) -> HttpResponse:
    """Out of the list; what was frozen of it stays."""
    composed = get_object_or_404(ComposedReport.objects.visible_to(request.membership), pk=pk)
    retire_report(composed, by=request.user)
    messages.success(
        request, _("Het rapport “%(name)s” is weg uit de lijst.") % {"name": composed.name}
    )
    return redirect("reports:start")
