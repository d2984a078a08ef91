"""What the buttons of a report mean: which file, and why a frozen one is put right."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.forms import KeyedForm, NameField
from reports.files import FORMATS
from reports.models.snapshot import MOST_LETTERS


class TakeForm(KeyedForm):
    """Without a format it is only frozen."""

    format = forms.ChoiceField(
        choices=[(key, one.label) for key, one in FORMATS.items()], required=False
    )


class CorrectForm(KeyedForm):
    correction = NameField(
        label=_("Wat is er rechtgezet?"),
        max_length=MOST_LETTERS,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
        help_text=_("Bijvoorbeeld: de opening van 4 augustus is later ingevuld. Zonder namen."),
    )

    def clean_correction(self) -> str:
        text: str = self.cleaned_data["correction"]
        if not text:
            raise ValidationError(_("Schrijf in enkele woorden wat er rechtgezet is."))
        return text
