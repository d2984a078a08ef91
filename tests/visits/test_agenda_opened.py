"""Opening the day takes over what was planned."""

from django.urls import reverse

from places.models import SitterKind
from tests import factories
from tests.visits.planning import answer


def ticked(client) -> set[str]:
    choices = client.get(reverse("visits:counter")).context["planned"].choices
    return {one.who for one in choices if one.ticked}


def test_opening_the_day_ticks_who_comes_after_changes_and_answers(
    counter, volunteer, helper, stek, today
):
    hours = factories.opening_hours(stek, today.weekday())
    for who in ("CAW", "LIGO"):
        factories.table_turn(hours, who)
    factories.table_turn(hours, "Bram", kind=SitterKind.VOLUNTEER)
    factories.table_change(stek, today, "LIGO", comes=False)
    factories.table_change(stek, today, "VDAB", comes=True)
    answer(volunteer, today)
    answer(helper, today, "no")
    assert ticked(counter) == {"Rita Peeters", "Jos Wouters", "CAW", "VDAB"}
    choices = counter.get(reverse("visits:counter")).context["planned"].choices
    assert {one.who for one in choices} >= {"LIGO", "Bram Claessens"}


def test_opening_the_day_ticks_who_comes_for_a_partner(counter, helper, stek, today):
    factories.table_turn(factories.opening_hours(stek, today.weekday()), "LIGO")
    helper.membership.partner = factories.partner(stek, "LIGO")
    helper.membership.save()
    answer(helper, today)
    assert ticked(counter) == {"Rita Peeters", "Bram Claessens", "LIGO"}
