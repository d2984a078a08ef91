"""The read API: a consumer reads frozen figures of its STEKs, and nothing else."""

import datetime as dt
import re
from copy import copy

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from places.models import Stek
from reports.api.guard import OF_ADDRESS, OF_TOKEN, WRONG_OF_ADDRESS
from reports.models import Snapshot
from tests import factories
from tests.reports.api import OTHER_TOKEN, TOKEN, ask, problem
from tests.strict import StrictClient

NOW = dt.datetime(2026, 11, 26, 10, tzinfo=dt.UTC)
DAY = dt.date(2026, 8, 4)
CANARIES = ("Kanarievogel", "Zanger", "geheime nota", "Contactpersoontje")


@pytest.fixture(autouse=True)
def _late_in_november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(scope="module")
def made(rows_of_module):
    """A STEK with what `fill` says, and its third quarter as it is frozen."""
    with time_machine.travel(NOW, tick=False):
        stek = factories.stek("Kalmthout")
        fill(stek)
        with transaction.atomic():
            autumn = factories.snapshot(stek, "saamo", "2026-Q3")
            transaction.set_rollback(True)
    return stek.pk, autumn


@pytest.fixture
def stek(made, db):
    return Stek.objects.get(pk=made[0])


@pytest.fixture
def busy(stek):
    return stek


def fill(stek):
    """Thirteen visits, ten questions on housing, three on debts; names that must never come out."""
    opening = factories.opening(stek, DAY, closed=True)
    housing = factories.theme(stek, "wonen en huur", key="housing")
    debts = factories.theme(stek, "schulden", key="debts")
    partner = factories.partner(stek)
    factories.contact(partner, "Contactpersoontje")
    for place in range(13):
        household = factories.household(
            stek, "Kanarievogel", "Zanger", adults=2 if place < 10 else 4
        )
        visit = factories.visit(opening, household, purposes=["grocery", "question"])
        question = factories.question(visit, housing if place < 10 else debts)
        question.note, question.note_until = "geheime nota", DAY
        question.save()


@pytest.fixture
def koepel(busy):
    """Reads Kalmthout."""
    return factories.consumer(busy, token=TOKEN)


@pytest.fixture
def frozen(made, db):
    row = copy(made[1])
    row.save(force_insert=True)
    return row


def row(body, table, key):
    found = next(one for one in body["tables"] if one["key"] == table)
    return next(one for one in found["rows"] if one["key"] == key)


# --- the list ---


def test_list_says_what_there_is(koepel, frozen):
    factories.snapshot(koepel.steks.get(), "gemeente", "2026-Q2")
    body = ask("figures/").json()
    assert (body["count"], body["page"], body["pages"]) == (2, 1, 1)
    assert body["figures"][0] == {
        "stek": {"slug": "kalmthout", "name": "Kalmthout"},
        "period": {
            "key": "2026-Q3",
            "first": "2026-07-01",
            "last": "2026-09-30",
            "label": "derde kwartaal 2026",
        },
        "report": "saamo",
        "title": "SAAMO",
        "version": 1,
        "latest": True,
        "definitions_version": 1,
        "frozen_on": "2026-11-26",
        "url": "http://testserver/api/v1/figures/kalmthout/2026-Q3/?report=saamo&version=1",
    }
    assert [one["report"] for one in body["figures"]] == ["saamo", "gemeente"]


def test_link_of_the_list_leads_to_the_report(koepel, frozen):
    url = ask("figures/").json()["figures"][0]["url"]
    answer = StrictClient().get(url, headers={"Authorization": f"bearer {TOKEN}"})
    assert answer.status_code == 200
    assert answer.json()["report"] == "saamo"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"stek": "kalmthout"}, 3),
        ({"stek": "essen"}, 0),
        ({"stek": "nergens"}, 0),
        ({"period": "2026-Q3"}, 2),
        ({"report": "gemeente"}, 1),
        ({"report": "gemeente", "period": "2026-Q3"}, 0),
        ({"page": "2"}, 0),
    ],
)
def test_list_takes_filters(koepel, frozen, essen, asked, found):
    stek = frozen.stek
    factories.snapshot(stek, "saamo", "2026-Q3", version=2, why="Rechtgezet.")
    factories.snapshot(stek, "gemeente", "2026-Q2")
    factories.snapshot(essen, "saamo", "2026-Q3")
    assert len(ask("figures/", **asked).json()["figures"]) == found


