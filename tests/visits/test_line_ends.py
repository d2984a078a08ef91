"""The line for a question when the day is closed, and through the night."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.roles import Role
from forms_help.models import Question
from tests import factories
from tests.cast import sign_in_again, signed_in
from tests.forms_help import desk as table
from tests.visits import desk
from visits import line_actions
from visits.models import Visit
from visits.opening_actions import open_day

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
    assert desk.verbs() == ["take", "leave"]


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
