"""One click on a line: ticked with name and time, undone, back next week, or not."""

import uuid

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from reviews.models import Decision
from tests import factories
from tests.cast import signed_in
from tests.reviews import desk
from visits.period import week_of

pytestmark = pytest.mark.one_engine("a page; the rows are in test_sources.py and test_races.py")


@pytest.fixture
def signal(stek):
    """Noted today; it waits until somebody sorts it."""
    return factories.signal(stek)


@pytest.fixture
def name(signal):
    return f"signal-{signal.pk}"


def verbs():
    return list(
        AuditEvent.objects.filter(kind="change").order_by("id").values_list("verb", flat=True)
    )


@pytest.mark.parametrize(
    ("choice", "said", "verb"),
    [
        ("seen", "gezien · Mika, do 19/11 15u00", "see_item"),
        ("mine", "toegewezen aan Mika · Mika, do 19/11 15u00", "assign_item"),
        ("next_week", "wacht tot ma 23/11 · Mika, do 19/11 15u00", "let_item_wait"),
        ("done", "afgesloten · Mika, do 19/11 15u00", "finish_item"),
    ],
)
def test_click_ticks_the_line_with_name_and_time(mika, name, choice, said, verb):
    assert desk.waiting(mika) == [name]
    response = desk.press(mika, name, choice)
    assert response.status_code == 302
    assert response.url == f"/week/2026-W47/#{name}"
    assert desk.waiting(mika) == []
    assert said in desk.items(mika)[name]
    assert "1 gedaan deze week" in desk.read(mika)
    assert verbs() == [verb]


def test_colleague_sees_the_tick_too(mika, coordinator, name):
    desk.press(mika, name, "seen")
    assert desk.ticked(coordinator) == [name]


def test_tick_is_undone_by_anybody_who_reviews(mika, coordinator, name):
    desk.press(mika, name, "done")
    address = reverse("reviews:undo", args=[desk.WEEK, Decision.objects.get().pk])
    for _twice in range(2):
        assert coordinator.post(address).url == f"/week/2026-W47/#{name}"
    assert desk.waiting(mika) == [name]
    assert verbs() == ["finish_item", "undo_decision"]
    assert "afgesloten" not in desk.items(mika)[name]
    desk.press(mika, name, "seen")
    assert desk.ticked(mika) == [name]


def test_undo_brings_back_what_stood_before(mika, coordinator, name, clock):
    desk.press(mika, name, to=coordinator.user.pk)
    clock.move_to("2026-11-24T10:00:00+01:00")
    desk.press(coordinator, name, "done")
    assert desk.waiting(coordinator) == []
    last = Decision.objects.order_by("pk").last()
    coordinator.post(reverse("reviews:undo", args=[desk.WEEK, last.pk]))
    assert desk.waiting(coordinator) == [name]
    assert desk.waiting(mika) == []


def test_only_the_last_decision_is_undone(mika, coordinator, name, clock):
    desk.press(mika, name, "seen")
    clock.move_to("2026-11-24T10:00:00+01:00")
    desk.press(coordinator, name, "done")
    first = Decision.objects.order_by("pk").first()
    mika.force_login(mika.user)
    response = mika.post(reverse("reviews:undo", args=[desk.WEEK, first.pk]))
    assert response.status_code == 422
    assert "Els was je voor om 10u00: afgesloten." in desk.words(response.content.decode())
    assert desk.waiting(mika) == []


# --- next week ---


def test_what_nobody_did_comes_back_and_says_since_when(mika, name, clock):
    assert "al sinds" not in desk.items(mika)[name]
    clock.move_to("2026-12-03T10:00:00+01:00")
    assert desk.waiting(mika, "2026-W49") == [name]
    assert "al sinds week 47" in desk.items(mika, "2026-W49")[name]


def test_seen_is_for_this_week(mika, name, clock):
    desk.press(mika, name, "seen")
    clock.move_to("2026-11-22T23:30:00+01:00")  # Sunday
    assert desk.waiting(mika) == []
    clock.move_to("2026-11-23T08:00:00+01:00")
    assert desk.waiting(mika, desk.NEXT) == [name]
    text = desk.items(mika, desk.NEXT)[name]
    assert "al sinds week 47" in text
    assert "gezien · Mika, do 19/11 15u00" in text


