"""Several STEKs in a report for others: what each froze, and sums that tell nothing more."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.roles import Role
from reports.models import Snapshot
from tests import factories
from tests.cast import signed_in
from tests.visits.desk import text_of

NOW = dt.datetime(2026, 11, 26, 10, tzinfo=dt.UTC)
QUARTER = {"kind": "saamo", "period": "2026-Q3"}


@pytest.fixture(autouse=True)
def _late_in_november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def of_both(coordinator, essen):
    """Els, who coordinates Essen too."""
    factories.membership(essen, Role.COORDINATOR, user=coordinator.user)
    return signed_in(coordinator.membership)


def questions(stek, *counts):
    """So many about each of two themes, in August."""
    opening = factories.opening(stek, dt.date(2026, 8, 4), closed=True)
    for key, count in zip(("housing", "energy"), counts, strict=True):
        theme = factories.theme(stek, key, key=key)
        for _place in range(count):
            factories.question(factories.visit(opening, factories.household(stek)), theme)


def show(client, **asked):
    return text_of(client.get(reverse("reports:of_several", kwargs=QUARTER), asked))


def freeze(client, **where):
    return client.post(reverse("reports:freeze_several", kwargs=QUARTER | where))


def test_nothing_is_shown_before_it_is_frozen(of_both, stek, essen):
    questions(stek, 10, 8)
    text = show(of_both)
    assert "2 STEKs legden dit rapport nog niet vast" in text
    assert "STEK Essen, STEK Kalmthout" in text
    assert "housing" not in text


def test_freezing_for_all_of_them_at_once(of_both, stek, essen):
    questions(stek, 10, 8)
    questions(essen, 7, 6)
    freeze(of_both)
    assert sorted(Snapshot.objects.values_list("stek__name", flat=True)) == ["Essen", "Kalmthout"]
    text = show(of_both)
    assert "Vastgelegd voor 2 STEKs." in text
    assert "STEK housing energy samen Essen 7 6 13 Kalmthout 10 8 18 samen 17 14 31" in text
    freeze(of_both)
    assert Snapshot.objects.count() == 2


def test_sum_is_hidden_with_any_of_its_numbers(of_both, stek, essen):
    questions(stek, 12, 3)
    questions(essen, 7, 6)
    freeze(of_both)
    text = show(of_both)
    hidden = "verborgen verborgen"
    assert f"Essen 7 6 13 Kalmthout {hidden} 15 samen {hidden} 28" in text


def test_stek_that_is_missing_is_named(of_both, stek, essen):
    questions(stek, 10, 8)
    factories.snapshot(stek, "saamo", "2026-Q3")
    text = show(of_both)
    assert "1 STEK legde dit rapport nog niet vast, en ontbreekt hier: STEK Essen." in text
    assert "Kalmthout 10 8 18 samen 10 8 18" in text


def test_colleague_without_the_role_there_freezes_nothing_there(coordinator, stek, essen):
    factories.membership(essen, Role.COMMUNITY_WORKER, user=coordinator.user)
    client = signed_in(coordinator.membership)
    client.post(reverse("accounts:switch_stek"), {"stek": stek.pk})
    freeze(client)
    assert [row.stek for row in Snapshot.objects.all()] == [stek]


def test_running_period_is_not_frozen(of_both):
    answer = freeze(of_both, period="2026-Q4")
    assert "Deze periode loopt nog." in text_of(of_both.get(answer["Location"]))
    assert not Snapshot.objects.exists()


def test_file_says_the_same_as_the_page(of_both, stek, essen):
    questions(stek, 12, 3)
    questions(essen, 7, 6)
    address = reverse("reports:file_of_several", kwargs=QUARTER | {"file_format": "csv"})
    assert of_both.get(address).status_code == 404  # nothing is frozen
    freeze(of_both)
    file = of_both.get(address)
    assert file["Content-Disposition"] == 'attachment; filename="saamo-2026-Q3-2-steks.csv"'
    lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    (line,) = [line for line in lines if ";energy;" in line and "thema" in line]
    assert line.endswith(";vragen;6;verborgen;verborgen")


def test_unknown_report_or_file_does_not_exist(of_both, stek):
    for where in ({"kind": "eigen-1"}, {"kind": "x"}, {"period": "2030"}):
        assert of_both.get(reverse("reports:of_several", kwargs=QUARTER | where)).status_code == 404
    address = reverse("reports:file_of_several", kwargs=QUARTER | {"file_format": "doc"})
    assert of_both.get(address).status_code == 404
