"""What the form of an export means: which rows, of which days, why, and the password again."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.access import StekRequest
from accounts.recheck import RecheckedForm
from people.forms import KeyedForm, NameField
from reports.choosing import wrong_days
from reports.exports.actions import Wish
from reports.exports.words import FileFormat, Subject, Why
from visits.period import Period, PeriodError, last_closed_quarter
from visits.when_fields import CalendarField


class ExportForm(RecheckedForm, KeyedForm):
    subject = forms.ChoiceField(label=_("Wat?"), choices=Subject.choices, widget=forms.RadioSelect)
    first_day = CalendarField(label=_("Van"))
    last_day = CalendarField(label=_("Tot en met"))
    file_format = forms.ChoiceField(
        label=_("Als"), choices=FileFormat.choices, widget=forms.RadioSelect
    )
    with_names = forms.BooleanField(label=_("Ook namen en telefoon"), required=False)
    reason = forms.ChoiceField(
        label=_("Waarvoor?"),
        choices=[("", _("Kies")), *Why.choices],
        error_messages={"required": _("Kies waarvoor het dient.")},
    )
    reason_words = NameField(
        label=_("Leg kort uit"),
        max_length=120,
        help_text=_("Zo weet een collega later waarom dit buiten ging. Zet er geen namen in."),
    )

    def __init__(self, request: StekRequest, today: dt.date) -> None:
        period = last_closed_quarter(today)
        shown = {
            "subject": Subject.VISITS,
            "file_format": FileFormat.XLSX,
            "first_day": period.first,
            "last_day": period.last,
        }
        super().__init__(request.POST if request.method == "POST" else None, initial=shown)
        self.ask_again(request)
        self.fields["reason"].widget.attrs["class"] = "form-select"
        for name in ("first_day", "last_day", "reason_words"):
            self.fields[name].widget.attrs["class"] = "form-control"
        for name in self.errors if self.is_bound else ():
            if name in self.fields:
                self.fields[name].widget.attrs["aria-invalid"] = "true"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("first_day"), data.get("last_day")
        if first and last:
            try:
                data["period"] = Period.free(first, last)
            except PeriodError as error:
                self.add_error("last_day", wrong_days(error.reason))
        return data

    def clean_reason_words(self) -> str:
        words: str = self.cleaned_data["reason_words"]
        if not words:
            raise ValidationError(_("Schrijf in enkele woorden waarvoor het dient."))
        return words

    def wish(self) -> Wish:
        data = self.cleaned_data
        return Wish(
            subject=data["subject"],
            file_format=data["file_format"],
            period=data["period"],
            with_names=data["with_names"],
            reason=data["reason"],
            reason_words=data["reason_words"],
        )
