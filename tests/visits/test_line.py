"""The line for a question: who is called, handed back, helped or gone; and closing the day."""

import datetime as dt
from collections import Counter

import pytest
import time_machine
from django.urls import reverse
from zeal import zeal_ignore

from accounts.models import AuditEvent
from accounts.roles import Role
from forms_help.models import Question
from tests import factories
from tests.cast import sign_in_again, signed_in
from tests.forms_help import desk as table
from tests.races import at_once, statuses
from tests.visits import desk
from visits import line_actions
from visits.line import Place, QueueLine, place_of
from visits.models import Opening, QueueTurn, Visit
from visits.opening_actions import open_day


@pytest.fixture
def line(opening, fatima, jozef) -> list[Visit]:
    """1 Fatima, 2 Jozef, 3 somebody without a name."""
    return [
        factories.visit(opening, fatima, purposes=["question"]),
        factories.visit(opening, jozef, purposes=["question"]),
        factories.anonymous_visit(opening, purposes=["question"]),
    ]


def places(opening: Opening) -> dict[int | None, Place]:
    """Where everybody stands, by queue number."""
    return {entry.queue_number: entry.place for entry in QueueLine.of(opening).entries}


def verbs() -> list[str]:
    changes = AuditEvent.objects.filter(kind="change").order_by("id")
    return list(changes.values_list("verb", flat=True))


@pytest.mark.parametrize(
    ("for_question", "taken", "end", "place"),
    [
        (False, False, "", Place.NOWHERE),
        (False, True, "helped", Place.NOWHERE),
        (True, False, "", Place.WAITING),
        (True, True, "", Place.TAKEN),
        (True, True, "helped", Place.HELPED),
        (True, True, "left", Place.LEFT),
    ],
)
def test_place_follows_from_the_visit_and_its_turn(for_question, taken, end, place):
    assert place_of(for_question=for_question, taken=taken, end=end) is place


# --- calling ---


def test_take_calls_this_number(helper, line, opening):
    response = table.take(helper, line[1])
    assert response.status_code == 302
    assert response.url == reverse("forms_help:person", args=[line[1].pk])
    turn = QueueTurn.objects.get()
    assert (turn.visit, turn.taken_by, turn.is_over) == (line[1], helper.user, False)
    assert places(opening) == {1: Place.WAITING, 2: Place.TAKEN, 3: Place.WAITING}
    event = AuditEvent.objects.get(verb="take")
    assert (event.actor_id, event.subject_id) == (helper.user.pk, line[1].pk)
    assert event.stek_id == opening.stek_id


def test_take_twice_is_taking_once(helper, line):
    for _tap in range(2):
        assert table.take(helper, line[0]).status_code == 302
    assert QueueTurn.objects.count() == 1
    assert verbs() == ["take"]


def test_take_of_a_number_that_a_colleague_has_says_who(helper, volunteer, line):
    table.take(volunteer, line[0])
    response = table.take(helper, line[0])
    assert response.status_code == 422
    assert "Jos nam nummer 1 net. Neem de volgende." in desk.text_of(response)
    assert QueueTurn.objects.get().taken_by == volunteer.user
    assert verbs() == ["take"]


@pytest.mark.parametrize(
    ("end", "words"), [("helped", "Nummer 1 is al geholpen."), ("left", "Nummer 1 is al weg.")]
)
def test_take_of_a_number_that_is_over_says_how_it_ended(helper, line, end, words):
    factories.turn(line[0], by=helper.user, end=end)
    response = table.take(helper, line[0])
    assert response.status_code == 422
    assert words in desk.text_of(response)


def test_take_of_a_voided_visit_is_refused(helper, counter, line):
    desk.press(counter, "void", line[0], reason="mistake")
    response = table.take(helper, line[0])
    assert response.status_code == 422
    assert "Deze bezoeker staat niet meer in de rij." in desk.text_of(response)
    assert not QueueTurn.objects.exists()


def test_take_of_somebody_without_a_question_is_refused(helper, opening, fatima):
    visit = factories.visit(opening, fatima)
    assert table.take(helper, visit).status_code == 422
    assert not QueueTurn.objects.exists()


def test_take_next_calls_the_lowest_number_that_waits(helper, volunteer, line, opening):
    table.take(volunteer, line[0])
    response = table.take_next(helper, opening)
    assert response.url == reverse("forms_help:person", args=[line[1].pk])
    assert QueueTurn.objects.get(visit=line[1]).taken_by == helper.user


