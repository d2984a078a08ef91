"""The question at the counter: did the partner call? Asked at the next check-in, one tap."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import StekRequest, allow
from accounts.roles import COUNTER
from referrals.forms import TellForm
from referrals.loop import Loop
from referrals.models import Referral
from referrals.states import Happening
from referrals.step_actions import take_back_told, tell
from referrals.steps import NotNow
from visits.days import start_of
from visits.models import Visit


def visit_by(request: StekRequest, pk: int) -> Visit:
    rows = Visit.objects.visible_to(request.membership).counted()
    found: Visit = get_object_or_404(rows.select_related("opening", "household"), pk=pk)
    return found


def show(request: StekRequest, visit: Visit, *, error: str = "", status: int = 200) -> HttpResponse:
    context = {"visit": visit, "loop": Loop.of(visit), "error": error}
    return render(request, "referrals/loop.html", context, status=status)


@require_safe
@allow(COUNTER, pin=True)
def loop(request: StekRequest, pk: int) -> HttpResponse:
    """One line about one referral, never about what."""
    return show(request, visit_by(request, pk))


@require_POST
@allow(COUNTER, pin=True)
def told(request: StekRequest, pk: int) -> HttpResponse:
    """What the visitor said, or that it is taken back."""
    visit, form = visit_by(request, pk), TellForm(request.POST)
    if not form.is_valid():
        return show(request, visit, error=_("Tik op een van de antwoorden."), status=422)
    found = _referral(visit, form.cleaned_data["referral"])
    said = form.cleaned_data["said"]
    try:
        if said == TellForm.TAKE_BACK:
            take_back_told(found, visit=visit, by=request.user)
        else:
            tell(found, what=Happening(said), visit=visit, by=request.user)
    except NotNow:
        error = _("Een collega of de partner was eerder: het is al geweten.")
        return show(request, visit, error=error, status=422)
    return redirect("referrals:loop", pk=pk)


def _referral(visit: Visit, pk: int) -> Referral:
    if visit.household_id is None:
        raise Http404
    rows = Referral.objects.counted().of_household(visit.household_id)
    found: Referral = get_object_or_404(rows.contacted_before(start_of(visit.opening.day)), pk=pk)
    return found
