"""The counter's page as an answer, and the rows that its forms may speak of."""

import datetime as dt
import time
import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.access import StekRequest
from accounts.audit import record_read
from visits.counter import Counter, may_enter
from visits.days import current_day
from visits.eligibility import VoidReason
from visits.forms import AnonymousForm
from visits.models import Opening, Visit
from visits.opening_forms import OnDutyForm
from visits.planned import people_to_choose

#: Session key: when this person's searching was last noted in the log; and how often, in seconds.
SEARCHED = "searched_at"
SEARCH_NOTED_EVERY = 60


def show(
    request: StekRequest,
    *,
    opening: Opening | None = None,
    visit: Visit | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The counter's page, for today or for the opening that is typed in late."""
    counter = Counter.of(request.membership, now=timezone.now(), opening=opening, visit=visit)
    context = {
        "counter": counter,
        "request_id": uuid.uuid4(),
        "anonymous": AnonymousForm(initial={"request_id": uuid.uuid4()}),
        "void_reasons": [r for r in VoidReason if r != VoidReason.UNDONE],
        "text": "",
        "ask_error": "",
        "card_error": "",
        "lines": (),
        "asked": False,
        "refused": None,
        "new_household": None,
        "alike": (),
        "duty_form": OnDutyForm(),
        "planned": None,
        **more,
    }
    if counter.today is not None and not counter.late:
        context["line_count"] = counter.today.waiting_count
    if counter.opening is None and context["planned"] is None:
        context["planned"] = people_to_choose(request.membership, day=counter.day)
    return render(request, "visits/counter.html", context, status=status)


def note_search(request: StekRequest) -> None:
    """That names came by while somebody searched: once a minute, and not at every letter."""
    now = int(time.time())
    if not 0 <= now - request.session.get(SEARCHED, 0) < SEARCH_NOTED_EVERY:
        request.session[SEARCHED] = now
        record_read("search", on=None, by=request.user, stek_id=request.membership.stek_id)


def opening_of(request: StekRequest) -> Opening:
    """The opening that a form is for; another STEK's, or one too long ago, does not exist."""
    pk = request.POST.get("opening", "")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        raise Http404
    opening = get_object_or_404(Opening.objects.visible_to(request.membership), pk=pk)
    return entered(request, opening)


def entered(request: StekRequest, opening: Opening) -> Opening:
    """The same opening, when this role may still type in it."""
    day = current_day(timezone.now())
    if not may_enter(request.membership, opening, day=day):
        raise Http404
    opening.stek = request.membership.stek
    return opening


def arrival(opening: Opening) -> dt.datetime | None:
    """Now, or nothing when an earlier day is typed in and nobody knows the hour."""
    now = timezone.now()
    return None if opening.is_past(current_day(now)) else now


def visit_of(request: StekRequest, pk: int) -> Visit:
    visit = get_object_or_404(
        Visit.objects.visible_to(request.membership).select_related("opening"), pk=pk
    )
    entered(request, visit.opening)
    return visit