def test_take_next_goes_by_number_and_not_by_who_came_first(helper, opening, fatima, jozef):
    late = factories.visit(opening, fatima)
    early = factories.visit(opening, jozef, purposes=["question"])
    desk.press(helper, "set_purpose", late, set="question-1")
    assert late.pk < early.pk
    assert table.take_next(helper, opening).url.endswith(f"/{early.pk}/")


def test_take_next_passes_by_voided_visits_and_switched_off_questions(
    helper, counter, line, opening
):
    desk.press(counter, "void", line[0], reason="left")
    desk.press(counter, "set_purpose", line[1], set="question-0")
    assert table.take_next(helper, opening).url.endswith(f"/{line[2].pk}/")


def test_take_next_with_nobody_left_says_so(helper, line, opening):
    for _person in line:
        assert table.take_next(helper, opening).status_code == 302
    response = table.take_next(helper, opening)
    assert response.status_code == 422
    assert "Er wacht niemand meer." in desk.text_of(response)


def test_take_next_takes_from_this_opening_only(helper, opening, stek, fatima, today):
    yesterday = factories.opening(stek, today - dt.timedelta(days=1))
    factories.visit(yesterday, fatima, purposes=["question"])
    assert table.take_next(helper, opening).status_code == 422


# --- back, gone, helped ---


def test_hand_back_puts_somebody_at_the_same_place(helper, line, opening):
    table.take(helper, line[0])
    response = table.hand_back(helper, line[0])
    assert response.url == reverse("forms_help:opening", args=[opening.pk])
    assert places(opening)[1] is Place.WAITING
    assert table.take_next(helper, opening).url.endswith(f"/{line[0].pk}/")
    assert verbs() == ["take", "hand_back", "take"]


def test_hand_back_twice_or_of_somebody_who_waits_changes_nothing(helper, line):
    for _tap in range(2):
        assert table.hand_back(helper, line[0]).status_code == 302
    assert verbs() == []


def test_hand_back_brings_somebody_back_who_was_gone_after_all(helper, line, opening):
    table.take(helper, line[0])
    table.leave(helper, line[0])
    assert places(opening)[1] is Place.LEFT
    assert "toch nog hier" in desk.text_of(table.person(helper, line[0]))
    table.hand_back(helper, line[0])
    assert places(opening)[1] is Place.WAITING


def test_hand_back_leaves_who_was_helped(helper, line, opening):
    factories.turn(line[0], end="helped")
    table.hand_back(helper, line[0])
    assert places(opening)[1] is Place.HELPED


def test_leave_notes_that_somebody_went_home(helper, line, opening):
    table.take(helper, line[0])
    for _tap in range(2):
        assert table.leave(helper, line[0]).status_code == 302
    turn = QueueTurn.objects.get()
    assert (turn.end, turn.ended_by) == (QueueTurn.End.LEFT, helper.user)
    assert verbs() == ["take", "leave"]
    assert table.take_next(helper, opening).url.endswith(f"/{line[1].pk}/")


def test_leave_without_being_called_names_no_helper(helper, line):
    table.leave(helper, line[0])
    turn = QueueTurn.objects.get()
    assert (turn.end, turn.taken_by, turn.ended_by) == ("left", None, helper.user)


def test_leave_of_who_was_helped_keeps_them_helped(helper, line, opening):
    factories.turn(line[0], end="helped")
    table.leave(helper, line[0])
    assert places(opening)[1] is Place.HELPED


@pytest.mark.parametrize("why", ["voided", "no question"])
def test_leave_of_who_is_not_in_the_line_changes_nothing(helper, counter, opening, fatima, why):
    """Or a question that is ticked later would find somebody who has gone."""
    visit = factories.visit(opening, fatima, purposes=["question"] * (why == "voided"))
    if why == "voided":
        desk.press(counter, "void", visit, reason="mistake")
    assert table.leave(helper, visit).status_code == 302
    assert not QueueTurn.objects.exists()


def test_finish_counts_somebody_as_helped_who_was_never_called(helper, line, opening):
    line_actions.finish(line[0], by=helper.user)
    line_actions.finish(line[0], by=helper.user)
    turn = QueueTurn.objects.get()
    assert (turn.taken_by, turn.ended_by, turn.end) == (helper.user, helper.user, "helped")
    assert turn.taken_at == turn.ended_at
    assert verbs() == ["finish"]


def test_finish_outweighs_having_left(helper, volunteer, line, opening):
    line_actions.leave(line[0], by=volunteer.user)
    turn = line_actions.finish(line[0], by=helper.user)
    assert (turn.end, turn.taken_by) == ("helped", helper.user)


