"""The lock screen of a trusted laptop as an answer: who may unlock it, and what is asked."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from accounts import resume
from accounts.laptop.device import device_of, keep_trusted
from accounts.laptop.keeping import keep_refused
from accounts.laptop.pin_rules import short_names
from accounts.laptop.tries import needs_password
from accounts.models import Pin, TrustedDevice


@dataclass(frozen=True, slots=True)
class Tile:
    """One colleague on the lock screen."""

    pin: Pin
    name: str
    needs_password: bool
    chosen: bool

    @property
    def user_id(self) -> int:
        return self.pin.user_id


def tiles(device: TrustedDevice, *, chosen: int | None = None) -> list[Tile]:
    """Who may unlock here, the one who was here last first; one query."""
    pins = list(Pin.objects.usable_on(device, timezone.localdate()))
    names = short_names([(p.user.first_name or p.user.username, p.user.last_name) for p in pins])
    return [
        Tile(pin, name, needs_password(pin, wrong_here=pin.wrong_here or 0), pin.user_id == chosen)
        for pin, name in zip(pins, names, strict=True)
    ]


def show(
    request: HttpRequest,
    device: TrustedDevice,
    *,
    status: int = 200,
    chosen: int | None = None,
    error: str = "",
    notice: str = "",
) -> HttpResponse:
    context = {
        "device": device,
        "tiles": tiles(device, chosen=chosen),
        "error": error,
        "notice": notice,
        "next": safe_next(request),
    }
    response = render(request, "accounts/lock_screen.html", context, status=status)
    # Names of colleagues, on a page that nobody is signed in for.
    response.headers["Cache-Control"] = "no-store, private"
    keep_trusted(request, response)
    return response


def safe_next(request: HttpRequest) -> str:
    """A page of ours to go on to, or nothing."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    here = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if here and wanted.startswith("/") else ""


def ask_again(request: HttpRequest) -> HttpResponse:
    """A form came after its session ended: keep it, and ask who it is. 403: nothing was done."""
    device = device_of(request)
    owner = resume.owner_of(request)
    if device is None:
        return resume.ask_to_sign_in(request)
    kept = owner is not None and keep_refused(request, device, owner)
    notice = (
        _("De laptop was vergrendeld. Kies je naam: wat je typte, staat klaar.")
        if kept
        else _("De laptop was vergrendeld. Kies je naam.")
    )
    return show(request, device, status=403, notice=notice)


def to_lock_screen(path: str = "") -> HttpResponse:
    query = f"?{urlencode({'next': path})}" if path else ""
    return redirect(f"{reverse('accounts:lock_screen')}{query}")
