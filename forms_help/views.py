"""The table: a question in five taps, a chat in one; every action answers with that page again."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import TABLE
from forms_help import actions
from forms_help.drafts import forget_draft, keep_draft
from forms_help.forms import ChatForm, VoidQuestionForm
from forms_help.models import Question
from forms_help.outcomes import QuestionVoidReason
from forms_help.repeat import as_answer, last_question
from forms_help.screen import (
    form_for,
    opening_by,
    opening_of_today,
    place_in,
    show,
    show_person,
    show_saved,
    visit_by,
)
from people.actions import OtherBody
from visits.models import Opening, Visit


@require_safe
@allow(TABLE, pin=True)
def table(request: StekRequest) -> HttpResponse:
    """The line of today, with nobody in front of you yet."""
    opening = opening_of_today(request)
    if opening is None:
        return render(request, "forms_help/not_open.html")
    return show(request, opening)


@require_safe
@allow(TABLE, pin=True)
def opening(request: StekRequest, pk: int) -> HttpResponse:
    """The table of an earlier day, to complete."""
    return show(request, opening_by(request, pk))


@require_safe
@allow(TABLE, pin=True)
def person(request: StekRequest, pk: int) -> HttpResponse:
    """The form for somebody from the line or from today's list."""
    visit = visit_by(request, pk)
    return show_person(request, visit.opening, visit)


@require_safe
@allow(TABLE, pin=True)
def nameless(request: StekRequest, pk: int) -> HttpResponse:
    """The form for somebody without a name, who was not counted at the counter."""
    return show_person(request, opening_by(request, pk), None)


@require_POST
@allow(TABLE, pin=True)
def note(request: StekRequest) -> HttpResponse:
    """Save the question; "nog een vraag" keeps the person."""
    opening, visit = place_in(request)
    form = form_for(request, opening, visit, request.POST)
    if not form.is_valid():
        return show_person(request, opening, visit, form=form, status=422)
    answer = form.answer()
    try:
        question = _note(request, opening, visit, answer, form.cleaned_data["request_id"])
    except OtherBody:
        form.refuse_key()
        return show_person(request, opening, visit, form=form, status=422)
    except actions.VisitVoided:
        return show_person(request, opening, visit, form=form, error=voided(), status=422)
    return after(question, again=answer.again)


def after(question: Question, *, again: bool) -> HttpResponse:
    """What was noted; or, for another question, the same person again."""
    if not again:
        return redirect("forms_help:question", pk=question.pk)
    if question.visit_id is not None:
        return redirect("forms_help:person", pk=question.visit_id)
    return redirect("forms_help:nameless", pk=question.opening_id)


def _note(
    request: StekRequest,
    opening: Opening,
    visit: Visit | None,
    answer: actions.Answer,
    request_id: uuid.UUID,
) -> Question:
    return actions.note_question(
        answer,
        opening=opening,
        visit=visit,
        request_id=request_id,
        membership=request.membership,
        by=request.user,
    )


def voided() -> str:
    return _("Dit bezoek is intussen geschrapt aan de balie. Er is niets bewaard.")


@require_POST
@allow(TABLE, pin=True)
def chat(request: StekRequest) -> HttpResponse:
    """Just a chat: a full moment of help, in one tap."""
    opening, visit = place_in(request)
    form = ChatForm(request.POST)
    if not form.is_valid():
        return show(request, opening, error=used_again(), status=422)
    key = form.cleaned_data["request_id"]
    try:
        question = _note(request, opening, visit, actions.CHAT, key)
    except OtherBody:
        return show(request, opening, error=used_again(), status=422)
    except actions.VisitVoided:
        return show(request, opening, error=voided(), status=422)
    return redirect("forms_help:question", pk=question.pk)


def used_again() -> str:
    return _("Dit formulier was al eens gebruikt. Kies de persoon opnieuw.")


@require_POST
@allow(TABLE, pin=True)
def like_last(request: StekRequest, pk: int) -> HttpResponse:
    """Note the same as the last time, with one tap."""
    visit = visit_by(request, pk)
    form = ChatForm(request.POST)
    last = last_question(request.membership, visit)
    if last is None or not form.is_valid():
        error = _("Er is geen vorige keer om over te nemen. Vul het formulier in.")
        return show_person(request, visit.opening, visit, error=error, status=422)
    answer = as_answer(last, visit.opening, membership=request.membership)
    try:
        question = _note(request, visit.opening, visit, answer, form.cleaned_data["request_id"])
    except OtherBody:
        return show_person(request, visit.opening, visit, error=used_again(), status=422)
    except actions.VisitVoided:
        return show_person(request, visit.opening, visit, error=voided(), status=422)
    return redirect("forms_help:question", pk=question.pk)


def _question(request: StekRequest, pk: int) -> Question:
    rows = Question.objects.visible_to(request.membership).with_words()
    found = get_object_or_404(rows.select_related("visit__household"), pk=pk)
    # Of an earlier day it is only for who keeps the record.
    opening_by(request, found.opening_id)
    found.opening.stek = request.membership.stek
    return found


@require_safe
@allow(TABLE, pin=True)
def question(request: StekRequest, pk: int) -> HttpResponse:
    return show_saved(request, _question(request, pk))


@require_POST
@allow(TABLE, pin=True)
def undo(request: StekRequest, pk: int) -> HttpResponse:
    """Take back what was just noted; its fields wait as a draft."""
    found = _question(request, pk)
    if not found.is_voided and not found.may_be_undone(by=request.user, now=timezone.now()):
        error = _("Dit is van een collega, of van eerder. Schrap het met een reden.")
        return show_saved(request, found, error=error, status=422)
    actions.void_question(found, reason=QuestionVoidReason.UNDONE, by=request.user)
    if found.visit_id:
        return redirect("forms_help:person", pk=found.visit_id)
    return redirect("forms_help:nameless", pk=found.opening_id)


@require_POST
@allow(TABLE, pin=True)
def void(request: StekRequest, pk: int) -> HttpResponse:
    """Strike a question out, with a reason."""
    found = _question(request, pk)
    form = VoidQuestionForm(request.POST)
    if not form.is_valid():
        return show_saved(request, found, error=_("Kies waarom."), status=422)
    reason = QuestionVoidReason(form.cleaned_data["reason"])
    actions.void_question(found, reason=reason, by=request.user)
    return redirect("forms_help:question", pk=pk)


@require_POST
@allow(TABLE, pin=True)
def draft(request: StekRequest) -> HttpResponse:
    """Keep what is half filled in; or, with `weg`, forget it."""
    opening, visit = place_in(request)
    if "weg" in request.POST:
        forget_draft(opening=opening, visit=visit, by=request.user)
        if visit is not None:
            return redirect("forms_help:person", pk=visit.pk)
        return redirect("forms_help:nameless", pk=opening.pk)
    keep_draft(
        fields=dict(request.POST.lists()),
        key=request.POST.get("request_id", ""),
        for_partner=request.membership.partner_id is not None,
        opening=opening,
        visit=visit,
        by=request.user,
    )
    return HttpResponse(status=204)


@require_safe
@allow(TABLE, pin=True)
def questions(request: StekRequest, pk: int) -> HttpResponse:
    """What was noted at this opening: one's own, or all of it for who keeps the record."""
    opening = opening_by(request, pk)
    record_read("question", on=opening, by=request.user)
    rows = Question.objects.visible_to(request.membership).at(opening).with_words()
    context = {"opening": opening, "questions": rows.with_visitor()}
    return render(request, "forms_help/questions.html", context)
