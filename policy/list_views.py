"""Signals for who handles them: the list, the board, sorting, rewording and bundling."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import RECORD
from policy.actions import SignalChanged, reword_signal, sort_signal, void_signal
from policy.both import compared
from policy.bundle_actions import add_to_bundle, bundle_signals
from policy.forms import BundleForm, RewordForm, SortForm, VoidForm
from policy.models import Bundle, Signal
from policy.page import Filters, SignalList, board_of, team_of, themes_for
from policy.states import NOT_RETAINED, Phase, VoidReason
from policy.steps import NotNow


def signal_by(request: StekRequest, pk: int) -> Signal:
    rows = Signal.objects.visible_to(request.membership).counted().with_words()
    found: Signal = get_object_or_404(rows, pk=pk)
    return found


@require_safe
@allow(RECORD)
def signals(request: StekRequest) -> HttpResponse:
    """What is to sort, or what it is narrowed to."""
    return show(request)


def show(
    request: StekRequest, *, error: str = "", ticked: Any = (), status: int = 200
) -> HttpResponse:
    """`ticked` are those of a form that was refused."""
    membership = request.membership
    record_read("signals", on=None, by=request.user, stek_id=membership.stek_id)
    found = SignalList.of(membership, request.GET.dict(), today=timezone.localdate())
    context = {
        "list": found,
        "phases": Phase,
        "reasons": NOT_RETAINED,
        "bundle_form": BundleForm(),
        "error": error,
        "ticked": ticked,
    }
    return render(request, "signals/list.html", context, status=status)


@require_safe
@allow(RECORD)
def board(request: StekRequest) -> HttpResponse:
    """Structural signals in columns."""
    membership, filters = request.membership, Filters.of(request.GET.dict())
    record_read("signals", on=None, by=request.user, stek_id=membership.stek_id)
    now = timezone.now()
    context = {
        "new": Signal.objects.visible_to(membership).counted().in_phase(Phase.NOTICED).count(),
        "columns": board_of(membership, now=now, theme=filters.theme, owner=filters.owner),
        "filters": filters,
        "themes": themes_for(membership.stek),
        "team": team_of(membership.stek, timezone.localdate()),
    }
    return render(request, "signals/board.html", context)


def _back(request: StekRequest, pk: int) -> HttpResponse:
    """To the list as it was narrowed, at the line of this signal."""
    query = Filters.of(request.GET.dict()).query
    address = reverse("signals:list") + (f"?{query}" if query else "")
    return redirect(f"{address}#signaal-{pk}")


@require_POST
@allow(RECORD)
def sort(request: StekRequest, pk: int) -> HttpResponse:
    """Keep one for later, put it aside, or put it back."""
    found, form = signal_by(request, pk), SortForm(request.POST)
    if not form.is_valid():
        return show(request, error=_("Kies waarom je dit niet weerhoudt."), status=422)
    data = form.cleaned_data
    try:
        sort_signal(found, to=Phase(data["to"]), reason=data["reason"], by=request.user)
    except NotNow:
        return show(request, error=moved(), status=422)
    return _back(request, pk)


def moved() -> str:
    return _("Intussen veranderde hier iets. Kijk wat er nu staat, en kies opnieuw.")


@require_POST
@allow(RECORD)
def bundle(request: StekRequest) -> HttpResponse:
    """Make one structural signal of what is ticked, or put it in one that is there."""
    form = BundleForm(request.POST)
    valid, data = form.is_valid(), form.cleaned_data
    pks, into = set(data.get("signals", ())), data.get("bundle")
    if Signal.objects.visible_to(request.membership).among(pks).count() != len(pks):
        raise Http404
    if not valid:
        error = _("Vink eerst de signalen aan die je wil bundelen.")
        return show(request, error=error, ticked=pks, status=422)
    try:
        if into:
            rows = Bundle.objects.visible_to(request.membership).counted()
            there = add_to_bundle(pks, bundle=get_object_or_404(rows, pk=into), by=request.user)
        else:
            key, stek = form.cleaned_data["request_id"], request.membership.stek
            there = bundle_signals(pks, stek=stek, request_id=key, by=request.user)
    except NotNow:
        return show(request, error=moved(), ticked=pks, status=422)
    messages.success(request, _("Gebundeld. Kijk de woorden na, en kies wie dit opvolgt."))
    return redirect("signals:bundle", pk=there.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(RECORD)
def reword(request: StekRequest, pk: int) -> HttpResponse:
    """Other words, another theme; who saves second sees both texts and chooses."""
    signal = signal_by(request, pk)
    themes = themes_for(request.membership.stek, signal.theme)
    initial = {
        "bottleneck": signal.bottleneck,
        "proposal": signal.proposal,
        "theme": signal.theme_id or "",
        "with_visitors": signal.with_visitors,
        "version": signal.version,
    }
    data = request.POST if request.method == "POST" else None
    form = RewordForm(data, initial=initial, themes=themes)
    context: dict[str, Any] = {"form": form, "signal": signal, "void_reasons": VoidReason}
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "signals/reword.html", context, status=status)
    words, version = form.words(), form.cleaned_data["version"]
    try:
        reword_signal(signal, words=words, version=version, by=request.user)
    except SignalChanged as changed:
        context |= {"signal": changed.current, "both": compared(changed.current, words)}
        return render(request, "signals/reword_conflict.html", context, status=422)
    messages.success(request, _("Bewaard."))
    if signal.bundle_id:
        return redirect("signals:bundle", pk=signal.bundle_id)
    return redirect(f"{reverse('signals:list')}#signaal-{pk}")


@require_POST
@allow(RECORD)
def void(request: StekRequest, pk: int) -> HttpResponse:
    """Strike one out: a slip, a double, or about one person."""
    found, form = signal_by(request, pk), VoidForm(request.POST)
    if not form.is_valid():
        return show(request, error=_("Kies waarom je dit schrapt."), status=422)
    void_signal(found, reason=VoidReason(form.cleaned_data["reason"]), by=request.user)
    messages.success(request, _("Het signaal is geschrapt."))
    return redirect("signals:list")
