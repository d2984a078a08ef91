"""Forms of the shared laptop: trusting it, choosing a PIN, unlocking, and what waits at locking."""

import json
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.laptop.keeping import LONGEST, Left, Unseen
from accounts.laptop.pin_rules import DIGITS, is_pin, is_too_simple
from accounts.recheck import RecheckedForm
from accounts.resume import MOST, NOT_KEPT, Fields
from places.name_field import NameField
from places.sensitive import plain_text

_PIN_ERROR = gettext_lazy("Typ zes cijfers.")


def _pin_field(label: Any, autocomplete: str) -> forms.CharField:
    attrs = {
        "class": "form-control pin-field",
        "inputmode": "numeric",
        "autocomplete": autocomplete,
    }
    return forms.CharField(
        label=label,
        max_length=DIGITS,
        widget=forms.PasswordInput(attrs=attrs),
        error_messages={"required": _PIN_ERROR, "max_length": _PIN_ERROR},
    )


class TrustForm(RecheckedForm):
    """A name for this laptop, and the password of who trusts it."""

    name = NameField(
        label=gettext_lazy("Hoe heet deze laptop?"),
        max_length=60,
        help_text=gettext_lazy("Bijvoorbeeld: balie, of de plek waar hij staat."),
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
        error_messages={
            "max_length": gettext_lazy("Neem een naam van hoogstens 60 tekens."),
        },
    )
    request_id = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("name", "password", "request_id")

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_again(request)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not name:
            raise ValidationError(_("Geef de laptop een naam, om hem te herkennen in de lijst."))
        return name

    @property
    def key(self) -> UUID:
        key: UUID = self.cleaned_data["request_id"]
        return key


class PinForm(RecheckedForm):
    """Six digits, twice, and the password of who chooses them."""

    pin = _pin_field(gettext_lazy("Je nieuwe pincode: zes cijfers"), "new-password")
    pin_again = _pin_field(gettext_lazy("Nog eens"), "new-password")
    field_order = ("pin", "pin_again", "password")

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_again(request)

    def clean_pin(self) -> str:
        pin: str = self.cleaned_data["pin"]
        if not is_pin(pin):
            raise ValidationError(_PIN_ERROR)
        if is_too_simple(pin):
            raise ValidationError(
                _(
                    "Deze code raadt iemand te snel: geen herhaling, geen rij zoals 123456, "
                    "en geen datum. Kies een andere."
                )
            )
        return pin

    def clean_pin_again(self) -> str:
        again: str = self.cleaned_data["pin_again"]
        if "pin" in self.cleaned_data and again != self.cleaned_data["pin"]:
            raise ValidationError(_("Dat is een andere code dan hierboven."))
        return again


class UnlockForm(forms.Form):
    """Who it is and their digits; what is wrong with it is said in one sentence."""

    who = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    pin = forms.CharField(max_length=DIGITS)

    def clean_pin(self) -> str:
        pin: str = self.cleaned_data["pin"]
        if not is_pin(pin):
            raise ValidationError(_PIN_ERROR)
        return pin


class LockForm(forms.Form):
    """Where somebody was and what they had typed, as js/lock.js sends it; never refused."""

    page = forms.CharField(max_length=LONGEST, required=False, validators=[plain_text])
    action = forms.CharField(max_length=LONGEST, required=False, validators=[plain_text])
    typed = forms.CharField(max_length=4 * MOST, required=False, strip=False)
    unseen = forms.CharField(max_length=4 * MOST, required=False, strip=False)

    def left(self) -> Left:
        """What is left behind; what makes no sense is left out."""
        self.is_valid()
        given = {name: self.cleaned_data.get(name, "") for name in self.fields}
        page, action = _path(given["page"]), _path(given["action"])
        fields = _pairs(_read(given["typed"])) if action else []
        return Left(page, action if fields else "", fields, _unseen(_read(given["unseen"])))


def _path(text: str) -> str:
    """An address of ours, or nothing."""
    return text if text.startswith("/") and not text.startswith(("//", "/\\")) else ""


def _read(text: str) -> Any:
    try:
        return json.loads(text or "[]")
    except (ValueError, RecursionError):
        return []


def _pairs(rows: Any) -> Fields:
    try:
        pairs = [(name, value) for name, value in rows]
    except (ValueError, TypeError):
        return []
    if not all(_is_text(part) for pair in pairs for part in pair):
        return []
    return [(_whole(name), _whole(value)) for name, value in pairs if name not in NOT_KEPT]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and "\x00" not in value


def _unseen(rows: Any) -> tuple[Unseen, ...]:
    """A row that makes no sense is left out alone."""
    found = []
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, list) and len(row) == 3 and _is_text(row[0]) and _is_text(row[2]):
            action, fields, asked = _path(_whole(row[0])), _pairs(row[1]), _whole(row[2])
            if action and fields:
                found.append(Unseen(action, fields, " ".join(asked.split())[:LONGEST]))
    return tuple(found)


def _whole(text: str) -> str:
    """Without halves of a sign: JSON may hold one, and no page can be written with it."""
    return text.encode("utf-8", "replace").decode()
