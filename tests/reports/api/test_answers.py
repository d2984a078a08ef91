"""The read API: a consumer reads frozen figures of its STEKs, and nothing else."""

import datetime as dt
import re
import uuid
from copy import copy

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from tests import factories
from tests.reports.api import DAY, NOW, TOKEN, ask, fill, problem, row
from tests.strict import StrictClient
from visits.period import Period

CANARIES = ("Kanarievogel", "Zanger", "geheime nota", "Contactpersoontje")


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
        with CaptureQueriesContext(connection) as seen:
            ask("figures/")
        return len(seen)

    one = queries()
    for week in range(1, 53):
        row = copy(frozen)
        about = Period.parse(f"2025-W{week:02}")
        row.pk, row.request_id = None, uuid.uuid4()
        row.period, row.first, row.last = about.key, about.first, about.last
        row.save(force_insert=True)
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
