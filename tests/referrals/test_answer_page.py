"""What the page of a partner tells, and whom it lets in."""

import datetime as dt
import itertools
import uuid
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.models import AuditEvent
from places.models import Stek
from referrals.models import AnswerLink, Referral
from tests import factories
from tests.cast import Colleague
from tests.referrals import partner
from tests.referrals.answering import (
    GONE,
    now,
)
from tests.referrals.partner import LANGUAGE, NAME, PHONE, THEME, answered, opened, token_to
from tests.visits.desk import text_of

DEAD = "Deze link werkt niet"


def all_of(response: HttpResponse) -> str:
    """Everything that leaves: the page and its headers."""
    return f"{response.headers} {response.cookies} {response.content.decode()}"


# --- what the page tells ---


@pytest.mark.parametrize(
    "tells",
    [
        some
        for count in range(4)
        for some in itertools.combinations(("phone", "language", "theme"), count)
    ],
)
def test_page_tells_what_was_agreed_and_nothing_else(
    stranger: Client, stek: Stek, tells: tuple[str, ...]
) -> None:
    referral = partner.asked(stek, agreed=partner.agreed(*tells))
    response = opened(stranger, token_to(referral))
    seen = text_of(response)
    assert response.status_code == 200
    assert NAME in seen
    words = {"phone": PHONE, "language": LANGUAGE, "theme": THEME}
    for what, word in words.items():
        assert (word.lower() in all_of(response).lower()) == (what in tells), what
    assert partner.secrets_in(all_of(response)) == []


def test_page_after_each_answer_tells_no_more(
    stranger: Client, asked: Referral, token: str
) -> None:
    day = (factories.today() + dt.timedelta(days=3)).isoformat()
    said: list[tuple[str, dict[str, str]]] = [
        ("under_study", {}),
        ("accepted", {}),
        ("appointment", {"day": day, "time": "10:00"}),
        ("arrived", {}),
        ("closed", {"reason": "helped"}),
    ]
    for what, more in said:
        assert answered(stranger, token, what, of=asked, **more).status_code == 302
        assert partner.secrets_in(all_of(opened(stranger, token))) == []
    # Once it is over, there is nobody to be named any more.
    assert NAME not in all_of(opened(stranger, token))


def test_reading_is_logged_without_a_person(stranger: Client, asked: Referral, token: str) -> None:
    opened(stranger, token)
    event = AuditEvent.objects.get(kind="read")
    assert (event.verb, event.actor_id, event.stek_id) == ("partner_page", None, asked.stek_id)


def every_page(client: Client, asked: Referral, token: str) -> list[HttpResponse]:
    """All that a partner can be answered."""
    old = token_to(asked, days_ago=91)
    answers = [
        opened(client, token),
        answered(client, token, "accepted", of=asked),
        answered(client, token, "accepted", of=asked, version=1),
        answered(client, token, "nonsense", of=asked),
        opened(client, "x" * 43),
        opened(client, old),
        client.post(reverse("answers:renew_link", args=[old])),
        client.get(reverse("answers:code")),
        partner.typed(client, "ABCDE-FGHJK", ""),
        partner.typed(client, "ABCDE-FGHJK", f"{factories.today():%Y-%m}"),
    ]
    assert [one.status_code for one in answers] == [
        200, 302, 422, 422, 404, 410, 200, 200, 422, 422,
    ]  # fmt: skip
    return answers


def test_no_page_is_kept_found_or_passed_on(stranger: Client, asked: Referral, token: str) -> None:
    for response in every_page(stranger, asked, token):
        assert response.headers["Cache-Control"] == "no-store, private"
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert not response.cookies


def test_no_page_needs_a_cookie_or_a_token_of_the_form(asked: Referral, token: str) -> None:
    assert every_page(Client(enforce_csrf_checks=True), asked, token)


def test_who_is_signed_in_gets_no_more(coordinator: Colleague, token: str) -> None:
    response = opened(coordinator, token)
    assert partner.secrets_in(all_of(response)) == []
    assert coordinator.user.first_name not in all_of(response)


# --- whom it lets in ---


