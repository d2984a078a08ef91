"""The demo set at the table: what people ask, and what came of it."""

import datetime as dt

import pytest
from django.db import models
from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Role
from forms_help.forgetting import forget_old_notes
from forms_help.models import Document, FollowUp, HelpType, Theme
from forms_help.notes import health_words
from forms_help.outcomes import OPEN_OUTCOMES
from people.models import Household
from places.models import (
    Partner,
    SitterKind,
    Stek,
    TableTurn,
)
from places.planning import planned_day, planned_days
from referrals.directory import Directory, Narrowed
from referrals.models import Service
from tests.stek.demo.making import shares, table_of
from visits.models import (
    QueueTurn,
    Visit,
)

pytestmark = pytest.mark.one_engine("the rows follow from the seed")


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
