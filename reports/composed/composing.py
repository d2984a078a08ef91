"""Reports of one's own: what the form means, and which report an address names."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from people.forms import KeyedForm, NameField
from reports.catalogue import SPECS, TABLES, Function, Spec
from reports.kinds import KINDS, Kind
from reports.models import ComposedReport


def kind_of(composed: ComposedReport) -> Kind:
    """As the reports that everybody has."""
    about = ", ".join(str(TABLES[key].title) for key in composed.tables[:3] if key in TABLES)
    more = len(composed.tables) - 3
    return Kind(
        key=composed.key,
        name=composed.name,
        about=f"{about} + {more}" if more > 0 else about,
        tables=tuple(key for key in composed.tables if key in TABLES),
        leaves_house=composed.leaves_house,
    )


def kind_for(membership: Membership, key: str) -> Kind | None:
    """The report that an address names, as far as it exists for this person; at most one query."""
    if key in KINDS:
        return KINDS[key]
    prefix, _dash, pk = key.partition("-")
    if prefix != "eigen" or not pk.isdecimal() or not pk.isascii() or len(pk) > 18:
        return None
    composed = ComposedReport.objects.visible_to(membership).with_id(int(pk))
    return kind_of(composed) if composed is not None else None


class ComposeForm(KeyedForm):
    """A name, the tables, and whether it is meant for others."""

    name = NameField(
        label=_("Naam van het rapport"),
        max_length=60,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
    tables = forms.MultipleChoiceField(
        label=_("Tabellen"),
        choices=[(spec.key, spec.title) for spec in SPECS],
        error_messages={
            "required": _("Kies minstens één tabel."),
            "invalid_choice": _("Kies tabellen uit de lijst."),
        },
    )
    leaves_house = forms.BooleanField(
        label=_("Dit rapport gaat naar buiten: verberg kleine getallen"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("leaves_house", True)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not name:
            raise ValidationError(_("Geef het rapport een naam."))
        return name

    def clean_tables(self) -> list[str]:
        """In the order of the catalogue, each once."""
        chosen = set(self.cleaned_data["tables"])
        return [spec.key for spec in SPECS if spec.key in chosen]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        fine = [key for key in data.get("tables", ()) if TABLES[key].inside_only]
        if fine and data.get("leaves_house"):
            names = ", ".join(f"“{TABLES[key].title}”" for key in fine)
            self.add_error(
                "tables",
                _("%(names)s is te fijn om te delen. Haal het weg, of houd het rapport binnen.")
                % {"names": names},
            )
        return data

    def groups(self) -> list[tuple[Function, list[tuple[Spec, bool]]]]:
        """The tables by function, and whether each is ticked."""
        ticked = set(self["tables"].value() or ())
        return [
            (function, [(s, s.key in ticked) for s in SPECS if s.function is function])
            for function in Function
        ]
