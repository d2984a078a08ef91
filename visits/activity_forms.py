"""What the forms of an activity mean: parse, normalise, refuse, and compare two people's texts."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _

from people.forms import KeyedForm, NameField, WholeField, plain_helper
from places.form_fields import field_of
from places.models import Partner, Stek
from visits.agenda import FURTHEST
from visits.models import MOST_PARTICIPANTS, Activity
from visits.when_fields import CalendarField, ClockField, as_typed


class ActivityForm(forms.Form):
    """Everything about an activity but how many took part."""

    title = NameField(label=_("Wat"), max_length=80)
    kind = forms.ChoiceField(label=_("Soort"), choices=Activity.Kind.choices)
    day = CalendarField(label=_("Dag"))
    starts_at = ClockField(label=_("Begint om"))
    ends_at = ClockField(label=_("Tot (mag leeg)"), required=False)
    organiser = forms.ModelChoiceField(
        label=_("Wie organiseert het?"),
        queryset=Partner.objects.none(),
        required=False,
        empty_label=_("Wij zelf"),
        error_messages={"invalid_choice": _("Kies een partner uit de lijst.")},
    )
    is_public = forms.BooleanField(label=_("Staat op de openbare bladzijde"), required=False)

    #: In the order of the page; what is compared when two people edit.
    DETAILS = ("title", "kind", "day", "starts_at", "ends_at", "organiser", "is_public")

    def __init__(
        self,
        *args: Any,
        stek: Stek,
        today: dt.date,
        current: Activity | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.current = current
        known = Partner.objects.of_stek(stek).choices_for(current.organiser_id if current else None)
        field_of(self, "organiser").queryset = known
        hidden = [field.name for field in self.hidden_fields()]
        self.helper = plain_helper(
            *hidden,
            "title",
            Div("day", "starts_at", "ends_at", css_class="field-row"),
            Div("kind", "organiser", css_class="field-row"),
            "is_public",
        )

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        if not title:
            raise ValidationError(_("Schrijf in enkele woorden wat het is."))
        return title

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if abs(day - self.today) > FURTHEST:
            raise ValidationError(_("Kies een dag hoogstens 2 jaar van vandaag."))
        counted = self.current is not None and self.current.participants is not None
        if counted and day > self.today:
            raise ValidationError(_("De deelnemers zijn al geteld. Kies een dag die voorbij is."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts_at, ends_at = data.get("starts_at"), data.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("Het einde moet na het begin komen."))
        return data

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.DETAILS}


class NewActivityForm(KeyedForm, ActivityForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("is_public", True)


class EditActivityForm(ActivityForm):
    """`version` is the activity that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, current: Activity, **kwargs: Any) -> None:
        shown = {name: as_shown(getattr(current, name)) for name in (*self.DETAILS, "version")}
        super().__init__(*args, current=current, initial=shown, **kwargs)

    def clean(self) -> dict[str, Any]:
        # After a conflict each field is a choice between two texts; a choice not made is no choice
        # for an empty field. A tick that is off is sent by no form.
        for name in self.DETAILS:
            if name not in self.data and name not in self.errors and name != "is_public":
                self.add_error(name, _("Kies wat er moet staan."))
        return super().clean()

    def compared_with(self, current: Activity) -> list["Compared"]:
        """Every field, with what stands there now and what this person typed."""
        return [
            Compared(
                name=name,
                label=str(self.fields[name].label),
                theirs=as_shown(getattr(current, name)),
                mine=as_shown(self.cleaned_data[name]),
                theirs_shown=_in_words(name, getattr(current, name)),
                mine_shown=_in_words(name, self.cleaned_data[name]),
            )
            for name in self.DETAILS
        ]


@dataclass(frozen=True)
class Compared:
    """One field of an activity that two people edited: what a form sends, and what people read."""

    name: str
    label: str
    theirs: str
    mine: str
    theirs_shown: str
    mine_shown: str

    @property
    def differs(self) -> bool:
        return self.theirs != self.mine


def as_shown(value: Any) -> Any:
    """What a field of a form holds for this value."""
    if isinstance(value, Partner):
        return str(value.pk)
    if isinstance(value, bool):
        return "true" if value else ""
    if value is None or isinstance(value, dt.date | dt.time):
        return as_typed(value)
    return value


def _in_words(name: str, value: Any) -> str:
    if name == "kind":
        return str(Activity.Kind(value).label)
    if name == "is_public":
        return str(_("ja") if value else _("nee"))
    if name == "organiser":
        return str(value or _("Wij zelf"))
    return str(localize(value)) if value else ""


class CountForm(forms.Form):
    """How many took part; empty: nobody counted."""

    participants = WholeField(
        label=_("Deelnemers"),
        low=0,
        high=MOST_PARTICIPANTS,
        message=_("Vul een getal in van 0 tot 500."),
        required=False,
    )
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)

    def clean(self) -> dict[str, Any]:
        if "version" in self.errors and "participants" not in self.errors:
            self.add_error("participants", _("Kijk na wat er staat en bewaar opnieuw."))
        return super().clean() or {}

    def show_what_stands(self, current: Activity) -> None:
        """Keep what was typed, on top of what a colleague saved meanwhile."""
        self.data = {**dict(self.data.items()), "version": str(current.version)}
        now = _("niets") if current.participants is None else current.participants
        self.add_error(
            "participants",
            _(
                "Iemand wijzigde deze activiteit intussen; bij deelnemers staat nu: %(now)s. "
                "Bewaar opnieuw om jouw getal te houden."
            )
            % {"now": now},
        )
