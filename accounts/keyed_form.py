"""A form with a key of its own, so that what arrives twice is made once."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class KeyedForm(forms.Form):
    """A form that makes something: its key makes sending it twice harmless."""

    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial.setdefault("request_id", uuid.uuid4())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "request_id" in self.errors:
            del self.errors["request_id"]
            self.refuse_key()
        return data

    def put_back(self, name: str, value: str) -> None:
        """Show the form again with another value of one field; all others as they were sent."""
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict, or a plain dict
        data[name] = value
        self.data = data

    def refuse_key(self) -> None:
        """The key is none, or was used for something else: keep what was typed under a new one."""
        self.put_back("request_id", str(uuid.uuid4()))
        self.add_error(
            None, _("Dit formulier was al eens gebruikt. Kijk het na en verstuur het opnieuw.")
        )
