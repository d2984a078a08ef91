"""Noting a signal from anywhere, taking it back, and what became of one's own."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import StekRequest, allow
from accounts.roles import SIGNALLING
from forms_help.models import Question, Theme
from people.actions import OtherBody
from policy.actions import note_signal, read_answer, void_signal
from policy.forms import NoteForm, safe_path
from policy.models import Signal
from policy.page import Mine, themes_for
from policy.states import VoidReason


def _question(request: StekRequest, pk: int | None) -> Question | None:
    """The question at the table that it came up at; of a colleague it does not exist."""
    if pk is None:
        return None
    rows = Question.objects.visible_to(request.membership).counted().with_words()
    return get_object_or_404(rows, pk=pk)


def _asked(request: StekRequest) -> int | None:
    text = request.GET.get("vraag", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _note_form(request: StekRequest) -> NoteForm:
    if request.method == "POST":
        return NoteForm(request.POST, themes=themes_for(request.membership.stek))
    question = _question(request, _asked(request))
    theme: Theme | None = question.theme if question else None
    initial: dict[str, Any] = {"back": safe_path(request.GET.get("terug", ""))}
    if question:
        initial |= {"question": question.pk, "theme": theme.pk if theme else ""}
    return NoteForm(initial=initial, themes=themes_for(request.membership.stek, theme))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(SIGNALLING, pin=True)
def note(request: StekRequest) -> HttpResponse:
    """Two lines; the page, or the same in a dialog over the page where somebody is."""
    form = _note_form(request)
    if form.is_valid():
        question = _question(request, form.cleaned_data["question"])
        try:
            made = note_signal(
                form.words(),
                stek=request.membership.stek,
                question=question,
                request_id=form.cleaned_data["request_id"],
                by=request.user,
            )
        except OtherBody:
            form.refuse_key()
        else:
            back = form.cleaned_data["back"]
            query = f"?{urlencode({'terug': back})}" if back else ""
            return redirect(reverse("signals:noted", args=[made.pk]) + query)
    status = 422 if form.is_bound else 200
    return render(request, "signals/note.html", {"form": form}, status=status)


def _own(request: StekRequest, pk: int) -> Signal:
    rows = Signal.objects.noted_by_member(request.membership).with_words()
    found: Signal = get_object_or_404(rows, pk=pk)
    return found


@require_safe
@allow(SIGNALLING, pin=True)
def noted(request: StekRequest, pk: int) -> HttpResponse:
    """Thanks, and the way back: to the page and to before the signal."""
    signal = _own(request, pk)
    context = {
        "signal": signal,
        "can_undo": signal.may_be_undone(by=request.user, now=timezone.now()),
        "back": safe_path(request.GET.get("terug", "")) or reverse("home"),
    }
    return render(request, "signals/noted.html", context)


@require_POST
@allow(SIGNALLING, pin=True)
def undo(request: StekRequest, pk: int) -> HttpResponse:
    """Take back what one just noted; later a colleague who sorts them strikes it out."""
    signal = _own(request, pk)
    if signal.may_be_undone(by=request.user, now=timezone.now()) or signal.is_voided:
        void_signal(signal, reason=VoidReason.UNDONE, by=request.user)
        back = safe_path(request.POST.get("back", ""))
        query = f"?{urlencode({'terug': back})}" if back else ""
        return redirect(reverse("signals:noted", args=[pk]) + query)
    error = _("Dit kan niet meer ongedaan. Vraag het aan wie de signalen opvolgt.")
    return _mine(request, error=error, status=422)


@require_safe
@allow(SIGNALLING)
def mine(request: StekRequest) -> HttpResponse:
    """What one noted, where it stands, and what was answered."""
    return _mine(request)


def _mine(request: StekRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    found = Mine.of(request.membership, now=timezone.now(), page=request.GET.get("pagina", ""))
    return render(request, "signals/mine.html", {"mine": found, "error": error}, status=status)


@require_POST
@allow(SIGNALLING)
def answer_read(request: StekRequest, pk: int) -> HttpResponse:
    """Open an answer: from now on it is not new any more."""
    read_answer(_own(request, pk), by=request.user)
    return redirect(f"{reverse('signals:mine')}#signaal-{pk}")
