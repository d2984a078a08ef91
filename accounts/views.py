"""Switching between STEKs, and a form whose key has expired; signing in itself is allauth's."""

from allauth.account import views as allauth_views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts import resume
from accounts.access import StekRequest, allow, open_to_pin
from accounts.laptop import keeping
from accounts.laptop.device import device_of
from accounts.laptop.lock_screen import ask_again, to_lock_screen
from accounts.middleware import STEK_KEY
from accounts.roles import COUNTER


@require_POST
@allow(COUNTER)
def switch_stek(request: StekRequest) -> HttpResponse:
    """Go on in another STEK where this user holds a role; any other id changes nothing."""
    chosen = request.POST.get("stek", "")
    if any(str(membership.stek_id) == chosen for membership in request.memberships):
        # A new session id: the rights change with the STEK.
        request.session.cycle_key()
        request.session[STEK_KEY] = int(chosen)
    return redirect("home")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_pin
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out, and let the browser forget everything of us, except that it is trusted."""
    device, user_id = device_of(request), request.user.pk
    response = allauth_views.logout(request)
    if request.method != "POST":
        return response
    if device is None:
        response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response
    if user_id is not None:
        keeping.forget(device, user_id)
    response = to_lock_screen()
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF failure: the key of the form no longer fits the session.

    From our own page (the browser says so) it is somebody who signed in again in another tab:
    offer what was typed. From elsewhere it is an attack, or a very old page: a plain 403.
    """
    same_origin = request.headers.get("Sec-Fetch-Site") == "same-origin"
    if not same_origin or request.path.startswith("/aanmelden/"):
        return render(request, "403.html", {"form_expired": True}, status=403)
    if request.user.is_authenticated and device_of(request) is not None:
        # On a shared laptop it may be somebody else who sits there now.
        return render(request, "403.html", {"form_expired": True}, status=403)
    if request.user.is_authenticated:
        response = resume.offer(request, request.path, resume.typed_fields(request))
        response.status_code = 403
        return response
    return ask_again(request)
