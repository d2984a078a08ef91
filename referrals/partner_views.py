"""The directory to read: the list, one partner, the printed list; and whether it still holds."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import StekRequest, allow
from accounts.audit import record_read
from accounts.roles import RECORD, TABLE
from people.models import Language
from places.models import Partner
from referrals import partner_actions
from referrals.directory import Directory, Narrowed, printed
from referrals.partner_page import PartnerPage


def partner_by(request: StekRequest, pk: int) -> Partner:
    """With its STEK at hand, for whoever asks next."""
    stek = request.membership.stek
    found: Partner = get_object_or_404(Partner.objects.of_stek(stek), pk=pk)
    found.stek = stek
    return found


@require_safe
@allow(TABLE)
def partners(request: StekRequest) -> HttpResponse:
    """All that take part, or what they were narrowed to."""
    narrowed = Narrowed.of(request.GET.dict())
    directory = Directory.of(
        request.membership, narrowed, page=request.GET.get("pagina", ""), now=timezone.now()
    )
    context = {"directory": directory, "languages": Language}
    return render(request, "partners/list.html", context)


@require_safe
@allow(TABLE)
def print_list(request: StekRequest) -> HttpResponse:
    """To lie on the table; it names the people to ask for, so it is logged."""
    narrowed = Narrowed.of(request.GET.dict())
    lines = printed(request.membership, narrowed, now=timezone.now())
    record_read("print_partners", on=None, by=request.user, stek_id=request.membership.stek_id)
    context = {"lines": lines, "narrowed": narrowed, "today": timezone.localdate()}
    return render(request, "partners/print_list.html", context)


@require_safe
@allow(TABLE)
def partner(request: StekRequest, pk: int) -> HttpResponse:
    """What it offers, whom to ask for, and how it went."""
    found = partner_by(request, pk)
    record_read("partner", on=found, by=request.user)
    page = PartnerPage.of(found, request.membership, now=timezone.now())
    return render(request, "partners/partner.html", {"page": page})


@require_POST
@allow(RECORD)
def check(request: StekRequest, pk: int) -> HttpResponse:
    """What we say of it still holds."""
    found = partner_by(request, pk)
    partner_actions.check_partner(found, by=request.user)
    messages.success(request, _("%(partner)s is nagekeken.") % {"partner": found.name})
    return _back(request, pk)


@require_POST
@allow(RECORD)
def take_back_check(request: StekRequest, pk: int) -> HttpResponse:
    """That was a slip."""
    partner_actions.take_back_check(partner_by(request, pk), by=request.user)
    return _back(request, pk)


def _back(request: StekRequest, pk: int) -> HttpResponse:
    """To the list of what is to be checked for who came from there."""
    if request.POST.get("back") == "nakijken":
        return redirect(f"{reverse('partners:list')}?toon=nakijken")
    return redirect("partners:partner", pk=pk)
