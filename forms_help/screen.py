"""The table's page as an answer, and the rows that its forms may speak of."""

import uuid
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.access import StekRequest
from accounts.audit import record_read
from accounts.models import Membership
from accounts.roles import RECORD
from forms_help.forms import PlaceForm, QuestionForm
from forms_help.models import Question, QuestionDraft
from forms_help.outcomes import QuestionVoidReason
from forms_help.table import Person, Table, offered_to
from visits.days import current_day
from visits.models import Opening, Visit


class DayIsOver(Http404):
    """A question is of its day: the day turned since this page was opened (stek.views says so)."""


def may_note(membership: Membership, opening: Opening) -> bool:
    """Questions are of today; who keeps the record may complete any day."""
    return membership.role in RECORD or opening.day == current_day(timezone.now())


def opening_of_today(request: StekRequest) -> Opening | None:
    day = current_day(timezone.now())
    return _of_stek(request, Opening.objects.visible_to(request.membership).on(day).first())


def _of_stek(request: StekRequest, opening: Opening | None) -> Opening | None:
    if opening is not None:
        opening.stek = request.membership.stek
    return opening


def opening_by(request: StekRequest, pk: int) -> Opening:
    """This opening, when this role may note questions at it."""
    opening = get_object_or_404(Opening.objects.visible_to(request.membership), pk=pk)
    if not may_note(request.membership, opening):
        raise DayIsOver
    opening.stek = request.membership.stek
    return opening


def visit_by(request: StekRequest, pk: int) -> Visit:
    visit = get_object_or_404(
        Visit.objects.visible_to(request.membership).select_related("opening", "household"), pk=pk
    )
    if not may_note(request.membership, visit.opening):
        raise DayIsOver
    visit.opening.stek = request.membership.stek
    return visit


def place_in(request: StekRequest) -> tuple[Opening, Visit | None]:
    """The opening that a form is for, and the visit when it is of somebody who is known here."""
    form = PlaceForm(request.POST)
    if not form.is_valid():
        raise Http404
    pk, visit_pk = form.cleaned_data["opening"], form.cleaned_data["visit"]
    try:
        if visit_pk:
            visit = visit_by(request, visit_pk)
            return visit.opening, visit
        return opening_by(request, pk), None
    except Http404:
        # For a PIN no row of yesterday exists; a form that was left open overnight is told why.
        opening = Opening.objects.of_stek(request.membership.stek).filter(pk=pk).first()
        if opening is not None and not may_note(request.membership, opening):
            raise DayIsOver from None
        raise


def form_for(
    request: StekRequest, opening: Opening, visit: Visit | None, *args: Any, **kwargs: Any
) -> QuestionForm:
    offered = offered_to(
        request.membership,
        opening,
        today=current_day(timezone.now()),
        nameless=visit is None or visit.household_id is None,
    )
    return QuestionForm(*args, offered=offered, **kwargs)


def from_draft(draft: QuestionDraft) -> dict[str, Any]:
    """A draft as the first values of a form."""
    several = {"help_types", "documents"}
    return {name: values if name in several else values[0] for name, values in draft.fields.items()}


def show(
    request: StekRequest,
    opening: Opening,
    *,
    page: Table | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The table, with nobody in front of you unless `person` and `form` are given."""
    page = page or Table.of(request.membership, opening, now=timezone.now())
    late = opening.day < current_day(timezone.now())
    context: dict[str, Any] = {
        "page": page,
        "late": late,
        "person": None,
        "form": None,
        "saved": None,
        "error": "",
        "referral_piece": "",
        "request_id": uuid.uuid4(),
        **more,
    }
    if not late:
        context["line_count"] = page.waiting_count
    return render(request, "forms_help/table.html", context, status=status)


def show_person(
    request: StekRequest,
    opening: Opening,
    visit: Visit | None,
    *,
    form: QuestionForm | None = None,
    status: int = 200,
    error: str = "",
    referral_piece: str = "",
) -> HttpResponse:
    """The form for this visitor, or for somebody without a name.

    `referral_piece` is what a higher app shows under "doorverwezen", when it has been there.
    """
    page = Table.of(request.membership, opening, now=timezone.now())
    person = Person.of(page, visit)
    if form is None:
        use = person.draft is not None and "klad" in request.GET
        first = from_draft(person.draft) if use and person.draft else {}
        form = form_for(request, opening, visit, initial=first)
        if use:
            # It is in the form now, so it is not offered again.
            person = replace(person, draft=None)
    else:
        # What was refused stands in the form, and so does its draft.
        person = replace(person, draft=None)
    if visit is not None and visit.household_id:
        record_read("question", on=visit, by=request.user, stek_id=opening.stek_id)
    more = {"person": person, "form": form, "error": error, "referral_piece": referral_piece}
    return show(request, opening, page=page, status=status, **more)


def show_saved(
    request: StekRequest, question: Question, *, status: int = 200, error: str = ""
) -> HttpResponse:
    """What was just noted, with its undo; or an earlier one, with the reasons to strike it out."""
    record_read("question", on=question, by=request.user, stek_id=question.opening.stek_id)
    reasons = [one for one in QuestionVoidReason if one != QuestionVoidReason.UNDONE]
    saved = {
        "question": question,
        "can_undo": question.may_be_undone(by=request.user, now=timezone.now()),
        "reasons": reasons,
    }
    return show(request, question.opening, saved=saved, error=error, status=status)
