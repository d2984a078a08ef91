"""Who is invited for what, and what somebody chooses who accepts."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import StekRequest
from accounts.invitation_actions import Asked
from accounts.keyed_form import KeyedForm
from accounts.models import User
from accounts.recheck import RecheckedForm
from accounts.roles import GRANTS, Role
from places.models import Partner
from places.name_field import NameField
from places.sensitive import no_national_number, plain_text

CONTROL = {"class": "form-control", "autocomplete": "off"}
SELECT = {"class": "form-select"}


def _mark_errors(form: forms.Form) -> None:
    for name in form.errors if form.is_bound else ():
        if name in form.fields:
            form.fields[name].widget.attrs["aria-invalid"] = "true"


class InviteForm(RecheckedForm, KeyedForm):
    """A coordinator invites volunteers and helpers, an administrator anybody."""

    email = forms.EmailField(
        label=gettext_lazy("E-mailadres"),
        max_length=254,
        widget=forms.EmailInput(attrs=CONTROL),
        error_messages={
            "required": gettext_lazy("Geef het e-mailadres."),
            "invalid": gettext_lazy("Dat is geen e-mailadres."),
        },
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Rol"),
        widget=forms.Select(attrs=SELECT),
        error_messages={"invalid_choice": gettext_lazy("Kies een rol uit de lijst.")},
    )
    partner = forms.ModelChoiceField(
        label=gettext_lazy("Werkt voor"),
        queryset=Partner.objects.none(),
        required=False,
        empty_label=gettext_lazy("Geen partner: vrijwilliger of SAAMO"),
        widget=forms.Select(attrs=SELECT),
        error_messages={"invalid_choice": gettext_lazy("Kies een partner uit de lijst.")},
    )
    last_day = forms.DateField(
        label=gettext_lazy("Laatste dag"),
        required=False,
        widget=forms.DateInput(attrs=CONTROL | {"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Leeg: zonder einde."),
        error_messages={"invalid": gettext_lazy("Dat is geen datum.")},
    )

    field_order = ("email", "role", "partner", "last_day", "password")

    def __init__(self, request: StekRequest, today: dt.date) -> None:
        super().__init__(request.POST if request.method == "POST" else None)
        self.today = today
        granted = GRANTS[Role(request.membership.role)]
        roles = [(role.value, role.label) for role in Role if role in granted]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]  # a ChoiceField
        partners = Partner.objects.of_stek(request.membership.stek)
        self.fields["partner"].queryset = partners.choices_for(None)  # type: ignore[attr-defined]  # a ModelChoiceField
        self.ask_again(request)
        _mark_errors(self)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_last_day(self) -> dt.date | None:
        last_day: dt.date | None = self.cleaned_data["last_day"]
        if last_day and last_day < self.today:
            raise ValidationError(_("Deze dag is al voorbij."))
        return last_day

    def asked(self) -> Asked:
        given = self.cleaned_data
        return Asked(given["role"], given["email"], given["partner"], given["last_day"])


def _name(label: Any) -> NameField:
    return NameField(label=label, widget=forms.TextInput(attrs=CONTROL))


def _password(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"class": "form-control", "autocomplete": "new-password"}),
        error_messages={"required": gettext_lazy("Kies een wachtwoord.")},
    )


class AcceptForm(forms.Form):
    """A new account."""

    first_name = _name(gettext_lazy("Voornaam"))
    last_name = _name(gettext_lazy("Familienaam"))
    username = forms.CharField(
        label=gettext_lazy("Gebruikersnaam"),
        max_length=150,
        widget=forms.TextInput(
            attrs=CONTROL | {"autocapitalize": "none", "spellcheck": "false"},
        ),
        help_text=gettext_lazy("Hiermee meld je je aan. Kort en makkelijk, bv. je voornaam."),
        error_messages={"required": gettext_lazy("Kies een gebruikersnaam.")},
    )
    password1 = _password(gettext_lazy("Wachtwoord"))
    password2 = _password(gettext_lazy("Nog eens je wachtwoord"))

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["password1"].help_text = _(
            "Minstens 12 tekens: een korte zin is makkelijk te onthouden."
        )
        _mark_errors(self)

    def clean_first_name(self) -> str:
        return self._named("first_name")

    def clean_last_name(self) -> str:
        return self._named("last_name")

    def _named(self, field: str) -> str:
        name: str = self.cleaned_data[field]
        if not name:
            raise ValidationError(_("Vul dit in."))
        return name

    def clean_username(self) -> str:
        """As Django's own field has it, but in our words."""
        username = User.normalize_username(self.cleaned_data["username"])
        plain_text(username)
        no_national_number(username)
        try:
            User.username_validator(username)
        except ValidationError:
            said = _("Gebruik alleen letters, cijfers en @ . + - _")
            raise ValidationError(said) from None
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError(_("Deze gebruikersnaam is al bezet. Kies een andere."))
        return username

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, second = given.get("password1"), given.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("De twee wachtwoorden zijn niet gelijk."))
        elif first:
            try:
                password_validation.validate_password(first, self.user())
            except ValidationError as error:
                self.add_error("password1", error)
        return given

    def name_taken(self) -> None:
        self.add_error("username", _("Deze gebruikersnaam is al bezet. Kies een andere."))

    def user(self) -> User:
        """Not saved."""
        given = self.cleaned_data
        names = ("username", "first_name", "last_name")
        return User(**{name: given.get(name, "") for name in names})
