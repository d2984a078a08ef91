"""The form to choose a file of partners; what is in it is judged by `referrals.hsds`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.forms import KeyedForm, plain_helper
from referrals.hsds.archive import MAX_BYTES
from referrals.hsds.faults import FileProblem


class DirectoryForm(KeyedForm):
    """A zip or a JSON file, of at most so many bytes."""

    file = forms.FileField(
        label=_("Bestand met partners"),
        help_text=_("Een zip of json volgens Open Referral HSDS 3.1, hoogstens 6 MB."),
        allow_empty_file=True,
        error_messages={
            "required": _("Kies eerst een bestand."),
            "invalid": _("Kies eerst een bestand."),
        },
        widget=forms.FileInput(attrs={"accept": ".zip,.json"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(FileProblem.TOO_LARGE.label)
        return file
