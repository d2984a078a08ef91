"""Raw rows taken out of the house: who may, after what, with whom in it, and for how long."""

import csv
import datetime as dt
import io
import uuid
from dataclasses import replace
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from people.models import Household
from reports.exports import making as export_making
from reports.exports.actions import MOST_BUSY
from reports.exports.folder import begin, folder, new_name
from reports.exports.making import make_export, take_up_lost, throw_away_expired
from reports.exports.raw_rows import Reader, source_of
from reports.models import Export
from tests import factories
from tests.cast import Colleague
from tests.visits.desk import text_of

PASSWORD = "koffie-en-thee-2026"


@pytest.fixture(autouse=True)
def _empty_folder(db):
    yield
    for path in folder().iterdir():
        path.unlink()


@pytest.fixture
def els(coordinator) -> Colleague:
    """The coordinator, with a password that may be asked again."""
    coordinator.user.set_password(PASSWORD)
    coordinator.user.save()
    coordinator.force_login(coordinator.user)
    return coordinator


def ask(client, **changes):
    body = {
        "subject": "visits",
        "file_format": "csv",
        "first_day": f"{factories.today().replace(month=1, day=1)}",
        "last_day": f"{factories.today()}",
        "reason": "own_work",
        "reason_words": "voor het jaarverslag",
        "password": PASSWORD,
        "request_id": f"{uuid.uuid4()}",
    } | changes
    return client.post(reverse("reports:raw"), {k: v for k, v in body.items() if v is not None})


def taken(client, **changes) -> list[list[str]]:
    """The rows of a CSV that was asked for and downloaded, its header first."""
    answer = ask(client, **changes)
    assert answer.status_code == 302, text_of(answer)
    export = Export.objects.latest("id")
    file = client.get(reverse("reports:download", args=[export.pk]))
    assert file.status_code == 200
    raw = b"".join(file.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(raw, newline=""), delimiter=";"))


def files() -> list[str]:
    return sorted(path.name for path in folder().iterdir())


@pytest.fixture
def visit(stek, opening):
    return factories.visit(opening, factories.household(stek), purposes=["grocery", "question"])


def test_visits_are_rows_without_names(els, visit, opening):
    factories.anonymous_visit(opening, adults=2, children=1)
    head, first, second = taken(els)
    assert head[:5] == ["dag", "huishouden gekend", "klantnummer", "volwassenen", "kinderen"]
    day = f"{opening.day:%d/%m/%Y}"
    assert first == [day, "ja", f"{visit.household.number}", "1", "0", "nee", *first[6:]]
    assert first[6:] == ["ja", "nee", "ja", "nee"]
    assert second[:5] == [day, "nee", "", "2", "1"]


def test_names_come_only_when_asked_for(els, visit):
    assert "Fatima" not in str(taken(els))
    head, row = taken(els, with_names="on")
    assert head[-2:] == ["voornaam", "familienaam"]
    assert row[-2:] == ["Fatima", "El Amrani"]


def test_erased_household_is_in_no_export(els, visit):
    Household.objects.update(first_name="", last_name="", erased_at=timezone.now(), eraser=els.user)
    (_head, row) = taken(els, with_names="on")
    assert row[1:3] == ["ja", ""]
    assert row[-2:] == ["", ""]
    assert taken(els, subject="households", with_names="on")[1:] == []


def test_struck_out_rows_are_left_out(els, visit):
    visit.voided_at, visit.voided_by, visit.void_reason = timezone.now(), els.user, "mistake"
    visit.save()
    factories.question(visit, factories.theme(visit.opening.stek))
    assert taken(els)[1:] == []
    assert taken(els, subject="questions")[1:] == []


def test_questions_have_coded_words_and_never_a_note(els, visit, stek):
    helped = [factories.help_type(stek, name="brief uitgelegd")]
    factories.question(
        visit,
        factories.theme(stek, name="wonen"),
        help_types=helped,
        note="huisbaas wil niet",
        note_until=factories.today(),
    )
    factories.question(visit)
    head, first, second = taken(els, subject="questions", with_names="on")
    assert head[1:4] == ["thema", "soort hulp", "resultaat"]
    assert first[1:4] == ["wonen", "brief uitgelegd", "afgehandeld"]
    assert second[1] == "babbel"
    assert "huisbaas" not in str((first, second))


def test_referrals_have_no_appointment_or_place(els, visit, stek):
    question = factories.question(visit, factories.theme(stek))
    referral = factories.referral(question, factories.partner(stek))
    referral.appointment_at = timezone.now()
    referral.appointment_place, referral.ask_for = "Kapellensteenweg 1", "Jan"
    referral.save()
    head, row = taken(els, subject="referrals")
    assert row[head.index("partner")] == "CAW"
    assert row[head.index("contact gelegd op")] == f"{factories.today():%d/%m/%Y}"
    assert "Kapellensteenweg" not in str(row)
    assert "Jan" not in str(row)


def test_households_are_those_that_came_in_the_period(els, visit, stek):
    factories.household(stek, "Niet", "Gezien")
    head, row = taken(els, subject="households", with_names="on")
    assert head[-3:] == ["voornaam", "familienaam", "telefoon"]
    assert row[head.index("bezoeken in de periode")] == "1"
    assert "Niet" not in str(row)


