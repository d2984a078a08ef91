"""What the forms of signals mean: parse, normalise, refuse, warn of what is about one person."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms_help.forms import OneLine
from forms_help.models import Theme
from forms_help.notes import health_words, holds_account_number
from people.forms import KeyedForm
from places.sensitive import no_national_number, plain_text
from policy.actions import Words
from policy.models.bundle import MOST_LETTERS as MOST_OF_BUNDLE
from policy.models.signal import MOST_LETTERS
from policy.states import NOT_RETAINED, Phase, VoidReason

#: The longest address that somebody is brought back to.
LONGEST_PATH = 200


def no_account_number(value: str) -> None:
    """Validator: an IBAN is of somebody."""
    # What comes after is refused for its length.
    if holds_account_number(value[:MOST_OF_BUNDLE]):
        raise ValidationError(
            _("Dit lijkt op een rekeningnummer. Dat bewaren we niet: laat het weg.")
        )


class Sentence(OneLine):
    """A text of one paragraph, of nobody in particular; typed line ends become spaces."""

    default_validators = [plain_text, no_national_number, no_account_number]

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        too_long = gettext_lazy("Hou het kort: hoogstens %(limit_value)d tekens.")
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        super().__init__(most=most, too_long=too_long, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # A browser counts a line end as two; the server says what is too long.
        attrs: dict[str, Any] = super().widget_attrs(widget)
        return attrs | {"autocomplete": "off"}


class ThemeField(forms.TypedChoiceField):
    """A theme of this STEK, or none; the one that was chosen before stays, also when retired."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Thema"),
            required=False,
            coerce=int,
            empty_value=None,
            error_messages={
                "invalid_choice": gettext_lazy(
                    "Dit thema wordt niet meer gebruikt. Kies een ander."
                )
            },
        )

    def offer(self, themes: Sequence[Theme]) -> None:
        self.themes = {theme.pk: theme for theme in themes}
        self.choices = [("", _("weet ik niet")), *((str(t.pk), t.name) for t in themes)]

    def clean(self, value: Any) -> Theme | None:
        pk = super().clean(value)
        return self.themes[pk] if pk else None


class SignalForm(forms.Form):
    """The two lines, the theme, and whether visitors were asked."""

    bottleneck = Sentence(label=gettext_lazy("Wat loopt er niet?"), most=MOST_LETTERS)
    proposal = Sentence(label=gettext_lazy("Wat zou helpen? (mag leeg)"), most=MOST_LETTERS)
    theme = ThemeField()
    with_visitors = forms.BooleanField(
        label=gettext_lazy("Samen met bezoekers besproken"), required=False
    )
    #: The texts that somebody was warned about and keeps all the same.
    health_seen = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, themes: Sequence[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["theme"]
        field.offer(themes)

    @property
    def warns(self) -> bool:
        """It speaks of somebody's health, and nobody said yet that it may."""
        return any(
            error.code == "health" for errors in self.errors.as_data().values() for error in errors
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("bottleneck") and "bottleneck" not in self.errors:
            self.add_error("bottleneck", _("Schrijf in één zin wat er niet loopt."))
        self._warn_of_health(data)
        return data

    def _warn_of_health(self, data: dict[str, Any]) -> None:
        texts = {name: data.get(name) or "" for name in ("bottleneck", "proposal")}
        seen = " ".join(filter(None, texts.values()))
        if data.get("health_seen") == seen:
            return
        for name, text in texts.items():
            if words := health_words(text):
                self._put_back_seen(seen)
                self.add_error(
                    name,
                    ValidationError(
                        _(
                            "Gaat “%(words)s” over één persoon? Laat het dan weg. "
                            "Gaat het over veel mensen? Bewaar opnieuw."
                        )
                        % {"words": ", ".join(words)},
                        code="health",
                    ),
                )

    def _put_back_seen(self, seen: str) -> None:
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict, or a plain dict
        data["health_seen"] = seen
        self.data = data

    def words(self) -> Words:
        """What was typed; only of a valid form."""
        data = self.cleaned_data
        return Words(
            bottleneck=data["bottleneck"],
            proposal=data["proposal"],
            theme=data["theme"],
            with_visitors=data["with_visitors"],
        )


class NoteForm(KeyedForm, SignalForm):
    """A signal, noted from anywhere: from a question at the table, or with the way back."""

    question = forms.IntegerField(
        required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput
    )
    back = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def clean_back(self) -> str:
        return safe_path(self.cleaned_data["back"])


def safe_path(path: str) -> str:
    """A page of ours to return to; empty when it is anything else."""
    ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if ours and path.isprintable() and len(path) <= LONGEST_PATH else ""


class RewordForm(SignalForm):
    """`version` is the signal that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class SortForm(forms.Form):
    """Where a loose signal goes; a reason when it is put aside."""

    to = forms.ChoiceField(
        choices=[(p.value, p.label) for p in (Phase.NOTICED, Phase.COLLECTED, Phase.NOT_RETAINED)]
    )
    reason = forms.ChoiceField(
        choices=[(one.value, one.label) for one in NOT_RETAINED], required=False
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("to") == Phase.NOT_RETAINED and not data.get("reason"):
            self.add_error("reason", _("Kies waarom."))
        elif data.get("to") != Phase.NOT_RETAINED:
            data["reason"] = ""
        return data


class IdsField(forms.TypedMultipleChoiceField):
    """Ticked rows; which of them are there, only the database knows."""

    def __init__(self, message: Any) -> None:
        super().__init__(coerce=int, error_messages={"required": message})

    def valid_value(self, value: str) -> bool:
        return value.isascii() and value.isdigit() and len(value) < 19


class BundleForm(KeyedForm):
    """The ticked signals, and where they go: empty is a new structural signal."""

    signals = IdsField(gettext_lazy("Vink eerst de signalen aan."))
    bundle = forms.IntegerField(required=False, min_value=1, max_value=2**62)


class VoidForm(forms.Form):
    reason = forms.ChoiceField(
        choices=[one for one in VoidReason.choices if one[0] != VoidReason.UNDONE]
    )
