"""Entering a paper list: every line as a visit, in one transaction."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from people.actions import OtherBody
from people.standing import standing_of
from places.purposes import Purpose
from visits import actions
from visits.eligibility import OverrideReason, refusal
from visits.forms import BaseSlipFormSet, SlipForm
from visits.models import Opening, Visit


class EnteredMeanwhile(Exception):
    """Another laptop entered this household a moment ago."""


def enter_slips(formset: BaseSlipFormSet, *, opening: Opening, by: User) -> bool:
    """Enter all filled lines; on a lost race nothing is entered and the line says why."""
    filled = [form for form in formset.forms if form.is_filled]
    if not filled:
        formset.non_form_errors().append(_("Vul minstens één lijn in."))
        return False
    try:
        with transaction.atomic():
            for form in filled:
                _enter(form, opening=opening, by=by)
    except (OtherBody, EnteredMeanwhile):
        formset.non_form_errors().append(_("Er is nog niets bewaard. Kijk de lijnen na."))
        return False
    return True


def _enter(form: SlipForm, *, opening: Opening, by: User) -> Visit:
    """One line; `EnteredMeanwhile` when another laptop was first."""
    visit = _check_in(form, opening=opening, by=by)
    if visit.request_id != form.cleaned_data["request_id"]:
        form.add_error("number", _("Is intussen al aangemeld."))
        raise EnteredMeanwhile
    return visit


def _check_in(form: SlipForm, *, opening: Opening, by: User) -> Visit:
    data = form.cleaned_data
    entry = {
        "opening": opening,
        "purposes": form.purposes or _usual_purposes(form, opening),
        "request_id": data["request_id"],
        "by": by,
        "arrived_at": _moment(opening.day, data["time"]),
    }
    household = form.household
    if household is None:
        return actions.check_in_anonymous(
            adults=data["adults"] or 0,
            children=data["children"] or 0,
            first_this_year=False,
            **entry,
        )
    why = refusal(
        standing=standing_of(household, day=opening.day, stek=opening.stek),
        here_already=False,
        for_grocery=Purpose.GROCERY in entry["purposes"],
    )
    if why is None:
        return actions.check_in(household, **entry)
    # On paper a person has already let them in; what the counter would have said is kept.
    return actions.check_in_anyway(household, why=why, reason=OverrideReason.ON_PAPER, **entry)


def _usual_purposes(form: SlipForm, opening: Opening) -> list[str]:
    """Nothing ticked on paper: what this STEK ticks beforehand at the counter."""
    if form.household is None:
        return opening.stek.default_purposes_anonymous
    return opening.stek.default_purposes


def _moment(day: dt.date, time: dt.time | None) -> dt.datetime | None:
    """The local time on that day; an hour that DST skips becomes the hour after."""
    if time is None:
        return None
    return timezone.make_aware(dt.datetime.combine(day, time))
