"""What the forms of requests mean: what a referrer asks, and what a coordinator decides."""

import datetime as dt
from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.access_forms import DayField, StepField
from people.eligibility import months_later
from people.forms import KeyedForm, NameField, PhoneField, WholeField, plain_helper
from people.models import MOST_PERSONS, BudgetStep, Language
from places.form_fields import field_of
from places.models import Stek
from referrals.inbound_actions import Asked
from referrals.models import InboundReferral

#: A referrer decides for no longer than this.
MONTHS_AHEAD = 24


def _size(label: Any, initial: int) -> WholeField:
    message = _("Vul een getal in van 0 tot 30.")
    return WholeField(label=label, low=0, high=MOST_PERSONS, message=message, initial=initial)


class AskForm(KeyedForm):
    """For whom access is asked, until when, and that this person agrees."""

    first_name = NameField(label=_("Voornaam"))
    last_name = NameField(label=_("Familienaam"))
    phone = PhoneField(label=_("Telefoon (mag leeg)"))
    language = forms.ChoiceField(
        label=_("Taal (mag leeg)"), choices=[("", "–"), *Language.choices], required=False
    )
    adults = _size(_("Volwassenen"), 1)
    children = _size(_("Kinderen"), 0)
    valid_until = DayField(label=_("Toegang tot en met"))
    budget_step = StepField(
        label=_("Budget"),
        queryset=BudgetStep.objects.none(),
        required=False,
        empty_label=_("Volgt uit het aantal personen"),
    )
    agreed = forms.BooleanField(
        label=_("De persoon gaat akkoord dat ik deze gegevens doorgeef."),
        error_messages={"required": _("Zonder akkoord van de persoon kan het niet.")},
    )

    def __init__(self, *args: Any, stek: Stek, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        steps = BudgetStep.objects.filter(rule__stek=stek, rule__active=True)
        field_of(self, "budget_step").queryset = steps
        if not steps:
            del self.fields["budget_step"]
        if not self.is_bound:
            months = min(stek.access_months, MONTHS_AHEAD)
            self.initial["valid_until"] = months_later(today, months)
        budget = ["budget_step"] if "budget_step" in self.fields else []
        self.helper = plain_helper(
            "request_id",
            Div("first_name", "last_name", css_class="field-row"),
            Div("phone", "language", css_class="field-row"),
            Div("adults", "children", css_class="field-row"),
            Div("valid_until", *budget, css_class="field-row"),
            "agreed",
        )

    def clean_valid_until(self) -> dt.date:
        day: dt.date = self.cleaned_data["valid_until"]
        if day <= self.today:
            raise ValidationError(_("Kies een dag na vandaag."))
        if day > months_later(self.today, MONTHS_AHEAD):
            raise ValidationError(_("Kies een dag in de komende 2 jaar."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not {"first_name", "last_name"} & set(self.errors) and not (
            data.get("first_name") or data.get("last_name")
        ):
            self.add_error("first_name", _("Vul een voornaam of een familienaam in."))
        if not {"adults", "children"} & set(self.errors) and not data["adults"] + data["children"]:
            self.add_error("adults", _("Een huishouden telt minstens 1 persoon."))
        return data

    def asked(self) -> Asked:
        data = {name: value for name, value in self.cleaned_data.items() if name != "request_id"}
        return Asked(**{"budget_step": None, **data})


class RefuseForm(forms.Form):
    reason = forms.ChoiceField(choices=InboundReferral.Refusal.choices)


class AcceptForForm(forms.Form):
    """The household that the request turns out to be about."""

    household = forms.IntegerField(min_value=1, max_value=2**63 - 1)
