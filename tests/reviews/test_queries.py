"""What the week asks of the database does not grow with what is in it."""

import datetime as dt

import pytest
from django.db.models import F

from people.pairs import compare_changed
from referrals.models import Referral
from reviews.models import Decision
from tests import factories
from tests.reviews import desk

pytestmark = pytest.mark.one_engine("both engines are asked the same questions")

#: Person, session, log, menu; the figures of nine weeks; the days; a query per source.
MOST = 75


@pytest.fixture
def count(django_assert_max_num_queries):
    """How many queries the page takes."""

    def of(who) -> int:
        who.force_login(who.user)
        with django_assert_max_num_queries(1000) as asked:
            assert who.get(f"/week/{desk.WEEK}/").status_code == 200
        return len(asked)

    return of


@pytest.fixture
def fill(stek, today):
    """Some of every kind: `fill(3)` makes three more of each."""
    theme = factories.theme(stek)
    caw = factories.partner(stek)
    referrer = factories.referrer(stek)
    link = factories.inbound_link(stek, referrer=referrer)
    paper = factories.document(stek)

    def make(times: int) -> None:
        for n in range(times):
            place = stek.openings.count()
            opening = factories.opening(stek, today - dt.timedelta(days=60 + place))
            attendance = factories.attendance(opening, "CAW")
            assert attendance.pk
            household = desk.household(stek, "Fatima", f"El Amrani {place}", phone="0476 12 34 56")
            factories.access(
                household,
                valid_from=today - dt.timedelta(days=90),
                valid_until=today + dt.timedelta(days=9),
                referrer=referrer,
            )
            visit = factories.visit(opening, household, purposes=["question"])
            question = factories.question(visit, theme)
            factories.follow_up(question, due=today, documents=[paper])
            factories.referral(question, caw, days_ago=30)
            other = factories.question(visit, theme)
            factories.referral(other, caw, agreed=None, days_ago=30)
            Referral.objects.filter(state="proposed", state_at__gte=desk.ago(20)).update(
                state_at=F("state_at") - dt.timedelta(days=30)
            )
            desk.household(stek, "Fatima", f"El Amrani {place}", days_ago=2)
            desk.household(stek, days_ago=900)
            factories.inbound_referral(stek, link=link, requested_at=desk.ago(10))
            factories.signal(stek, theme=theme)
            bundle = factories.bundle(stek, theme=theme)
            bundle.phase_at = desk.ago(40)
            bundle.save()
            week = today - dt.timedelta(days=today.weekday() + 7 * (place + 1))
            factories.week_review(stek, week)
            assert n >= 0
        compare_changed(stek)

    return make


def test_page_asks_as_much_with_three_of_each_kind_as_with_one(mika, count, fill):
    fill(1)
    one = count(mika)
    fill(2)
    assert count(mika) == one <= MOST


def test_page_asks_as_much_for_fifty_lines_as_for_five(mika, count, stek):
    for _signal in range(5):
        factories.signal(stek)
    few = count(mika)
    for _signal in range(45):
        factories.signal(stek)
    assert count(mika) == few


def test_lines_that_are_decided_on_cost_no_query_each(mika, coordinator, count, fill):
    fill(3)
    name = desk.waiting(mika)[0]
    desk.press(mika, name, to=coordinator.user.pk)
    first = count(mika)
    for name in desk.waiting(mika)[:6]:
        desk.press(mika, name, "seen")
    assert Decision.objects.count() == 7
    # A kind with something ticked is asked for in one query too.
    assert count(mika) == first


def test_every_kind_is_there(mika, fill):
    """Or the counts above would be of a page that is almost empty."""
    fill(2)
    kinds = {name.rpartition("-")[0] for name in desk.items(mika)}
    assert kinds == {
        "follow_up", "opening", "request", "waiting", "silent", "ending", "new", "duplicate",
        "missing", "signal", "bundle", "unseen", "leaving",
    }  # fmt: skip
