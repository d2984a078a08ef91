"""What somebody with a letter types: its code, and the month it was printed in."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

#: As long as a code works, and the month it runs into.
MONTHS = 5


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code op de brief"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Typ de code die op de brief staat.")},
    )
    month = forms.ChoiceField(
        label=_("Maand van de brief"),
        error_messages={
            "required": _("Kies de maand die op de brief staat."),
            "invalid_choice": _("Kies de maand die op de brief staat."),
        },
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        month: Any = self.fields["month"]
        months = _months(today)
        month.choices = [("", "–"), *((f"{one:%Y-%m}", date_format(one, "F Y")) for one in months)]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if "\0" in code:
            raise ValidationError(_("Typ de code die op de brief staat."))
        return code

    def chosen_month(self) -> dt.date:
        return dt.date.fromisoformat(f"{self.cleaned_data['month']}-01")


def _months(today: dt.date) -> list[dt.date]:
    """This month and those before it, the latest first."""
    numbers = [today.year * 12 + today.month - 1 - back for back in range(MONTHS)]
    return [dt.date(number // 12, number % 12 + 1, 1) for number in numbers]
