"""Merging two households and undoing it: side by side, with a choice for each field."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import COORDINATION
from people.actions import OtherBody
from people.models import Household, Merge
from people.views import household_of, page_about
from stek import merging, unmerging
from stek.merge_forms import MergeForm, OtherNumberForm, seal
from stek.merge_page import Change, MergePage


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COORDINATION)
def choose_other(request: StekRequest, pk: int) -> HttpResponse:
    """With which household, for two that no list put together."""
    household = household_of(request, pk)
    form = OtherNumberForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        mine = Household.objects.visible_to(request.membership).in_use()
        other = mine.with_number(form.cleaned_data["number"])
        if other is None:
            form.add_error("number", _("Er is geen huishouden met dit nummer."))
        elif other.pk == pk:
            form.add_error("number", _("Dat is dit huishouden zelf."))
        else:
            return redirect("people:merge", pk=pk, other_pk=other.pk)
    status = 422 if form.errors else 200
    return page_about(household, request, "people/merge_choose.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COORDINATION)
def merge(request: StekRequest, pk: int, other_pk: int) -> HttpResponse:
    """Both side by side; merged when somebody has chosen."""
    one, other = _both(request, pk, other_pk)
    if one == other:
        messages.warning(request, _("Een huishouden kan je niet met zichzelf samenvoegen."))
        return redirect("people:household", pk=pk)
    form = MergeForm(request.POST if request.method == "POST" else None, one=one, other=other)
    if not form.is_valid():
        return _not_these(request, one, other) or _show(request, form)
    key = form.cleaned_data["request_id"]
    try:
        merged = merging.merge_households(
            form.both(), choices=form.choices(), request_id=key, by=request.user
        )
    except merging.ChangedMeanwhile as now:
        there = _not_these(request, now.kept, now.gone)
        return there or _show(request, form, changes=_changes(request, form))
    except OtherBody:
        form.refuse_key()
        return _not_these(request, one, other) or _show(request, form)
    said = _("Samengevoegd. Nummer %(old)s leidt nu naar nummer %(number)s.")
    messages.success(request, said % {"old": merged.gone.number, "number": merged.kept.number})
    return redirect("people:household", pk=merged.kept_id)


def _both(request: StekRequest, *ids: int) -> list[Household]:
    """Of this STEK and not erased; merged ones too, to say so."""
    rows = Household.objects.visible_to(request.membership).not_erased().side_by_side()
    found = rows.in_bulk(ids)
    if not all(pk in found for pk in ids):
        raise Http404
    for household in found.values():
        household.stek = request.membership.stek
    return [found[pk] for pk in ids]


def _not_these(request: StekRequest, *both: Household) -> HttpResponse | None:
    """To the one that was kept, when one of both is gone, or that may not be used; else None."""
    for one in both:
        if one.is_restricted:
            said = _("Nummer %(number)s staat op beperking. Samenvoegen kan als die weg is.")
            messages.warning(request, said % {"number": one.number})
            return redirect("people:household", pk=one.pk)
    gone = next((one for one in both if one.merged_into_id is not None), None)
    if gone is None or (kept := gone.merged_into) is None:
        return None
    said = _("Nummer %(old)s is al samengevoegd met nummer %(number)s.")
    messages.warning(request, said % {"old": gone.number, "number": kept.number})
    return redirect("people:household", pk=kept.pk)


def _show(request: StekRequest, form: MergeForm, changes: tuple[Change, ...] = ()) -> HttpResponse:
    """The page as both are now; who sees them is logged for each."""
    one, other = _both(request, form.one.pk, form.other.pk)
    for household in (one, other):
        record_read("open", on=household, by=request.user)
    page = MergePage.of(one, other, today=timezone.localdate())
    chosen = form.chosen() if form.is_bound else page.suggested()
    context = {
        "page": page,
        "form": form,
        "chosen": chosen,
        "choices": [(choice, chosen[choice.name]) for choice in page.choices],
        "seen": seal(page.texts),
        "changes": changes,
    }
    status = 422 if form.is_bound else 200
    return render(request, "people/merge.html", context, status=status)


def _changes(request: StekRequest, form: MergeForm) -> tuple[Change, ...]:
    one, other = _both(request, form.one.pk, form.other.pk)
    return MergePage.of(one, other, today=timezone.localdate()).changed(form.seen_before())


@require_POST
@allow(COORDINATION)
def undo(request: StekRequest, pk: int) -> HttpResponse:
    """Two households again."""
    mine = Merge.objects.visible_to(request.membership).with_names()
    found = get_object_or_404(mine, pk=pk)
    try:
        unmerging.undo_merge(found, by=request.user)
    except unmerging.OnRestriction as refused:
        said = _("Nummer %(number)s staat op beperking. Terugdraaien kan als die weg is.")
        messages.warning(request, said % {"number": refused.household.number})
        return redirect("people:household", pk=refused.household.pk)
    except unmerging.TooLate:
        messages.warning(
            request, _("Dit kan niet meer: er ging een maand voorbij, of het is gewist.")
        )
        return redirect("people:household", pk=found.kept_id)
    said = _("Nummer %(old)s is weer een eigen huishouden, met alles wat ervan was.")
    messages.success(request, said % {"old": found.gone.number})
    return redirect("people:household", pk=found.gone_id)
