"""A partner answers, once, late or at the same moment as somebody else."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from places.models import Stek
from referrals.models import Referral
from referrals.states import Happening, State
from tests import factories
from tests.cast import Colleague
from tests.races import at_once, statuses
from tests.referrals import partner
from tests.referrals.answering import (
    moved_by,
    now,
)
from tests.referrals.partner import NAME, answered, opened
from tests.visits.desk import text_of

MOVED = "Intussen veranderde hier iets."


OVER = "Deze doorverwijzing is afgesloten"


# --- answering ---


@pytest.mark.parametrize(
    ("what", "more", "state", "answer"),
    [
        ("accepted", {}, State.CONTACTED, "accepted"),
        ("under_study", {}, State.CONTACTED, "under_study"),
        ("refused", {"reason": "not_ours"}, State.REFUSED, "refused"),
        ("waiting", {}, State.WAITING_LIST, "waiting"),
        ("arrived", {}, State.ARRIVED, "arrived"),
        ("closed", {"reason": "partly"}, State.CLOSED, "closed"),
    ],
)
def test_one_button_is_one_answer(
    stranger: Client,
    asked: Referral,
    token: str,
    what: str,
    more: dict[str, str],
    state: State,
    answer: str,
) -> None:
    response = answered(stranger, token, what, of=asked, **more)
    assert response.url == f"{partner.address(token)}?antwoord=1"
    assert "Bedankt, uw antwoord is bewaard." in text_of(stranger.get(response.url))
    row = now(asked)
    assert (row.state, row.answer) == (state, answer)
    assert row.answered_at is not None
    step = asked.steps.get(source="partner")
    assert (step.what, step.by) == (what, None)
    event = AuditEvent.objects.filter(verb="move_referral").latest("pk")
    assert (event.actor_id, event.stek_id) == (None, asked.stek_id)


def test_first_answers_are_three_buttons_and_the_last_is_not_asked_again(
    stranger: Client, asked: Referral, token: str
) -> None:
    seen = text_of(opened(stranger, token))
    assert "We nemen het op In onderzoek Niet voor ons" in seen
    answered(stranger, token, "under_study", of=asked)
    seen = text_of(opened(stranger, token))
    assert "U antwoordde: in onderzoek." in seen
    assert "We nemen het op Niet voor ons" in seen


def test_refusal_is_told_more_exactly_afterwards(
    stranger: Client, asked: Referral, token: str
) -> None:
    answered(stranger, token, "refused", of=asked, reason="not_ours")
    seen = text_of(opened(stranger, token))
    assert "Waarom niet?" in seen
    assert "Volzet" in seen
    assert answered(stranger, token, "refused", of=asked, reason="full").status_code == 302
    assert (now(asked).state, now(asked).reason) == (State.REFUSED, "full")
    # But not that it comes after all: for that, somebody reopens it.
    assert answered(stranger, token, "accepted", of=asked).status_code == 422


@pytest.mark.parametrize("reason", ["", "helped", "withdrawn", "x" * 500])
def test_refusal_with_another_reason_is_not_taken(
    stranger: Client, asked: Referral, token: str, reason: str
) -> None:
    assert answered(stranger, token, "refused", of=asked, reason=reason).status_code == 422
    assert now(asked).state == State.CONTACTED


def test_appointment_is_made_moved_and_shown(stranger: Client, asked: Referral, token: str) -> None:
    day = factories.today() + dt.timedelta(days=3)
    form = {"day": day.isoformat(), "time": "14:30", "place": "Dorp 1", "ask_for": "Els"}
    assert answered(stranger, token, "appointment", of=asked, **form).status_code == 302
    row = now(asked)
    at = timezone.localtime(row.appointment_at)
    assert (row.state, at.date(), f"{at:%H:%M}") == (State.APPOINTMENT, day, "14:30")
    assert (row.appointment_place, row.ask_for) == ("Dorp 1", "Els")
    seen = text_of(opened(stranger, token))
    assert "14u30" in seen
    assert "Andere afspraak" in seen
    assert "We nemen het op" not in seen
    assert "Niet voor ons" in seen
    answered(stranger, token, "appointment", of=asked, **form | {"time": "09:00"})
    assert f"{timezone.localtime(now(asked).appointment_at):%H:%M}" == "09:00"


def days_off(days: int) -> str:
    return (factories.today() + dt.timedelta(days=days)).isoformat()


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "Vul de dag en het uur van de afspraak in."),
        ({"day": days_off(1)}, "Vul de dag en het uur van de afspraak in."),
        ({"time": "10:00"}, "Vul de dag en het uur van de afspraak in."),
        ({"day": "31/02/2027", "time": "10:00"}, "Kies een dag, bv."),
        ({"day": "morgen", "time": "10:00"}, "Kies een dag, bv."),
        ({"day": days_off(1), "time": "25:00"}, "Kies een uur, bv."),
        ({"day": days_off(367), "time": "10:00"}, "Kies een dag binnen het jaar."),
        ({"day": days_off(-61), "time": "10:00"}, "Kies een dag binnen het jaar."),
        ({"day": "0001-01-01", "time": "10:00"}, "Kies een dag binnen het jaar."),
        ({"day": "9999-12-31", "time": "23:59"}, "Kies een dag binnen het jaar."),
        ({"day": days_off(1), "time": "10:00", "place": "x" * 121}, "Hou het kort"),
        ({"day": days_off(1), "time": "10:00", "ask_for": "x" * 61}, "Hou het kort"),
    ],
)
def test_bad_appointment_is_refused_and_kept_on_the_page(
    stranger: Client, asked: Referral, token: str, form: dict[str, str], said: str
) -> None:
    response = answered(stranger, token, "appointment", of=asked, **form)
    assert response.status_code == 422
    assert said in text_of(response)
    assert now(asked).state == State.CONTACTED
    if "ask_for" not in form and "place" not in form:
        again = answered(stranger, token, "appointment", of=asked, ask_for="Els", **form)
        assert 'value="Els"' in again.content.decode()


@pytest.mark.parametrize(
    "what", ["proposed", "consented", "contacted", "reopened", "withdrawn", "reached", "unknown",
             "not_yet", "failed", "reminded", "silent", "dropped_out", "", "x"],
)  # fmt: skip
def test_what_is_not_for_a_partner_to_say_is_refused(
    stranger: Client, asked: Referral, token: str, what: str
) -> None:
    response = answered(stranger, token, what, of=asked, reason="other")
    assert response.status_code == 422
    assert not asked.steps.filter(source="partner").exists()


@pytest.mark.parametrize(
    "broken", [{"version": ""}, {"version": "x"}, {"version": 2**40}, {"request_id": "x"}]
)
def test_broken_form_is_refused(
    stranger: Client, asked: Referral, token: str, broken: dict[str, Any]
) -> None:
    assert answered(stranger, token, "accepted", of=asked, **broken).status_code == 422
    assert now(asked).answer == ""


# --- twice, too late, at once ---


def test_button_pressed_twice_is_one_answer(stranger: Client, asked: Referral, token: str) -> None:
    again = {"version": now(asked).version, "request_id": uuid.uuid4()}
    for _press in range(2):
        assert answered(stranger, token, "accepted", of=asked, **again).status_code == 302
    assert asked.steps.filter(what="accepted").count() == 1


def test_other_answer_from_the_page_of_before_is_not_lost_in_silence(
    stranger: Client, asked: Referral, token: str
) -> None:
    """Back in the browser, and another button: the key is the same, the answer is not."""
    before = {"version": now(asked).version, "request_id": uuid.uuid4()}
    answered(stranger, token, "under_study", of=asked, **before)
    response = answered(stranger, token, "accepted", of=asked, **before)
    assert response.status_code == 422
    assert MOVED in text_of(response)
    assert now(asked).answer == "under_study"
    # On the page that comes back, the button works.
    assert str(before["request_id"]) not in response.content.decode()
    assert f'name="version" value="{now(asked).version}"' in response.content.decode()


def test_other_hour_from_the_page_of_before_is_not_lost_in_silence(
    stranger: Client, asked: Referral, token: str
) -> None:
    before = {"version": now(asked).version, "request_id": uuid.uuid4(), "day": days_off(2)}
    answers = [
        answered(stranger, token, "appointment", of=asked, time=time, **before)
        for time in ("10:00", "10:00", "11:00")
    ]
    assert [one.status_code for one in answers] == [302, 302, 422]


def test_second_answer_with_another_key_counts_as_the_last_word(
    stranger: Client, asked: Referral, token: str
) -> None:
    answered(stranger, token, "under_study", of=asked)
    first = now(asked).answered_at
    answered(stranger, token, "accepted", of=asked)
    assert (now(asked).answer, now(asked).answered_at) == ("accepted", first)


@pytest.mark.parametrize(
    ("what", "reason"), [("closed", "helped"), ("refused", "full"), ("dropped_out", "no_wish")]
)
def test_answer_after_the_end_changes_nothing(
    stranger: Client, mika: Colleague, asked: Referral, token: str, what: str, reason: str
) -> None:
    version = now(asked).version
    moved_by(mika, asked, Happening(what), reason=reason)
    for form in ({"version": version}, {}):
        response = answered(stranger, token, "accepted", of=asked, **form)
        assert response.status_code == 422
        assert MOVED in text_of(response)
    assert (now(asked).state, now(asked).answer) == (what, "")
    if what != "refused":
        assert OVER in text_of(opened(stranger, token))


def test_partner_that_answers_after_we_gave_up_opens_it_again(
    stranger: Client, mika: Colleague, asked: Referral, token: str
) -> None:
    moved_by(mika, asked, Happening.UNKNOWN)
    assert answered(stranger, token, "accepted", of=asked).status_code == 302
    assert (now(asked).state, now(asked).answer) == (State.CONTACTED, "accepted")


def test_reopened_referral_is_answered_with_the_same_link(
    stranger: Client, mika: Colleague, asked: Referral, token: str
) -> None:
    moved_by(mika, asked, Happening.CLOSED, reason="helped")
    moved_by(mika, asked, Happening.REOPENED, reason="again")
    assert NAME in text_of(opened(stranger, token))
    assert answered(stranger, token, "accepted", of=asked).status_code == 302


def test_team_moves_it_while_the_page_lies_open(
    stranger: Client, mika: Colleague, asked: Referral, token: str
) -> None:
    version = now(asked).version
    moved_by(mika, asked, Happening.ARRIVED)
    response = answered(stranger, token, "accepted", of=asked, version=version)
    assert response.status_code == 422
    assert MOVED in text_of(response)
    assert now(asked).state == State.ARRIVED


@pytest.mark.django_db(transaction=True)
def test_partner_and_colleague_at_once_the_first_wins(
    stek: Stek, mika: Colleague, asked: Referral, token: str
) -> None:
    version = now(asked).version

    def move(place: int) -> HttpResponse:
        form = {"version": version, "request_id": uuid.uuid4()}
        if place % 2:
            return Client().post(partner.address(token), form | {"happening": "accepted"})
        address = reverse("referrals:step", args=[asked.pk])
        return mika.post(address, form | {"happening": "arrived"})

    assert statuses(at_once(6, move)) == {302: 1, 422: 5}
    assert asked.steps.filter(what__in=["accepted", "arrived"]).count() == 1


@pytest.mark.django_db(transaction=True)
def test_same_answer_at_once_is_one_answer(stek: Stek, asked: Referral, token: str) -> None:
    form = {"version": now(asked).version, "request_id": uuid.uuid4(), "happening": "accepted"}
    answers = at_once(6, lambda _place: Client().post(partner.address(token), form))
    assert statuses(answers) == {302: 6}
    assert asked.steps.filter(what="accepted").count() == 1
