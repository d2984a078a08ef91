"""What the forms of a household mean: parse, normalise, refuse."""

from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.keyed_form import KeyedForm as KeyedForm
from people.cards import read_token
from people.imports.values import read_phone
from people.models import MOST_PERSONS, Household, Language
from places.name_field import PRIVATE as PRIVATE
from places.name_field import NameField as NameField
from places.sensitive import no_national_number

LARGEST_NUMBER = 999_999


def plain_helper(*layout: Any) -> FormHelper:
    """Draws the fields only: the template writes the form tag, its key and its buttons."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    if layout:
        helper.layout = Layout(*layout)
    return helper


class PhoneField(forms.CharField):
    """A phone number in any spelling; stored as "0476 12 34 56" or "+31 6 12345678"."""

    default_validators = [no_national_number]

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs=PRIVATE | {"inputmode": "tel"})
        super().__init__(max_length=32, required=False, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        phone = read_phone(text) if text else ""
        if phone is None:
            raise ValidationError(_("Dit is geen telefoonnummer. Typ het zoals 0476 12 34 56."))
        return phone


class WholeField(forms.IntegerField):
    """A whole number between two others, refused with one sentence whatever is wrong with it."""

    def __init__(self, *, low: int, high: int, message: Any, **kwargs: Any) -> None:
        messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), message)
        super().__init__(min_value=low, max_value=high, error_messages=messages, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs: dict[str, Any] = super().widget_attrs(widget)
        return attrs | {"autocomplete": "off", "inputmode": "numeric"}


def _size(label: Any, initial: int) -> WholeField:
    message = _("Vul een getal in van 0 tot 30.")
    return WholeField(label=label, low=0, high=MOST_PERSONS, message=message, initial=initial)


class HouseholdForm(forms.Form):
    """Everything we know of a household: number, contact person, size, phone, language."""

    number = WholeField(
        label=_("Klantnummer"),
        low=1,
        high=LARGEST_NUMBER,
        message=_("Een klantnummer ligt tussen 1 en 999 999."),
    )
    first_name = NameField(label=_("Voornaam"))
    last_name = NameField(label=_("Familienaam"))
    adults = _size(_("Volwassenen"), 1)
    children = _size(_("Kinderen"), 0)
    phone = PhoneField(label=_("Telefoon (mag leeg)"))
    language = forms.ChoiceField(
        label=_("Taal (mag leeg)"), choices=[("", "–"), *Language.choices], required=False
    )

    #: In the order of the page; what is compared when two people edit.
    DETAILS = ("number", "first_name", "last_name", "adults", "children", "phone", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(
            *self.hidden_names(),
            Div("first_name", "last_name", css_class="field-row"),
            Div("adults", "children", "number", css_class="field-row"),
            Div("phone", "language", css_class="field-row"),
        )

    def hidden_names(self) -> list[str]:
        return [field.name for field in self.hidden_fields()]

    def refuse_number(self) -> None:
        """Only the database knows whether a number is free: the same form may be sent twice."""
        self.add_error("number", _("Dit klantnummer is al van een ander huishouden."))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not (data["first_name"] or data["last_name"]):
            raise ValidationError(_("Vul een voornaam of een familienaam in."))
        if not self.errors and not data["adults"] + data["children"]:
            raise ValidationError(_("Een huishouden telt minstens 1 persoon."))
        return data

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.DETAILS}


class NewHouseholdForm(KeyedForm, HouseholdForm):
    """`confirmed`: somebody looked at the households that resemble it, and it is none of them."""

    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def hidden_names(self) -> list[str]:
        # `confirmed` is the value of a button, not of a hidden field.
        return ["request_id"]


class EditHouseholdForm(HouseholdForm):
    """`version` is the household that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def clean(self) -> dict[str, Any]:
        # After a conflict each field is a choice between two texts; a choice not made is no choice
        # for an empty field.
        for name in self.DETAILS:
            if name not in self.data and name not in self.errors:
                self.add_error(name, _("Kies wat er moet staan."))
        return super().clean()

    def keep_number(self, household: Household) -> None:
        """The one that was edited was merged into this one, which has its own number."""
        self.cleaned_data["number"] = household.number

    def compared_with(self, current: Household) -> list["Compared"]:
        """Every field, with what stands there now and what this person typed."""
        return [
            Compared(
                name=name,
                label=str(getattr(Household._meta.get_field(name), "verbose_name", name)),
                theirs=getattr(current, name),
                mine=self.cleaned_data[name],
                choices={one.value: str(one.label) for one in Language}
                if name == "language"
                else {},
            )
            for name in self.DETAILS
        ]


@dataclass(frozen=True)
class Compared:
    """One field of a household that two people edited."""

    name: str
    label: str
    theirs: str | int
    mine: str | int
    choices: dict[str, str]

    @property
    def differs(self) -> bool:
        return self.theirs != self.mine

    @property
    def theirs_shown(self) -> str:
        return str(self.choices.get(str(self.theirs), self.theirs))

    @property
    def mine_shown(self) -> str:
        return str(self.choices.get(str(self.mine), self.mine))


class MemberForm(KeyedForm):
    """Another person who may come for the household."""

    first_name = NameField(label=_("Voornaam"))
    last_name = NameField(label=_("Familienaam"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(
            "request_id", Div("first_name", "last_name", css_class="field-row")
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not (data["first_name"] or data["last_name"]):
            raise ValidationError(_("Vul een voornaam of een familienaam in."))
        return data


class FindForm(forms.Form):
    """A name, number, phone or card."""

    q = forms.CharField(
        label=_("Wie zoek je?"),
        max_length=200,
        error_messages={"required": _("Typ een naam, nummer of telefoon.")},
    )

    def clean_q(self) -> str:
        text: str = self.cleaned_data["q"]
        if read_token(text) is None:
            try:
                no_national_number(text)
            except ValidationError:
                self.data = {}  # nor does it come back on the page
                raise
        return text
