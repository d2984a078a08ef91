"""The answer page of a partner: what it tells, whom it lets in, and what an answer does."""

import datetime as dt
import itertools
import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.models import AuditEvent, OutgoingMail
from places.models import Stek
from referrals.actions import withdraw_consent
from referrals.models import AnswerLink, Referral, ReferralStep
from referrals.states import Channel, Happening, State
from referrals.step_actions import note_step
from tests import factories
from tests.cast import Colleague
from tests.races import at_once, statuses
from tests.referrals import partner
from tests.referrals.partner import LANGUAGE, NAME, PHONE, THEME, answered, opened, token_to
from tests.smtp import listening
from tests.visits.desk import text_of

DEAD = "Deze link werkt niet"
MOVED = "Intussen veranderde hier iets."
OVER = "Deze doorverwijzing is afgesloten"


@pytest.fixture
def asked(stek: Stek) -> Referral:
    return partner.asked(stek, agreed=partner.agreed("phone", "language", "theme"))


@pytest.fixture
def token(asked: Referral) -> str:
    return token_to(asked)


def now(referral: Referral) -> Referral:
    return Referral.objects.get(pk=referral.pk)


def moved_by(colleague: Colleague, referral: Referral, what: Happening, **more: Any) -> None:
    version = now(referral).version
    note_step(referral, what=what, version=version, by=colleague.user, **more)


def withdrawn(referral: Referral, by: Colleague) -> None:
    assert referral.household is not None
    withdraw_consent(referral.household, partner=referral.partner, by=by.user)


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


def stop_the_link(asked: Referral, token: str, mika: Colleague) -> None:
    AnswerLink.objects.update(revoked_at=timezone.now())


def withdraw(asked: Referral, token: str, mika: Colleague) -> None:
    mika.post(reverse("referrals:withdraw", args=[asked.pk]))


def void(asked: Referral, token: str, mika: Colleague) -> None:
    mika.post(reverse("referrals:void", args=[asked.pk]))


def let_the_consent_end(asked: Referral, token: str, mika: Colleague) -> None:
    assert asked.consent is not None
    asked.consent.until = factories.today() - dt.timedelta(days=1)
    asked.consent.save()


GONE = [stop_the_link, withdraw, void, let_the_consent_end]


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


def test_token_mistyped_a_thousand_times_is_told_to_wait(
    stranger: Client, asked: Referral, token: str
) -> None:
    cache.clear()
    wrong = [f"{n:04}{token[4:]}" for n in range(1000)]
    codes = [opened(stranger, one).status_code for one in wrong]
    assert set(codes) == {404, 429}
    # Sixty a minute; in a slow minute the next one may begin once or twice.
    assert codes.count(404) <= 60 * 3
    assert codes[0] == 404
    # Who holds a good link is not kept waiting by who tries.
    assert opened(stranger, token).status_code == 200


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


# --- a new link for an old one ---


def sent_mails(settings: Settings) -> list[Any]:
    with listening(settings) as server:
        call_command("run_due", verbosity=0)
        return [(got["To"], got.get_content()) for got in server.mails]


def renewed(client: Client, token: str, **form: str) -> HttpResponse:
    return client.post(reverse("answers:renew_link", args=[token]), form)


@pytest.fixture
def old(asked: Referral, settings: Settings) -> str:
    """The link of a mail that left 91 days ago."""
    OutgoingMail.objects.all().delete()
    return token_to(asked, days_ago=91)


def test_new_link_goes_to_the_address_that_we_know_and_no_other(
    stranger: Client, asked: Referral, old: str, settings: Settings
) -> None:
    assert "We mailen een nieuwe link" in text_of(opened(stranger, old))
    elsewhere = {"email": "dief@elders.test", "to": "dief@elders.test"}
    assert "De nieuwe link komt" in text_of(renewed(stranger, old, **elsewhere))
    ((to, text),) = sent_mails(settings)
    assert to == "onthaal@caw.test"
    assert NAME in text_of(opened(stranger, partner.link_in(text)))
    assert opened(stranger, old).status_code == 410


def test_new_link_goes_to_the_address_of_today(
    stranger: Client, asked: Referral, old: str, settings: Settings
) -> None:
    asked.partner.email = "nieuw@caw.test"
    asked.partner.save()
    renewed(stranger, old)
    assert [to for to, _text in sent_mails(settings)] == ["nieuw@caw.test"]


def test_new_link_asked_for_often_is_mailed_once_a_day(
    stranger: Client, asked: Referral, old: str, settings: Settings
) -> None:
    for _press in range(20):
        assert renewed(stranger, old).status_code == 200
    assert len(sent_mails(settings)) == 1
    # The mail got lost: tomorrow it can be asked for again.
    OutgoingMail.objects.update(key="yesterday", subject_id=0)
    renewed(stranger, old)
    assert len(sent_mails(settings)) == 1


def test_link_that_still_works_is_not_mailed_again(
    stranger: Client, asked: Referral, token: str, settings: Settings
) -> None:
    OutgoingMail.objects.all().delete()
    assert renewed(stranger, token).url == partner.address(token)
    assert sent_mails(settings) == []


@pytest.mark.parametrize("how", GONE)
def test_link_that_was_stopped_is_not_renewed(
    stranger: Client, mika: Colleague, asked: Referral, old: str, how: Any
) -> None:
    how(asked, old, mika)
    assert renewed(stranger, old).status_code == 404
    assert not OutgoingMail.objects.filter(kind="renew_link").exists()


def test_consent_withdrawn_before_the_new_link_left_stops_it(
    stranger: Client, mika: Colleague, asked: Referral, old: str, settings: Settings
) -> None:
    renewed(stranger, old)
    withdrawn(asked, mika)
    assert sent_mails(settings) == []


def test_old_link_of_what_is_over_asks_to_call(
    stranger: Client, mika: Colleague, asked: Referral, old: str
) -> None:
    moved_by(mika, asked, Happening.CLOSED, reason="helped")
    for response in (opened(stranger, old), renewed(stranger, old)):
        assert response.status_code == 410
        assert "Hier antwoorden kan niet meer." in text_of(response)
    assert not OutgoingMail.objects.filter(kind="renew_link").exists()


def test_new_link_comes_also_when_we_gave_up_waiting(
    stranger: Client, mika: Colleague, asked: Referral, old: str, settings: Settings
) -> None:
    """At sixty days "onbekend", at ninety the link is old: the partner may still answer."""
    moved_by(mika, asked, Happening.UNKNOWN)
    renewed(stranger, old)
    ((_to, text),) = sent_mails(settings)
    assert answered(stranger, partner.link_in(text), "accepted", of=asked).status_code == 302


def test_page_of_a_letter_that_is_old_asks_for_the_code_again(stranger: Client, stek: Stek) -> None:
    referral = partner.asked(stek, channel=Channel.LETTER)
    response = opened(stranger, token_to(referral, kind="entered", days_ago=1))
    assert response.status_code == 410
    assert "Typ de code" in text_of(response)
    assert ReferralStep.objects.filter(source="partner").count() == 0
