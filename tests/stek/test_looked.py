"""Who looked: at a household and by a colleague, by period, from page to page, in words."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from people.models import Household
from stek.erasure import erase_household
from tests import factories
from tests.people import office
from tests.visits import desk
from tests.visits.desk import text_of


@pytest.fixture
def fatima(stek) -> Household:
    return factories.household(stek, number=41)


def look(household, by, *, days_ago: int = 0, verb: str = "open", **more):
    at = timezone.now() - dt.timedelta(days=days_ago)
    values = {"subject_type": "household", "subject_id": household.pk} | more
    return AuditEvent.objects.create(
        kind="read", verb=verb, actor_id=by.user.pk, stek_id=household.stek_id, at=at, **values
    )


def at_household(client, household, **query):
    return client.get(reverse("people:looked", args=[household.pk]), query)


def by(client, who, **query):
    return client.get(reverse("people:looked_by", args=[who.user.pk]), query)


def rows(response) -> int:
    return len(response.context["looked"].lines)


def test_who_opened_a_record_stands_there_with_the_time(coordinator, mika, fatima):
    office.record(mika, fatima)
    page = text_of(at_household(coordinator, fatima))
    assert "Mika Verlinden Geopend" in page
    assert "Els Goossens Bekeken wie keek" in page  # this look too
    assert f"{timezone.localdate():%d/%m/%Y}" in page


def test_nobody_looked_is_said(coordinator, fatima):
    page = text_of(at_household(coordinator, fatima, van="2020-01-01", tot="2020-01-02"))
    assert "In deze dagen keek niemand." in page


def test_questions_and_referrals_of_a_household_count_as_well(coordinator, mika, stek, fatima):
    visit = factories.visit(factories.opening(stek), fatima, purposes=["question"])
    question = factories.question(visit, factories.theme(stek))
    referral = factories.referral(question, factories.partner(stek))
    mika.get(reverse("forms_help:question", args=[question.pk]))
    mika.get(reverse("referrals:referral", args=[referral.pk]))
    page = text_of(at_household(coordinator, fatima))
    assert "Vraag bekeken (vraag)" in page
    assert "Doorverwijzing bekeken (doorverwijzing)" in page
    assert page.count("Mika Verlinden") == 2
    assert [line.number for line in by(coordinator, mika).context["looked"].lines] == [41, 41]


def test_looks_at_what_was_merged_into_it_are_its_own(coordinator, mika, stek, fatima):
    other = factories.household(stek, "Fatma", "Elamrani", number=57)
    office.record(mika, other)
    factories.merge(fatima, other)
    assert "Mika Verlinden" in text_of(at_household(coordinator, fatima))


def test_erased_household_still_tells_who_looked(coordinator, mika, fatima):
    office.record(mika, fatima)
    erase_household(fatima, by=coordinator.user)
    assert "Mika Verlinden" in text_of(at_household(coordinator, fatima))


def test_looking_at_a_colleague_shows_numbers_and_never_names(coordinator, mika, fatima):
    office.record(mika, fatima)
    office.search(mika, "fati")
    page = text_of(by(coordinator, mika))
    assert "Geopend 41" in page
    assert "Gezocht" in page
    assert "El Amrani" not in page


def test_what_was_done_elsewhere_is_not_shown(coordinator, mika, essen, fatima):
    look(factories.household(essen, number=9), mika)
    look(fatima, mika)
    assert rows(by(coordinator, mika)) == 1


def test_changes_are_no_looks(coordinator, mika, fatima):
    office.edit(coordinator, fatima, phone="0476 00 00 00")
    assert rows(by(coordinator, mika)) == 0


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, 3),
        ({"van": 2}, 2),
        ({"tot": 2}, 2),
        ({"van": 2, "tot": 2}, 1),
        ({"van": 4}, 2),
    ],
)
def test_period_holds_both_days(coordinator, mika, fatima, query, shown):
    for days_ago in (0, 2, 5):
        look(fatima, mika, days_ago=days_ago)
    today = timezone.localdate()
    days = {name: today - dt.timedelta(days=ago) for name, ago in query.items()}
    assert rows(by(coordinator, mika, **days)) == shown


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"van": "31/02/2026"}, "Typ de dag zoals 21/03/2027"),
        ({"van": "0001-01-01"}, "Kies een dag tussen 2000 en 2100"),
        ({"tot": "9999-12-31"}, "Kies een dag tussen 2000 en 2100"),
        ({"van": "2026-03-02", "tot": "2026-03-01"}, "De laatste dag komt voor de eerste"),
    ],
)
def test_wrong_days_are_said_and_nothing_is_shown_of_others(coordinator, mika, fatima, query, said):
    office.record(mika, fatima)
    response = by(coordinator, mika, **query)
    assert response.status_code == 422
    assert said in text_of(response)
    assert "Geopend" not in text_of(response)
    assert "keek niemand" not in text_of(response)


def test_pages_follow_each_other_without_a_gap_or_a_double(coordinator, mika, fatima):
    at = timezone.now()
    for number in range(120):
        moment = at - dt.timedelta(minutes=number // 3)  # some at the very same moment
        AuditEvent.objects.create(
            kind="read", verb="open", actor_id=mika.user.pk, stek_id=fatima.stek_id, at=moment
        )
    seen, key = [], ""
    for _page in range(3):
        looked = by(coordinator, mika, na=key).context["looked"]
        seen += [line.at for line in looked.lines]
        key = looked.next_key
    assert key == ""
    assert len(seen) == 120
    assert seen == sorted(seen, reverse=True)


@pytest.mark.parametrize("key", ["x", "2026-13-01T00:00:00Z_1", "2026-01-01_1", "_", "\x00", "²_²"])
def test_key_that_is_none_shows_the_first_page(coordinator, mika, fatima, key):
    look(fatima, mika)
    assert rows(by(coordinator, mika, na=key)) == 1


def test_page_asks_as_much_for_one_as_for_three(coordinator, mika, helper, stek, fatima):
    counts = []
    for days in range(3):
        opening = factories.opening(stek, factories.today() - dt.timedelta(days=days))
        visit = factories.visit(opening, fatima, purposes=["question"])
        question = factories.question(visit)
        for who in (mika, helper):
            look(fatima, who)
            look(fatima, who, subject_type="question", subject_id=question.pk)
        with CaptureQueriesContext(connection) as asked:
            at_household(coordinator, fatima)
            by(coordinator, mika)
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_colleagues_can_be_chosen_also_who_left(coordinator, mika, stek):
    factories.membership(
        stek,
        user=factories.user(first_name="Greet", last_name="Maes"),
        last_day=dt.date(2026, 1, 31),
    )
    page = text_of(coordinator.get(reverse("people:looked_choose")))
    assert "Mika Verlinden opbouwwerker" in page
    assert "Greet Maes vrijwilliger · tot 31/01/2026" in page


def test_searching_at_the_counter_is_noted_once_a_minute(counter, opening, fatima):
    for text in ("fat", "fati", "fatim"):
        desk.search(counter, opening, text)
    assert AuditEvent.objects.filter(verb="search").count() == 1
    desk.search(counter, opening, "zzzz")
    assert AuditEvent.objects.filter(verb="search").count() == 1