def test_list_comes_in_pages_with_the_same_queries(koepel, frozen):
    def queries() -> int:
        ask("figures/")  # counters of the minute stand in the cache
        with CaptureQueriesContext(
            connection,
        ) as seen:
            ask("figures/")
        return len(seen)

    one = queries()
    for week in range(1, 53):
        factories.snapshot(frozen.stek, "saamo", f"2025-W{week:02}")
    assert queries() == one
    first = ask("figures/", report="saamo").json()
    assert (len(first["figures"]), first["count"], first["pages"]) == (50, 53, 2)
    assert first["previous"] is None
    second = StrictClient().get(first["next"], headers={"Authorization": f"Bearer {TOKEN}"}).json()
    assert (len(second["figures"]), second["next"]) == (3, None)


# --- one report ---


def test_report_tells_what_was_frozen(koepel, frozen):
    body = ask("figures/kalmthout/2026-Q3/").json()
    assert [one["key"] for one in body["columns"]] == ["now", "before", "year_before"]
    assert row(body, "questions_theme", "housing")["label"] == "wonen en huur"
    assert row(body, "meet", "visits")["cells"][0] == {"value": 13, "hidden": False}
    assert body["definitions"]["visits"].startswith("Elke keer")
    # What happens afterwards changes nothing.
    opening = factories.opening(frozen.stek, DAY + dt.timedelta(days=7), closed=True)
    factories.visit(opening, None, adults=2, children=0)
    assert ask("figures/kalmthout/2026-Q3/").json() == body


def test_small_numbers_are_not_told(koepel, frozen):
    answer = ask("figures/kalmthout/2026-Q3/")
    body = answer.json()
    assert row(body, "questions_theme", "debts")["cells"][0] == {"value": None, "hidden": True}
    shown = {
        cell["value"]
        for table in body["tables"]
        for one in table["rows"]
        if one["measure"] not in {"openings", "activities"}
        for cell in one["cells"] + (table["total"] or [])
    }
    assert shown.isdisjoint({1, 2, 3, 4})
    assert not re.search(rb'"value": *3[,}]', answer.content)


def test_a_mean_does_not_tell_of_how_many_it_is(koepel, busy):
    """Or the one behind a hidden mean follows from the mean of all."""
    partner = factories.partner(busy, "LIGO")
    report = factories.snapshot(busy, "saamo", "2026-Q3")
    assert report.shown is not None
    for table in report.shown["tables"]:
        if table["key"] == "answer_days":
            table["rows"] = [["all", "alle partners", "answer_days", [[3.5, 977], "hidden", None]]]
    report.save()
    answer = ask("figures/kalmthout/2026-Q3/")
    cells = row(answer.json(), "answer_days", "all")["cells"]
    assert cells == [
        {"value": 3.5, "hidden": False},
        {"value": None, "hidden": True},
        {"value": None, "hidden": False},
    ]
    assert b"977" not in answer.content
    assert partner.name.encode() not in answer.content


def test_correction_stands_beside_the_first_version(koepel, frozen):
    factories.snapshot(frozen.stek, "saamo", "2026-Q3", version=2, why="Zanger kwam later.")
    latest = ask("figures/kalmthout/2026-Q3/").json()
    first = ask("figures/kalmthout/2026-Q3/", version=1).json()
    assert (latest["version"], latest["latest"]) == (2, True)
    assert (first["version"], first["latest"]) == (1, False)
    assert "Zanger" not in str([latest, first, ask("figures/").json()])
    assert problem(ask("figures/kalmthout/2026-Q3/", version=3))["status"] == 404


def test_nothing_of_anybody_comes_out(koepel, frozen, coordinator):
    answers = [
        ask("figures/"),
        ask("figures/kalmthout/2026-Q3/"),
        ask("sums/2026-Q3/"),
        ask("definitions/"),
        ask("openapi.json"),
    ]
    for answer in answers:
        assert answer.status_code == 200
        for canary in (*CANARIES, koepel.created_by.username, "stek_ids"):
            assert canary not in answer.content.decode()


def test_only_what_leaves_the_house_is_there(koepel, busy):
    factories.snapshot(busy, "team", "2026-Q3", shown=None)
    factories.snapshot(busy, "team", "2026-Q2")  # even if somebody had made it safe
    own = factories.composed_report(busy)
    factories.snapshot(busy, own.key, "2026-Q3")
    assert ask("figures/").json()["count"] == 0
    for kind in ("team", own.key):
        assert problem(ask("figures/kalmthout/2026-Q3/", report=kind))["status"] == 400


