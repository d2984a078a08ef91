"""Asks for the password again before something that a colleague at an open laptop must not do."""

import time

from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User

#: Seconds that one answer is good for.
GOOD_FOR = 15 * 60
KEY = "rechecked_at"


def is_rechecked(request: HttpRequest) -> bool:
    """Whether this person gave the password in this session, moments ago."""
    at = request.session.get(KEY)
    return isinstance(at, int) and 0 <= time.time() - at < GOOD_FOR


def recheck(request: HttpRequest, user: User, password: str) -> bool:
    """Whether this is the password.

    Wrong ones count as failed sign-ins: too many of them raise a ValidationError that says so.
    """
    right: bool = get_adapter(request).reauthenticate(user, password)
    if right:
        request.session[KEY] = int(time.time())
    return right


def refusal(request: HttpRequest, user: User, password: str) -> str:
    """What is wrong with it, in words; empty when it is the password."""
    try:
        right = recheck(request, user, password)
    except ValidationError as error:
        return " ".join(error.messages)
    return "" if right else _("Dat wachtwoord klopt niet. Probeer het opnieuw.")


class RecheckedForm(forms.Form):
    """A form that asks for the password, when it was not given in the last quarter of an hour.

    Whoever inherits sets `self.request` with `ask_again`, after its fields are made.
    """

    password = forms.CharField(
        label=gettext_lazy("Je wachtwoord"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(
            attrs={"class": "form-control", "autocomplete": "current-password"}
        ),
        error_messages={
            "required": gettext_lazy("Typ je wachtwoord: zo weten we dat jij het bent.")
        },
    )

    request: HttpRequest

    def ask_again(self, request: HttpRequest) -> None:
        self.request = request
        if is_rechecked(request):
            del self.fields["password"]

    def _post_clean(self) -> None:
        """After all other checks, so that a slip elsewhere does not count as a wrong password."""
        super()._post_clean()  # type: ignore[misc]  # Django's last step, not in the stubs
        password = self.cleaned_data.get("password")
        if not password or self.errors:
            return
        user = self.request.user
        assert isinstance(user, User), "a door behind which nobody is signed in asks no password"
        if said := refusal(self.request, user, password):
            self.add_error("password", said)
