"""The lock screen, locking, and what waited there."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import resume, sessions
from accounts.access import StekRequest, allow, opens
from accounts.laptop import actions, keeping, lock_screen, sitting
from accounts.laptop.device import device_of
from accounts.laptop.forms import LockForm, UnlockForm
from accounts.laptop.tries import Tried, tries_left, try_pin
from accounts.models import Pin, TrustedDevice, User
from accounts.roles import COUNTER
from accounts.seeing import seeing


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def unlock(request: HttpRequest) -> HttpResponse:
    """Names of who may unlock this laptop; with name and PIN somebody takes their seat."""
    device = device_of(request)
    if device is None:
        return redirect("account_login")
    if request.method != "POST":
        return lock_screen.show(request, device)
    form = UnlockForm(request.POST)
    valid = form.is_valid()
    chosen = form.cleaned_data.get("who")
    pin = next((t.pin for t in lock_screen.tiles(device) if t.user_id == chosen), None)
    if pin is None:
        return lock_screen.show(request, device, status=422, error=_("Kies eerst je naam."))
    if not valid:
        error = _("Typ de zes cijfers van je pincode.")
        return lock_screen.show(request, device, status=422, chosen=chosen, error=error)
    tried = try_pin(device, pin, form.cleaned_data["pin"])
    if tried is not Tried.RIGHT:
        error = _refusal(device, pin, tried)
        return lock_screen.show(request, device, status=422, chosen=chosen, error=error)
    return _take_seat(request, device, pin.user)


def _refusal(device: TrustedDevice, pin: Pin, tried: Tried) -> str:
    if tried is Tried.USED_UP:
        return _("Te vaak verkeerd. Meld je aan met je wachtwoord, daarna werkt je code weer.")
    left = tries_left(device, pin)
    return ngettext(
        "Die code klopt niet. Je kunt nog %(left)d keer proberen.",
        "Die code klopt niet. Je kunt nog %(left)d keer proberen.",
        left,
    ) % {"left": left}


def _take_seat(request: HttpRequest, device: TrustedDevice, user: User) -> HttpResponse:
    """A new session, that opens counter and table only; and on to where this person was."""
    owner = resume.owner_of(request)
    # Never a session that somebody else began, nor one of the same person with the password.
    request.session.flush()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[sitting.BY_PIN] = True
    sessions.begin(request)
    sitting.begin(request.session, now=sitting.now(), device_id=device.pk)
    with seeing([device.stek_id]):
        actions.unlock(device, user, by=user)
    response = go_on(request, device, user, wanted=_for(owner, user, request))
    resume.remember_owner(request, response, user.pk)
    return response


def _for(owner: int | None, user: User, request: HttpRequest) -> str:
    """The page that was asked for, when it was this person who asked."""
    return lock_screen.safe_next(request) if owner in {None, user.pk} else ""


def go_on(request: HttpRequest, device: TrustedDevice, user: User, *, wanted: str) -> HttpResponse:
    """Back to where this person was, with the form that waits for them."""
    by_pin = bool(request.session.get(sitting.BY_PIN))
    left = keeping.left_at(device, user.pk)
    if left is not None and left.waits:
        request.session[keeping.WAITS] = True
        if left.action and not left.page and opens(left.action, by_pin=by_pin):
            return redirect("accounts:waiting")
    page = (left.page if left else "") or wanted
    return redirect(page if page and opens(page, by_pin=by_pin) else "home")


@require_POST
@login_not_required
def lock(request: HttpRequest) -> HttpResponse:
    """Nobody is signed in any more; what was typed waits for who typed it."""
    device = device_of(request)
    owner = request.user.pk or resume.owner_of(request)
    if device is not None and owner is not None:
        keeping.keep(device, owner, LockForm(request.POST).left())
    request.session.flush()
    if request.POST.get("with_password"):
        page = lock_screen.safe_next(request) or reverse("home")
        return redirect(f"{reverse('account_login')}?{urlencode({'next': page})}")
    return redirect("account_login" if device is None else "accounts:lock_screen")


@require_safe
@allow(COUNTER, pin=True)
def awake(request: StekRequest) -> HttpResponse:
    """Somebody is typing: the middleware notes it. js/lock.js says so once a minute at most."""
    return HttpResponse(status=204)


@require_safe
@allow(COUNTER, pin=True)
def waiting(request: StekRequest) -> HttpResponse:
    """The form that waits, on a page of its own, to send after all."""
    device = device_of(request)
    left = keeping.left_at(device, request.user.pk) if device else None
    by_pin = request.membership.by_pin
    if left is None or not left.action or not opens(left.action, by_pin=by_pin):
        return redirect("home")
    return resume.offer(request, left.action, left.fields)


@require_POST
@allow(COUNTER, pin=True)
def drop_waiting(request: StekRequest) -> HttpResponse:
    """The form that waits is not needed any more."""
    if (device := device_of(request)) is not None:
        keeping.forget(device, request.user.pk)
    request.session.pop(keeping.WAITS, None)
    return redirect(lock_screen.safe_next(request) or "home")
