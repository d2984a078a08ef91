"""A report is frozen when it is taken along; it then says the same for ever."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from forms_help.models import Theme
from people.models import Household
from reports.models import Snapshot
from stek.erasure import erase_household
from tests import factories
from tests.cast import signed_in
from tests.races import at_once, statuses
from tests.visits.desk import text_of
from visits.models import Visit

NOW = dt.datetime(2026, 11, 26, 10, tzinfo=dt.UTC)
QUARTER = {"kind": "gemeente", "period": "2026-Q3"}


@pytest.fixture(autouse=True)
def _late_in_november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def busy(stek):
    """Twelve visits and seven questions in August."""
    opening = factories.opening(stek, dt.date(2026, 8, 4), closed=True)
    theme = factories.theme(stek, "wonen en huur", key="housing")
    for place in range(12):
        household = factories.household(stek, adults=2)
        visit = factories.visit(opening, household, purposes=["grocery", "question"])
        if place < 7:
            factories.question(visit, theme)
    return stek


def take(client, where=None, **form):
    address = reverse("reports:take", kwargs=where or QUARTER)
    form = {"request_id": uuid.uuid4(), "format": "csv"} | form
    return client.post(address, form)


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def show(client, where=None):
    return text_of(client.get(reverse("reports:report", kwargs=where or QUARTER)))


def test_taking_a_report_freezes_it_and_gives_the_file(coordinator, busy):
    answer = take(coordinator)
    frozen = Snapshot.objects.get()
    assert frozen.maker == coordinator.user
    assert answer["Location"] == "/rapporten/gemeente/2026-Q3/1/csv/"
    file = coordinator.get(answer["Location"])
    assert file["Content-Disposition"] == 'attachment; filename="gemeente-2026-Q3.csv"'
    assert "no-store" in file["Cache-Control"]
    assert "wonen en huur" in body(file).decode("utf-8-sig")
    verbs = list(AuditEvent.objects.filter(subject_id=frozen.pk).values_list("verb", flat=True))
    assert sorted(verbs) == ["freeze_report", "report_file"]
    assert "Vastgelegd op 26/11/2026, versie 1" in show(coordinator)


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "ods", "pdf"])
def test_every_kind_of_file_is_given(coordinator, busy, file_format):
    file = coordinator.get(take(coordinator, format=file_format)["Location"])
    assert file.status_code == 200
    assert len(body(file)) > 1000


def test_frozen_report_says_the_same_next_year(coordinator, busy, stek):
    first = body(coordinator.get(take(coordinator)["Location"]))
    Theme.objects.update(name="woning")
    stek.name = "Kalmthout-Heide"
    stek.save()
    for household in Household.objects.all():
        erase_household(household, by=coordinator.user)
    visit = Visit.objects.first()
    visit.voided_at, visit.voided_by, visit.void_reason = NOW, coordinator.user, "mistake"
    visit.save()
    with time_machine.travel(NOW + dt.timedelta(days=365), tick=False):
        coordinator.force_login(coordinator.user)
        again = coordinator.get("/rapporten/gemeente/2026-Q3/1/csv/")
        assert body(again) == first
        assert Snapshot.objects.count() == 1
        assert "12 bezoeken" in show(coordinator)


def test_taking_it_again_freezes_nothing_more(coordinator, busy):
    take(coordinator)
    take(coordinator, format="ods")
    assert Snapshot.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_freeze_one(busy):
    colleagues = [signed_in(factories.membership(busy, Role.COORDINATOR)) for _place in range(4)]
    answers = at_once(4, lambda place: take(colleagues[place]))
    assert statuses(answers) == {302: 4}
    assert Snapshot.objects.count() == 1


def test_running_period_is_not_frozen(coordinator, busy):
    running = {"kind": "gemeente", "period": "2026-Q4"}
    text = show(coordinator, running)
    assert "Deze periode loopt nog tot en met 31/12/2026" in text
    answer = take(coordinator, running)
    assert answer["Location"] == "/rapporten/gemeente/2026-Q4/"
    assert "Deze periode loopt nog." in show(coordinator, running)
    assert not Snapshot.objects.exists()


def test_report_for_others_is_no_file_before_it_is_frozen(coordinator, busy):
    for version in (0, 1):
        address = reverse(
            "reports:file", kwargs=QUARTER | {"version": version, "file_format": "csv"}
        )
        assert coordinator.get(address).status_code == 404


def test_report_that_stays_inside_is_taken_as_it_is_now(coordinator, busy):
    team = {"kind": "team", "period": "2026-Q4"}
    answer = take(coordinator, team)
    assert answer["Location"] == "/rapporten/team/2026-Q4/0/csv/"
    assert body(coordinator.get(answer["Location"]))
    assert not Snapshot.objects.exists()


def test_report_that_stays_inside_can_be_frozen_too(coordinator, busy):
    team = {"kind": "team", "period": "2026-Q3"}
    take(coordinator, team, format="")
    frozen = Snapshot.objects.get()
    assert frozen.shown is None
    assert "12 bezoeken" in show(coordinator, team)


def test_unknown_file_is_said(coordinator, busy):
    answer = take(coordinator, format="docx")
    assert "Kies een bestand uit de lijst." in text_of(coordinator.get(answer["Location"]))
    assert not Snapshot.objects.exists()


def test_small_numbers_are_hidden_in_what_leaves(coordinator, stek):
    opening = factories.opening(stek, dt.date(2026, 8, 4), closed=True)
    theme, other = factories.theme(stek), factories.theme(stek, "energie en water")
    visits = [factories.visit(opening, factories.household(stek)) for _place in range(12)]
    for place, visit in enumerate(visits):
        factories.question(visit, theme if place < 9 else other)
    text = show(coordinator)
    assert "energie en water verborgen" in text
    assert "wonen en huur verborgen" in text  # or the first would follow from the sum
    assert "Getallen van 1 tot 4 zijn verborgen" in text
    assert "energie en water 3" in show(coordinator, QUARTER | {"kind": "team"})
    file = coordinator.get(take(coordinator)["Location"])
    lines = [line for line in body(file).decode("utf-8-sig").splitlines() if "energie" in line]
    assert lines
    assert all(";3" not in line for line in lines)


# --- put right ---


def correct(client, **form):
    form = {"request_id": uuid.uuid4(), "correction": "Een dag later ingevuld."} | form
    return client.post(reverse("reports:correct", kwargs=QUARTER), form)


def late_entry(stek, count=6):
    opening = factories.opening(stek, dt.date(2026, 8, 6), closed=True)
    for _place in range(count):
        factories.visit(opening, factories.household(stek))


def test_correction_stands_beside_the_frozen_one(coordinator, busy):
    first = body(coordinator.get(take(coordinator)["Location"]))
    late_entry(busy)
    page = text_of(coordinator.get(reverse("reports:correct", kwargs=QUARTER)))
    assert "Ontmoeten in cijfers: bezoeken derde kwartaal 2026 12 18" in page
    assert correct(coordinator).status_code == 302
    assert "18 bezoeken" in show(coordinator)
    assert "Rechtgezet: Een dag later ingevuld." in show(coordinator)
    old = reverse("reports:version", kwargs=QUARTER | {"version": 1})
    assert "12 bezoeken" in text_of(coordinator.get(old))
    assert body(coordinator.get("/rapporten/gemeente/2026-Q3/1/csv/")) == first


def test_correction_without_a_change_is_none(coordinator, busy):
    take(coordinator)
    assert "alles telt nog zoals toen" in text_of(
        coordinator.get(reverse("reports:correct", kwargs=QUARTER))
    )
    correct(coordinator)
    assert Snapshot.objects.count() == 1


def test_correction_says_why(coordinator, busy):
    take(coordinator)
    late_entry(busy)
    answer = correct(coordinator, correction=" ")
    assert answer.status_code == 422
    assert "Schrijf in enkele woorden wat er rechtgezet is." in text_of(answer)
    assert Snapshot.objects.count() == 1


def test_correction_sent_twice_is_one(coordinator, busy):
    take(coordinator)
    late_entry(busy)
    key = uuid.uuid4()
    for _time in range(2):
        assert correct(coordinator, request_id=key).status_code == 302
    assert Snapshot.objects.count() == 2
    assert correct(coordinator, request_id=key, correction="Iets anders.").status_code == 422


def test_figures_only_are_for_the_community_worker(mika, coordinator, busy):
    take(coordinator)
    assert take(mika).status_code == 403
    assert mika.get("/rapporten/gemeente/2026-Q3/1/csv/").status_code == 403
    assert "12 bezoeken" in show(mika)
    assert "Kies een bestand" not in show(mika)
