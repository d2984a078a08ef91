"""The letter that a visitor takes along: its code, the month that goes with it, and guessing."""

import datetime as dt
import re
import uuid

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import AuditEvent, OutgoingMail
from places.models import Stek
from referrals.models import AnswerLink, Referral
from referrals.states import Channel, State
from referrals.tokens import LETTERS, code_of
from tests import factories
from tests.cast import Colleague
from tests.referrals import partner
from tests.referrals.partner import NAME, answered, code_and_month, opened, typed
from tests.visits.desk import text_of

WRONG = "Deze code en maand horen niet bij elkaar."
#: So many codes one computer may try in five minutes.
MOST = 5


@pytest.fixture(autouse=True)
def _nobody_tried_yet(db: None) -> None:
    cache.clear()


@pytest.fixture
def asked(stek: Stek) -> Referral:
    return partner.asked(stek, channel=Channel.LETTER)


def token_behind(client: Client, code: str, month: str) -> str:
    response = typed(client, code, month)
    assert response.status_code == 302, text_of(response)
    return str(response.url.rstrip("/").rsplit("/", 1)[1])


def letter(client: Colleague, referral: Referral) -> str:
    return text_of(client.get(reverse("referrals:letter", args=[referral.pk])))


def test_letter_has_address_code_and_month_and_nobody(mika: Colleague, asked: Referral) -> None:
    response = mika.get(reverse("referrals:letter", args=[asked.pk]))
    seen = text_of(response)
    code, _month = code_and_month(asked)
    assert "http://testserver/antwoord/" in seen or "/antwoord/" in seen
    assert code in seen
    assert date_format(factories.today(), "F Y") in seen
    assert "Voor CAW" in seen
    page = response.content.decode().split("<article")[1].split("</article>")[0]
    assert partner.secrets_in(page) == []
    for word in (NAME, "Fatima", partner.PHONE, partner.THEME.lower()):
        assert word not in page
    event = AuditEvent.objects.get(kind="read", verb="letter")
    assert event.actor_id == mika.user.pk


def test_letter_sends_no_mail(asked: Referral) -> None:
    assert not OutgoingMail.objects.exists()


def test_code_and_month_open_the_page_and_answer(stranger: Client, asked: Referral) -> None:
    token = token_behind(stranger, *code_and_month(asked))
    assert NAME in text_of(opened(stranger, token))
    assert answered(stranger, token, "accepted", of=asked).status_code == 302
    asked.refresh_from_db()
    assert asked.answer == "accepted"


@pytest.mark.parametrize("how", ["lower", "spaced", "joined", "dotted", "dashes"])
def test_code_is_read_as_people_type_it(stranger: Client, asked: Referral, how: str) -> None:
    code, month = code_and_month(asked)
    as_typed = {
        "lower": code.lower(),
        "spaced": "  " + " ".join(code.replace("-", "")) + " ",
        "joined": code.replace("-", ""),
        "dotted": code.replace("-", "."),
        "dashes": code.replace("-", " – "),
    }[how]
    assert token_behind(stranger, as_typed, month)


def test_code_has_no_signs_that_look_like_others() -> None:
    assert not set("0O1IL") & set(LETTERS)
    codes = [code_of(uuid.uuid4()) for _one in range(300)]
    assert all(re.fullmatch(f"[{LETTERS}]{{5}}-[{LETTERS}]{{5}}", code) for code in codes)
    assert len(set(codes)) == 300


@pytest.mark.parametrize("back", [-1, 1, 2, 4])
def test_wrong_month_opens_nothing(stranger: Client, asked: Referral, back: int) -> None:
    code, month = code_and_month(asked)
    year, number = (int(part) for part in month.split("-"))
    other = year * 12 + number - 1 - back
    response = typed(stranger, code, f"{other // 12}-{other % 12 + 1:02}")
    assert response.status_code == 422
    assert NAME not in response.content.decode()
    assert not AnswerLink.objects.filter(kind="entered").exists()


@pytest.mark.parametrize("month", ["", "x", "2026-13", "0000-00", "2026-1", "1999-01"])
def test_month_that_is_none_is_asked_again(stranger: Client, asked: Referral, month: str) -> None:
    response = typed(stranger, code_and_month(asked)[0], month)
    assert response.status_code == 422
    assert "Kies de maand die op de brief staat." in text_of(response)


@pytest.mark.parametrize("code", ["", " ", "-", "\0", "AB\0CD", "x" * 41, "🙂" * 10])
def test_code_that_is_none_is_asked_again(stranger: Client, asked: Referral, code: str) -> None:
    assert typed(stranger, code, code_and_month(asked)[1]).status_code == 422


def test_wrong_code_and_wrong_month_say_the_same(stranger: Client, asked: Referral) -> None:
    code, month = code_and_month(asked)
    wrong = typed(stranger, "ABCDE-FGHJK", month)
    assert WRONG in text_of(wrong)
    AnswerLink.objects.update(letter_day=timezone.localdate() - dt.timedelta(days=40))
    assert WRONG in text_of(typed(stranger, code, month))