def test_over_new_year_a_week_is_still_a_week(mika, stek, clock):
    """2026 has a week 53; Monday 4 January is week 1."""
    clock.move_to("2026-12-31T15:00:00+01:00")
    signal = factories.signal(stek)
    line = f"signal-{signal.pk}"
    assert desk.waiting(mika, "2026-W53") == [line]
    form = {"item": line, "about_day": "2026-12-31", "choice": "seen", "request_id": uuid.uuid4()}
    assert mika.post(reverse("reviews:decide", args=["2026-W53"]), form).status_code == 302
    assert desk.waiting(mika, "2026-W53") == []
    clock.move_to("2027-01-04T09:00:00+01:00")
    assert desk.waiting(mika, "2027-W01") == [line]
    assert "al sinds week 53" in desk.items(mika, "2027-W01")[line]


@pytest.mark.parametrize(
    ("until", "before"),
    [("2026-11-21", "2026-11-20"), ("2026-12-01", "2026-11-30")],  # in this week, and later
)
def test_what_waits_comes_back_on_its_day(mika, name, clock, until, before):
    assert desk.press(mika, name, "wait", until=until).status_code == 302
    clock.move_to(f"{before}T23:00:00+01:00")
    key = week_of(desk.day(before)).key
    assert desk.waiting(mika, key) == []
    clock.move_to(f"{until}T09:00:00+01:00")
    assert desk.waiting(mika, key) == [name]


def test_closed_does_not_come_back(mika, name, clock):
    desk.press(mika, name, "done")
    clock.move_to("2026-12-10T10:00:00+01:00")
    assert desk.items(mika, "2026-W50") == {}


def test_closed_comes_back_when_it_happens_again(mika, stek, today, clock):
    """The follow-up was put on another day: that is a new fact. In the same week, and later."""
    opening = factories.opening(stek, closed=True)
    question = factories.question(None, factories.theme(stek), opening=opening)
    row = factories.follow_up(question, due=today)
    line = f"follow_up-{row.pk}"
    for when, due in (("2026-11-20", "2026-11-21"), ("2026-11-26", "2026-11-27")):
        desk.press(mika, line, "done")
        clock.move_to(f"{when}T10:00:00+01:00")
        key = week_of(desk.day(when)).key
        assert desk.waiting(mika, key) == []
        row.due = desk.day(due)
        row.save()
        assert desk.waiting(mika, key) == [line]


# --- to somebody ---


def test_assigned_is_asked_of_that_colleague_until_it_is_done(mika, coordinator, name, clock):
    assert desk.press(mika, name, to=coordinator.user.pk).status_code == 302
    assert desk.ticked(mika) == [name]
    assert desk.waiting(coordinator) == [name]
    assert "toegewezen aan Els · Mika" in desk.items(coordinator)[name]
    clock.move_to("2026-11-26T10:00:00+01:00")
    assert desk.items(mika, desk.NEXT) == {}
    assert desk.waiting(coordinator, desk.NEXT) == [name]
    desk.press(coordinator, name, "seen")
    clock.move_to("2026-12-03T10:00:00+01:00")
    assert desk.waiting(coordinator, "2026-W49") == [name]
    assert desk.items(mika, "2026-W49") == {}


def test_mine_is_ticked_this_week_and_asked_of_me_next_week(mika, coordinator, name, clock):
    desk.press(mika, name, "mine")
    assert desk.waiting(mika) == []
    clock.move_to("2026-11-24T10:00:00+01:00")
    assert desk.waiting(mika, desk.NEXT) == [name]
    assert desk.items(coordinator, desk.NEXT) == {}


def test_what_a_colleague_had_who_left_is_asked_of_everybody(mika, coordinator, name, clock):
    desk.press(mika, name, to=coordinator.user.pk)
    clock.move_to("2026-11-26T10:00:00+01:00")
    coordinator.membership.last_day = desk.day("2026-11-25")
    coordinator.membership.save()
    assert desk.waiting(mika, desk.NEXT) == [name]


def test_colleague_who_cannot_review_cannot_be_chosen(mika, counter, other_stek, name):
    for somebody in (counter, other_stek):
        response = desk.press(mika, name, to=somebody.user.pk)
        assert response.status_code == 422
        assert "Kies een collega die de week kan nakijken." in response.content.decode()
    assert not Decision.objects.exists()


