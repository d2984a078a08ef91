"""The forms that ask for a code: when somebody signs in, and when it is set up."""

import time
from typing import Any

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.one_time_codes import step_of
from accounts.recheck import RecheckedForm
from accounts.second_factor import take_code

WRONG = _("Die code klopt niet, of is al gebruikt. Wacht op de volgende code van je app.")


def _code_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "class": "form-control factor-code",
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "spellcheck": "false",
            }
        ),
        error_messages={
            "required": _("Typ de code."),
            "max_length": _("Die code is te lang."),
        },
    )


class CodeForm(AuthenticateForm):
    """At sign-in: a code of the app, or a recovery code; too many wrong ones have to wait."""

    code = _code_field(_("Code"))

    def clean_code(self) -> str:
        clear = check_rate_limit(self.user)
        typed: str = self.cleaned_data["code"]
        taken = take_code(self.user, typed)
        if taken is None:
            raise ValidationError(WRONG)
        self.authenticator = taken
        clear()
        return typed


class SetUpForm(RecheckedForm):
    """The first code shows that the app has the key; `step` is when it was made."""

    code = _code_field(_("De code die je app nu toont"))
    step: int

    field_order = ("code", "password")

    def __init__(self, request: HttpRequest, user: User, secret: str) -> None:
        super().__init__(request.POST if request.method == "POST" else None)
        self.user, self.secret = user, secret
        self.ask_again(request)

    def clean_code(self) -> str:
        clear = check_rate_limit(self.user)
        typed: str = self.cleaned_data["code"]
        step = step_of(self.secret, typed, at=time.time())
        if step is None:
            raise ValidationError(WRONG)
        self.step = step
        clear()
        return typed


class AgainForm(RecheckedForm):
    """Only the password, for what one does to one's own account or to a colleague's."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.POST if request.method == "POST" else None)
        self.ask_again(request)
