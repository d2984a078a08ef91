"""What the forms of a follow-up mean."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms_help.forms import FARTHEST
from forms_help.outcomes import DropReason


class MoveForm(forms.Form):
    """Another day for a follow-up."""

    due = forms.DateField(
        label=gettext_lazy("Naar wanneer?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": gettext_lazy("Kies een dag, bv. 21/03/2027."),
            "required": gettext_lazy("Kies een dag."),
        },
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due(self) -> dt.date:
        due: dt.date = self.cleaned_data["due"]
        if not self.today <= due <= self.today + FARTHEST:
            raise ValidationError(_("Kies een dag vanaf vandaag, binnen het jaar."))
        return due


class DropForm(forms.Form):
    reason = forms.ChoiceField(
        choices=DropReason.choices,
        error_messages={"required": gettext_lazy("Kies waarom.")},
    )