def test_token_opens_its_own_referral_only(
    stranger: Client, asked: Referral, token: str, stek: Stek
) -> None:
    household = factories.household(stek, "Jo", "Maes")
    visit = factories.visit(stek.openings.get(), household, purposes=["question"])
    other = factories.referral(factories.question(visit, asked.question.theme), asked.partner)
    seen = all_of(opened(stranger, token_to(other)))
    assert "Jo Maes" in seen
    assert NAME not in seen
    # And it moves no other one, whatever stands in the form.
    answered(stranger, token_to(other), "accepted", of=other, referral=asked.pk, pk=asked.pk)
    assert (now(other).answer, now(asked).answer) == ("accepted", "")


def test_key_of_a_step_of_another_referral_moves_nothing(
    stranger: Client, asked: Referral, token: str, stek: Stek
) -> None:
    visit = factories.visit(stek.openings.get(), factories.household(stek, "Jo", "Maes"))
    other = factories.referral(factories.question(visit, asked.question.theme), asked.partner)
    key = uuid.uuid4()
    answered(stranger, token, "accepted", of=asked, request_id=key)
    response = answered(stranger, token_to(other), "accepted", of=other, request_id=key)
    assert response.status_code == 422
    assert now(other).answer == ""


def expire(asked: Referral, token: str, mika: Colleague) -> None:
    AnswerLink.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))


@pytest.mark.parametrize("how", [*GONE, expire])
def test_link_that_was_stopped_names_nobody_and_moves_nothing(
    stranger: Client, mika: Colleague, asked: Referral, token: str, how: Any
) -> None:
    how(asked, token, mika)
    before = now(asked)
    for response in (opened(stranger, token), answered(stranger, token, "accepted", of=asked)):
        assert response.status_code == (410 if how is expire else 404)
        for word in (NAME, PHONE, LANGUAGE, THEME.lower(), "CAW", asked.stek.name):
            assert word not in all_of(response)
    assert (now(asked).version, now(asked).answer) == (before.version, "")


@pytest.mark.parametrize("how", GONE)
def test_what_was_stopped_looks_like_what_never_was(
    stranger: Client, mika: Colleague, asked: Referral, token: str, how: Any
) -> None:
    how(asked, token, mika)
    dead, never = opened(stranger, token), opened(stranger, "x" * 43)
    assert dead.content == never.content
    assert dead.status_code == never.status_code == 404
    assert DEAD in text_of(dead)


@pytest.mark.parametrize("how", GONE)
def test_page_that_lies_open_is_refused_once_it_was_stopped(
    stranger: Client, mika: Colleague, asked: Referral, token: str, how: Any
) -> None:
    """The consent ends between opening the page and pressing the button."""
    version = now(asked).version
    opened(stranger, token)
    how(asked, token, mika)
    response = answered(stranger, token, "accepted", of=asked, version=version)
    assert response.status_code == 404
    assert not asked.steps.filter(source="partner").exists()


def test_consent_that_ends_today_still_holds_and_tomorrow_not(
    stranger: Client, asked: Referral, token: str
) -> None:
    assert asked.consent is not None
    asked.consent.until = factories.today()
    asked.consent.save()
    assert opened(stranger, token).status_code == 200


def test_secret_key_of_another_installation_opens_nothing(
    stranger: Client, token: str, settings: Settings
) -> None:
    settings.SECRET_KEY = "another-" + "0" * 50
    assert opened(stranger, token).status_code == 404


def test_tokens_are_long_differ_and_stand_nowhere(asked: Referral) -> None:
    links = [partner.link_to(asked) for _one in range(50)]
    tokens = {partner.token_of(one.nonce) for one in links}
    assert len(tokens) == 50
    assert {len(one) for one in tokens} == {43}
    kept = str(list(AnswerLink.objects.values()))
    assert not [one for one in tokens if one in kept]


@pytest.mark.parametrize(
    "token", ["x", "x" * 100, "x" * 101, "x" * 5000, "é", "%00", "a b", "..", "null", "<b>"]
)
def test_token_that_is_nonsense_is_not_found(stranger: Client, db: None, token: str) -> None:
    assert opened(stranger, token).status_code == 404


def test_token_mistyped_again_and_again_is_told_to_wait(
    stranger: Client, asked: Referral, token: str, still: None
) -> None:
    wrong = [f"{n:04}{token[4:]}" for n in range(62)]
    codes = [opened(stranger, one).status_code for one in wrong]
    assert codes == [404] * 60 + [429] * 2
    # Who holds a good link is not kept waiting by who tries.
    assert opened(stranger, token).status_code == 200