def test_code_one_letter_off_opens_nothing(stranger: Client, asked: Referral) -> None:
    code, month = code_and_month(asked)
    other = LETTERS[(LETTERS.index(code[-1]) + 1) % len(LETTERS)]
    assert WRONG in text_of(typed(stranger, code[:-1] + other, month))
    assert WRONG in text_of(typed(stranger, code + "A", month))


def test_letter_of_five_months_ago_may_be_chosen_as_long_as_its_code_works(
    stranger: Client, asked: Referral
) -> None:
    """89 days back is at most three months earlier; the list must have it."""
    day = timezone.localdate() - dt.timedelta(days=89)
    AnswerLink.objects.update(letter_day=day, made_at=timezone.now() - dt.timedelta(days=89))
    assert token_behind(stranger, code_and_month(asked)[0], f"{day:%Y-%m}")


def expire(asked: Referral, mika: Colleague) -> None:
    AnswerLink.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))


def withdraw(asked: Referral, mika: Colleague) -> None:
    mika.post(reverse("referrals:withdraw", args=[asked.pk]))


def void(asked: Referral, mika: Colleague) -> None:
    mika.post(reverse("referrals:void", args=[asked.pk]))


def let_the_consent_end(asked: Referral, mika: Colleague) -> None:
    assert asked.consent is not None
    asked.consent.until = factories.today() - dt.timedelta(days=1)
    asked.consent.save()


@pytest.mark.parametrize("how", [expire, withdraw, void, let_the_consent_end])
def test_code_that_was_stopped_says_what_a_wrong_one_says(
    stranger: Client, mika: Colleague, asked: Referral, how: object
) -> None:
    how(asked, mika)
    assert WRONG in text_of(typed(stranger, *code_and_month(asked)))
    assert mika.get(reverse("referrals:letter", args=[asked.pk])).status_code == 404


def test_page_behind_a_code_lasts_an_hour(stranger: Client, asked: Referral) -> None:
    token = token_behind(stranger, *code_and_month(asked))
    AnswerLink.objects.filter(kind="entered").update(
        expires_at=timezone.now() - dt.timedelta(seconds=1)
    )
    assert opened(stranger, token).status_code == 410
    assert answered(stranger, token, "accepted", of=asked).status_code == 410
    assert token_behind(stranger, *code_and_month(asked)) != token


def test_consent_withdrawn_closes_a_page_behind_a_code(
    stranger: Client, mika: Colleague, asked: Referral
) -> None:
    token = token_behind(stranger, *code_and_month(asked))
    withdraw(asked, mika)
    assert opened(stranger, token).status_code == 404


def test_code_is_no_token_and_a_token_no_code(stranger: Client, asked: Referral) -> None:
    code, month = code_and_month(asked)
    assert opened(stranger, code).status_code == 404
    token = token_behind(stranger, code, month)
    assert typed(stranger, token[:40], month).status_code == 422


def test_trying_codes_ends_with_wait_also_for_the_right_one(
    stranger: Client, asked: Referral, still: None
) -> None:
    code, month = code_and_month(asked)
    codes = [typed(stranger, "ABCDE-FGHJK", month).status_code for _try in range(MOST + 2)]
    assert codes == [422] * MOST + [429] * 2
    assert typed(stranger, code, month).status_code == 429
    assert not AnswerLink.objects.filter(kind="entered").exists()
    # Not for who mistypes nothing, from elsewhere.
    form = {"code": code, "month": month}
    elsewhere = stranger.post(reverse("answers:code"), form, REMOTE_ADDR="10.1.2.3")
    assert elsewhere.status_code == 302


def test_looking_at_the_page_and_half_a_form_are_no_tries(
    stranger: Client, asked: Referral
) -> None:
    for _look in range(2 * MOST):
        stranger.get(reverse("answers:code"))
        typed(stranger, "", "")
    assert token_behind(stranger, *code_and_month(asked))


def test_letter_and_code_of_a_cold_one_do_not_exist(mika: Colleague, stek: Stek) -> None:
    cold = partner.asked(stek, channel=Channel.ADDRESS)
    assert not AnswerLink.objects.exists()
    assert mika.get(reverse("referrals:letter", args=[cold.pk])).status_code == 404


def test_letter_of_somebody_else_is_not_there_for_a_helper(
    helper: Colleague, other_stek: Colleague, asked: Referral
) -> None:
    for client in (helper, other_stek):
        assert client.get(reverse("referrals:letter", args=[asked.pk])).status_code == 404


def test_letter_is_shown_again_as_it_was(
    stranger: Client, mika: Colleague, asked: Referral
) -> None:
    before = letter(mika, asked)
    token_behind(stranger, *code_and_month(asked))
    assert letter(mika, asked) == before
    assert AnswerLink.objects.filter(kind="letter").count() == 1
    assert asked.state == State.CONTACTED