def test_finish_keeps_who_called_them(helper, volunteer, line):
    table.take(volunteer, line[0])
    turn = line_actions.finish(line[0], by=helper.user)
    assert (turn.taken_by, turn.ended_by) == (volunteer.user, helper.user)


def test_hold_keeps_somebody_at_the_table(helper, volunteer, line):
    assert line_actions.hold(line[0], by=helper.user).taken_by == helper.user
    line_actions.finish(line[0], by=helper.user)
    turn = line_actions.hold(line[0], by=volunteer.user)
    assert (turn.end, turn.ended_at, turn.ended_by) == ("", None, None)
    assert turn.taken_by == volunteer.user
    line_actions.hold(line[0], by=volunteer.user)
    assert verbs() == ["take", "finish", "take"]


# --- who sees what ---


def test_line_shows_who_waits_who_is_with_whom_and_who_was_helped(helper, volunteer, line, opening):
    table.take(volunteer, line[0])
    table.take(helper, line[1])
    listed = table.line_of(helper, opening)
    assert "1 Fatima E. bij Jos, sinds" in listed
    assert "2 Jozef V. bij jou, sinds" in listed
    assert "3 zonder naam" in listed
    assert listed.index("Jozef V.") < listed.index("Fatima E."), "your own come first"
    line_actions.finish(line[0], by=volunteer.user)
    line_actions.leave(line[1], by=helper.user)
    listed = table.line_of(helper, opening)
    assert "Fatima E. geholpen" in listed
    assert "Jozef V. weggegaan" in listed


def test_line_never_shows_a_family_name(helper, line, opening):
    for page in (table.show(helper), table.person(helper, line[0])):
        assert "Amrani" not in page.content.decode()
    assert "Amrani" not in table.line_of(helper, opening)


def test_line_leaves_out_who_was_voided(helper, counter, line, opening):
    desk.press(counter, "void", line[0], reason="mistake")
    assert "Fatima" not in table.line_of(helper, opening)


def test_line_of_one_helper_holds_what_the_counter_just_checked_in(helper, counter, opening, stek):
    stek.default_purposes = ["question"]
    stek.save()
    household = factories.household(stek, "Amina", "Yilmaz")
    assert "Amina" not in table.line_of(helper, opening)
    desk.enter(counter, opening, household.number)
    assert "1 Amina Y. net binnen" in table.line_of(helper, opening)


def test_line_ends_with_the_number_who_wait_for_the_menu(helper, line, opening):
    table.take(helper, line[0])
    assert table.line_of(helper, opening).endswith(" 2 wachten")
    page = helper.get(reverse("forms_help:line", args=[opening.pk])).content.decode()
    assert 'id="line-count" hx-swap-oob="true">2<' in page


def test_line_says_how_long_somebody_waits(db):
    with time_machine.travel("2026-11-18T14:00:00+01:00", tick=False) as clock:
        stek = factories.stek("Kalmthout")
        client = signed_in(factories.membership(stek, Role.HELPER))
        opening = factories.opening(stek)
        household = factories.household(stek)
        now = dt.datetime.fromisoformat("2026-11-18T14:00:00+01:00")
        factories.visit(opening, household, purposes=["question"], arrived_at=now)
        factories.anonymous_visit(opening, purposes=["question"], arrived_at=None)
        for minutes, words in ((0, "net binnen"), (1, "wacht 1 minuut"), (9, "wacht 9 minuten")):
            clock.move_to(now + dt.timedelta(minutes=minutes))
            assert f"1 Fatima E. {words}" in table.line_of(client, opening)
        assert "2 zonder naam wacht " in table.line_of(client, opening)


@pytest.mark.parametrize("chosen", ["", "x", "-1", "٣", "9" * 40, "1 OR 1=1"])
def test_line_with_a_strange_choice_is_the_line(helper, line, opening, chosen):
    address = reverse("forms_help:line", args=[opening.pk])
    response = helper.get(address, {"bij": chosen})
    assert response.status_code == 200
    assert "?bij=0" in response.content.decode()


def test_list_at_the_counter_shows_who_waits_was_helped_or_left(counter, helper, line, opening):
    line_actions.finish(line[0], by=helper.user)
    line_actions.leave(line[1], by=helper.user)
    listed = desk.list_of(counter, opening)
    assert "Fatima E. vraag 1 ✓ geholpen" in listed
    assert "Jozef V. vraag 2 · weg" in listed
    assert "zonder naam, 1 pers. vraag 3" in listed
    assert "1 wacht op een vraag" in listed
    assert listed.endswith(" 1 wachten")
    source = counter.get(reverse("visits:today", args=[opening.pk])).content.decode()
    assert source.count("tag-ask") == 1


