"""The field of a form in which somebody types a name, of a person or of a thing."""

from typing import Any

from django import forms

from places.sensitive import clean_name, no_national_number, plain_text

#: Nothing that says who somebody is may come up in the next person's browser.
PRIVATE = {"autocomplete": "off", "autocorrect": "off", "spellcheck": "false"}


#: In which somebody writes.
_TYPED = forms.TextInput | forms.NumberInput | forms.EmailInput | forms.URLInput | forms.Textarea


def keep_from_browser(*fields: forms.Field) -> None:
    """What was typed in them does not come up again, unless a field says what may."""
    for field in fields:
        if isinstance(field.widget, _TYPED):
            field.widget.attrs.setdefault("autocomplete", "off")


class NameField(forms.CharField):
    """A name in the form in which it is stored; one line of text, no national number."""

    default_validators = [plain_text, no_national_number]

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs=PRIVATE))
        kwargs.setdefault("max_length", 80)
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> str:
        return clean_name(super().to_python(value) or "")
