"""The form of a colleague: an account with its role in this STEK, and for whom they work."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminTextInputWidget
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.office_form import OfficeForm
from accounts.roles import Role
from places.form_fields import field_of
from places.models import Partner
from places.sensitive import no_national_number, plain_text

#: What somebody writes about a colleague.
TYPED = frozenset({"username", "first_name", "last_name", "email"})


class ColleagueForm(OfficeForm):
    """An account together with its role in this STEK."""

    role = forms.ChoiceField(label=gettext_lazy("Rol"))
    last_day = forms.DateField(
        label=gettext_lazy("Laatste dag"),
        required=False,
        widget=AdminDateWidget,
        help_text=gettext_lazy("Na deze dag kan deze collega hier niet meer binnen."),
    )
    partner = forms.ModelChoiceField(
        label=gettext_lazy("Werkt voor"),
        queryset=Partner.objects.none(),
        required=False,
        empty_label=gettext_lazy("Geen partner: vrijwilliger of SAAMO"),
    )
    new_password = forms.CharField(
        label=gettext_lazy("Nieuw wachtwoord"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy(
            "Minstens 12 tekens. Leeg: het wachtwoord blijft zoals het is. "
            "Een nieuw wachtwoord meldt deze collega overal af."
        ),
    )

    #: Set by `ColleagueAdmin.get_form`: the roles one may choose, and the fields one may not touch.
    roles: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "is_active")
        widgets = {"username": AdminTextInputWidget(attrs={"autocomplete": "off"})}
        labels = {
            "username": gettext_lazy("Gebruikersnaam"),
            "last_name": gettext_lazy("Familienaam"),
            "is_active": gettext_lazy("Kan zich aanmelden"),
        }
        help_texts = {
            "username": gettext_lazy("Hiermee meldt deze collega zich aan. Verandert later niet."),
            "is_active": gettext_lazy("Uit: deze collega is meteen overal afgemeld."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        user = kwargs.get("instance")
        if user is not None:
            own = {
                "role": user.stek_role,
                "last_day": user.stek_last_day,
                "partner": user.stek_partner,
            }
            kwargs["initial"] = own | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        offered = self.roles | ({user.stek_role} if user is not None else set())
        role = field_of(self, "role")
        role.choices = [(r.value, r.label) for r in Role if r in offered]
        partners = Partner.objects.of_stek(self.stek)
        chosen = user.stek_partner if user is not None else None
        field_of(self, "partner").queryset = partners.choices_for(chosen)
        if user is None:
            self.fields["new_password"].required = True
            self.fields["new_password"].label = _("Wachtwoord")
            self.fields["new_password"].help_text = _(
                "Minstens 12 tekens. Zeg het zelf aan je collega, die het daarna verandert."
            )
        # The model is Django's: what our own fields refuse is refused here.
        for name in TYPED & set(self.fields):
            self.fields[name].validators += [plain_text, no_national_number]
        for name in self.locked & set(self.fields):
            self.fields[name].disabled = True

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own forms do this too
        # Here the names are on the instance, so a password that holds them is refused too.
        if password := self.cleaned_data.get("new_password"):
            try:
                password_validation.validate_password(password, self.instance)
            except ValidationError as error:
                self.add_error("new_password", error)
