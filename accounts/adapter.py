"""What Stek decides differently from allauth: nobody signs up, and no typed form is lost."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from allauth.core import context
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import resume
from accounts.audit import record
from accounts.laptop import keeping
from accounts.laptop.device import device_of
from accounts.laptop.tries import password_was_right
from accounts.models import TrustedDevice, User
from accounts.sealed import UnreadableError, seal, unseal
from accounts.sessions import begin, end_sessions

#: Session key: the form that was still to be sent, sealed, while the code is asked.
KEPT = "kept"
#: allauth's step that asks for the code, and ours in its place.
STAGES = {"allauth.mfa.stages.AuthenticateStage": "accounts.factor_stage.CodeStage"}


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The page one lands on says enough; a message would cost a session write."""

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """The right password of an account that was ended; told only to who knows that password."""
        context = {
            "form": LoginForm(request=request),
            "notice": _("Dit account is afgesloten. Vraag ernaar bij je coördinator."),
        }
        return render(request, "account/login.html", context, status=403)

    def is_safe_url(self, url: str) -> bool:
        """A bare word would be taken for an address beside the sign-in page."""
        return bool(url) and url.startswith("/") and super().is_safe_url(url)

    def get_login_stages(self) -> list[str]:
        return [STAGES.get(path, path) for path in super().get_login_stages()]

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """What was typed before the session ended must survive the page that asks for the code."""
        request.session.pop(KEPT, None)
        if packed := request.POST.get("kept"):
            request.session[KEPT] = seal(packed)
        return super().pre_login(request, user, **kwargs)

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        begin(request)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        kept = resume.unpack(_unsealed(request.session.pop(KEPT, "")), user_id=user.pk)
        device = device_of(request)
        password_was_right(user.pk, device)
        if kept is not None:
            response = resume.offer(request, *kept)
        elif device is not None:
            response = self._back_to_seat(request, response, device, user)
        resume.remember_owner(request, response, user.pk)
        return response

    def _back_to_seat(
        self, request: HttpRequest, response: HttpResponse, device: TrustedDevice, user: User
    ) -> HttpResponse:
        """What waits for this person at this laptop comes before the page they asked for."""
        left = keeping.left_at(device, user.pk)
        if left is None or not left.waits:
            return response
        request.session[keeping.WAITS] = True
        if not left.page and not left.action:
            return response
        return redirect(left.page or "accounts:waiting")

    def set_password(self, user: User, password: str) -> None:
        """Of one's own account: signed out everywhere else, at once."""
        super().set_password(user, password)
        request = context.request
        end_sessions(user, but=request.session.session_key)
        membership = getattr(request, "membership", None)
        stek_id = membership.stek_id if membership else None
        record("change_password", on=user, by=user, stek_id=stek_id)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        messages.success(request, _("Je nieuwe wachtwoord is bewaard. Elders ben je afgemeld."))
        return reverse("accounts:account")


def _unsealed(packed: str) -> str:
    try:
        return unseal(packed)
    except UnreadableError:
        return ""
