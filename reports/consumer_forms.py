"""What the form for a new consumer means: its name, its STEKs, and the password again."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.access import StekRequest
from accounts.recheck import is_rechecked, recheck
from people.forms import KeyedForm, NameField
from places.models import Stek
from reports.models.consumer import LONGEST_NAME


class ConsumerForm(KeyedForm):
    """The STEKs are only asked of who coordinates several of them; the password when it was not
    given in the last quarter of an hour.
    """

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
    password = forms.CharField(
        label=_("Je wachtwoord"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(
            attrs={"class": "form-control", "autocomplete": "current-password"}
        ),
        error_messages={"required": _("Typ je wachtwoord: zo weten we dat jij het bent.")},
    )

    def __init__(self, request: StekRequest, coordinated: Sequence[Stek]) -> None:
        super().__init__(request.POST if request.method == "POST" else None)
        self.request = request
        self.coordinated = coordinated
        if is_rechecked(request):
            del self.fields["password"]
        if len(coordinated) == 1:
            del self.fields["steks"]
        else:
            choices = [(str(stek.pk), stek.name) for stek in coordinated]
            self.fields["steks"].choices = choices  # type: ignore[attr-defined]
            self.initial.setdefault("steks", [str(request.membership.stek_id)])
        for name in self.errors if self.is_bound else ():
            if name in self.fields:
                self.fields[name].widget.attrs["aria-invalid"] = "true"

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not name:
            raise ValidationError(_("Geef de afnemer een naam."))
        return name

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        password = data.get("password")
        # Last, so that a slip elsewhere does not count as a wrong password.
        if password and not self.errors and not recheck(self.request, self.request.user, password):
            self.add_error("password", _("Dat wachtwoord klopt niet. Probeer het opnieuw."))
        return data

    def chosen(self) -> list[Stek]:
        if "steks" not in self.fields:
            return list(self.coordinated)
        ticked = set(self.cleaned_data["steks"])
        return [stek for stek in self.coordinated if str(stek.pk) in ticked]
