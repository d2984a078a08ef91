"""What the forms of the week mean: parse, normalise, refuse."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Membership, User
from people.forms import KeyedForm
from policy.forms import Sentence
from reviews.kinds import Kind, ReopenReason
from reviews.models import MOST_LETTERS
from visits.period import week_of
from visits.when_fields import CalendarField

#: A thing waits at most so long.
FARTHEST = dt.timedelta(days=366)
#: The buttons of a line; a button with a colleague sends `to` instead.
CHOICES = ("seen", "mine", "next_week", "wait", "done", "give")
#: Ids beyond these are in no database.
LARGEST_ID = 2**63 - 1


def item_of(text: str) -> tuple[Kind, int] | None:
    """Kind and number of "new-12"; None for anything else."""
    kind, _dash, number = text.rpartition("-")
    if kind not in Kind.values or not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    return Kind(kind), int(number)


class DecideForm(KeyedForm):
    """What somebody pressed on one line; `after` is the decision that stood on it."""

    choice = forms.ChoiceField(choices=[(one, one) for one in CHOICES], required=False)
    about_day = forms.DateField(widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])
    after = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)
    until = CalendarField(label=gettext_lazy("Tot welke dag?"), required=False)
    to = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)

    def __init__(
        self, *args: Any, team: Sequence[Membership], today: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.team = {one.user_id: one.user for one in team}
        self.today = today

    def clean_to(self) -> User | None:
        pk = self.cleaned_data["to"]
        if pk is not None and pk not in self.team:
            raise ValidationError(_("Kies een collega die de week kan nakijken."))
        return self.team.get(pk)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("to") is not None:
            data["choice"] = "give"
        elif data.get("choice") in {"", "give"} and not self.errors:
            self.add_error("choice", _("Kies wat je ermee doet."))
        if data.get("choice") == "next_week":
            data["until"] = week_of(self.today).after().first
        elif data.get("choice") == "wait" and "until" not in self.errors:
            self._check_day(data.get("until"))
        return data

    def _check_day(self, until: dt.date | None) -> None:
        if until is None:
            self.add_error("until", _("Kies een dag."))
        elif not self.today < until <= self.today + FARTHEST:
            self.add_error("until", _("Kies een dag na vandaag, binnen het jaar."))

    @property
    def said(self) -> str:
        """What is wrong, in one line."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors) or _(
            "Stuur dit nog eens."
        )


class ReviewForm(KeyedForm):
    """The note of a week; `close` is there when the week is reviewed with it."""

    note = Sentence(label=gettext_lazy("Nota bij deze week"), most=MOST_LETTERS)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    close = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].widget.attrs |= {"rows": 4, "class": "form-control"}


class ReopenForm(forms.Form):
    reason = forms.ChoiceField(choices=ReopenReason.choices)


class MailForm(forms.Form):
    """One switch: the mail on Monday, or not."""

    wanted = forms.BooleanField(
        label=gettext_lazy("Stuur me op maandag een mail over de week"), required=False
    )
