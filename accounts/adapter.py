"""What Stek decides differently from allauth: nobody signs up, and no typed form is lost."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts import resume
from accounts.models import User


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

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        if packed := request.POST.get("kept"):
            kept = resume.unpack(packed, user_id=user.pk)
            if kept is not None:
                response = resume.offer(request, *kept)
        resume.remember_owner(request, response, user.pk)
        return response
