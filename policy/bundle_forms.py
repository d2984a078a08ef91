"""What the forms of a structural signal mean: its words, its steps, its owner, its answer."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms_help.forms import OneLine
from forms_help.models import Theme
from people.forms import KeyedForm
from policy.bundle_actions import Wording
from policy.forms import Sentence, ThemeField
from policy.models.bundle import LONGEST_TITLE
from policy.models.bundle import MOST_LETTERS as MOST_OF_BUNDLE
from policy.models.signal import MOST_LETTERS
from policy.states import REASONS_OF, Move, Reason

#: A day longer ago than this is a slip of the year.
LONG_AGO = dt.timedelta(days=5 * 366)


class WordingForm(forms.Form):
    """What a structural signal says; `version` is the one that the page showed."""

    title = OneLine(
        label=gettext_lazy("Titel"),
        most=LONGEST_TITLE,
        too_long=gettext_lazy("Hou het kort: hoogstens 120 tekens."),
    )
    problem = Sentence(
        label=gettext_lazy("Knelpunt"),
        most=MOST_OF_BUNDLE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    proposal = Sentence(
        label=gettext_lazy("Voorstel (mag leeg)"),
        most=MOST_OF_BUNDLE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    theme = ThemeField()
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, themes: Sequence[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["theme"]
        field.offer(themes)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("title") and "title" not in self.errors:
            self.add_error("title", _("Geef het een titel."))
        return data

    def wording(self) -> Wording:
        """What was typed; only of a valid form."""
        data = self.cleaned_data
        return Wording(**{name: data[name] for name in Wording.__dataclass_fields__})


class PastDayField(forms.DateField):
    """A day up to today, not longer ago than somebody remembers."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={"invalid": gettext_lazy("Kies een dag, bv. 21/03/2026.")},
        )

    def clean(self, value: Any) -> dt.date | None:
        day: dt.date | None = super().clean(value)
        today = timezone.localdate()
        if day is not None and not today - LONG_AGO <= day <= today:
            raise ValidationError(_("Kies een dag die al voorbij is, of vandaag."))
        return day


class MoveForm(KeyedForm):
    """A step: what was done, why where that is asked, and to whom and when it was handed on."""

    move = forms.ChoiceField(
        choices=[one for one in Move.choices if one[0] != Move.BUNDLED],
        error_messages={"invalid_choice": gettext_lazy("Kies wat er gebeurde.")},
    )
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    reason = forms.ChoiceField(choices=Reason.choices, required=False)
    recipient = OneLine(
        label=gettext_lazy("Aan wie?"),
        most=120,
        too_long=gettext_lazy("Hou het kort: hoogstens 120 tekens."),
    )
    day = PastDayField(gettext_lazy("Op welke dag?"))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        what = data.get("move")
        if what in REASONS_OF and data.get("reason") not in REASONS_OF[what]:
            self.add_error("reason", _("Kies waarom."))
        elif what not in REASONS_OF:
            data["reason"] = ""
        if what != Move.HANDED_ON:
            # Left over from another choice, and out of sight: it may not stand in the way.
            self.errors.pop("recipient", None)
            self.errors.pop("day", None)
            data["recipient"], data["day"] = "", None
            return data
        if not data.get("recipient") and "recipient" not in self.errors:
            self.add_error("recipient", _("Vul in aan wie je het doorgaf."))
        if not data.get("day") and "day" not in self.errors:
            self.add_error("day", _("Vul de dag in."))
        return data


class AnswerForm(forms.Form):
    """What the recipient answered, and when."""

    answer = Sentence(
        label=gettext_lazy("Wat antwoordden ze?"),
        most=MOST_OF_BUNDLE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    day = PastDayField(gettext_lazy("Op welke dag?"))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("answer") and "answer" not in self.errors:
            self.add_error("answer", _("Schrijf wat ze antwoordden."))
        if not data.get("day") and "day" not in self.errors:
            self.add_error("day", _("Vul de dag in."))
        return data


class OwnerForm(forms.Form):
    """Which colleague carries it on; empty: nobody."""

    owner = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, team: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        field.choices = [("", ""), *((str(pk), "") for pk in team)]


class ExampleForm(forms.Form):
    """The words of an example in the brief; empty: not an example."""

    example = Sentence(label=gettext_lazy("Voorbeeld in het dossier"), most=MOST_LETTERS)


class VersionForm(forms.Form):
    """A button of which only the version matters."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
