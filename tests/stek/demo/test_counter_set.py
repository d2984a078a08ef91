"""The demo set at the counter: a year and a half of a real STEK, in every state."""

import datetime as dt
from collections import Counter

from django.db import models

from forms_help.models import FollowUp, Question
from people.eligibility import AccessState
from people.models import GroceryAccess, Household, Member, NameKey, Referrer
from people.search import find_households
from places.models import (
    ChangedDay,
    ClosingDay,
    Stek,
    TableChange,
)
from places.planning import planned_day
from places.schedule import holiday_name
from tests.stek.demo.making import state, states
from visits.eligibility import Refusal
from visits.models import (
    Activity,
    Attendance,
    Message,
    Opening,
    Visit,
)

# --- how large ---


def test_make_demo_has_the_size_of_a_real_stek(kalmthout: Stek, today: dt.date) -> None:
    assert Household.objects.of_stek(kalmthout).count() == 160
    here = states(kalmthout, today)
    assert here[AccessState.VALID] + here[AccessState.EXPIRING] == 72
    openings = Opening.objects.filter(stek=kalmthout)
    visits = Visit.objects.filter(opening__stek=kalmthout)
    assert 135 <= openings.count() <= 156
    assert 3_600 <= visits.count() <= 4_400
    per_opening = visits.count() / openings.count()
    assert 24 <= per_opening <= 28
    assert 7 <= visits.filter(household=None).count() / openings.count() <= 9
    assert 5 <= visits.filter(for_question=True).count() / openings.count() <= 7


def test_make_demo_ends_yesterday_and_starts_a_year_and_a_half_ago(
    kalmthout: Stek, today: dt.date
) -> None:
    days = list(Opening.objects.filter(stek=kalmthout).values_list("day", flat=True))
    assert max(days) < today
    # Closed from Christmas Eve to 2 January: three weeks when that is a Tuesday.
    assert max(days) > today - dt.timedelta(days=21)
    assert dt.timedelta(days=520) < today - min(days) <= dt.timedelta(weeks=78)


def test_make_demo_stays_closed_on_holidays_and_closing_days(kalmthout: Stek) -> None:
    days = set(Opening.objects.filter(stek=kalmthout).values_list("day", flat=True))
    assert {day.weekday() for day in days} == {1, 3}
    assert not [day for day in days if holiday_name(day)]
    closings = list(ClosingDay.objects.of_stek(kalmthout))
    assert closings
    assert not [day for day in days for c in closings if c.first_day <= day <= c.last_day]


def test_make_demo_plans_who_sits_at_the_table(kalmthout: Stek, today: dt.date) -> None:
    tuesdays = [day for n in range(28) if (day := today + dt.timedelta(days=n)).weekday() == 1]
    mika = ["Mika" in planned_day(kalmthout, day).at_table for day in tuesdays]
    assert mika in ([True, False, True, False], [False, True, False, True])
    assert all("CAW" in planned_day(kalmthout, day).at_table for day in tuesdays)
    there = set(Attendance.objects.values_list("who", flat=True))
    assert {"Rita Peeters", "Mika Verlinden", "CAW", "LIGO"} <= there


def test_make_demo_essen_is_small_and_apart(kalmthout: Stek) -> None:
    essen = Stek.objects.get(slug="essen")
    assert Household.objects.of_stek(essen).count() == 15
    assert 0 < Visit.objects.filter(opening__stek=essen).count() < 150
    strays = Visit.objects.filter(household__isnull=False).exclude(
        household__stek=models.F("opening__stek")
    )
    assert not strays.exists()
    assert not Referrer.objects.filter(stek=essen, name="OCMW Kalmthout").exists()


# --- what it holds ---


def test_make_demo_holds_access_in_every_state(kalmthout: Stek, today: dt.date) -> None:
    found = states(kalmthout, today)
    for wanted in (
        AccessState.VALID,
        AccessState.EXPIRING,
        AccessState.EXPIRED,
        AccessState.SUSPENDED,
        AccessState.ENDED,
    ):
        assert found[wanted], wanted
    soon = Household.objects.of_stek(kalmthout).expiring(today, 7)
    assert soon.exists()


def test_make_demo_leaves_the_last_opening_open_and_no_other(kalmthout: Stek) -> None:
    left_open = Opening.objects.get(closed_at=None)
    assert left_open == Opening.objects.filter(stek=kalmthout).latest("day")


def test_make_demo_holds_what_happens_at_a_counter(kalmthout: Stek, today: dt.date) -> None:
    last = Opening.objects.filter(stek=kalmthout).latest("day")
    assert Visit.objects.filter(opening=last, voided_at__isnull=False).exists()
    overridden = Visit.objects.get(refusal=Refusal.EXPIRED)
    assert overridden.override_reason
    guest = Household.objects.with_access().get(pk=overridden.household_id)
    assert state(guest, last.day) == AccessState.EXPIRED
    assert Message.objects.waiting().get().household.full_name == "Jozef Van den Broeck"
    assert Member.objects.filter(household__stek=kalmthout).count() > 40
    erased = Household.objects.of_stek(kalmthout).get(erased_at__isnull=False)
    assert not erased.members.exists()
    assert not NameKey.objects.filter(household=erased).exists()
    assert Visit.objects.filter(household=erased).exists()


def test_make_demo_people_are_found_by_name(kalmthout: Stek) -> None:
    assert find_households(stek=kalmthout, text="fat be")[0].name == "Fatima Ben Amar"
    doubles = find_households(stek=kalmthout, text="mohamed elamrani")[:2]
    assert {hit.name for hit in doubles} == {"Mohamed El Amrani", "Mohammed Elamrani"}


def test_make_demo_one_in_ten_comes_from_elsewhere(kalmthout: Stek) -> None:
    languages = Counter(Household.objects.of_stek(kalmthout).values_list("language", flat=True))
    foreign = sum(count for language, count in languages.items() if language not in {"", "nl"})
    assert 0.05 < foreign / 160 < 0.17
    assert len(languages) >= 5
    assert Household.objects.of_stek(kalmthout).exclude(phone="").count() > 60


def test_make_demo_rows_pass_the_rules_of_a_form(kalmthout: Stek) -> None:
    last = Opening.objects.filter(stek=kalmthout).latest("day")
    for queryset in (
        Household.objects.filter(erased_at__isnull=True).select_related("stek"),
        Member.objects.all(),
        GroceryAccess.objects.all()[:50],
        Visit.objects.filter(opening=last),
        Message.objects.waiting(),
        Referrer.objects.all(),
        Question.objects.filter(opening=last),
        FollowUp.objects.of_stek(kalmthout).open(),
        Activity.objects.of_stek(kalmthout)[:50],
        ChangedDay.objects.all(),
        TableChange.objects.all(),
    ):
        for row in queryset:
            row.full_clean(validate_unique=False, validate_constraints=False)


def test_make_demo_questions_have_the_next_number_in_the_line(kalmthout: Stek) -> None:
    for opening in Opening.objects.filter(stek=kalmthout)[:20]:
        numbers = list(
            Visit.objects.filter(opening=opening, for_question=True)
            .order_by("arrived_at", "pk")
            .values_list("queue_number", flat=True)
        )
        assert numbers == list(range(1, opening.last_queue_number + 1))
