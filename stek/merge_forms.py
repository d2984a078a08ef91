"""What somebody chose before two households become one, and which second household is meant."""

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from people.forms import LARGEST_NUMBER, KeyedForm, WholeField, plain_helper
from people.models import Household
from stek.merging import FIELDS, Both, Choices

#: Choices between the two, by the id of the household that it is taken from.
FIELD_OF = {name: f"of_{name}" for name in (*FIELDS, "access")}
_SALT = "stek.merge_forms"
_LONGEST = 4000


class OtherNumberForm(forms.Form):
    """With which household, by its number."""

    number = WholeField(
        label=_("Klantnummer van het andere huishouden"),
        low=1,
        high=LARGEST_NUMBER,
        message=_("Een klantnummer ligt tussen 1 en 999 999."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper()


class MergeForm(KeyedForm):
    """Each choice is the id of one of both; the versions are those that the page showed."""

    also_member = forms.BooleanField(required=False)
    seen = forms.CharField(max_length=_LONGEST, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, one: Household, other: Household, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.one, self.other = one, other
        said = _("Kies wat blijft.")
        for name in ("keep", *FIELD_OF.values()):
            self.fields[name] = forms.TypedChoiceField(
                choices=[(str(one.pk), ""), (str(other.pk), "")],
                coerce=int,
                error_messages={"required": said, "invalid_choice": said},
            )
        for name in ("one_version", "other_version"):
            self.fields[name] = forms.IntegerField(min_value=1, max_value=2**31 - 1)

    def both(self) -> Both:
        data = self.cleaned_data
        one, other = (self.one, data["one_version"]), (self.other, data["other_version"])
        kept, gone = (one, other) if data["keep"] == self.one.pk else (other, one)
        return Both(kept[0], gone[0], kept[1], gone[1])

    def choices(self) -> Choices:
        data = self.cleaned_data
        sides = {
            name: "kept" if data[field] == data["keep"] else "gone"
            for name, field in FIELD_OF.items()
        }
        return Choices(also_member=data["also_member"], **sides)

    def chosen(self) -> dict[str, Any]:
        """What was chosen, to show it again; what is no choice is none."""
        ids = {str(self.one.pk): self.one.pk, str(self.other.pk): self.other.pk}
        fields = {"keep": "keep"} | FIELD_OF
        picked = {name: ids.get(self.data.get(field, "")) for name, field in fields.items()}
        return picked | {"also_member": bool(self.data.get("also_member"))}

    def seen_before(self) -> dict[str, list[str]]:
        """What the page showed of each field of both, by name; empty when that can't be read."""
        try:
            shown: dict[str, list[str]] = signing.loads(self.data.get("seen", ""), salt=_SALT)
        except signing.BadSignature:
            return {}
        return shown


def seal(shown: dict[str, list[str]]) -> str:
    """What the page shows, to compare with when somebody changes one of both meanwhile."""
    return signing.dumps(shown, salt=_SALT, compress=True)
