"""What the forms about the rights of a visitor mean: erase, keep longer, restrict, take out."""

import datetime as dt
from typing import Any

from crispy_forms.layout import Field
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.access import StekRequest
from accounts.recheck import RecheckedForm
from people.eligibility import months_later
from people.forms import KeyedForm, plain_helper
from people.models import Household
from people.rights import LONGEST_HOLD, AccessReason, EraseReason, HoldReason, RestrictReason
from visits.when_fields import CalendarField

#: What a person chooses from; the term is the machine's own.
ERASE_REASONS = [(one.value, one.label) for one in EraseReason if one != EraseReason.TERM]


class ReasonField(forms.ChoiceField):
    """Coded, so that no note on a person arises."""

    widget = forms.RadioSelect

    def __init__(self, label: Any, choices: Any) -> None:
        super().__init__(
            label=label,
            choices=choices,
            error_messages={
                "required": _("Kies een reden."),
                "invalid_choice": _("Kies een reden uit de lijst."),
            },
        )


class EraseForm(RecheckedForm):
    """Typing the number is what keeps a slip from erasing somebody."""

    number = forms.CharField(
        label=_("Typ het klantnummer om te bevestigen"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    reason = ReasonField(_("Waarom wis je?"), ERASE_REASONS)

    field_order = ("reason", "number", "password")

    def __init__(self, request: StekRequest, *, household: Household) -> None:
        super().__init__(request.POST if request.method == "POST" else None)
        self.household = household
        self.ask_again(request)
        self.helper = plain_helper()

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"]
        if number != str(self.household.number):
            raise ValidationError(_("Dit is niet het nummer van dit huishouden."))
        return number


class HoldForm(KeyedForm):
    """Why a household stays longer, and until when; nobody decides for more than a year."""

    reason = ReasonField(_("Waarom blijft dit huishouden langer?"), HoldReason.choices)
    until = CalendarField(
        label=_("Tot en met"),
        help_text=_("Daarna gaat het huishouden vanzelf uit de boeken. Hoogstens een jaar."),
    )

    def __init__(self, request: StekRequest, *, today: dt.date) -> None:
        shown = {"until": months_later(today, 3)}
        super().__init__(request.POST if request.method == "POST" else None, initial=shown)
        self.today = today
        self.helper = plain_helper("request_id", "reason", Field("until", wrapper_class="short"))

    def clean_until(self) -> dt.date:
        until: dt.date = self.cleaned_data["until"]
        if until <= self.today:
            raise ValidationError(_("Kies een dag na vandaag."))
        if until > months_later(self.today, LONGEST_HOLD):
            raise ValidationError(_("Kies een dag binnen het jaar. Daarna kan je opnieuw kiezen."))
        return until


class RestrictForm(forms.Form):
    reason = ReasonField(_("Waarom beperk je?"), RestrictReason.choices)

    def __init__(self, request: StekRequest) -> None:
        super().__init__(request.POST if request.method == "POST" else None)
        self.helper = plain_helper()


class EverythingForm(RecheckedForm):
    """Everything about one household: who asks for it, and the password again."""

    reason = ReasonField(_("Wie vraagt het?"), AccessReason.choices)

    field_order = ("reason", "password")

    def __init__(self, request: StekRequest) -> None:
        super().__init__(request.POST if request.method == "POST" else None)
        self.ask_again(request)
        self.helper = plain_helper()