@pytest.mark.parametrize("subject", ["visits", "questions", "referrals", "households"])
def test_another_stek_is_not_in_it(els, visit, stek, essen, subject):
    theirs = factories.visit(
        factories.opening(essen), factories.household(essen, "Nadia", "Haddad")
    )
    for place, seen in ((stek, visit), (essen, theirs)):
        question = factories.question(seen, factories.theme(place))
        factories.referral(question, factories.partner(place))
    _head, *rows = taken(els, subject=subject, with_names="on")
    assert len(rows) == 1
    assert "El Amrani" in rows[0]


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "ods"])
def test_formula_in_a_name_stays_text(els, stek, opening, file_format):
    household = factories.household(stek, "Jan", "Maes")
    Household.objects.filter(pk=household.pk).update(last_name="=1+1", phone="+32 475")
    factories.visit(opening, household)
    ask(els, subject="households", with_names="on", file_format=file_format)
    export = Export.objects.get()
    made = folder() / export.file
    if file_format == "csv":
        assert "'=1+1;'+32 475" in made.read_text(encoding="utf-8-sig")
    assert export.state == "done"
    assert made.stat().st_mode & 0o777 == 0o600
    assert folder().stat().st_mode & 0o777 == 0o700
    assert Path(settings.STATIC_ROOT) not in made.parents


def test_download_says_what_it_is_and_is_kept_by_nobody(els, visit):
    ask(els)
    file = els.get(reverse("reports:download", args=[Export.objects.get().pk]))
    b"".join(file.streaming_content)
    assert file["Content-Disposition"].startswith('attachment; filename="bezoeken-')
    assert file["Cache-Control"] == "no-store"
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Type"] == "text/csv; charset=utf-8"


def test_asking_and_taking_are_logged_and_the_rows_are_counted(els, visit):
    taken(els, with_names="on")
    export = Export.objects.get()
    events = AuditEvent.objects.filter(subject_type="export", subject_id=export.pk)
    assert list(events.order_by("id").values_list("verb", "kind", "actor_id")) == [
        ("ask_export", "change", els.user.pk),
        ("download_export", "read", els.user.pk),
    ]
    assert events.get(verb="ask_export").fields == ["with_names"]
    assert export.rows == 1
    assert (export.reason, export.reason_words) == ("own_work", "voor het jaarverslag")


# --- the password again ---


@pytest.mark.parametrize("password", [None, "", "verkeerd", PASSWORD.upper()])
def test_without_the_right_password_nothing_is_made(els, visit, password):
    answer = ask(els, password=password)
    assert answer.status_code == 422
    assert "wachtwoord" in text_of(answer)
    assert not Export.objects.exists()
    assert files() == []


def test_password_is_good_for_a_quarter_of_an_hour(els, visit):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert ask(els).status_code == 302
        clock.shift(dt.timedelta(minutes=14))
        assert 'name="password"' not in els.get(reverse("reports:raw")).content.decode()
        assert ask(els, password=None).status_code == 302
        clock.shift(dt.timedelta(minutes=2))
        assert ask(els, password=None).status_code == 422


def test_slip_elsewhere_asks_nobody_about_the_password(els):
    answer = ask(els, reason="", password="verkeerd")
    assert answer.status_code == 422
    assert "klopt niet" not in text_of(answer)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"first_day": "2026-03-02", "last_day": "2026-03-01"}, "Wissel ze om."),
        ({"first_day": "2019-01-01", "last_day": "2026-03-01"}, "meer dan vijf jaar"),
        ({"first_day": "1999-01-01", "last_day": "1999-03-01"}, "tussen 2000 en 2100"),
        ({"first_day": "gisteren"}, "Typ de dag zoals"),
        ({"reason_words": ""}, ""),
        ({"subject": "users"}, ""),
        ({"file_format": "exe"}, ""),
    ],
)
def test_form_that_is_wrong_makes_nothing(els, change, said):
    answer = ask(els, **change)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Export.objects.exists()


def test_same_form_twice_is_one_export(els, visit):
    key = f"{uuid.uuid4()}"
    first, second = ask(els, request_id=key), ask(els, request_id=key)
    assert first.url == second.url
    assert Export.objects.count() == 1
    assert ask(els, request_id=key, subject="households").status_code == 422


# --- in the background ---


@pytest.fixture
def waiting(stek, els, visit) -> Export:
    return factories.export(stek, state="waiting", by=els.user)


def test_long_one_waits_for_the_worker(els, stek, visit, monkeypatch):
    monkeypatch.setattr(export_making, "AT_ONCE", 0)
    page = els.get(ask(els).url)
    assert "Je bestand wordt zo meteen gemaakt." in text_of(page)
    assert 'hx-trigger="every 2s"' in page.content.decode()
    call_command("run_exports", "--once")
    page = els.get(page.request["PATH_INFO"])
    assert "Klaar: 1 rij." in text_of(page)
    assert "hx-trigger" not in page.content.decode().split('id="export"')[1].split(">")[0]
    assert len(files()) == 1


