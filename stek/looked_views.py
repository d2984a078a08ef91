"""Who looked at a household, and at what a colleague looked; for a coordinator."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.models import Membership
from accounts.roles import COORDINATION
from people.models import Household
from stek.looked import Looked, Span
from stek.looked_forms import SpanForm


def _asked(request: StekRequest) -> tuple[SpanForm, Span]:
    form = SpanForm(request.GET)
    return form, form.span() if form.is_valid() else Span()


def _show(
    request: StekRequest, template: str, form: SpanForm, looked: Looked, **more: Any
) -> HttpResponse:
    context = {"form": form, "looked": looked, "query": form.query(), **more}
    return render(request, template, context, status=200 if form.is_valid() else 422)


@require_safe
@allow(COORDINATION)
def household(request: StekRequest, pk: int) -> HttpResponse:
    """Also of one that was erased: that somebody looked stays."""
    mine = Household.objects.visible_to(request.membership)
    found = get_object_or_404(mine, pk=pk)
    record_read("looked", on=found, by=request.user)
    form, span = _asked(request)
    key = request.GET.get("na", "")
    looked = Looked.at_household(found, request.membership, span=span, key=key)
    return _show(request, "people/looked.html", form, looked, household=found)


@require_safe
@allow(COORDINATION)
def colleagues(request: StekRequest) -> HttpResponse:
    """Whom one may ask about: everybody who has or had a role here."""
    record_read("looked", on=None, by=request.user, stek_id=request.membership.stek_id)
    people = Membership.objects.visible_to(request.membership).by_name()
    return render(request, "people/looked_choose.html", {"people": people})


@require_safe
@allow(COORDINATION)
def colleague(request: StekRequest, user_pk: int) -> HttpResponse:
    """Of this STEK, also who left."""
    mine = Membership.objects.visible_to(request.membership).of_person(user_pk)
    if (member := mine.first()) is None:
        raise Http404
    record_read("looked", on=member.user, by=request.user, stek_id=request.membership.stek_id)
    form, span = _asked(request)
    key = request.GET.get("na", "")
    looked = Looked.by_colleague(user_pk, request.membership, span=span, key=key)
    return _show(request, "people/looked.html", form, looked, household=None, member=member)
