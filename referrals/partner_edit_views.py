"""Keeping the directory: a partner and the people to ask for there."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import StekRequest, allow
from accounts.roles import RECORD
from people.actions import OtherBody
from referrals import partner_actions, service_actions
from referrals.models import Contact
from referrals.partner_forms import ContactForm, NewContactForm, NewPartnerForm, PartnerForm
from referrals.partner_views import partner_by
from referrals.seen import ChangedMeanwhile, contact_as_shown, partner_as_shown


def _contact(request: StekRequest, pk: int) -> Contact:
    found: Contact = get_object_or_404(Contact.objects.visible_to(request.membership), pk=pk)
    return found


def _form(request: StekRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, **context}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(RECORD)
def create(request: StekRequest) -> HttpResponse:
    """Add an organisation; what it offers comes next, on its own page."""
    stek = request.membership.stek
    form = NewPartnerForm(request.POST if request.method == "POST" else None, stek=stek)
    if form.is_valid():
        try:
            made = partner_actions.create_partner(
                stek=stek,
                details=form.details(),
                request_id=form.cleaned_data["request_id"],
                by=request.user,
            )
        except partner_actions.NameTaken as taken:
            form.refuse_name(taken.other)
            return _form(request, "partners/create.html", form, other=taken.other)
        except OtherBody:
            form.refuse_key()
        else:
            messages.success(request, _("Bewaard. Voeg nu toe wat ze aanbieden."))
            return redirect("partners:partner", pk=made.pk)
    return _form(request, "partners/create.html", form, other=None)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(RECORD)
def edit(request: StekRequest, pk: int) -> HttpResponse:
    """Change what we know of it; who saves second is told what stands there by now."""
    partner = partner_by(request, pk)
    data = request.POST if request.method == "POST" else None
    form = PartnerForm(data, stek=partner.stek, current=partner)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            partner_actions.update_partner(
                partner, details=form.details(), seen=seen, by=request.user
            )
        except partner_actions.NameTaken as taken:
            form.refuse_name(taken.other)
        except ChangedMeanwhile as changed:
            form.show_what_stands(partner_as_shown(changed.current))
        else:
            messages.success(request, _("Bewaard."))
            return redirect("partners:partner", pk=pk)
    return _form(request, "partners/edit.html", form, partner=partner)


@require_POST
@allow(RECORD)
def retire(request: StekRequest, pk: int) -> HttpResponse:
    """It takes part no more; everything about it stays."""
    partner_actions.retire_partner(partner_by(request, pk), by=request.user)
    return redirect("partners:partner", pk=pk)


@require_POST
@allow(RECORD)
def restore(request: StekRequest, pk: int) -> HttpResponse:
    """It takes part again."""
    partner_actions.restore_partner(partner_by(request, pk), by=request.user)
    return redirect("partners:partner", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(RECORD)
def add_contact(request: StekRequest, pk: int) -> HttpResponse:
    """Somebody to ask for."""
    partner = partner_by(request, pk)
    form = NewContactForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            service_actions.add_contact(
                partner,
                details=form.details(),
                request_id=form.cleaned_data["request_id"],
                by=request.user,
            )
        except OtherBody:
            form.refuse_key()
        else:
            messages.success(request, _("Bewaard."))
            return redirect("partners:partner", pk=pk)
    return _form(request, "partners/contact.html", form, partner=partner, contact=None)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(RECORD)
def edit_contact(request: StekRequest, pk: int) -> HttpResponse:
    """Change how to reach somebody, or take them off."""
    contact = _contact(request, pk)
    partner = contact.partner
    form = ContactForm(request.POST if request.method == "POST" else None, current=contact)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            service_actions.update_contact(
                contact, details=form.details(), seen=seen, by=request.user
            )
        except ChangedMeanwhile as changed:
            form.show_what_stands(contact_as_shown(changed.current))
        else:
            messages.success(request, _("Bewaard."))
            return redirect("partners:partner", pk=partner.pk)
    return _form(request, "partners/contact.html", form, partner=partner, contact=contact)


@require_POST
@allow(RECORD)
def remove_contact(request: StekRequest, pk: int, contact_pk: int) -> HttpResponse:
    """Somebody left; who taps twice finds them gone."""
    partner = partner_by(request, pk)
    service_actions.remove_contact(partner, contact_pk, by=request.user)
    messages.success(request, _("De contactpersoon is weg."))
    return redirect("partners:partner", pk=pk)
