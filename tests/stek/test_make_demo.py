"""The demo set: large and varied enough to learn on, the same every time, and only where asked."""

import datetime as dt
from collections import Counter
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import models, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.demo import DEMO_ACCOUNTS, DEMO_PARTNERS, DEMO_PASSWORD
from accounts.models import Membership, User
from accounts.roles import Role
from forms_help.forgetting import forget_old_notes
from forms_help.models import Document, FollowUp, HelpType, Question, Theme
from forms_help.notes import health_words
from forms_help.outcomes import OPEN_OUTCOMES
from people.eligibility import AccessState, standing
from people.models import DuplicatePair, GroceryAccess, Household, Member, NameKey, Referrer
from people.search import find_households
from places.models import (
    ChangedDay,
    ClosingDay,
    Partner,
    SitterKind,
    Stek,
    TableChange,
    TableTurn,
)
from places.planning import Closed, planned_day, planned_days
from places.schedule import holiday_name
from policy.models import Bundle, Signal
from policy.states import OF_BUNDLE, OF_ONE
from referrals.course import standing_after
from referrals.directory import Directory, Narrowed
from referrals.figure import KnownOutcomes
from referrals.inbound import Requests
from referrals.models import Referral, Service
from referrals.states import State
from reviews.inbox import open_counts
from reviews.kinds import Kind
from reviews.leaving import leaving
from tests import factories
from visits.eligibility import Refusal
from visits.models import (
    Activity,
    Attendance,
    Message,
    Opening,
    QueueTurn,
    TableReply,
    Visit,
)


