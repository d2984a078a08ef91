"""What the form of a service means, with its hours in a grid of days."""

import datetime as dt
from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext_lazy as _

from forms_help.models import Document, Theme
from people.forms import KeyedForm, PhoneField, plain_helper
from people.models import Language
from places.form_fields import field_of
from places.models import Stek, Weekday
from referrals.models import Service
from referrals.partner_forms import (
    KeptForm,
    MailField,
    WebField,
    more_lines,
    one_line,
    place_in_list,
)
from referrals.partner_forms import ManyField as Many
from referrals.seen import SERVICE, Hours, service_as_shown
from visits.when_fields import ClockField

#: Morning and afternoon; a service that came in with more keeps its place for them.
SPANS = 2


def _clock(weekday: Weekday, place: int, end: str) -> ClockField:
    label = _("%(day)s %(place)s %(end)s") % {
        "day": weekday.label,
        "place": place + 1,
        "end": _("van") if end == "from" else _("tot"),
    }
    return ClockField(label=label, required=False)


class Languages(forms.MultipleChoiceField):
    """Codes in the order of the list."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> list[str]:
        chosen = super().clean(value)
        return [code for code in Language.values if code in chosen]


class ServiceForm(KeptForm):
    """Everything about something that a partner offers."""

    name = one_line(_("Wat bieden ze aan?"), 120, help_text=_("Bv. budgethulp, of les Nederlands."))
    description = more_lines(_("Wat is het?"), 500)
    themes = Many(label=_("Helpt bij deze thema's"))
    documents = Many(label=_("Mee te brengen"))
    languages = Languages(
        label=_("Talen"),
        choices=Language.choices,
        required=False,
        error_messages=dict.fromkeys(("invalid_choice", "invalid_list"), _("Kies uit de lijst.")),
    )
    conditions = more_lines(_("Voor wie?"), 300)
    fee = one_line(_("Wat kost het?"), 120, help_text=_("Bv. gratis, of € 3,50 per les."))
    area = one_line(_("Voor welke gemeenten?"), 200)
    how_to_reach = more_lines(_("Hoe bereik je het?"), 300)
    by_appointment = forms.BooleanField(label=_("Alleen op afspraak"), required=False)
    phone = PhoneField(label=_("Telefoon"))
    email = MailField(label=_("E-mail"))
    website = WebField(label=_("Website"))
    social_map = WebField(label=_("Op De Sociale Kaart"))
    street = one_line(_("Straat en nummer"), 120)
    postcode = one_line(_("Postcode"), 8)
    town = one_line(_("Gemeente"), 60)
    position = place_in_list()

    def __init__(
        self, *args: Any, stek: Stek, current: Service | None = None, **kwargs: Any
    ) -> None:
        shown = service_as_shown(current) if current else None
        super().__init__(*args, shown=shown, **kwargs)
        chosen: dict[str, Any] = shown or {"themes": [], "documents": [], "hours": []}
        for name, model in (("themes", Theme), ("documents", Document)):
            rows = model.objects.of_stek(stek).choices_for(chosen[name])
            field_of(self, name).offer(rows)
        self._add_hours(chosen["hours"])
        self.helper = plain_helper("name", "description", "conditions")
        self.reach = plain_helper(
            Div("fee", "area", css_class="field-row"),
            "how_to_reach",
            Div("phone", "email", css_class="field-row"),
            Div("street", "postcode", "town", css_class="field-row"),
            Div("website", "social_map", css_class="field-row"),
            "position",
        )

    def _add_hours(self, hours: list[Hours]) -> None:
        of_day: dict[int, list[Hours]] = {day.value: [] for day in Weekday}
        for one in hours:
            of_day[one[0]].append(one)
        self.spans = max(SPANS, *(len(rows) for rows in of_day.values()))
        for day in Weekday:
            for place in range(self.spans):
                row = of_day[day][place] if place < len(of_day[day]) else None
                for at, end in enumerate(("from", "till")):
                    name = f"h{day.value}{place}-{end}"
                    self.fields[name] = _clock(day, place, end)
                    self.initial[name] = row[at + 1] if row else ""

    @property
    def days(self) -> list[dict[str, Any]]:
        """The grid: each day with its pairs of fields, and what is wrong in them."""
        return [
            {
                "label": day.label,
                "pairs": [
                    (self[f"h{day.value}{place}-from"], self[f"h{day.value}{place}-till"])
                    for place in range(self.spans)
                ],
            }
            for day in Weekday
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.require("name", _("Schrijf in enkele woorden wat ze aanbieden."))
        data["hours"] = sorted(one for day in Weekday for one in self._hours_of(day, data))
        return data

    def _hours_of(self, day: Weekday, data: dict[str, Any]) -> list[Hours]:
        found: list[tuple[dt.time, dt.time]] = []
        for place in range(self.spans):
            start, end = f"h{day.value}{place}-from", f"h{day.value}{place}-till"
            opens, closes = data.get(start), data.get(end)
            if start in self.errors or end in self.errors or (opens is None and closes is None):
                continue
            if opens is None or closes is None:
                self.add_error(start if opens is None else end, _("Vul van en tot in."))
            elif closes <= opens:
                self.add_error(end, _("Het einde moet na het begin komen."))
            elif any(opens < till and since < closes for since, till in found):
                self.add_error(start, _("Deze uren lopen door elkaar."))
            else:
                found.append((opens, closes))
        return [(day.value, f"{opens:%H:%M}", f"{closes:%H:%M}") for opens, closes in found]

    def details(self) -> dict[str, Any]:
        names = (*SERVICE, "themes", "documents", "hours")
        return {name: self.cleaned_data[name] for name in names}

    def in_words(self, name: str, value: Any) -> str:
        if name == "hours":
            lines = (f"{Weekday(day).label} {start} - {end}" for day, start, end in value)
            return ", ".join(lines)
        return super().in_words(name, value)

    def refuse_name(self, other: Service) -> None:
        self.add_error(
            "name",
            _("Dit aanbod staat er al, maar het is gestopt. Neem het daar weer in gebruik.")
            if other.retired
            else _("Deze partner heeft al een aanbod met deze naam."),
        )


class NewServiceForm(KeyedForm, ServiceForm):
    """`request_id` becomes the key of the service in exchanges."""
