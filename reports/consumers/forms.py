"""What the form for a new consumer means: its name, its STEKs, and the password again."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.access import StekRequest
from accounts.recheck import RecheckedForm
from people.forms import KeyedForm, NameField
from places.form_fields import field_of
from places.models import Stek
from reports.models.consumer import LONGEST_NAME


class ConsumerForm(RecheckedForm, KeyedForm):
    """The STEKs are only asked of who coordinates several of them."""

    name = NameField(
        label=_("Wie krijgt de cijfers?"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
        help_text=_("De organisatie en waarvoor: “Koepel, jaarcijfers”. Geen namen van mensen."),
    )
    steks = forms.MultipleChoiceField(
        label=_("Van welke STEKs?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Kies minstens één STEK."),
            "invalid_choice": _("Kies STEKs uit de lijst."),
        },
    )

    def __init__(self, request: StekRequest, coordinated: Sequence[Stek]) -> None:
        super().__init__(request.POST if request.method == "POST" else None)
        self.coordinated = coordinated
        self.ask_again(request)
        if len(coordinated) == 1:
            del self.fields["steks"]
        else:
            choices = [(str(stek.pk), stek.name) for stek in coordinated]
            field_of(self, "steks").choices = choices
            self.initial.setdefault("steks", [str(request.membership.stek_id)])
        for name in self.errors if self.is_bound else ():
            if name in self.fields:
                self.fields[name].widget.attrs["aria-invalid"] = "true"

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not name:
            raise ValidationError(_("Geef de afnemer een naam."))
        return name

    def chosen(self) -> list[Stek]:
        if "steks" not in self.fields:
            return list(self.coordinated)
        ticked = set(self.cleaned_data["steks"])
        return [stek for stek in self.coordinated if str(stek.pk) in ticked]
