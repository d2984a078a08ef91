"""Which cards to print, and which card was lost."""

import datetime as dt
from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from people.card_sheets import entered_this_month, imported
from people.forms import LARGEST_NUMBER, WholeField, plain_helper
from people.models import Household
from people.querysets import HouseholdQuerySet


class Choice(models.TextChoices):
    """As they stand in the address."""

    NUMBERS = "nummers", _("op nummer")
    IMPORT = "lijst", _("de laatst ingelezen lijst")
    MONTH = "maand", _("nieuw deze maand")


def _number(label: Any) -> WholeField:
    message = _("Een klantnummer ligt tussen 1 en 999 999.")
    return WholeField(label=label, low=1, high=LARGEST_NUMBER, message=message, required=False)


class CardsForm(forms.Form):
    """A range of numbers, or one of the two choices that need none."""

    keuze = forms.ChoiceField(choices=Choice)
    van = _number(_("Van nummer"))
    tot = _number(_("Tot en met nummer"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper(Div("van", "tot", css_class="field-row"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "keuze" in self.errors:
            raise ValidationError(_("Kies welke kaarten je wil drukken."))
        if self.errors or data["keuze"] != Choice.NUMBERS:
            return data
        if data["van"] is None and data["tot"] is None:
            raise ValidationError(_("Vul minstens één nummer in."))
        # One number is one card.
        data["van"] = data["van"] or data["tot"]
        data["tot"] = data["tot"] or data["van"]
        if data["tot"] < data["van"]:
            self.add_error("tot", _("Dit nummer komt voor het eerste."))
        return data

    def chosen(self, membership: Membership, *, today: dt.date) -> HouseholdQuerySet:
        """The households, by number."""
        choice = self.cleaned_data["keuze"]
        if choice == Choice.IMPORT:
            found = imported(membership)
        elif choice == Choice.MONTH:
            found = entered_this_month(membership, today=today)
        else:
            mine = Household.objects.visible_to(membership).in_use()
            found = mine.numbered(self.cleaned_data["van"], self.cleaned_data["tot"])
        return found.order_by("number")


class LostCardForm(forms.Form):
    """The card that was lost: a second press finds another one, and replaces nothing."""

    lost = forms.CharField(max_length=40)
