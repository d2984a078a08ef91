"""What the counter's forms mean: parse, normalise, refuse. The counter draws them itself."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.forms import KeyedForm, NameField
from people.models import MOST_PERSONS, Household
from people.querysets import HouseholdQuerySet
from places.purposes import Purpose
from places.sensitive import no_national_number
from visits.eligibility import OverrideReason, VoidReason
from visits.models import Message


class SizeForm(KeyedForm):
    """Adults and children, at least one person together."""

    adults = forms.IntegerField(
        label=_("Volwassenen"), min_value=0, max_value=MOST_PERSONS, initial=1
    )
    children = forms.IntegerField(
        label=_("Kinderen"), min_value=0, max_value=MOST_PERSONS, initial=0, required=False
    )

    def clean_children(self) -> int:
        return self.cleaned_data["children"] or 0

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not data["adults"] + data["children"]:
            raise ValidationError(_("Tel minstens 1 persoon."))
        return data


class AnonymousForm(SizeForm):
    first_this_year = forms.BooleanField(label=_("eerste keer dit jaar"), required=False)


class NewHouseholdForm(SizeForm):
    """A first visit: a name and the size are enough, the rest comes later."""

    first_name = NameField(label=_("Voornaam"))
    last_name = NameField(label=_("Familienaam"))
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not (data["first_name"] or data["last_name"]):
            raise ValidationError(_("Vul een voornaam of een familienaam in."))
        return data


class AskForm(forms.Form):
    """The one field of the counter."""

    q = forms.CharField(max_length=200, required=False, strip=True, validators=[no_national_number])
    request_id = forms.UUIDField(required=False)

    def names(self) -> dict[str, str]:
        """What was typed as the name of somebody new: the first word, and the rest."""
        first_name, _space, last_name = self.cleaned_data["q"].partition(" ")
        if any(letter.isdigit() for letter in first_name):
            return {}
        return {"first_name": first_name[:80], "last_name": last_name[:80]}


class CheckInForm(forms.Form):
    """Which household, under which key, and after a refusal: why anyway."""

    household = forms.IntegerField(min_value=1, max_value=2**62)
    request_id = forms.UUIDField()
    reason = forms.ChoiceField(choices=OverrideReason.choices, required=False)
    only = forms.ChoiceField(choices=Purpose.choices, required=False)


class PurposeForm(forms.Form):
    """`set` names the purpose and its state afterwards, so sending it twice is harmless."""

    set = forms.RegexField(rf"^({'|'.join(Purpose.values)})-[01]$")
    reason = forms.ChoiceField(choices=OverrideReason.choices, required=False)

    def clean_set(self) -> tuple[Purpose, bool]:
        purpose, on = self.cleaned_data["set"].split("-")
        return Purpose(purpose), on == "1"


class VoidForm(forms.Form):
    reason = forms.ChoiceField(choices=VoidReason.choices)


class MessageForm(forms.ModelForm):
    request_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    text = NameField(
        label=_("Bericht voor het volgende bezoek"),
        max_length=Message._meta.get_field("text").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    class Meta:
        model = Message
        fields = ["text"]

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text:
            raise ValidationError(_("Schrijf het bericht in één zin."))
        return text


class PastDayForm(forms.Form):
    """A day that was not opened at the counter, to type in afterwards."""

    day = forms.DateField(
        label=_("Dag"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, today: dt.date, days_back: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.days_back = days_back

    def clean_day(self) -> dt.date:
        day = self.cleaned_data["day"]
        if day >= self.today:
            raise ValidationError(_("Kies een dag die voorbij is. Vandaag open je aan de balie."))
        back = self.days_back if self.days_back is not None else 365
        if (self.today - day).days > back:
            raise ValidationError(
                _("Kies een dag van de voorbije %(days)s dagen.") % {"days": back}
            )
        return day


class SlipForm(forms.Form):
    """One line of the paper list: a customer number, or only how many people."""

    time = forms.TimeField(label=_("Uur"), required=False)
    number = forms.IntegerField(label=_("Nummer"), required=False, min_value=1, max_value=999_999)
    adults = forms.IntegerField(
        label=_("Volw."), required=False, min_value=0, max_value=MOST_PERSONS
    )
    children = forms.IntegerField(
        label=_("Kind."), required=False, min_value=0, max_value=MOST_PERSONS
    )
    grocery = forms.BooleanField(label=_("Winkel"), required=False)
    coffee = forms.BooleanField(label=_("Koffie"), required=False)
    question = forms.BooleanField(label=_("Vraag"), required=False)
    activity = forms.BooleanField(label=_("Activiteit"), required=False)
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    household: Household | None = None

    @property
    def is_filled(self) -> bool:
        data = self.cleaned_data
        return any(data.get(name) for name in ("number", "adults", "children"))

    @property
    def purposes(self) -> list[str]:
        return [value for value in Purpose.values if self.cleaned_data.get(value)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        ticked = any(data.get(value) for value in Purpose.values) or data.get("time")
        if not self.errors and ticked and not self.is_filled:
            raise ValidationError(_("Vul een nummer in, of het aantal personen."))
        return data


class BaseSlipFormSet(forms.BaseFormSet):
    """All lines or none: a line with a question is shown again with the others kept.

    `here`: who has a visit already, and under which keys: a sheet sent again has one of those.
    """

    def __init__(
        self,
        *args: Any,
        households: HouseholdQuerySet,
        here: dict[int, set[uuid.UUID]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.households = households
        self.here = here

    def clean(self) -> None:
        numbered = [f for f in self.forms if f.is_valid() and f.cleaned_data.get("number")]
        households = self.households.by_number(str(f.cleaned_data["number"]) for f in numbered)
        seen: set[int] = set()
        for form in numbered:
            number, key = form.cleaned_data["number"], form.cleaned_data["request_id"]
            form.household = households.get(number)
            if form.household is None:
                form.add_error("number", _("Er is geen klant met dit nummer."))
            elif key not in self.here.get(form.household.pk, {key}):
                form.add_error("number", _("Staat al in de lijst van deze dag."))
            elif number in seen:
                form.add_error("number", _("Dit nummer staat twee keer op dit blad."))
            seen.add(number)


SlipFormSet = forms.formset_factory(
    SlipForm, formset=BaseSlipFormSet, extra=0, max_num=40, absolute_max=60
)