def test_reading_is_logged_once_a_day(koepel, frozen):
    for _time in range(3):
        ask("figures/kalmthout/2026-Q3/")
        ask("sums/2026-Q3/")
        ask("figures/")
    event = AuditEvent.objects.get(verb="read_figures")
    assert (event.subject_type, event.subject_id) == ("consumer", koepel.pk)
    assert (event.stek_id, event.actor_id, event.kind) == (frozen.stek_id, None, "read")
    with time_machine.travel(NOW + dt.timedelta(days=1)):
        ask("figures/kalmthout/2026-Q3/")
    assert AuditEvent.objects.filter(verb="read_figures").count() == 2


# --- sums ---


def test_sum_adds_up_what_every_stek_froze(koepel, frozen, essen):
    fill(essen)
    koepel.steks.add(essen)
    factories.snapshot(essen, "saamo", "2026-Q3")
    body = ask("sums/2026-Q3/").json()
    assert body["complete"]
    assert [one["slug"] for one in body["steks"]] == ["essen", "kalmthout"]
    housing = row(body, "questions_theme", "housing")
    per_stek = row(ask("figures/kalmthout/2026-Q3/").json(), "questions_theme", "housing")
    assert (housing["value"], housing["reason"]) == (
        None if per_stek["cells"][0]["hidden"] else 2 * per_stek["cells"][0]["value"],
        "hidden" if per_stek["cells"][0]["hidden"] else None,
    )
    visits = row(body, "meet", "visits")
    assert (visits["value"], visits["reason"]) == (26, None)
    debts = row(body, "questions_theme", "debts")
    assert (debts["value"], debts["reason"]) == (None, "hidden")
    assert "twee STEKs" in body["note"]


def test_sum_without_every_stek_has_no_number(koepel, frozen, essen):
    koepel.steks.add(essen)
    body = ask("sums/2026-Q3/").json()
    assert not body["complete"]
    assert body["missing"] == [{"slug": "essen", "name": "Essen"}]
    sums = [one for table in body["tables"] for one in table["rows"]]
    sums += [table["total"] for table in body["tables"] if table["total"]]
    assert {(one["value"], one["reason"]) for one in sums} == {(None, "missing")}


def test_sum_over_other_definitions_has_no_number(koepel, frozen, essen):
    koepel.steks.add(essen)
    factories.snapshot(essen, "saamo", "2026-Q3", definitions_version=2)
    visits = row(ask("sums/2026-Q3/").json(), "meet", "visits")
    assert (visits["value"], visits["reason"]) == (None, "definitions")


def test_sum_of_what_nobody_froze_is_not_there(koepel, frozen):
    assert problem(ask("sums/2026-Q2/"))["status"] == 404


def test_sum_holds_only_the_steks_of_the_consumer(koepel, frozen, essen):
    factories.snapshot(essen, "saamo", "2026-Q3")
    assert [one["slug"] for one in ask("sums/2026-Q3/").json()["steks"]] == ["kalmthout"]


# --- definitions ---


def test_definitions_say_what_each_figure_means(koepel):
    body = ask("definitions/").json()
    measures = {one["key"]: one["text"] for one in body["measures"]}
    assert measures["visits"].startswith("Elke keer")
    assert {one["key"] for one in body["reports"]} == {
        "gemeente",
        "saamo",
        "partners",
        "voedselhulp",
    }
    assert "visits_day" not in {one["key"] for one in body["tables"]}  # stays inside


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
    assert WRONG_OF_ADDRESS < OF_TOKEN < OF_ADDRESS
    for _time in range(WRONG_OF_ADDRESS):
        assert ask("figures/", "x" * 43).status_code == 401
    assert ask("figures/", "x" * 43).status_code == 429
    assert ask("figures/").status_code == 200


def test_one_address_of_the_network_waits_too(busy):
    tokens = [sign * 43 for sign in "abc"]
    for token in tokens:
        factories.consumer(busy, token=token)
    statuses = [ask("definitions/", tokens[n % 3]).status_code for n in range(OF_ADDRESS + 1)]
    assert statuses == [200] * OF_ADDRESS + [429]


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