def test_numbers_only_stek_shows_no_name_anywhere(helper, counter, line, opening, stek, fatima):
    stek.shows_names = False
    stek.save()
    before = factories.visit(factories.opening(stek, opening.day - dt.timedelta(days=7)), fatima)
    question = factories.question(before, factories.theme(stek), by=helper.user)
    factories.follow_up(question, documents=[factories.document(stek)])
    pages = [table.show(helper), helper.get(reverse("forms_help:line", args=[opening.pk]))]
    pages.append(counter.get(reverse("visits:close_day", args=[opening.pk])))
    table.take(helper, line[0])
    pages += [table.show(helper), table.person(helper, line[0]), table.take(counter, line[0])]
    pages.append(counter.get(reverse("visits:close_day", args=[opening.pk])))
    line_actions.finish(line[0], by=helper.user)
    pages += [table.show(helper), table.person(helper, line[0])]
    for page in pages:
        text = page.content.decode()
        assert not [name for name in ("Fatima", "Amrani", "Jozef", "Broeck") if name in text]
        assert "nr. 2" in text
    assert "klant 1" in desk.text_of(pages[-1])


def test_erased_household_stands_in_the_line_without_a_name(helper, line, opening, fatima):
    fatima.first_name = fatima.last_name = ""
    fatima.erased_at, fatima.eraser = dt.datetime.now(dt.UTC), helper.user
    fatima.save()
    assert "1 gewist" in table.line_of(helper, opening)
    assert table.person(helper, line[0]).status_code == 200


# --- closing the day ---


def close(client, opening, **form):
    return client.post(reverse("visits:close_day", args=[opening.pk]), form)


def test_close_day_with_people_in_the_line_says_who_and_asks(counter, helper, line, opening):
    table.take(helper, line[1])
    line_actions.leave(line[2], by=helper.user)
    response = close(counter, opening)
    page = desk.text_of(response)
    assert response.status_code == 422
    assert "Er staan nog 2 personen in de rij voor een vraag: 1 Fatima E. 2 Jozef V. · bij" in page
    assert "Sluit de dag toch" in page
    opening.refresh_from_db()
    assert opening.is_open
    assert verbs() == ["take", "leave"]


def test_close_day_anyway_closes_it(counter, line, opening):
    response = close(counter, opening, anyway="1")
    assert response.status_code == 302
    opening.refresh_from_db()
    assert opening.closed_by == counter.user
    assert "in de rij" not in desk.text_of(counter.get(response.url))


def test_close_day_says_beforehand_who_is_in_the_line(counter, line, opening):
    page = desk.text_of(counter.get(reverse("visits:close_day", args=[opening.pk])))
    assert "Er staan nog 3 personen in de rij" in page


def test_close_day_with_everybody_helped_or_gone_asks_nothing(counter, helper, line, opening):
    line_actions.finish(line[0], by=helper.user)
    line_actions.leave(line[1], by=helper.user)
    desk.press(counter, "void", line[2], reason="mistake")
    assert close(counter, opening).status_code == 302
    opening.refresh_from_db()
    assert not opening.is_open


# --- nights ---


@pytest.mark.parametrize(
    ("evening", "night", "hour"),
    [
        ("2026-11-17T20:00:00+01:00", "2026-11-18T00:30:00+01:00", "0u30"),
        ("2026-10-24T20:00:00+02:00", "2026-10-25T02:30:00+02:00", "2u30"),
        ("2026-10-24T20:00:00+02:00", "2026-10-25T02:30:00+01:00", "2u30"),
        ("2027-03-27T20:00:00+01:00", "2027-03-28T03:30:00+02:00", "3u30"),
    ],
    ids=["midnight", "autumn, first", "autumn, again", "spring"],
)
def test_line_goes_on_through_the_night(db, evening, night, hour):
    with time_machine.travel(evening, tick=False) as clock:
        stek = factories.stek("Kalmthout", default_purposes_anonymous=["question"])
        client = signed_in(factories.membership(stek, Role.HELPER))
        day = dt.date.fromisoformat(evening[:10])
        opening = open_day(stek=stek, day=day, present=[], by=client.user)
        desk.anonymous(client, opening)
        clock.move_to(night)
        sign_in_again(client)
        desk.anonymous(client, opening)
        began, now = map(dt.datetime.fromisoformat, (evening, night))
        minutes = (now - began).total_seconds() // 60
        listed = desk.text_of(table.show(client))
        assert f"1 zonder naam wacht {minutes:.0f} minuten 2 zonder naam net binnen" in listed
        assert table.take_next(client, opening).status_code == 302
        assert f"1 zonder naam bij jou, sinds {hour}" in table.line_of(client, opening)
        first = Visit.objects.get(queue_number=1)
        response = table.note(client, first, theme=factories.theme(stek))
        assert response.status_code == 302
        assert Question.objects.get().opening.day == day


