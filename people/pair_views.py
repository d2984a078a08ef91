"""The work list of households that may be double, and saying that two are not the same one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import COORDINATION
from people import pair_actions
from people.models import DuplicatePair, Household, Merge
from people.pair_list import PER_PAGE, Which, lines_of


def _rows(request: StekRequest, which: Which) -> Any:
    """Of one list of the page."""
    if which == Which.MERGED:
        return Merge.objects.visible_to(request.membership).undoable().with_names()
    pairs = DuplicatePair.objects.visible_to(request.membership)
    return (pairs.open() if which == Which.OPEN else pairs.apart()).with_both()


@require_safe
@allow(COORDINATION)
def duplicates(request: StekRequest) -> HttpResponse:
    """The likeliest first; those said to be two, and those merged this month, each apart."""
    record_read("duplicates", on=None, by=request.user, stek_id=request.membership.stek_id)
    asked = request.GET.get("lijst", "")
    which = Which(asked) if asked in Which.values else Which.OPEN
    page = Paginator(_rows(request, which), PER_PAGE).get_page(request.GET.get("pagina"))
    context: dict[str, Any] = {
        "which": which,
        "lists": list(Which),
        "page": page,
        "lines": lines_of(page) if which != Which.MERGED else [],
        "query": f"lijst={which.value}" if which != Which.OPEN else "",
        "to_compare": Household.objects.visible_to(request.membership).to_compare().count(),
    }
    return render(request, "people/duplicates.html", context)


@require_safe
@allow(COORDINATION)
def pair(request: StekRequest, pk: int) -> HttpResponse:
    """To both side by side."""
    found = _pair(request, pk)
    return redirect("people:merge", pk=found.one_id, other_pk=found.other_id)


@require_POST
@allow(COORDINATION)
def keep_apart(request: StekRequest, pk: int) -> HttpResponse:
    pair_actions.keep_apart(_pair(request, pk), by=request.user)
    said = _("Genoteerd: dit zijn twee huishoudens. Je vindt ze bij “Niet dezelfde”.")
    messages.success(request, said)
    return redirect("people:duplicates")


@require_POST
@allow(COORDINATION)
def doubt_again(request: StekRequest, pk: int) -> HttpResponse:
    """Take back that they are two."""
    pair_actions.doubt_again(_pair(request, pk), by=request.user)
    messages.success(request, _("Dit paar staat weer in de lijst."))
    return redirect(f"{reverse('people:duplicates')}?lijst={Which.APART.value}")


def _pair(request: StekRequest, pk: int) -> DuplicatePair:
    return get_object_or_404(DuplicatePair.objects.visible_to(request.membership), pk=pk)