# --- wrong, twice, and late ---


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"choice": "wait"}, "Kies een dag."),
        ({"choice": "wait", "until": "2026-11-19"}, "Kies een dag na vandaag"),
        ({"choice": "wait", "until": "2028-01-01"}, "Kies een dag na vandaag"),
        ({"choice": "wait", "until": "morgen"}, "Typ de dag zoals"),
        ({}, "Kies wat je ermee doet."),
        ({"choice": "seen", "about_day": "2026-11-18"}, "Er is intussen iets veranderd."),
    ],
)
def test_wrong_input_is_said_and_nothing_is_written(mika, name, form, said):
    fields = desk.form_of(mika, name) | form
    response = mika.post(reverse("reviews:decide", args=[desk.WEEK]), fields)
    assert response.status_code == 422
    assert said in desk.words(response.content.decode())
    assert not Decision.objects.exists()


@pytest.mark.parametrize("item", ["", "signal-", "signal-0", "signal-x", "else-1", "signal-999999"])
def test_line_that_is_nowhere_is_not_found(mika, item):
    form = {"item": item, "choice": "seen", "about_day": "2026-11-19", "request_id": uuid.uuid4()}
    assert mika.post(reverse("reviews:decide", args=[desk.WEEK]), form).status_code == 404


def test_line_of_another_stek_is_not_found(mika, other_stek, name):
    fields = desk.form_of(mika, name) | {"choice": "seen"}
    assert other_stek.post(reverse("reviews:decide", args=[desk.WEEK]), fields).status_code == 404
    desk.press(mika, name, "seen")
    address = reverse("reviews:undo", args=[desk.WEEK, Decision.objects.get().pk])
    assert other_stek.post(address).status_code == 404


def test_same_form_twice_is_one_decision_and_another_body_is_refused(mika, name):
    form = desk.form_of(mika, name) | {"choice": "seen"}
    address = reverse("reviews:decide", args=[desk.WEEK])
    assert [mika.post(address, form).status_code for _twice in range(2)] == [302, 302]
    assert mika.post(address, form | {"choice": "done"}).status_code == 422
    assert Decision.objects.get().what == "seen"


def test_who_comes_second_is_told_what_was_decided(mika, coordinator, name):
    seen_before = desk.form_of(coordinator, name)
    desk.press(mika, name, "done")
    response = coordinator.post(
        reverse("reviews:decide", args=[desk.WEEK]), seen_before | {"choice": "seen"}
    )
    assert response.status_code == 422
    assert "Mika was je voor om 15u00: afgesloten." in desk.words(response.content.decode())
    assert Decision.objects.get().what == "done"


def test_what_was_solved_meanwhile_is_said(mika, signal, name):
    form = desk.form_of(mika, name) | {"choice": "seen"}
    signal.phase, signal.reason = "not_retained", "once"
    signal.save()
    response = mika.post(reverse("reviews:decide", args=[desk.WEEK]), form, follow=True)
    assert "het is intussen opgelost" in desk.words(response.content.decode())
    assert not Decision.objects.exists()


# --- more than fits ---


def test_beyond_the_limit_it_says_how_many_and_a_tick_stays_in_sight(mika, stek):
    signals = [factories.signal(stek, noted_at=desk.ago(60 - n)) for n in range(11)]
    oldest = f"signal-{signals[0].pk}"
    assert len(desk.waiting(mika)) == 8
    assert "nog 3 meer" in desk.read(mika)
    assert "nog 11 te doen" in desk.read(mika)
    desk.press(mika, oldest, "seen")
    assert next(iter(desk.items(mika))) == oldest
    assert len(desk.waiting(mika)) == 8
    assert "nog 2 meer" in desk.read(mika)
    assert len(desk.waiting(mika, query="?meer=signal")) == 10


def test_unknown_kind_in_the_address_is_as_if_it_was_not_there(mika, name):
    assert desk.waiting(mika, query="?meer=../..") == [name]


def test_reading_is_logged(mika, name):
    desk.page(mika)
    assert AuditEvent.objects.filter(kind="read", verb="week", actor_id=mika.user.pk).count() == 1


def test_second_worker_of_two_sees_the_same(stek, mika, name):
    second = signed_in(factories.membership(stek, Role.COMMUNITY_WORKER))
    assert desk.waiting(second) == desk.waiting(mika)
