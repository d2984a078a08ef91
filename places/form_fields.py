"""A field of a form as what it is, so that what it offers can be set."""

from typing import Any

from django import forms


def field_of(form: forms.BaseForm, name: str) -> Any:
    """`form.fields` knows of each field only what all kinds have."""
    return form.fields[name]
