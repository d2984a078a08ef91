"""Who is signed in, in which STEK they work now, and what they must do before they go on."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.laptop import sitting
from accounts.laptop.device import device_of
from accounts.laptop.lock_screen import ask_again, to_lock_screen
from accounts.second_factor import is_needed

GetResponse = Callable[[HttpRequest], HttpResponse]

#: Session key: the STEK that somebody with several roles has chosen.
STEK_KEY = "stek"
#: What somebody reaches who has no second factor yet and needs one.
SET_UP = frozenset({"accounts:set_up_factor", "account_logout"})


class CurrentMembershipMiddleware:
    """Sets `request.membership` (None for a visitor) and `request.memberships`.

    Whoever still has to set up a second factor has no role until then, so no door opens; what asks
    for one leads to the page where it is set up.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        memberships = _here(request, getattr(request.user, "current_memberships", []))
        by_pin = any(membership.by_pin for membership in memberships)
        # The same person stands in each row, so the first one knows. A PIN opens so little that it
        # needs no second factor.
        lacks = is_needed(memberships) and not by_pin and not memberships[0].has_factor
        request.must_set_up = lacks  # type: ignore[attr-defined]  # read below
        memberships = [] if lacks else memberships
        chosen = request.session.get(STEK_KEY) if len(memberships) > 1 else None
        request.memberships = memberships  # type: ignore[attr-defined]  # see access.StekRequest
        first = memberships[0] if memberships else None
        here = next((m for m in memberships if m.stek_id == chosen), first)
        request.membership = here  # type: ignore[attr-defined]  # likewise
        response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response.headers:
            # A shared laptop keeps nobody's page.
            response.headers["Cache-Control"] = "no-store, private"
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not getattr(request, "must_set_up", False):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        is_public = not getattr(view, "login_required", True) and name != "home"
        return None if is_public or name in SET_UP else redirect("accounts:set_up_factor")


def _here(request: HttpRequest, memberships: list[Any]) -> list[Any]:
    """A PIN is good for the STEK of the laptop only, and for the rows of today."""
    if not request.session.get(sitting.BY_PIN):
        return memberships
    device = device_of(request)
    here = [m for m in memberships if device is not None and m.stek_id == device.stek_id]
    for membership in here:
        membership.by_pin = True
    # Whatever asks for the roles of this person in this request, the wall of the database too.
    request.user.current_memberships = here  # type: ignore[union-attr]  # signed in, as above
    if not here:
        # The role ended while they sat here: the laptop is for the next one.
        request.session.flush()
        request.user = AnonymousUser()
    return here


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Sends a visitor to the sign-in page, and on a shared laptop to its lock screen.

    What was typed in a form waits there, to go on with.
    """

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        if request.method == "POST":
            return ask_again(request)
        if device_of(request) is not None:
            # What a page asks for by itself is a piece, and no place to go back to.
            by_itself = getattr(view_func, "asks_by_itself", False)
            return to_lock_screen("" if by_itself else request.get_full_path())
        return super().handle_no_permission(request, view_func)