def make_demo(**options: Any) -> str:
    out = StringIO()
    call_command("make_demo", stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def demo_mode(settings: Settings) -> None:
    settings.DEMO = True


@pytest.fixture
def kalmthout(db: None, demo_mode: None) -> Stek:
    """The demo set, of which this is the STEK that one looks around in."""
    make_demo()
    return Stek.objects.get(slug="kalmthout")


def states(stek: Stek, today: dt.date) -> Counter[str]:
    households = Household.objects.of_stek(stek).in_use().with_access()
    return Counter(state(row, today) for row in households)


def state(household: Household, day: dt.date) -> AccessState:
    return standing(household.access, today=day, expiring_days=30).state


# --- when it may ---


def test_make_demo_outside_demo_mode_is_refused(db: None) -> None:
    with pytest.raises(CommandError, match="STEK_DEMO=1"):
        make_demo()
    assert not User.objects.exists()


def test_make_demo_in_a_database_with_a_stek_is_refused(demo_mode: None, stek: Stek) -> None:
    with pytest.raises(CommandError, match="niet leeg"):
        make_demo()
    assert Stek.objects.count() == 1


def test_make_demo_does_not_take_over_an_account(demo_mode: None, db: None) -> None:
    factories.user("coordinator")
    with pytest.raises(CommandError, match="niet leeg"):
        make_demo()
    assert not Stek.objects.exists()


def test_make_demo_if_empty_leaves_a_filled_database_alone(demo_mode: None, stek: Stek) -> None:
    assert make_demo(if_empty=True) == ""
    assert Stek.objects.count() == 1
    assert not Household.objects.exists()


def test_make_demo_if_empty_fills_an_empty_database_and_says_how(demo_mode: None, db: None) -> None:
    said = make_demo(if_empty=True)
    assert "STEK Kalmthout: 160 huishoudens (72 met toegang)" in said
    assert DEMO_PASSWORD in said


# --- the same every time ---


def rows(model: type[models.Model], order: str, *names: str) -> list[tuple[Any, ...]]:
    return list(model._default_manager.order_by(order).values_list(*names))


def everything(seed: int) -> list[list[tuple[Any, ...]]]:
    """The set in the order of its keys; taken back, so that another can be made."""
    with transaction.atomic():
        make_demo(seed=seed)
        found = [
            rows(Household, "pk", "number", "card", "first_name", "last_name", "request_id"),
            rows(Member, "pk", "household__number", "first_name", "last_name", "request_id"),
            rows(GroceryAccess, "pk", "request_id", "valid_until", "referrer__name"),
            rows(Opening, "pk", "stek__slug", "day", "last_queue_number"),
            rows(Attendance, "pk", "opening__day", "who"),
            rows(Visit, "pk", "request_id", "household__number", "arrived_at", "queue_number"),
            rows(NameKey, "pk", "household__number", "kind", "key"),
            rows(Message, "pk", "request_id", "text"),
            rows(QueueTurn, "pk", "visit__request_id", "taken_at", "end", "ended_by__username"),
            rows(Question, "pk", "request_id", "theme__key", "outcome", "minutes", "note"),
            rows(Question.help_types.through, "pk", "question__request_id", "helptype__key"),
            rows(FollowUp, "pk", "question__request_id", "due", "what", "drop_reason"),
            rows(FollowUp.documents.through, "pk", "followup__due", "document__key"),
            rows(Activity, "pk", "request_id", "day", "title", "participants"),
        ]
        transaction.set_rollback(True)
    return found


def test_make_demo_same_seed_gives_the_same_rows_in_the_same_order(
    demo_mode: None, db: None
) -> None:
    first = everything(seed=7)
    assert all(first)
    assert everything(seed=7) == first
    other = everything(seed=8)
    assert all(mine != theirs for mine, theirs in zip(first, other, strict=True))


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


# --- the table ---


def table_of(stek: Stek) -> models.QuerySet[Question]:
    return Question.objects.filter(opening__stek=stek)


def shares(questions: models.QuerySet[Question], name: str) -> dict[Any, float]:
    counted = Counter(questions.values_list(name, flat=True))
    return {value: count / counted.total() for value, count in counted.items()}


def test_make_demo_gives_each_stek_its_lists(kalmthout: Stek) -> None:
    for stek in Stek.objects.all():
        assert Theme.objects.of_stek(stek).count() == 13
        assert HelpType.objects.of_stek(stek).count() == 7
        assert Document.objects.of_stek(stek).count() == 16
    on_site = Partner.objects.of_stek(kalmthout).on_public_page().values_list("name", flat=True)
    assert set(on_site) == {"CAW", "LIGO", "Rap op Stap", "Twinkeltje"}


def test_make_demo_keeps_a_directory(kalmthout: Stek) -> None:
    coordinator = Membership.objects.get(stek=kalmthout, role=Role.COORDINATOR)
    narrowed = Narrowed(show="alles")
    directory = Directory.of(coordinator, narrowed, now=timezone.now())
    lines = {line.partner.name: line for line in directory.lines}
    in_use = [line for line in lines.values() if not line.partner.retired]
    assert len(in_use) == 10
    assert all(line.services and line.next for line in in_use)
    assert 2 <= directory.due <= 4
    assert lines["Gemeente"].checked.check is None
    assert kalmthout.partners.filter(contacts__isnull=False).distinct().count() >= 5
    assert len(lines) == 11
    for stek in Stek.objects.all():
        assert Service.objects.of_stek(stek).in_use().count() == 12


def test_make_demo_says_what_sits_at_the_table(kalmthout: Stek) -> None:
    kinds = set(TableTurn.objects.filter(hours__stek=kalmthout).values_list("who", "kind"))
    partner, worker = SitterKind.PARTNER, SitterKind.COMMUNITY_WORKER
    assert kinds == {("CAW", partner), ("LIGO", partner), ("Mika", worker)}


def test_make_demo_nobody_waits_in_the_line_of_a_past_day(kalmthout: Stek) -> None:
    asked = Visit.objects.filter(opening__stek=kalmthout, for_question=True, voided_at=None)
    assert not asked.filter(turn=None).exists()
    turns = QueueTurn.objects.filter(visit__opening__stek=kalmthout)
    left = turns.filter(end=QueueTurn.End.LEFT)
    assert 0.01 < left.count() / turns.count() < 0.06
    assert not table_of(kalmthout).filter(visit__turn__in=left).exists()
    assert not turns.filter(taken_at__lt=models.F("visit__arrived_at")).exists()
    assert not turns.filter(ended_at__lt=models.F("taken_at")).exists()


def test_make_demo_asks_as_much_as_people_do(kalmthout: Stek) -> None:
    questions = table_of(kalmthout)
    asked = Visit.objects.filter(opening__stek=kalmthout, for_question=True, voided_at=None)
    assert 1.6 <= questions.count() / asked.count() <= 1.9
    found = shares(questions.filter(is_chat=False), "outcome")
    usual = {"handled": 55, "come_back": 15, "follow_up": 12, "referred": 15, "not_solved": 3}
    for outcome, percent in usual.items():
        assert found[outcome] * 100 == pytest.approx(percent, abs=6), outcome
    assert 0.01 < shares(questions, "is_chat")[True] < 0.07
    assert questions.exclude(void_reason="").exists()
    assert set(questions.values_list("theme__key", flat=True)) > {
        theme.key for theme in Theme.objects.of_stek(kalmthout)
    }


@pytest.mark.parametrize(
    ("theme", "months"),
    [("taxes", (5, 6, 7)), ("school", (8, 9, 10)), ("energy", (11, 12, 1, 2))],
)
def test_make_demo_asks_by_season(kalmthout: Stek, theme: str, months: tuple[int, ...]) -> None:
    questions = table_of(kalmthout).filter(is_chat=False)
    inside = questions.filter(opening__day__month__in=months)
    outside = questions.exclude(opening__day__month__in=months)
    assert shares(inside, "theme__key")[theme] > 1.3 * shares(outside, "theme__key")[theme]


def test_make_demo_keeps_of_a_partner_theme_and_outcome_only(kalmthout: Stek) -> None:
    questions = table_of(kalmthout)
    for name, username, weekday in (("CAW", "caw", 1), ("LIGO", "ligo", 3)):
        theirs = questions.filter(organisation__name=name)
        assert theirs.count() > 100
        assert set(theirs.values_list("created_by__username", flat=True)) == {username}
        assert {day.weekday() for day in theirs.values_list("opening__day", flat=True)} == {weekday}
        assert not theirs.filter(help_types__isnull=False).exists()
        assert not theirs.exclude(note="", minutes=None).exists()
    own = questions.filter(organisation=None, is_chat=False)
    assert set(own.values_list("helper_role", flat=True)) == {
        Role.VOLUNTEER,
        Role.HELPER,
        Role.COMMUNITY_WORKER,
    }
    assert set(own.annotate(n=models.Count("help_types")).values_list("n", flat=True)) == {1, 2}


def test_make_demo_mika_helps_in_her_weeks_only(kalmthout: Stek) -> None:
    days = set(
        table_of(kalmthout)
        .filter(created_by__username="mika")
        .values_list("opening__day", flat=True)
    )
    assert len(days) > 10
    assert all("Mika" in planned_day(kalmthout, day).at_table for day in days)


def test_make_demo_has_a_few_notes_that_are_not_forgotten_yet(
    kalmthout: Stek, today: dt.date
) -> None:
    noted = table_of(kalmthout).exclude(note="").select_related("opening")
    assert noted.count() >= 3
    for question in noted:
        days = dt.timedelta(days=kalmthout.note_days)
        assert question.note_until == question.opening.day + days
        assert question.note_until >= today
        assert not health_words(question.note)
    assert forget_old_notes(timezone.now()) == 0


def test_make_demo_follows_up_what_asks_for_it(kalmthout: Stek, today: dt.date) -> None:
    wanted = table_of(kalmthout).counted().filter(outcome__in=OPEN_OUTCOMES)
    follow_ups = FollowUp.objects.of_stek(kalmthout)
    assert follow_ups.count() == wanted.count()
    papers = follow_ups.papers()
    assert not papers.filter(documents=None).exists()
    assert not follow_ups.exclude(pk__in=papers).filter(documents__isnull=False).exists()
    waiting = follow_ups.open()
    assert 3 <= waiting.count() <= 20
    assert waiting.filter(due__lt=today).count() == 2
    assert not waiting.filter(kind=FollowUp.Kind.TASK, what="").exists()
    closed = follow_ups.count() - waiting.count()
    dropped = follow_ups.exclude(drop_reason="")
    assert 0.04 < dropped.count() / closed < 0.2
    now = timezone.now()
    assert not follow_ups.filter(models.Q(done_at__gt=now) | models.Q(dropped_at__gt=now)).exists()


def test_make_demo_jozef_brings_his_payslip_next_time(kalmthout: Stek, today: dt.date) -> None:
    jozef = Household.objects.get(last_name="Van den Broeck")
    papers = FollowUp.objects.of_household(jozef.pk).open().papers()
    paper = papers.filter(documents__key="payslip").latest("pk")
    coming = [d.day for d in planned_days(kalmthout, today, today + dt.timedelta(60)) if d.is_open]
    assert paper.due == coming[0]
    assert paper.question.visit.turn.end == QueueTurn.End.HELPED


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
