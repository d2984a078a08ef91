"""What the forms of the agenda mean: an answer, another plan for a date, another table."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.forms import NameField
from places.form_fields import field_of
from places.models import ChangedDay, SitterKind
from visits.agenda import FURTHEST, OneDay
from visits.when_fields import CalendarField, ClockField, as_typed


class ReplyForm(forms.Form):
    comes = forms.ChoiceField(choices=[("yes", _("Ik kom")), ("no", _("Ik kan niet"))])

    @property
    def said_yes(self) -> bool:
        return bool(self.cleaned_data["comes"] == "yes")


class FindForm(forms.Form):
    """A date to go to."""

    dag = CalendarField(error_messages={"required": _("Kies een dag.")})

    def clean_dag(self) -> dt.date:
        day: dt.date = self.cleaned_data["dag"]
        if abs(day - timezone.localdate()) > FURTHEST:
            raise ValidationError(_("Kies een dag in de komende 2 jaar."))
        return day


class DayForm(forms.Form):
    """Another plan for one date; what the choice does not need is not looked at."""

    CANCEL, MOVE, OPEN = "cancel", "move", "open"

    plan = forms.ChoiceField(
        label=_("Wat verandert er?"), error_messages={"required": _("Kies wat er verandert.")}
    )
    to_day = CalendarField(label=_("Naar welke dag?"), required=False)
    opens_at = ClockField(label=_("Open van"), required=False)
    closes_at = ClockField(label=_("Tot"), required=False)
    why = NameField(label=_("Reden (mag leeg)"))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, page: OneDay, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        self.today = today
        field_of(self, "plan").choices = self._choices()
        if not self.is_bound:
            self.initial.update(self._as_it_is())

    def _choices(self) -> list[tuple[str, Any]]:
        """Only an opening can be cancelled or moved."""
        if not self.page.has_session:
            return [(self.OPEN, _("We zijn extra open"))]
        open_label = _("We zijn open op andere uren")
        if self.page.table.plan.closed is not None:
            open_label = _("We zijn toch open")
        return [
            (self.CANCEL, _("Het gaat niet door")),
            (self.MOVE, _("We verplaatsen het naar een andere dag")),
            (self.OPEN, open_label),
        ]

    def _as_it_is(self) -> dict[str, Any]:
        plan, change = self.page.table.plan, self.page.change
        if change is None:
            what = "" if self.page.has_session else self.OPEN
            hours = {"opens_at": as_typed(plan.starts_at), "closes_at": as_typed(plan.ends_at)}
            return {"plan": what, "version": 0, **hours}
        what = self.CANCEL if change.is_cancelled else self.MOVE if change.is_moved else self.OPEN
        return {
            "plan": what,
            "version": change.version,
            "to_day": as_typed(change.to_day if change.is_moved else None),
            "opens_at": as_typed(change.opens_at or plan.starts_at),
            "closes_at": as_typed(change.closes_at or plan.ends_at),
            "why": change.reason,
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        what = data.get("plan")
        if what != self.MOVE:
            self._leave_out("to_day")
        if what == self.CANCEL:
            self._leave_out("opens_at", "closes_at")
        if what == self.MOVE and "to_day" not in self.errors:
            self._check_target(data.get("to_day"))
        if what in {self.MOVE, self.OPEN}:
            self._check_hours()
        return data

    def _leave_out(self, *names: str) -> None:
        for name in names:
            self.errors.pop(name, None)
            self.cleaned_data[name] = None

    def _check_target(self, to_day: dt.date | None) -> None:
        if to_day is None:
            self.add_error("to_day", _("Kies naar welke dag."))
        elif to_day == self.page.day:
            self.add_error("to_day", _("Kies een andere dag dan deze."))
        elif to_day < self.today:
            self.add_error("to_day", _("Deze dag is al voorbij."))
        elif to_day > self.today + FURTHEST:
            self.add_error("to_day", _("Kies een dag in de komende 2 jaar."))

    def _check_hours(self) -> None:
        opens_at = self.cleaned_data.get("opens_at")
        closes_at = self.cleaned_data.get("closes_at")
        for name, value in (("opens_at", opens_at), ("closes_at", closes_at)):
            if value is None and name not in self.errors:
                self.add_error(name, _("Vul het uur in."))
        if opens_at and closes_at and opens_at >= closes_at:
            self.add_error("closes_at", _("Het sluitingsuur moet na het openingsuur komen."))

    def refuse_target(self) -> None:
        """Only the database knows this for sure: two people may move something at one moment."""
        name = "to_day" if self.cleaned_data["plan"] == self.MOVE else "plan"
        self.add_error(name, _("Naar deze dag is al een andere verplaatst."))

    def show_what_stands(self, current: ChangedDay | None) -> None:
        """Keep what was typed, on top of what a colleague saved meanwhile."""
        self.data = {**dict(self.data.items()), "version": str(current.version if current else 0)}
        self.add_error(
            None,
            _(
                "Iemand anders wijzigde deze dag terwijl jij typte. Hierboven staat wat er nu "
                "geldt. Bewaar opnieuw om jouw keuze te houden."
            ),
        )

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        to_day = self.page.day if data["plan"] == self.OPEN else data["to_day"]
        names = ("opens_at", "closes_at", "version")
        return {"to_day": to_day, "reason": data["why"], **{name: data[name] for name in names}}


class RestoreForm(forms.Form):
    """`version` is the change that the page showed."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class StandInForm(forms.Form):
    """Somebody who comes on this date on top of the pattern."""

    who = NameField(label=_("Naam"), max_length=60)
    kind = forms.ChoiceField(
        label=_("Wat is die?"), choices=SitterKind.choices, initial=SitterKind.PARTNER
    )

    def __init__(self, *args: Any, page: OneDay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page

    def clean_who(self) -> str:
        who: str = self.cleaned_data["who"]
        if not who:
            raise ValidationError(_("Vul een naam in."))
        if any(one.who.casefold() == who.casefold() for one in self.page.table.coming):
            raise ValidationError(_("%(who)s zit die dag al aan tafel.") % {"who": who})
        return who


class PlaceForm(forms.Form):
    """What is noted about one place at the table: nobody comes, or as usual again."""

    ABSENT, USUAL = "absent", "usual"

    sitter = forms.CharField(max_length=60)
    set = forms.ChoiceField(choices=[(ABSENT, ABSENT), (USUAL, USUAL)])

    def __init__(self, *args: Any, page: OneDay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("set") == self.ABSENT and not self.page.has_place(data.get("sitter", "")):
            raise ValidationError(_("Deze naam staat die dag niet aan tafel."))
        return data
