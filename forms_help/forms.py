"""What the forms of the table mean: parse, normalise, refuse."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Membership
from accounts.roles import Role
from forms_help.actions import Answer, PlannedFollowUp
from forms_help.lists import Lists
from forms_help.models import FollowUp
from forms_help.notes import MOST_LETTERS, health_words, holds_account_number
from forms_help.outcomes import (
    OPEN_OUTCOMES,
    Minutes,
    Outcome,
    QuestionVoidReason,
    UnmetReason,
)
from people.forms import PRIVATE, KeyedForm
from places.form_fields import field_of
from places.sensitive import clean_name, no_national_number, plain_text

#: A follow-up is for soon; later than this is a slip of the year.
FARTHEST = dt.timedelta(days=366)
FOR_ROLES = (Role.HELPER, Role.COMMUNITY_WORKER, Role.COORDINATOR)
#: Only asked for, and only read, with these outcomes.
ASKED_WITH: Mapping[str, Collection[str]] = {
    "unmet_reason": {Outcome.NOT_SOLVED},
    "documents": {Outcome.COME_BACK},
    "what": OPEN_OUTCOMES,
    "for_whom": OPEN_OUTCOMES,
    "due": OPEN_OUTCOMES,
}


@dataclass(frozen=True)
class Offered:
    """What a question form offers to this person at this opening."""

    lists: Lists
    team: tuple[Membership, ...]
    membership: Membership
    today: dt.date
    next_opening: dt.date
    usual_minutes: int
    #: Somebody whose name we don't know: fewer taps, and nothing to come back to by name.
    nameless: bool = False

    @property
    def for_partner(self) -> bool:
        """A partner's helper is asked for theme and outcome only."""
        return self.membership.partner_id is not None

    def for_whom(self) -> list[tuple[str, Any]]:
        roles: list[tuple[str, Any]] = [
            ("role-helper", _("wie aan tafel zit")),
            *((f"role-{role.value}", role.label) for role in FOR_ROLES[1:]),
        ]
        return [*roles, *((f"user-{one.user_id}", str(one.user)) for one in self.team)]


def no_account_number(value: str) -> None:
    """Validator: an IBAN is for the bank's own form."""
    # What comes after is refused for its length.
    if holds_account_number(value[:MOST_LETTERS]):
        raise ValidationError(
            _("Dit lijkt op een rekeningnummer. Dat bewaren we niet: laat het weg.")
        )


