"""What the forms of a referral mean: parse, normalise, refuse."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms_help.forms import OneLine
from people.consent_actions import Agreed
from people.forms import KeyedForm
from referrals.actions import Plan
from referrals.offer import Offer, PartnerOffer
from referrals.states import REASONS_OF, Channel, Happening, Reason
from referrals.steps import Appointment

USUAL = "usual"
#: An appointment later than this is a slip of the year, and one long ago too.
FARTHEST = dt.timedelta(days=366)
LONG_AGO = dt.timedelta(days=60)


class ReferralForm(forms.Form):
    """Partner, agreement, and how: a part of the question's form, or a form of its own."""

    CONSENT = (
        ("spoken", gettext_lazy("Ja, gezegd")),
        ("signed", gettext_lazy("Ja, getekend")),
        ("no", gettext_lazy("Neen: alleen het adres")),
        ("later", gettext_lazy("Denkt nog na")),
    )

    partner = forms.ChoiceField(
        label=gettext_lazy("Naar wie?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Kies naar wie je doorverwijst."),
            "invalid_choice": gettext_lazy(
                "Deze partner is niet meer in gebruik. Kies een andere."
            ),
        },
    )
    consent = forms.ChoiceField(
        label=gettext_lazy("Mogen we de gegevens doorgeven?"),
        widget=forms.RadioSelect,
        choices=CONSENT,
        required=False,
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("Hoe?"),
        widget=forms.RadioSelect,
        choices=((USUAL, gettext_lazy("zoals gewoonlijk")), *Channel.choices),
        required=False,
    )
    tells = forms.MultipleChoiceField(
        label=gettext_lazy("Wat de partner te weten komt, naast de naam"),
        widget=forms.CheckboxSelectMultiple,
        choices=(
            ("phone", gettext_lazy("telefoon")),
            ("language", gettext_lazy("taal")),
            ("theme", gettext_lazy("waarover het gaat")),
        ),
        required=False,
    )

    def __init__(self, *args: Any, offer: Offer, nameless: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer, self.nameless = offer, nameless
        partner: Any = self.fields["partner"]
        partner.choices = [(str(one.partner.pk), one.partner.name) for one in offer.partners]
        self.initial.setdefault("channel", USUAL)
        self.initial.setdefault("tells", ["phone", "language", "theme"])
        if nameless:
            for name in ("consent", "channel", "tells"):
                del self.fields[name]

    @property
    def chosen(self) -> str:
        """The partner that is ticked, also when something else is wrong."""
        return str(self["partner"].value() or "")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.nameless or "partner" not in data:
            return data
        consent, channel = data.get("consent"), data.get("channel") or USUAL
        if not consent:
            self.add_error("consent", _("Vraag of we de gegevens mogen doorgeven."))
        elif consent == "no" and channel not in {USUAL, Channel.ADDRESS}:
            self.add_error(
                "consent",
                _(
                    "Zonder toestemming geven we niets door. "
                    "Vraag het eerst, of geef alleen het adres mee."
                ),
            )
        if channel == Channel.MAIL and not self._offered().partner.email:
            self.add_error(
                "channel", _("Van deze partner hebben we geen e-mailadres. Kies een andere manier.")
            )
        return data

    def _offered(self) -> PartnerOffer:
        return self.offer.chosen(self.cleaned_data["partner"])

    def plan(self) -> Plan:
        """What was chosen; only of a valid form."""
        data, offered = self.cleaned_data, self._offered()
        if self.nameless or data["consent"] == "no" or data["channel"] == Channel.ADDRESS:
            return Plan(partner=offered.partner, channel=Channel.ADDRESS)
        chosen = data["channel"] or USUAL
        tells = set(data["tells"])
        agreed = None
        if data["consent"] != "later":
            agreed = Agreed(
                how=data["consent"],
                tells_phone="phone" in tells,
                tells_language="language" in tells,
                tells_theme="theme" in tells,
            )
        return Plan(
            partner=offered.partner,
            channel=offered.usual if chosen == USUAL else chosen,
            service=offered.services[0] if len(offered.services) == 1 else None,
            agreed=agreed,
        )


class StartForm(KeyedForm, ReferralForm):
    """The same as a form of its own, for a question that was noted before."""


class SendForm(ReferralForm):
    """For one that waits: its version instead of a key."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


class StepForm(KeyedForm):
    """What happened, with the reason or the appointment that belongs to it."""

    happening = forms.ChoiceField(choices=Happening.choices)
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    reason = forms.ChoiceField(choices=[("", ""), *Reason.choices], required=False)
    day = forms.DateField(
        label=gettext_lazy("Dag"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Kies een dag, bv. 21/03/2027.")},
    )
    time = forms.TimeField(
        label=gettext_lazy("Uur"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": gettext_lazy("Kies een uur, bv. 14:30.")},
    )
    place = OneLine(
        label=gettext_lazy("Waar (mag leeg)"),
        most=120,
        too_long=gettext_lazy("Hou het kort: hoogstens 120 tekens."),
    )
    ask_for = OneLine(
        label=gettext_lazy("Vragen naar (mag leeg)"),
        most=60,
        too_long=gettext_lazy("Hou het kort: hoogstens 60 tekens."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        what = data.get("happening")
        if what in REASONS_OF and data.get("reason") not in REASONS_OF[what]:
            self.add_error("reason", _("Kies waarom."))
        if what == Happening.APPOINTMENT and not {"day", "time"} & set(self.errors):
            self._check_when(data)
        return data

    def _check_when(self, data: dict[str, Any]) -> None:
        if not data.get("day") or not data.get("time"):
            self.add_error("day", _("Vul de dag en het uur van de afspraak in."))
            return
        today = timezone.localdate()
        if not today - LONG_AGO <= data["day"] <= today + FARTHEST:
            self.add_error("day", _("Kies een dag binnen het jaar."))

    def appointment(self) -> Appointment | None:
        data = self.cleaned_data
        if data["happening"] != Happening.APPOINTMENT:
            return None
        when = timezone.make_aware(dt.datetime.combine(data["day"], data["time"]))
        return Appointment(at=when, place=data["place"], ask_for=data["ask_for"])

    def first_error(self) -> str:
        """One sentence for beside the buttons."""
        messages = [str(one) for errors in self.errors.values() for one in errors]
        return messages[0]


class VersionForm(forms.Form):
    """A button of which only the version matters."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class TellForm(forms.Form):
    """What a visitor says at the counter, or that it is taken back."""

    TAKE_BACK = "take_back"

    referral = forms.IntegerField(min_value=1, max_value=2**62)
    said = forms.ChoiceField(
        choices=[
            (Happening.REACHED.value, ""),
            (Happening.NOT_YET.value, ""),
            (Happening.FAILED.value, ""),
            (TAKE_BACK, ""),
        ]
    )
