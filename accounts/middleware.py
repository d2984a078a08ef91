"""Who is signed in, in which STEK they work now, and what happens when the session has ended."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse

from accounts import resume

GetResponse = Callable[[HttpRequest], HttpResponse]

#: Session key: the STEK that somebody with several roles has chosen.
STEK_KEY = "stek"


class CurrentMembershipMiddleware:
    """Sets `request.membership` (None for a visitor) and `request.memberships`."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        memberships = getattr(request.user, "current_memberships", [])
        chosen = request.session.get(STEK_KEY) if len(memberships) > 1 else None
        request.memberships = memberships  # type: ignore[attr-defined]  # see access.StekRequest
        request.membership = next(  # type: ignore[attr-defined]
            (m for m in memberships if m.stek_id == chosen),
            memberships[0] if memberships else None,
        )
        response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response.headers:
            # A shared laptop keeps nobody's page.
            response.headers["Cache-Control"] = "no-store, private"
        return response


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Sends a visitor to the sign-in page; what was typed in a form goes along, to go on with."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        if request.method == "POST":
            return resume.ask_to_sign_in(request)
        return super().handle_no_permission(request, view_func)
