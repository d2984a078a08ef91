"""From which day to which day is looked at; both may be left open."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from stek.looked import Span
from visits.when_fields import WITHIN_REACH, CalendarField


class SpanForm(forms.Form):
    """As it stands in the address: no more than two days."""

    van = CalendarField(label=_("Van"), required=False, validators=WITHIN_REACH)
    tot = CalendarField(label=_("Tot en met"), required=False, validators=WITHIN_REACH)

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
