"""The form of every row in the office: of one STEK, and the second of two editors is told so."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from places.models import Stek
from places.name_field import keep_from_browser
from places.sensitive import clean_name


class OfficeForm(forms.ModelForm):
    """A form of one STEK, in which the second of two people who edit one row is told so."""

    #: Fields that nobody types and that the constraints speak of.
    filled_in = frozenset({"stek"})
    #: Set by `OfficeAdmin.get_form`.
    stek: Stek

    #: How the row stood when this form was shown.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_from_browser(*self.fields.values())
        if hasattr(self.instance, "stek_id") and self.instance.stek_id is None:
            self.instance.stek = self.stek
        self._now = _digest(self.initial)
        self.initial["seen"] = self._now

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name, value in self.cleaned_data.items():
            if isinstance(value, str) and isinstance(self.fields[name].widget, forms.TextInput):
                self.cleaned_data[name] = clean_name(value)
        if self.instance.pk and self.cleaned_data.get("seen") != self._now:
            for name in self.changed_data:
                if name in self.fields and name != "seen":
                    self.add_error(name, _("Nu staat hier: %s") % self._shown(name))
            self.add_error(
                None,
                _(
                    "Iemand anders heeft dit intussen gewijzigd. Bij elk veld lees je wat er nu "
                    "staat. Bewaar opnieuw om jouw versie te houden."
                ),
            )
            data = cast("QueryDict", self.data).copy()
            data["seen"] = self._now
            self.data = data
        return cleaned

    def _shown(self, name: str) -> str:
        value = self.initial.get(name)
        labels = dict(getattr(self.fields[name], "choices", ()))
        values = value if isinstance(value, list) else [value]
        texts = {True: _("ja"), False: _("nee"), None: "", **labels}
        return ", ".join(str(texts.get(one, one)) for one in values) or _("niets")

    def _get_validation_exclusions(self) -> set[str]:
        # Else Django skips each constraint that names a field outside the form, and the database
        # would answer a double row with an error page.
        exclude: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # not in the stubs
        return exclude - self.filled_in


def _digest(initial: Mapping[str, Any]) -> str:
    text = json.dumps(initial, default=str, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:20]