def test_cancelled_one_leaves_nothing(els, waiting):
    els.post(reverse("reports:cancel", args=[waiting.pk]))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.file) == ("cancelled", "")
    call_command("run_exports", "--once")
    assert files() == []
    assert els.get(reverse("reports:download", args=[waiting.pk])).status_code == 404


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "ods"])
def test_one_that_is_cancelled_while_it_is_made_leaves_nothing(
    els, stek, visit, monkeypatch, file_format
):
    """The worker looks whether it is still wanted, part after part."""
    export = factories.export(stek, state="waiting", by=els.user, file_format=file_format)
    monkeypatch.setattr(export_making, "BEAT", 0)
    source, asked = source_of("visits"), []

    def read(keys):
        asked.append(keys)
        return []

    def cancelling(subject):
        els.post(reverse("reports:cancel", args=[export.pk]))
        reader = Reader([visit.opening_id], read)
        return replace(source, read=lambda *_about: reader)

    monkeypatch.setattr(export_making, "source_of", cancelling)
    make_export(export)
    export.refresh_from_db()
    assert (export.state, export.file) == ("cancelled", "")
    assert files() == []
    assert asked == []


def test_ready_file_can_be_thrown_away(els, visit):
    ask(els)
    export = Export.objects.get()
    els.post(reverse("reports:cancel", args=[export.pk]))
    assert files() == []
    assert "Het bestand is weg" in text_of(els.get(reverse("reports:export", args=[export.pk])))
    assert els.get(reverse("reports:download", args=[export.pk])).status_code == 404


def killed(export, *, minutes_ago, tries=1) -> None:
    """As a worker leaves it that was ended by force while it wrote."""
    name = new_name("csv")
    begin(name).write_text("half")
    Export.objects.filter(pk=export.pk).update(
        state="running",
        claim="gone",
        file=name,
        tries=tries,
        started_at=timezone.now(),
        beat_at=timezone.now() - dt.timedelta(minutes=minutes_ago),
    )


def test_what_a_killed_worker_was_making_is_made_again(els, waiting):
    killed(waiting, minutes_ago=3)
    call_command("run_exports", "--once")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.rows, waiting.tries) == ("done", 1, 2)
    assert files() == [waiting.file]


def test_worker_that_still_works_keeps_its_export(waiting):
    killed(waiting, minutes_ago=1)
    assert take_up_lost(timezone.now()) == 0
    assert len(files()) == 1
    _tidy(waiting)


def _tidy(export):
    Export.objects.filter(pk=export.pk).update(state="failed", file="")
    throw_away_expired(timezone.now())


def test_what_kills_its_worker_each_time_is_given_up(els, waiting):
    killed(waiting, minutes_ago=3, tries=3)
    take_up_lost(timezone.now())
    waiting.refresh_from_db()
    assert (waiting.state, waiting.problem) == ("failed", "lost")
    assert files() == []
    text = text_of(els.get(reverse("reports:export", args=[waiting.pk])))
    assert "Probeer het opnieuw." in text


def test_second_worker_leaves_what_the_first_took(waiting):
    killed(waiting, minutes_ago=0)
    before = files()
    make_export(waiting)
    assert files() == before
    _tidy(waiting)


def test_too_many_rows_for_a_spreadsheet_offers_csv(els, stek, visit, monkeypatch):
    monkeypatch.setattr("reports.files.xlsx_file.MOST_ROWS", 3)
    page = els.get(ask(els, file_format="xlsx").url)
    assert "Kies CSV" in text_of(page)
    assert files() == []


def test_full_disk_says_so(els, waiting, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export_making, "write_sheet", full)
    make_export(waiting)
    assert "schijf is vol" in text_of(els.get(reverse("reports:export", args=[waiting.pk])))
    assert files() == []


def test_file_is_gone_after_a_day(els, visit):
    ask(els)
    export = Export.objects.get()
    assert throw_away_expired(timezone.now() + dt.timedelta(hours=23)) == 0
    assert throw_away_expired(timezone.now() + dt.timedelta(hours=25)) == 1
    assert files() == []
    assert els.get(reverse("reports:download", args=[export.pk])).status_code == 404
    assert "Het bestand is weg" in text_of(els.get(reverse("reports:export", args=[export.pk])))


def test_file_of_no_export_is_swept_away(waiting):
    begin(new_name("csv"))
    (folder() / new_name("xlsx")).write_text("over")
    assert throw_away_expired(timezone.now()) == 2
    assert files() == []


def test_only_so_many_wait_at_once(els, stek, visit):
    for _time in range(MOST_BUSY):
        factories.export(stek, state="waiting")
    answer = ask(els)
    assert answer.status_code == 422
    assert "Er wachten al genoeg exports." in text_of(answer)
    assert Export.objects.count() == MOST_BUSY


def test_page_lists_what_was_asked_before(els, stek, visit, essen):
    factories.export(essen, reason_words="in Essen")
    ask(els, with_names="on")
    text = text_of(els.get(reverse("reports:raw")))
    assert "Bezoeken met namen" in text
    assert "Els Goossens" in text
    assert "in Essen" not in text
