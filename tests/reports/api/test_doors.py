"""Who may ask the read API, how often, and what it says to bad input."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.api import guard
from reports.api.guard import OF_TOKEN, WRONG_OF_ADDRESS
from reports.models import Snapshot
from tests import factories
from tests.reports.api import NOW, OTHER_TOKEN, TOKEN, ask, problem
from tests.strict import StrictClient

# --- who may ---


@pytest.mark.parametrize(
    "path", ["figures/", "figures/kalmthout/2026-Q3/", "sums/2026-Q3/", "definitions/", "x/", ""]
)
def test_without_a_token_nothing_is_told(koepel, frozen, path):
    for token, wrong in ((None, False), ("x" * 43, True), ("kort", True)):
        answer = ask(path, token)
        assert answer.status_code == 401
        challenge = 'Bearer realm="stek"' + (', error="invalid_token"' if wrong else "")
        assert answer.headers["WWW-Authenticate"] == challenge
        assert problem(answer)["detail"]


@pytest.mark.parametrize(
    "header",
    [f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN} {TOKEN}", "Bearer", f"Bearer {TOKEN}\u00e9", "\0"],
)
def test_another_header_is_no_token(koepel, frozen, header):
    answer = StrictClient().get("/api/v1/figures/", headers={"Authorization": header})
    assert answer.status_code == 401


def test_revoked_token_is_a_wrong_one(koepel, frozen):
    koepel.revoked_at, koepel.revoked_by = NOW, koepel.created_by
    koepel.save()
    answer = ask("figures/")
    assert (answer.status_code, problem(answer)) == (
        401,
        problem(ask("figures/", "x" * 43)),
    )


def test_another_steks_report_answers_like_one_that_is_not_there(koepel, frozen, essen):
    factories.consumer(essen, token=OTHER_TOKEN)
    other = ask("figures/kalmthout/2026-Q3/", OTHER_TOKEN)
    not_frozen = ask("figures/essen/2026-Q3/", OTHER_TOKEN)
    nowhere = ask("figures/nergens/2026-Q3/", OTHER_TOKEN)
    assert problem(other)["status"] == 404
    assert other.content == not_frozen.content == nowhere.content
    assert other.headers == not_frozen.headers == nowhere.headers
    assert ask("figures/", OTHER_TOKEN).json()["count"] == 0
    assert problem(ask("sums/2026-Q3/", OTHER_TOKEN))["status"] == 404


def test_somebody_who_is_signed_in_still_needs_a_token(koepel, frozen, coordinator):
    assert ask("figures/", None, coordinator).status_code == 401


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["figures/", "openapi.json", "nergens/"])
def test_api_only_reads(koepel, method, path):
    headers = {"Authorization": f"Bearer {TOKEN}"}
    client = StrictClient(enforce_csrf_checks=True)
    answer = client.generic(method, f"/api/v1/{path}", b"x=1", headers=headers)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    problem(answer)


def test_head_answers_like_get_without_a_body(koepel, frozen):
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answer = StrictClient().head("/api/v1/figures/", headers=headers)
    assert (answer.status_code, answer.content) == (200, b"")


def test_answers_are_kept_by_nobody_and_set_no_cookie(koepel, frozen):
    for answer in (ask("figures/"), ask("nergens/"), ask("figures/", None)):
        assert answer.headers["Cache-Control"] == "no-store, private"
        assert "Authorization" in answer.headers["Vary"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert not answer.cookies
    with CaptureQueriesContext(connection) as seen:
        ask("figures/")
    assert not [one for one in seen if "_session" in one["sql"]]


# --- how often ---


def test_consumer_that_asks_too_often_waits(koepel, frozen):
    for _time in range(OF_TOKEN):
        assert ask("definitions/").status_code == 200
    answer = ask("definitions/")
    assert problem(answer)["status"] == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    with time_machine.travel(NOW + dt.timedelta(seconds=61)):
        assert ask("definitions/").status_code == 200


def test_wrong_tokens_are_counted_harder_and_lock_nobody_out(koepel, frozen):
    assert WRONG_OF_ADDRESS < OF_TOKEN < guard.OF_ADDRESS
    for _time in range(WRONG_OF_ADDRESS):
        assert ask("figures/", "x" * 43).status_code == 401
    assert ask("figures/", "x" * 43).status_code == 429
    assert ask("figures/").status_code == 200


def test_one_address_of_the_network_waits_too(busy, monkeypatch):
    """Whatever its tokens; here after twelve."""
    monkeypatch.setattr(guard, "OF_ADDRESS", 12)
    tokens = [sign * 43 for sign in "abc"]
    for token in tokens:
        factories.consumer(busy, token=token)
    statuses = [ask("definitions/", tokens[n % 3]).status_code for n in range(13)]
    assert statuses == [200] * 12 + [429]


# --- bad input ---


@pytest.mark.parametrize(
    "query",
    [
        "period=gisteren",
        "period=2026-W54",
        "period=2026-09-30_2026-07-01",
        "period=",
        "period=%00",
        "report=team",
        "report=",
        "report=%00",
        "stek=%00",
        "stek=a'b",
        "stek=",
        "page=0",
        "page=-1",
        "page=1e9",
        "page=%D9%A3",
        "page=" + "9" * 400,
        "page=1&page=2",
        "stek=kalmthout&stek=essen",
        "unknown=1",
        "perod=2026-Q3",
    ],
)
def test_bad_filter_is_refused_in_words(koepel, frozen, query):
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answer = StrictClient().get(f"/api/v1/figures/?{query}", headers=headers)
    assert problem(answer)["status"] == 400


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("figures/kalmthout/2026-Q3/?version=0", 400),
        ("figures/kalmthout/2026-Q3/?version=x", 400),
        ("figures/kalmthout/2026-Q3/?version=99999", 404),
        ("figures/kalmthout/2026-Q3/?version=999999999999999999999", 400),
        ("figures/kalmthout/2026-Q3/?version=1&version=1", 400),
        ("figures/kalmthout/2026-Q5/", 404),
        ("figures/kalmthout/%00/", 404),
        ("figures/%00/2026-Q3/", 404),
        ("figures/kalmthout/2026-Q3/x/", 404),
        ("figures/" + "a" * 3000 + "/2026-Q3/", 404),
        ("sums/%00/", 404),
        ("sums/2026-Q3/?stek=kalmthout", 400),
        ("sums/2099-Q3/", 404),
        ("definitions/?x=1", 400),
        ("nergens/", 404),
        ("", 404),
    ],
)
def test_bad_address_is_never_an_error(koepel, frozen, path, status):
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answer = StrictClient().get(f"/api/v1/{path}", headers=headers)
    assert problem(answer)["status"] == status


@pytest.mark.parametrize("path", ["figures", "figures/kalmthout/2026-Q3", "nergens"])
def test_address_without_its_last_slash_leads_to_the_right_one(koepel, path):
    answer = ask(path)
    assert (answer.status_code, answer.url) == (301, f"/api/v1/{path}/")


def test_form_of_an_older_version_is_never_guessed_at(koepel, frozen):
    """A frozen report says its own form; nothing here reads the true figures."""
    frozen.figures = {"form": "?"}
    frozen.save()
    assert ask("figures/kalmthout/2026-Q3/").status_code == 200
    assert Snapshot.objects.count() == 1
