"""The line beside the table: call the next, call somebody, hand back, note that somebody left."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import StekRequest, allow
from accounts.roles import COUNTER, TABLE
from forms_help.models import FollowUp
from forms_help.screen import opening_by, place_in, show, visit_by
from forms_help.table import Table
from visits import line_actions
from visits.days import current_day
from visits.models import QueueTurn
from visits.screen import visit_of


@require_safe
@allow(TABLE, pin=True, by_itself=True)
def line(request: StekRequest, pk: int) -> HttpResponse:
    """The line alone, asked for every few seconds, so that two helpers see each other."""
    opening, now = opening_by(request, pk), timezone.now()
    page = Table.of(request.membership, opening, now=now)
    chosen = request.GET.get("bij", "")
    is_id = chosen.isascii() and chosen.isdigit() and len(chosen) < 19
    context = {
        "page": page,
        "chosen": int(chosen) if is_id else 0,
        "piece": opening.day == current_day(now),
    }
    return render(request, "forms_help/_line.html", context)


@require_POST
@allow(TABLE, pin=True)
def take_next(request: StekRequest) -> HttpResponse:
    opening, _nobody = place_in(request)
    visit = line_actions.take_next(opening, by=request.user)
    if visit is None:
        return show(request, opening, error=_("Er wacht niemand meer."), status=422)
    return redirect("forms_help:person", pk=visit.pk)


@require_POST
@allow(TABLE, pin=True)
def take(request: StekRequest, pk: int) -> HttpResponse:
    """Call this number; when a colleague was first, say who."""
    visit = visit_by(request, pk)
    try:
        line_actions.take(visit, by=request.user)
    except line_actions.TakenAlready as taken:
        return show(request, visit.opening, error=_why_not(taken.turn), status=422)
    except line_actions.NotInLine:
        error = _("Deze bezoeker staat niet meer in de rij.")
        return show(request, visit.opening, error=error, status=422)
    return redirect("forms_help:person", pk=pk)


def _why_not(turn: QueueTurn) -> str:
    number = {"number": turn.visit.queue_number}
    if turn.end == QueueTurn.End.LEFT:
        return _("Nummer %(number)s is al weg.") % number
    if turn.end:
        return _("Nummer %(number)s is al geholpen.") % number
    who = str(turn.taken_by.first_name or turn.taken_by) if turn.taken_by else ""
    return _("%(who)s nam nummer %(number)s net. Neem de volgende.") % {**number, "who": who}


@require_POST
@allow(TABLE, pin=True)
def hand_back(request: StekRequest, pk: int) -> HttpResponse:
    """Somebody goes back to their place in the line."""
    visit = visit_by(request, pk)
    line_actions.hand_back(visit, by=request.user)
    return redirect("forms_help:opening", pk=visit.opening_id)


@require_POST
@allow(TABLE, pin=True)
def leave(request: StekRequest, pk: int) -> HttpResponse:
    """Somebody went home."""
    visit = visit_by(request, pk)
    line_actions.leave(visit, by=request.user)
    return redirect("forms_help:opening", pk=visit.opening_id)


@require_safe
@allow(COUNTER, pin=True)
def brings(request: StekRequest, pk: int) -> HttpResponse:
    """What is still open for who just checked in: a line for the counter's card, no theme."""
    visit = visit_of(request, pk)
    rows = FollowUp.objects.none()
    if visit.household_id:
        rows = FollowUp.objects.of_household(visit.household_id).unrestricted().open()
        rows = rows.with_words().by_due()
    context = {"follow_ups": rows, "visit": visit}
    return render(request, "forms_help/_brings.html", context)
