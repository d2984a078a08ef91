"""From which day to which day is looked at; both may be left open."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from stek.looked import Span


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "off"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Dit is geen dag. Typ ze zoals 21/03/2026.")},
    )


class SpanForm(forms.Form):
    """As it stands in the address: no more than two days."""

    van = _day(_("Van"))
    tot = _day(_("Tot en met"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("van"), data.get("tot")
        if first and last and last < first:
            raise ValidationError(_("De laatste dag komt voor de eerste."))
        return data

    def span(self) -> Span:
        return Span(self.cleaned_data["van"], self.cleaned_data["tot"])

    def query(self) -> str:
        """For the address of the next page."""
        if not self.is_valid():
            return ""
        days = {name: day.isoformat() for name, day in self.cleaned_data.items() if day}
        return urlencode(days)
