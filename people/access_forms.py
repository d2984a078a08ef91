"""What the forms about access mean: who decided, from when until when, and why it stops."""

import datetime as dt
from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _

from people.eligibility import months_later
from people.forms import KeyedForm, plain_helper
from people.imports.values import BadValueError, read_date
from people.models import BudgetStep, GroceryAccess, Referrer
from places.form_fields import field_of
from places.models import Stek

#: Nobody decides further ahead than this; a later day is a typing error.
MONTHS_AHEAD = 60
#: Access that is typed in late, or that starts later.
MONTHS_AROUND = 12


class DayField(forms.DateField):
    """A day in any spelling that people use: 21/3/2027, 21-03-27, 21 maart 2027."""

    widget = forms.DateInput(
        format="%d/%m/%Y", attrs={"autocomplete": "off", "placeholder": _("dd/mm/jjjj")}
    )

    def to_python(self, value: Any) -> dt.date | None:
        if not isinstance(value, str):
            return value
        text = value.strip()
        if text.isdigit():
            # A bare number is a day only inside a spreadsheet.
            raise ValidationError(_("Typ de dag zoals 21/03/2027."))
        try:
            return read_date(text[:40], today=timezone.localdate())
        except BadValueError as error:
            raise ValidationError(error.problem.label) from error


class StepField(forms.ModelChoiceField):
    """The budget steps of a STEK, with the amount as it is shown at the counter."""

    def label_from_instance(self, obj: BudgetStep) -> str:
        return f"€ {localize(obj.amount)}"


class GrantForm(KeyedForm):
    """A new decision on access."""

    referrer = forms.ModelChoiceField(
        label=_("Toeleider"),
        queryset=Referrer.objects.none(),
        required=False,
        empty_label=_("Niemand, of niet bekend"),
    )
    valid_from = DayField(label=_("Vanaf"))
    valid_until = DayField(label=_("Tot en met"))
    budget_step = StepField(
        label=_("Budget"),
        queryset=BudgetStep.objects.none(),
        required=False,
        empty_label=_("Volgens het aantal personen"),
    )

    def __init__(
        self,
        *args: Any,
        stek: Stek,
        today: dt.date,
        current: GroceryAccess | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        known = Q(retired=False) | Q(pk=current.referrer_id if current else None)
        field_of(self, "referrer").queryset = Referrer.objects.filter(known, stek=stek)
        steps = BudgetStep.objects.filter(rule__stek=stek, rule__active=True)
        field_of(self, "budget_step").queryset = steps
        if not steps:
            del self.fields["budget_step"]
        if not self.is_bound:
            self.initial.update(
                valid_from=today,
                valid_until=months_later(today, stek.access_months),
                referrer=current.referrer_id if current else None,
                budget_step=current.budget_step_id if current else None,
            )
        budget = ["budget_step"] if "budget_step" in self.fields else []
        self.helper = plain_helper(
            "request_id",
            "referrer",
            Div("valid_from", "valid_until", css_class="field-row"),
            *budget,
        )

    def clean_valid_from(self) -> dt.date:
        day: dt.date = self.cleaned_data["valid_from"]
        earliest = months_later(self.today, -MONTHS_AROUND)
        if not earliest <= day <= months_later(self.today, MONTHS_AROUND):
            raise ValidationError(_("Kies een dag hoogstens een jaar van vandaag."))
        return day

    def clean_valid_until(self) -> dt.date:
        day: dt.date = self.cleaned_data["valid_until"]
        if day < self.today:
            raise ValidationError(_("Deze dag is al voorbij."))
        if day > months_later(self.today, MONTHS_AHEAD):
            raise ValidationError(_("Kies een dag in de komende 5 jaar."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("valid_from"), data.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("Deze dag komt voor de begindag."))
        return data


class SuspendForm(forms.Form):
    reason = forms.ChoiceField(choices=GroceryAccess.SuspendReason.choices)


class EndForm(forms.Form):
    reason = forms.ChoiceField(choices=GroceryAccess.EndReason.choices)


class RenewForm(forms.Form):
    """The key of a renewal, and whether it was pressed on the list of what ends soon."""

    request_id = forms.UUIDField()
    back = forms.ChoiceField(choices=[("list", "list")], required=False)
    referrer = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
