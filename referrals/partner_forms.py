"""What the forms of a partner and of a contact mean: parse, normalise, refuse, tell of a change."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from forms_help.forms import OneLine
from forms_help.models import Theme
from people.forms import PRIVATE, KeyedForm, PhoneField, WholeField, plain_helper
from places.form_fields import field_of
from places.models import Partner, Stek
from places.sensitive import no_national_number
from referrals.models import Contact
from referrals.seen import contact_as_shown, mark_of, partner_as_shown


def one_line(label: Any, most: int, **kwargs: Any) -> OneLine:
    """One line of text, empty or not."""
    too_long = _("Dit is te lang: hoogstens %(most)s tekens.") % {"most": most}
    return OneLine(label=label, most=most, too_long=too_long, **kwargs)


def more_lines(label: Any, most: int, **kwargs: Any) -> OneLine:
    """The same with more room; it is stored as one line."""
    widget = forms.Textarea(attrs=PRIVATE | {"rows": 2})
    return one_line(label, most, widget=widget, **kwargs)


def place_in_list() -> WholeField:
    return WholeField(
        label=_("Volgorde"),
        help_text=_("Het laagste getal staat eerst."),
        low=0,
        high=9999,
        initial=50,
        message=_("Vul een getal in van 0 tot 9999."),
    )


class MailField(forms.EmailField):
    default_validators = [*forms.EmailField.default_validators, no_national_number]

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.EmailInput(attrs=PRIVATE)
        message = {"invalid": _("Dit is geen e-mailadres. Typ het zoals onthaal@caw.be.")}
        super().__init__(
            required=False, max_length=254, widget=widget, error_messages=message, **kwargs
        )


class WebField(forms.URLField):
    """An address of a site, with or without https:// before it."""

    default_validators = [URLValidator(schemes=["http", "https"]), no_national_number]

    def __init__(self, **kwargs: Any) -> None:
        message = {"invalid": _("Dit is geen adres van een website. Typ het zoals www.caw.be.")}
        super().__init__(
            required=False,
            max_length=200,
            assume_scheme="https",
            widget=forms.TextInput(attrs=PRIVATE | {"inputmode": "url"}),
            error_messages=message,
            **kwargs,
        )


class ManyField(forms.MultipleChoiceField):
    """Several of a list, as their ids in the order of their numbers."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        message = {
            "invalid_choice": _("Kies uit de lijst."),
            "invalid_list": _("Kies uit de lijst."),
        }
        super().__init__(required=False, error_messages=message, **kwargs)

    def offer(self, rows: Iterable[Any]) -> None:
        self.choices = [(str(row.pk), row.name) for row in rows]

    def clean(self, value: Any) -> list[int]:
        return sorted({int(one) for one in super().clean(value)})


class KeptForm(forms.Form):
    """A form about a row that more people keep: it says so when somebody saved it meanwhile.

    `current` is the row as the page shows it; None for a new one.
    """

    #: The mark of what the page showed; empty for a new row.
    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: Any, shown: dict[str, Any] | None = None, **kwargs: Any) -> None:
        if shown is not None:
            kwargs["initial"] = {**self.as_initial(shown), "seen": mark_of(shown)}
        super().__init__(*args, **kwargs)

    def as_initial(self, shown: dict[str, Any]) -> dict[str, Any]:
        return {
            name: [str(one) for one in value] if isinstance(value, list) else value
            for name, value in shown.items()
        }

    def require(self, name: str, message: Any) -> None:
        if name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, message)

    def details(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in NOT_DETAILS}

    def show_what_stands(self, shown: dict[str, Any]) -> None:
        """Keep what was typed, on top of what a colleague saved; each difference says what stands
        there now, and sending it again is a choice.
        """
        mine = self.details()
        for name, value in shown.items():
            if mine[name] != value:
                self._say(name, self.in_words(name, value) or str(_("niets")))
        self.add_error(
            None,
            _(
                "Iemand anders heeft dit intussen gewijzigd. Bij elk veld lees je wat er nu "
                "staat. Bewaar opnieuw om jouw versie te houden."
            ),
        )
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data["seen"] = mark_of(shown)
        self.data = data

    def _say(self, name: str, stands: str) -> None:
        if name in self.fields:
            self.add_error(name, _("Nu staat hier: %s") % stands)
        else:
            self.add_error(None, _("Bij de uren staat nu: %s") % stands)

    def in_words(self, name: str, value: Any) -> str:
        if isinstance(value, bool):
            return str(_("ja") if value else _("nee"))
        if isinstance(value, list):
            labels = dict(field_of(self, name).choices)
            return ", ".join(str(labels.get(str(one), one)) for one in value)
        return str(value)


#: What a form carries besides what we know of the row.
NOT_DETAILS = {"seen", "request_id"}


class PartnerForm(KeptForm):
    """Everything about an organisation itself."""

    name = one_line(_("Naam"), 60)
    line = one_line(
        _("Wat doen ze, in één zin"),
        140,
        help_text=_("Voor bezoekers: kort, zonder moeilijke woorden."),
    )
    email = MailField(
        label=_("E-mail voor doorverwijzingen"),
        help_text=_("Hierheen gaat een mail met een link. Leeg: we maken een brief."),
    )
    phone = PhoneField(label=_("Telefoon"))
    website = WebField(label=_("Website"))
    themes = ManyField(label=_("Helpt bij deze thema's"))
    on_site = forms.BooleanField(label=_("Staat op de openbare bladzijde"), required=False)
    position = place_in_list()

    def __init__(
        self, *args: Any, stek: Stek, current: Partner | None = None, **kwargs: Any
    ) -> None:
        shown = partner_as_shown(current) if current else None
        super().__init__(*args, shown=shown, **kwargs)
        chosen = shown["themes"] if shown else []
        field_of(self, "themes").offer(Theme.objects.of_stek(stek).choices_for(chosen))
        self.helper = plain_helper(
            "name",
            "line",
            "email",
            Div("phone", "website", css_class="field-row"),
            Div("position", "on_site", css_class="field-row field-row-low"),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.require("name", _("Vul een naam in."))
        return data

    def refuse_name(self, other: Partner) -> None:
        self.add_error(
            "name",
            _("Deze partner staat er al, maar doet niet meer mee. Open hem en neem hem weer mee.")
            if other.retired
            else _("Deze partner staat er al."),
        )


class NewPartnerForm(KeyedForm, PartnerForm):
    """`request_id` becomes the partner's own key in exchanges."""


class ContactForm(KeptForm):
    """Somebody to ask for."""

    name = one_line(_("Naam"), 80)
    task = one_line(_("Waarvoor"), 80)
    phone = PhoneField(label=_("Telefoon"))
    email = MailField(label=_("E-mail"))

    def __init__(self, *args: Any, current: Contact | None = None, **kwargs: Any) -> None:
        super().__init__(*args, shown=contact_as_shown(current) if current else None, **kwargs)
        self.helper = plain_helper("name", "task", Div("phone", "email", css_class="field-row"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.require("name", _("Vul een naam in."))
        return data


class NewContactForm(KeyedForm, ContactForm):
    """`request_id` becomes the contact's own key in exchanges."""