class OneLine(forms.CharField):
    """A short text in the form in which it is stored; no markup, no number that is nobody's."""

    default_validators = [plain_text, no_national_number, no_account_number]

    def __init__(self, *, most: int, too_long: Any, **kwargs: Any) -> None:
        widget = kwargs.pop("widget", forms.TextInput(attrs=PRIVATE))
        super().__init__(
            required=False,
            max_length=most,
            error_messages={"max_length": too_long},
            widget=widget,
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        return clean_name(super().to_python(value) or "")


def _choices(items: Iterable[Any]) -> list[tuple[str, str]]:
    return [(str(item.pk), item.name) for item in items]


class DocumentChips(forms.CheckboxSelectMultiple):
    """Each paper carries the themes it belongs to, so that a script can put those forward."""

    themes: Mapping[str, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["themes"] = self.themes.get(str(value), "")
        return option


class QuestionForm(KeyedForm):
    """One question: theme, what was done, what came of it, and what is still to do."""

    theme = forms.ChoiceField(
        label=gettext_lazy("Waarover ging het?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Kies waarover het ging."),
            "invalid_choice": gettext_lazy("Dit thema wordt niet meer gebruikt. Kies een ander."),
        },
    )
    help_types = forms.MultipleChoiceField(
        label=gettext_lazy("Wat deed je?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Kies wat je deed."),
            "invalid_choice": gettext_lazy("Deze keuze is niet meer in gebruik. Kies een andere."),
        },
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("Hoe is het afgelopen?"),
        widget=forms.RadioSelect,
        choices=Outcome.choices,
        error_messages={"required": gettext_lazy("Kies hoe het afliep.")},
    )
    unmet_reason = forms.ChoiceField(
        label=gettext_lazy("Waarom lukte het niet?"),
        widget=forms.RadioSelect,
        choices=UnmetReason.choices,
        required=False,
    )
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("Hoelang?"),
        widget=forms.RadioSelect,
        choices=Minutes.choices,
        coerce=int,
        empty_value=None,
        required=False,
    )
    documents = forms.MultipleChoiceField(
        label=gettext_lazy("Wat brengt die persoon mee?"),
        widget=DocumentChips,
        required=False,
    )
    what = OneLine(
        label=gettext_lazy("Nog iets? (mag leeg)"),
        most=140,
        too_long=gettext_lazy("Hou het kort: hoogstens 140 tekens."),
    )
    for_whom = forms.ChoiceField(
        label=gettext_lazy("Voor wie is het?"),
        required=False,
    )
    due = forms.DateField(
        label=gettext_lazy("Tegen wanneer?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Kies een dag, bv. 21/03/2027.")},
    )
    note = OneLine(
        label=gettext_lazy("Korte nota"),
        most=MOST_LETTERS,
        too_long=gettext_lazy("Een nota is kort: hoogstens 280 tekens."),
        widget=forms.Textarea(attrs=PRIVATE),
    )
    #: The note that somebody was warned about and keeps all the same.
    health_seen = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    again = forms.BooleanField(required=False)

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        lists = offered.lists
        choices: dict[str, Any] = {
            "theme": _choices(lists.themes),
            "help_types": _choices(lists.help_types),
            "documents": _choices(lists.documents),
            "for_whom": offered.for_whom(),
        }
        for name, values in choices.items():
            field_of(self, name).choices = values
        chips: Any = self.fields["documents"].widget
        chips.themes = {
            str(document.pk): " ".join(map(str, lists.themes_of(document)))
            for document in lists.documents
        }
        self.fields["help_types"].required = not offered.nameless
        self.initial.setdefault("for_whom", "role-helper")
        self.initial.setdefault("due", offered.next_opening)
        self.initial.setdefault("minutes", offered.usual_minutes)
        if offered.nameless:
            self.initial.setdefault("outcome", Outcome.HANDLED.value)
        if offered.for_partner:
            for name in ("help_types", "minutes", "note", "health_seen", "what"):
                del self.fields[name]

    @property
    def warns(self) -> bool:
        """The note speaks of somebody's health, and nobody said yet that it should."""
        return any(error.code == "health" for error in self.errors.as_data().get("note", ()))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        outcome = data.get("outcome")
        for name, outcomes in ASKED_WITH.items():
            if outcome not in outcomes:
                # Left over from another choice, and out of sight: it may not stand in the way.
                self.errors.pop(name, None)
                data.pop(name, None)
        if outcome == Outcome.NOT_SOLVED and not data.get("unmet_reason"):
            self.add_error("unmet_reason", _("Kies waarom het niet lukte."))
        if outcome in OPEN_OUTCOMES and "due" not in self.errors:
            self._check_due(data)
        self._warn_of_health(data)
        return data

    def _check_due(self, data: dict[str, Any]) -> None:
        due = data["due"] = data.get("due") or self.offered.next_opening
        if due < self.offered.today:
            self.add_error("due", _("Kies een dag vanaf vandaag."))
        elif due - self.offered.today > FARTHEST:
            self.add_error("due", _("Kies een dag binnen het jaar."))

    def _warn_of_health(self, data: dict[str, Any]) -> None:
        note = data.get("note", "")
        if not note or (words := health_words(note)) == [] or data.get("health_seen") == note:
            return
        self.put_back("health_seen", note)
        self.add_error(
            "note",
            ValidationError(
                _(
                    "Gaat “%(words)s” over iemands gezondheid? Laat het dan weg. "
                    "Hoeft dat niet? Bewaar opnieuw."
                )
                % {"words": ", ".join(words)},
                code="health",
            ),
        )

    def answer(self) -> Answer:
        """What was chosen, with the rows behind it; only of a valid form."""
        data, lists = self.cleaned_data, self.offered.lists
        return Answer(
            outcome=data["outcome"],
            theme=lists.theme(data["theme"]),
            help_types=lists.chosen_help_types(data.get("help_types", ())),
            unmet_reason=data.get("unmet_reason", ""),
            minutes=data.get("minutes"),
            note=data.get("note", ""),
            follow_up=self._follow_up() if data["outcome"] in OPEN_OUTCOMES else None,
            again=data["again"],
        )

    def _follow_up(self) -> PlannedFollowUp:
        data = self.cleaned_data
        kind, _dash, value = (data.get("for_whom") or "role-helper").partition("-")
        papers = data["outcome"] == Outcome.COME_BACK
        return PlannedFollowUp(
            kind=FollowUp.Kind.PAPERS if papers else FollowUp.Kind.TASK,
            due=data["due"],
            for_role=value if kind == "role" else "",
            for_user_id=int(value) if kind == "user" else None,
            what=data.get("what", ""),
            documents=self.offered.lists.chosen_documents(data.get("documents", ())),
        )


class PlaceForm(forms.Form):
    """Where something happens: an opening, and a visit at it or nobody by name."""

    opening = forms.IntegerField(min_value=1, max_value=2**62)
    visit = forms.IntegerField(min_value=1, max_value=2**62, required=False)


class ChatForm(KeyedForm):
    """A chat is one tap."""


class VoidQuestionForm(forms.Form):
    reason = forms.ChoiceField(
        choices=[one for one in QuestionVoidReason.choices if one[0] != QuestionVoidReason.UNDONE]
    )
