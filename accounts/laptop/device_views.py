"""Pages about laptops and PINs: a coordinator trusts and revokes, everybody chooses a PIN."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import StekRequest, allow
from accounts.laptop import actions, sitting
from accounts.laptop.device import device_of, new_secret, remember_device
from accounts.laptop.forms import PinForm, TrustForm
from accounts.models import Pin, TrustedDevice
from accounts.roles import COORDINATION, COUNTER


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COORDINATION)
def devices(request: StekRequest) -> HttpResponse:
    """The laptops of this STEK; a POST trusts the one that it comes from."""
    if request.method != "POST" or _is_of_another_stek(request):
        form = TrustForm(initial={"request_id": uuid.uuid4()}, request=request)
        return _devices(request, form, 200 if request.method != "POST" else 422)
    form = TrustForm(request.POST, request=request)
    if not form.is_valid():
        return _devices(request, form, 422)
    secret = new_secret()
    try:
        device = actions.trust_device(
            request.membership,
            name=form.cleaned_data["name"],
            secret=secret,
            request_id=form.key,
            by=request.user,
        )
    except actions.NameTaken:
        form.add_error("name", _("Er is al een laptop met deze naam. Kies een andere."))
        return _devices(request, form, 422)
    except actions.OtherKey:
        form.add_error("name", _("Dit formulier was al verstuurd. Laad de bladzijde opnieuw."))
        return _devices(request, form, 422)
    request.session[sitting.DEVICE] = device.pk
    response = redirect("accounts:devices")
    remember_device(response, secret)
    return response


def _is_of_another_stek(request: StekRequest) -> bool:
    device = device_of(request)
    return device is not None and device.stek_id != request.membership.stek_id


def _devices(request: StekRequest, form: TrustForm, status: int) -> HttpResponse:
    context = {
        "form": form,
        "devices": TrustedDevice.objects.visible_to(request.membership).with_people(),
        "here": device_of(request),
        "elsewhere": _is_of_another_stek(request),
    }
    return render(request, "accounts/devices.html", context, status=status)


@require_POST
@allow(COORDINATION)
def revoke_device(request: StekRequest, pk: int) -> HttpResponse:
    """At once, without the password: a laptop that is gone can't wait."""
    device = get_object_or_404(TrustedDevice.objects.visible_to(request.membership), pk=pk)
    actions.revoke_device(device, by=request.user)
    return redirect("accounts:devices")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(COUNTER)
def pin(request: StekRequest) -> HttpResponse:
    """One's own PIN: to choose, and to choose anew."""
    form = PinForm(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST" and form.is_valid():
        actions.set_pin(request.user, digits=form.cleaned_data["pin"], by=request.user)
        return redirect("accounts:pin")
    context = {
        "form": form,
        "pin": Pin.objects.of_user(request.user.pk).first(),
        "here": device_of(request),
    }
    return render(request, "accounts/pin.html", context, status=422 if form.errors else 200)


@require_POST
@allow(COUNTER)
def drop_pin(request: StekRequest) -> HttpResponse:
    actions.drop_pin(request.user, by=request.user)
    return redirect("accounts:pin")
