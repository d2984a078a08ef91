"""Form fields for a day and an hour, with the browser's own calendar and clock."""

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from visits.period import FIRST_YEAR, LAST_YEAR

_FAR = format_lazy(_("Kies een dag tussen {first} en {last}."), first=FIRST_YEAR, last=LAST_YEAR)
#: For a day that says from when or until when to look: of some others there is no midnight.
WITHIN_REACH = (
    MinValueValidator(dt.date(FIRST_YEAR, 1, 1), _FAR),
    MaxValueValidator(dt.date(LAST_YEAR, 12, 31), _FAR),
)


class CalendarInput(forms.DateInput):
    input_type = "date"


class ClockInput(forms.TimeInput):
    input_type = "time"


class CalendarField(forms.DateField):
    """A day, as a calendar sends it or as people type it."""

    widget = CalendarInput(attrs={"autocomplete": "off"}, format="%Y-%m-%d")
    default_error_messages = {
        "required": _("Kies een dag."),
        "invalid": _("Typ de dag zoals 21/03/2027."),
    }


class ClockField(forms.TimeField):
    """An hour and minutes, as 14:30 or 14u30; nobody plans by the second."""

    widget = ClockInput(attrs={"autocomplete": "off"}, format="%H:%M")
    default_error_messages = {
        "required": _("Vul het uur in."),
        "invalid": _("Typ het uur zoals 14u30."),
    }

    def to_python(self, value: Any) -> dt.time | None:
        time = super().to_python(value)
        return time.replace(second=0, microsecond=0) if time else None


def as_typed(value: dt.date | dt.time | None) -> str:
    """The text in which a calendar or a clock holds this."""
    if value is None:
        return ""
    return f"{value:%H:%M}" if isinstance(value, dt.time) else value.isoformat()
