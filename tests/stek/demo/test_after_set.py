"""The demo set around the table: referrals, the agenda, who signs in, signals."""

import datetime as dt
from collections import Counter

import pytest
from django.test import Client
from django.utils import timezone

from accounts.demo import DEMO_ACCOUNTS, DEMO_PARTNERS, DEMO_PASSWORD
from accounts.models import Membership
from accounts.roles import Role
from forms_help.models import Question
from forms_help.notes import health_words
from people.models import DuplicatePair, Household
from places.models import (
    Stek,
)
from places.planning import Closed, planned_days
from places.schedule import holiday_name
from policy.models import Bundle, Signal
from policy.states import OF_BUNDLE, OF_ONE
from referrals.course import standing_after
from referrals.figure import KnownOutcomes
from referrals.inbound import Requests
from referrals.models import Referral
from referrals.states import State
from reviews.inbox import open_counts
from reviews.kinds import Kind
from reviews.leaving import leaving
from tests.stek.demo.making import table_of
from visits.models import (
    Activity,
    TableReply,
)

pytestmark = pytest.mark.one_engine("the rows follow from the seed")

# --- referrals ---


def test_make_demo_refers_what_was_referred_in_every_state(kalmthout: Stek, today: dt.date) -> None:
    referrals = Referral.objects.of_stek(kalmthout)
    wanted = Question.objects.counted().filter(opening__stek=kalmthout, outcome="referred")
    assert referrals.count() == wanted.filter(theme__isnull=False).count() > 50
    assert set(referrals.counts_by_state()) == set(State)
    assert 0.55 < referrals.warm().count() / referrals.count() < 0.8
    known = KnownOutcomes.of(kalmthout, now=timezone.now()).total
    assert known.percent is not None
    assert 40 <= known.percent <= 75
    assert referrals.filter(state="appointment", appointment_at__date__gte=today).exists()
    for referral in referrals.prefetch_related("steps"):
        standing = standing_after(referral.steps.all())
        assert (referral.state, referral.reason) == (standing.state, standing.reason)


def test_make_demo_leaves_loops_open_for_the_counter(kalmthout: Stek, today: dt.date) -> None:
    now = timezone.now()
    asked = Referral.objects.counted().filter(stek=kalmthout, state="contacted", household=None)
    assert asked.exists()  # those who gave no name are not asked
    of_somebody = Referral.objects.of_stek(kalmthout).unanswered_since(now)
    households = {row.household_id for row in of_somebody}
    assert any(Referral.objects.open_loops(pk, now).exists() for pk in households)


# --- the agenda ---


def test_make_demo_has_activities_behind_and_ahead(kalmthout: Stek, today: dt.date) -> None:
    activities = Activity.objects.of_stek(kalmthout)
    past = activities.filter(day__lt=today)
    assert not past.filter(participants=None).exists()
    by_whom = Counter(past.values_list("kind", "organiser__name"))
    assert by_whom[Activity.Kind.LESSON, "LIGO"] > 30
    assert by_whom[Activity.Kind.TRIP, "Rap op Stap"] >= 5
    assert by_whom[Activity.Kind.COOKING, None] >= 10
    coming = activities.filter(day__gte=today)
    assert coming.filter(participants=None).count() == coming.count() >= 2
    cancelled = activities.get(cancelled_at__isnull=False)
    assert cancelled.day > today
    assert not [one.day for one in activities if holiday_name(one.day)]


def test_make_demo_changes_some_of_the_coming_days(kalmthout: Stek, today: dt.date) -> None:
    days = planned_days(kalmthout, today, today + dt.timedelta(weeks=11))
    cancelled = [day for day in days if day.closed is Closed.CANCELLED]
    moved = [day for day in days if day.closed is Closed.MOVED]
    gaps = [day for day in days if day.is_open and day.missing]
    assert [len(cancelled), len(moved), len(gaps)] == [1, 1, 1]
    assert [sitter.who for sitter in gaps[0].missing] == ["LIGO"]
    arrived = [day for day in days if day.moved_from == moved[0].day]
    assert arrived[0].day == moved[0].moved_to
    assert arrived[0].is_open
    assert all(day.day > today for day in (*cancelled, *moved, *gaps))
    replies = TableReply.objects.of_stek(kalmthout)
    assert set(replies.values_list("comes", flat=True)) == {True, False}


def test_make_demo_has_requests_that_wait_one_of_a_known_household(
    kalmthout: Stek, today: dt.date
) -> None:
    coordinator = Membership.objects.get(user__username="coordinator")
    requests = Requests.of(coordinator, number="", now=timezone.now(), today=today)
    assert [len(line.alike) > 0 for line in requests.lines] == [False, True]
    assert [line.referrer.name for line in requests.links if line.link] == ["OCMW Kalmthout"]


# --- who may sign in ---


def test_make_demo_accounts_sign_in_with_their_role(kalmthout: Stek) -> None:
    for username, _first, _last, role, slug in DEMO_ACCOUNTS:
        assert Client().login(username=username, password=DEMO_PASSWORD), username
        membership = Membership.objects.select_related("user", "stek").get(user__username=username)
        assert (membership.role, membership.stek.slug) == (role, slug)
        partner = membership.partner.name if membership.partner else ""
        assert partner == DEMO_PARTNERS.get(username, "")
        office = role in {Role.COORDINATOR, Role.ADMINISTRATOR}
        assert membership.user.is_staff is office
        assert not membership.user.is_superuser


# --- signals ---


def test_make_demo_holds_signals_in_every_phase(kalmthout: Stek) -> None:
    signals = Signal.objects.of_stek(kalmthout)
    assert 0.7 < signals.count() * 25 / table_of(kalmthout).exclude(theme=None).count() < 1.3
    assert set(signals.values_list("phase", flat=True)) == set(OF_ONE)
    bundles = Bundle.objects.filter(stek=kalmthout)
    assert set(bundles.values_list("phase", flat=True)) == set(OF_BUNDLE)
    assert bundles.exclude(answer="").exists()
    assert signals.exclude(example="").exists()
    assert signals.with_new_answer().exists()
    for row in (*signals, *bundles):
        row.full_clean(validate_unique=False)
        assert not health_words(str(row))


def test_make_demo_has_a_pair_of_duplicates_and_nothing_unusual_to_read(kalmthout: Stek) -> None:
    """The ordinary weeks of the demo ring no bell."""
    coordinator = Membership.objects.get(stek=kalmthout, user__username="coordinator")
    waiting = open_counts(coordinator, now=timezone.now())
    assert DuplicatePair.objects.of_stek(kalmthout).open().exists()
    assert Kind.READING not in waiting


def test_make_demo_announces_a_few_who_leave_the_books(kalmthout: Stek, today: dt.date) -> None:
    rows = Household.objects.of_stek(kalmthout)
    assert 2 <= len(leaving(rows, stek=kalmthout, today=today)) <= 3