def test_line_of_a_night_is_over_at_four(db):
    with time_machine.travel("2026-11-17T20:00:00+01:00", tick=False) as clock:
        stek = factories.stek("Kalmthout")
        client = signed_in(factories.membership(stek, Role.HELPER))
        visit = factories.anonymous_visit(factories.opening(stek), purposes=["question"])
        clock.move_to("2026-11-18T03:59:00+01:00")
        sign_in_again(client)
        assert table.person(client, visit).status_code == 200
        clock.move_to("2026-11-18T04:00:00+01:00")
        assert table.person(client, visit).status_code == 404
        assert "De dag is nog niet geopend." in desk.text_of(table.show(client))


# --- at one moment ---


@pytest.fixture
def tablets(stek):
    """Twenty, each with a helper."""
    return [signed_in(factories.membership(stek, Role.HELPER)) for _ in range(20)]


@pytest.fixture
def rent(stek):
    return factories.theme(stek)


def take_next(client, opening):
    """In a stampede one looks at many numbers, each once: no list that asks per row."""
    with zeal_ignore():
        return table.take_next(client, opening)


def waiting(opening: Opening, count: int) -> list[Visit]:
    return [factories.anonymous_visit(opening, purposes=["question"]) for _ in range(count)]


@pytest.mark.django_db(transaction=True)
def test_ten_helpers_who_call_the_next_get_each_another(tablets, opening):
    waiting(opening, 12)
    answers = at_once(10, lambda n: take_next(tablets[n], opening))
    assert statuses(answers) == {302: 10}
    assert len({answer.url for answer in answers}) == 10
    taken = QueueTurn.objects.values_list("visit__queue_number", flat=True)
    assert set(taken) == set(range(1, 11))
    assert AuditEvent.objects.filter(verb="take").count() == 10


@pytest.mark.django_db(transaction=True)
def test_ten_helpers_with_three_who_wait_get_three(tablets, opening):
    waiting(opening, 3)
    answers = at_once(10, lambda n: take_next(tablets[n], opening))
    assert statuses(answers) == {302: 3, 422: 7}
    assert QueueTurn.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_twenty_helpers_at_one_number_one_gets_it_and_the_others_are_told(tablets, opening):
    (visit,) = waiting(opening, 1)
    answers = at_once(20, lambda n: table.take(tablets[n], visit))
    assert statuses(answers) == {302: 1, 422: 19}
    winner = QueueTurn.objects.get().taken_by
    told = [desk.text_of(answer) for answer in answers if answer.status_code == 422]
    assert all(f"{winner} nam nummer 1 net." in page for page in told)
    assert AuditEvent.objects.filter(verb="take").count() == 1


@pytest.mark.django_db(transaction=True)
def test_taking_and_handing_back_at_once_leaves_one_turn_or_none(tablets, opening):
    (visit,) = waiting(opening, 1)

    def one(n: int):
        with zeal_ignore():  # handed back in that very moment: it is tried again
            return (table.hand_back if n % 2 else table.take)(tablets[n], visit)

    answers = at_once(10, one)
    assert set(statuses(answers)) <= {302, 422}
    logged = Counter(AuditEvent.objects.filter(kind="change").values_list("verb", flat=True))
    assert logged["take"] - logged["hand_back"] == QueueTurn.objects.count() <= 1


@pytest.mark.django_db(transaction=True)
def test_helped_called_and_gone_at_once_is_helped(tablets, opening, rent):
    (visit,) = waiting(opening, 1)

    def one(n: int):
        if n % 3 == 0:
            return table.note(tablets[n], visit, theme=rent)
        return (table.leave if n % 3 == 1 else table.take)(tablets[n], visit)

    answers = at_once(12, one)
    assert set(statuses(answers)) <= {302, 422}
    assert set(statuses(answers[::3])) == {302}
    assert QueueTurn.objects.get().end == "helped"
    assert AuditEvent.objects.filter(verb="finish").count() == 1
    assert Question.objects.count() == 4
