"""The forms of an import: choosing a file, and saying what its columns hold."""

import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from people.imports.archive import MAX_BYTES
from people.imports.drafts import Draft, Mapping
from people.imports.preview import examples
from people.imports.words import NAME_FIELDS, REPEATABLE_FIELDS, Field, FileProblem


class UploadForm(forms.Form):
    """A file with the list; what is in it is judged by `people.imports`."""

    request_id = forms.UUIDField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("Bestand met je lijst"),
        help_text=_("Excel (.xlsx of .xls), LibreOffice (.ods) of CSV, hoogstens 5 MB."),
        allow_empty_file=True,
        error_messages={
            "required": _("Kies eerst een bestand."),
            "invalid": _("Kies eerst een bestand."),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("request_id", uuid.uuid4())
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(FileProblem.TOO_LARGE.label)
        return file


class ColumnsForm(forms.Form):
    """A drop-down for every column of every sheet, and a tick per sheet when there are several."""

    def __init__(self, draft: Draft, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        self.several = len(draft.tables.tables) > 1
        for at, table in enumerate(draft.tables.tables):
            if self.several:
                self.fields[f"sheet-{at}"] = forms.BooleanField(
                    label=_("Dit blad inlezen"), required=False, initial=draft.mapping.read[at]
                )
            for column, heading in enumerate(table.headings):
                self.fields[f"column-{at}-{column}"] = forms.ChoiceField(
                    label=heading or _("(zonder titel)"),
                    choices=Field.choices,
                    required=False,
                    initial=draft.mapping.fields[at][column],
                    error_messages={"invalid_choice": _("Kies iets uit de lijst.")},
                    widget=forms.Select(attrs={"class": "form-select"}),
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        read = [at for at, chosen in enumerate(self.mapping().read) if chosen]
        if not read:
            raise forms.ValidationError(_("Kies minstens één blad."))
        for at in read:
            self._check_table(at)
        return cleaned

    def _check_table(self, at: int) -> None:
        fields = self.mapping().fields[at]
        if not NAME_FIELDS & set(fields):
            self.add_error(None, _("Zeg in welke kolom de naam staat."))
        for column, field in enumerate(fields):
            if field and field not in REPEATABLE_FIELDS and field in fields[:column]:
                self.add_error(f"column-{at}-{column}", _("Dit koos je al voor een andere kolom."))

    def mapping(self) -> Mapping:
        """What was chosen, with the ticks on rows as they stood."""
        chosen = self.cleaned_data
        tables = self.draft.tables.tables
        return Mapping(
            tuple(
                tuple(
                    Field(chosen.get(f"column-{at}-{column}", ""))
                    for column in range(len(table.headings))
                )
                for at, table in enumerate(tables)
            ),
            tuple(
                not self.several or chosen.get(f"sheet-{at}", False) for at in range(len(tables))
            ),
            self.draft.mapping.choices,
        )

    def sheets(self) -> list[dict[str, Any]]:
        """The fields as the page shows them: sheet by sheet, each column with examples."""
        return [
            {
                "table": table,
                "tick": self[f"sheet-{at}"] if self.several else None,
                "columns": [
                    {
                        "field": self[f"column-{at}-{column}"],
                        "examples": examples(self.draft, at, column),
                    }
                    for column in range(len(table.headings))
                ],
            }
            for at, table in enumerate(self.draft.tables.tables)
        ]
