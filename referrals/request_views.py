"""Where a coordinator decides on what referrers ask, and gives and takes their private links."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import COORDINATION
from people.models import Household, Referrer
from referrals import inbound_actions as actions
from referrals.inbound import Requests
from referrals.inbound_forms import AcceptForForm, RefuseForm
from referrals.models import InboundLink, InboundReferral

#: Session key: the link that was just made, until it is shown.
NEW_LINK = "inbound_link"


@require_safe
@allow(COORDINATION)
def requests(request: StekRequest) -> HttpResponse:
    """What waits, what was decided lately, and who has a link; a new link is shown this once."""
    record_read("requests", on=None, by=request.user, stek_id=request.membership.stek_id)
    return _show(request, RefuseForm())


def _show(request: StekRequest, form: RefuseForm, status: int = 200) -> HttpResponse:
    number, now = request.GET.get("pagina", ""), timezone.now()
    referrer_pk, token = request.session.pop(NEW_LINK, (None, ""))
    address = reverse("inbound:ask_access", args=[token]) if token else ""
    context: dict[str, Any] = {
        "requests": Requests.of(
            request.membership, number=number, now=now, today=timezone.localdate(now)
        ),
        "refusals": list(InboundReferral.Refusal),
        "form": form,
        "made_for": referrer_pk,
        "address": request.build_absolute_uri(address) if token else "",
    }
    return render(request, "inbound/requests.html", context, status=status)


@require_POST
@allow(COORDINATION)
def make_link(request: StekRequest, referrer_pk: int) -> HttpResponse:
    """The key goes from here to the next page and is forgotten there."""
    mine = Referrer.objects.all()
    referrer = get_object_or_404(
        mine, pk=referrer_pk, stek_id=request.membership.stek_id, retired=False
    )
    try:
        token = actions.make_link(referrer, by=request.user)
    except actions.LinkThere:
        messages.warning(request, _("Deze toeleider heeft al een link. Trek die eerst in."))
    else:
        request.session[NEW_LINK] = (referrer.pk, token)
    return redirect(reverse("inbound:list") + "#links")


@require_POST
@allow(COORDINATION)
def revoke_link(request: StekRequest, pk: int) -> HttpResponse:
    mine = InboundLink.objects.visible_to(request.membership).select_related("referrer")
    link = get_object_or_404(mine, pk=pk)
    actions.revoke_link(link, by=request.user)
    messages.success(request, _("De link van %s werkt niet meer.") % link.referrer)
    return redirect(reverse("inbound:list") + "#links")


@require_POST
@allow(COORDINATION)
def accept_as_new(request: StekRequest, pk: int) -> HttpResponse:
    """One click: a new household with access."""
    row, today = _request(request, pk), timezone.localdate()
    try:
        accepted = actions.accept_as_new(row, today=today, by=request.user)
    except (actions.DecidedMeanwhile, actions.DayIsPast) as why:
        return _cannot(request, why)
    return _accepted(request, accepted)


@require_POST
@allow(COORDINATION)
def accept_for(request: StekRequest, pk: int) -> HttpResponse:
    """It is a household that we know: that one has the access."""
    row, form = _request(request, pk), AcceptForForm(request.POST)
    mine = Household.objects.visible_to(request.membership).in_use()
    chosen = form.cleaned_data["household"] if form.is_valid() else 0
    household = get_object_or_404(mine, pk=chosen)
    try:
        accepted = actions.accept_for(
            row, household=household, today=timezone.localdate(), by=request.user
        )
    except (actions.DecidedMeanwhile, actions.DayIsPast) as why:
        return _cannot(request, why)
    return _accepted(request, accepted)


@require_POST
@allow(COORDINATION)
def refuse(request: StekRequest, pk: int) -> HttpResponse:
    """With a reason that the sender sees."""
    row, form = _request(request, pk), RefuseForm(request.POST)
    if not form.is_valid():
        record_read("requests", on=None, by=request.user, stek_id=request.membership.stek_id)
        return _show(request, form, status=422)
    try:
        actions.refuse(row, reason=form.cleaned_data["reason"], by=request.user)
    except actions.DecidedMeanwhile as why:
        return _cannot(request, why)
    messages.success(request, _("Geweigerd. De toeleider ziet de reden bij zijn link."))
    return redirect("inbound:list")


def _request(request: StekRequest, pk: int) -> InboundReferral:
    return get_object_or_404(InboundReferral.objects.visible_to(request.membership), pk=pk)


def _accepted(request: StekRequest, row: InboundReferral) -> HttpResponse:
    assert row.household is not None  # an accepted request always has one
    said = {"number": row.household.number, "until": date_format(row.valid_until)}
    messages.success(request, _("Nr. %(number)s heeft toegang tot en met %(until)s.") % said)
    return redirect("people:household", pk=row.household_id)


def _cannot(request: StekRequest, why: Exception) -> HttpResponse:
    """Nothing is written: say what happened, and show the list as it stands now."""
    if isinstance(why, actions.DecidedMeanwhile):
        said = {
            "who": why.request.decided_by,
            "what": why.request.get_state_display(),
        }
        text = _("Hierover is intussen beslist: %(what)s door %(who)s.") % said
    else:
        text = _("De gevraagde einddag is voorbij. Weiger de aanvraag, of geef zelf toegang.")
    messages.warning(request, text)
    return redirect("inbound:list")
