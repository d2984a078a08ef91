"""Keeping what a partner offers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import StekRequest, allow
from accounts.roles import RECORD
from people.actions import OtherBody
from places.models import Partner
from referrals import service_actions
from referrals.models import Service
from referrals.partner_actions import NameTaken
from referrals.partner_views import partner_by
from referrals.seen import ChangedMeanwhile, service_as_shown
from referrals.service_forms import NewServiceForm, ServiceForm


def _service(request: StekRequest, pk: int) -> Service:
    mine = Service.objects.visible_to(request.membership).with_partner()
    found: Service = get_object_or_404(mine, pk=pk)
    found.stek = request.membership.stek
    return found


def _form(
    request: StekRequest, form: ServiceForm, partner: Partner, service: Service | None = None
) -> HttpResponse:
    context = {"form": form, "partner": partner, "service": service}
    status = 422 if form.is_bound else 200
    return render(request, "partners/service.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(RECORD)
def create(request: StekRequest, pk: int) -> HttpResponse:
    """Add something that the partner offers."""
    partner = partner_by(request, pk)
    data = request.POST if request.method == "POST" else None
    form = NewServiceForm(data, stek=partner.stek)
    if form.is_valid():
        try:
            service_actions.create_service(
                partner,
                details=form.details(),
                request_id=form.cleaned_data["request_id"],
                by=request.user,
            )
        except NameTaken as taken:
            form.refuse_name(taken.other)
        except OtherBody:
            form.refuse_key()
        else:
            messages.success(request, _("Het aanbod staat in de lijst."))
            return redirect("partners:partner", pk=pk)
    return _form(request, form, partner)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(RECORD)
def edit(request: StekRequest, pk: int) -> HttpResponse:
    """Change it; who saves second is told what stands there by now."""
    service = _service(request, pk)
    partner = service.partner
    data = request.POST if request.method == "POST" else None
    form = ServiceForm(data, stek=service.stek, current=service)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            service_actions.update_service(
                service, details=form.details(), seen=seen, by=request.user
            )
        except NameTaken as taken:
            form.refuse_name(taken.other)
        except ChangedMeanwhile as changed:
            form.show_what_stands(service_as_shown(changed.current))
        else:
            messages.success(request, _("Bewaard."))
            return redirect("partners:partner", pk=partner.pk)
    return _form(request, form, partner, service)


@require_POST
@allow(RECORD)
def retire(request: StekRequest, pk: int) -> HttpResponse:
    """They offer it no more; referrals keep its name."""
    service = service_actions.retire_service(_service(request, pk), by=request.user)
    return redirect("partners:partner", pk=service.partner_id)


@require_POST
@allow(RECORD)
def restore(request: StekRequest, pk: int) -> HttpResponse:
    """They offer it again."""
    service = service_actions.restore_service(_service(request, pk), by=request.user)
    return redirect("partners:partner", pk=service.partner_id)
