"""One structural signal: its words, its signals, who carries it, its steps and its answer."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import RECORD
from policy.actions import choose_example
from policy.both import compared
from policy.bundle_actions import (
    assign,
    drop_answer,
    move_bundle,
    note_answer,
    strike_step,
    take_out,
    void_bundle,
    word_bundle,
)
from policy.bundle_forms import (
    AnswerForm,
    ExampleForm,
    MoveForm,
    OwnerForm,
    VersionForm,
    WordingForm,
)
from policy.bundle_page import BundlePage
from policy.forms import VoidForm
from policy.list_views import moved, signal_by
from policy.models import Bundle
from policy.page import team_of, themes_for
from policy.states import Move, VoidReason
from policy.steps import ChangedMeanwhile, NotNow


def bundle_by(request: StekRequest, pk: int) -> Bundle:
    rows = Bundle.objects.visible_to(request.membership).with_words()
    found: Bundle = get_object_or_404(rows, pk=pk)
    found.stek = request.membership.stek
    return found


def show(
    request: StekRequest, bundle: Bundle, *, error: str = "", status: int = 200, **forms: Any
) -> HttpResponse:
    """`forms` are those that were refused: move_form, answer_form, example_form."""
    record_read("bundle", on=bundle, by=request.user)
    page = BundlePage.of(bundle, request.membership, now=timezone.now())
    today = timezone.localdate()
    answer = {"answer": bundle.answer, "day": bundle.answered_on or today}
    context = {
        "page": page,
        "error": error,
        "move_form": MoveForm(initial={"day": today}),
        "answer_form": AnswerForm(initial=answer),
        "example_form": None,
        "example_of": 0,
        "void_reasons": [VoidReason.MISTAKE, VoidReason.DOUBLE, VoidReason.PERSONAL],
        **forms,
    }
    return render(request, "signals/bundle.html", context, status=status)


def _after(request: StekRequest, pk: int, do: Callable[[], object]) -> HttpResponse:
    """Do it and show the page again, or say that somebody else was first."""
    try:
        do()
    except (ChangedMeanwhile, NotNow):
        current: Bundle = Bundle.objects.with_words().as_it_stands(pk)
        current.stek = request.membership.stek
        return show(request, current, error=moved(), status=422)
    return redirect("signals:bundle", pk=pk)


@require_safe
@allow(RECORD)
def structural(request: StekRequest, pk: int) -> HttpResponse:
    return show(request, bundle_by(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(RECORD)
def word(request: StekRequest, pk: int) -> HttpResponse:
    """Title, problem, proposal, theme; who saves second sees both texts and chooses."""
    bundle = bundle_by(request, pk)
    initial = {name: getattr(bundle, name) for name in ("title", "problem", "proposal", "version")}
    initial["theme"] = bundle.theme_id or ""
    data = request.POST if request.method == "POST" else None
    themes = themes_for(request.membership.stek, bundle.theme)
    form = WordingForm(data, initial=initial, themes=themes)
    context: dict[str, Any] = {"form": form, "bundle": bundle}
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "signals/word_bundle.html", context, status=status)
    wording, version = form.wording(), form.cleaned_data["version"]
    try:
        word_bundle(bundle, wording=wording, version=version, by=request.user)
    except ChangedMeanwhile as changed:
        context |= {"bundle": changed.current, "both": compared(changed.current, wording)}
        return render(request, "signals/word_bundle_conflict.html", context, status=422)
    return redirect("signals:bundle", pk=pk)


@require_POST
@allow(RECORD)
def owner(request: StekRequest, pk: int) -> HttpResponse:
    """Who carries it on, in one click."""
    found = bundle_by(request, pk)
    team = team_of(request.membership.stek, timezone.localdate())
    form = OwnerForm(request.POST, team=[one.user_id for one in team])
    if not form.is_valid():
        error = _("Deze collega volgt geen signalen op. Kies een ander.")
        return show(request, found, error=error, status=422)
    chosen = next((one.user for one in team if one.user_id == form.cleaned_data["owner"]), None)
    return _after(request, pk, lambda: assign(found, owner=chosen, by=request.user))


@require_POST
@allow(RECORD)
def step(request: StekRequest, pk: int) -> HttpResponse:
    """Note what was done."""
    found, form = bundle_by(request, pk), MoveForm(request.POST)
    if not form.is_valid():
        return show(request, found, move_form=form, error=_first(form), status=422)
    data = form.cleaned_data
    return _after(
        request,
        pk,
        lambda: move_bundle(
            found,
            what=Move(data["move"]),
            version=data["version"],
            reason=data["reason"],
            recipient=data["recipient"],
            day=data["day"],
            request_id=data["request_id"],
            by=request.user,
        ),
    )


def _first(form: Any) -> str:
    """One sentence for above the page; the others stand at their field."""
    return next(str(one) for errors in form.errors.values() for one in errors)


@require_POST
@allow(RECORD)
def strike(request: StekRequest, pk: int) -> HttpResponse:
    """Put the last step right."""
    found, form = bundle_by(request, pk), VersionForm(request.POST)
    last = BundlePage.of(found, request.membership, now=timezone.now()).last_step
    if not form.is_valid() or last is None:
        return show(request, found, error=moved(), status=422)
    version = form.cleaned_data["version"]
    return _after(request, pk, lambda: strike_step(last, version=version, by=request.user))


@require_POST
@allow(RECORD)
def answer(request: StekRequest, pk: int) -> HttpResponse:
    """What the recipient answered: who reported sees it."""
    found, form = bundle_by(request, pk), AnswerForm(request.POST)
    if not form.is_valid():
        return show(request, found, answer_form=form, error=_first(form), status=422)
    data = form.cleaned_data
    return _after(
        request,
        pk,
        lambda: note_answer(
            found,
            answer=data["answer"],
            day=data["day"],
            version=data["version"],
            by=request.user,
        ),
    )


@require_POST
@allow(RECORD)
def no_answer(request: StekRequest, pk: int) -> HttpResponse:
    """Take an answer away that was none."""
    found, form = bundle_by(request, pk), VersionForm(request.POST)
    if not form.is_valid():
        return show(request, found, error=moved(), status=422)
    version = form.cleaned_data["version"]
    return _after(request, pk, lambda: drop_answer(found, version=version, by=request.user))


@require_POST
@allow(RECORD)
def void(request: StekRequest, pk: int) -> HttpResponse:
    """Strike the structural signal out; its signals are loose again."""
    found, form = bundle_by(request, pk), VoidForm(request.POST)
    if not form.is_valid():
        return show(request, found, error=_("Kies waarom je dit schrapt."), status=422)
    void_bundle(found, reason=VoidReason(form.cleaned_data["reason"]), by=request.user)
    return redirect("signals:bundle", pk=pk)


@require_POST
@allow(RECORD)
def remove(request: StekRequest, pk: int) -> HttpResponse:
    """Take one signal out of its structural signal."""
    signal = signal_by(request, pk)
    if signal.bundle_id is None:
        return redirect("signals:list")
    take_out(signal, by=request.user)
    return redirect("signals:bundle", pk=signal.bundle_id)


@require_POST
@allow(RECORD)
def example(request: StekRequest, pk: int) -> HttpResponse:
    """Let one signal speak in the brief, in words that say nothing about anybody."""
    signal, form = signal_by(request, pk), ExampleForm(request.POST)
    if signal.bundle_id is None:
        return redirect("signals:list")
    if not form.is_valid():
        found = bundle_by(request, signal.bundle_id)
        return show(
            request, found, error=_first(form), status=422, example_form=form, example_of=pk
        )
    text = form.cleaned_data["example"]
    return _after(
        request, signal.bundle_id, lambda: choose_example(signal, text=text, by=request.user)
    )
