"""Whether it all still goes: the page of a monitor, the page for the office, the mail."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail
from accounts.outbox import put_in
from accounts.roles import Role
from places.models import Stek
from stek import health, jobs
from stek.alarm import put_in_alarms
from stek.backup.elsewhere import beside, working_in
from stek.mails import send_mails
from stek.version import commit_of
from tests import factories
from tests.cast import Colleague
from tests.visits.desk import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.BACKUP_DIR.mkdir()
    settings.BACKUP_SECOND_DIR = ""
    return tmp_path


@pytest.fixture
def well(data: Path) -> Path:
    """Everything was done just now."""
    now = timezone.now()
    (data / "backups" / "a.stekbackup").touch()
    jobs.note_good(jobs.BACKUP, now, {"file": "a.stekbackup", "open_size": 1000})
    jobs.note_good(jobs.RESTORE_TEST, now)
    jobs.note_good(jobs.DUE, now)
    return data


def asked(client: Client) -> tuple[int, dict[str, Any]]:
    answer = client.get(reverse("health"))
    return answer.status_code, json.loads(answer.content)


def ill() -> set[str]:
    return {check.key for check in health.checks(timezone.now()) if not check.is_well}


# --- for a monitor ---


def test_health_is_200_when_all_is_well(well: Path, client: Client) -> None:
    code, said = asked(client)
    assert code == 200
    assert said["status"] == "ok"
    assert set(said["checks"].values()) == {"ok"}


def test_health_is_never_kept(well: Path, client: Client) -> None:
    assert "no-store" in client.get(reverse("health"))["Cache-Control"]


def test_health_asks_little_of_the_database(
    well: Path, client: Client, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(1):
        asked(client)


def test_health_tells_no_path_and_no_figure(data: Path, client: Client) -> None:
    jobs.note_failed(jobs.BACKUP, timezone.now(), f"De schijf van {data} is vol.")
    said = client.get(reverse("health")).content.decode()
    assert str(data) not in said
    assert not any(character.isdigit() for character in said)


def test_health_is_503_when_the_database_is_away(
    well: Path, client: Client, tmp_path: Path
) -> None:
    away = beside(connection, str(tmp_path / "none" / "none"))
    if connection.vendor == "postgresql":
        away |= {"NAME": "none", "HOST": "127.0.0.1", "PORT": "1"}
    with working_in(away):
        code, said = asked(client)
    assert code == 503
    assert said["checks"]["database"] == "problem"
    assert said["checks"]["backup"] == "ok"


@pytest.mark.parametrize(
    ("job", "hours", "key"),
    [
        (jobs.BACKUP, 26, "backup"),
        (jobs.RESTORE_TEST, 50, "restore_test"),
        (jobs.DUE, 0.5, "timer"),
    ],
)
def test_health_is_503_when_a_timer_stands_still(
    well: Path, client: Client, job: str, hours: float, key: str
) -> None:
    facts = jobs.job(job).facts
    jobs.note_good(job, timezone.now() - dt.timedelta(hours=hours, minutes=-1), facts)
    assert asked(client)[0] == 200
    jobs.note_good(job, timezone.now() - dt.timedelta(hours=hours, minutes=1), facts)
    code, said = asked(client)
    assert code == 503
    assert said["checks"][key] == "problem"


def test_clock_that_was_put_back_is_no_fresh_backup(well: Path) -> None:
    with time_machine.travel(timezone.now() - dt.timedelta(days=2)):
        assert {"backup", "timer", "restore_test"} <= ill()


def test_backup_that_failed_just_now_is_well_until_it_is_old(well: Path) -> None:
    jobs.note_failed(jobs.BACKUP, timezone.now(), "De schijf is vol.")
    assert ill() == set()


def test_backup_that_is_gone_is_seen(well: Path) -> None:
    (well / "backups" / "a.stekbackup").unlink()
    assert ill() == {"backup"}


def test_restore_test_that_failed_is_seen_at_once(well: Path) -> None:
    jobs.note_failed(jobs.RESTORE_TEST, timezone.now(), "De back-up is beschadigd.")
    assert ill() == {"restore_test"}


def test_second_place_that_lags_behind_is_seen(well: Path, settings) -> None:
    settings.BACKUP_SECOND_DIR = str(well / "second")
    assert ill() == {"second_place"}
    jobs.note_good(jobs.SECOND_PLACE, timezone.now(), {"file": "a.stekbackup"})
    assert ill() == set()
    jobs.note_failed(jobs.SECOND_PLACE, timezone.now(), "weg")
    assert ill() == {"second_place"}


def test_disk_without_room_for_a_backup_is_seen(well: Path) -> None:
    facts = {**jobs.job(jobs.BACKUP).facts, "open_size": 10**18}
    jobs.note_good(jobs.BACKUP, timezone.now(), facts)
    assert ill() == {"disk"}


def test_mail_that_is_stuck_is_seen(well: Path, stek: Stek, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # no server
    mailed = put_in(stek=stek, kind="week", subject_id=1, key="a", not_before=timezone.now())
    call_command("run_due")
    assert ill() == set()
    OutgoingMail.objects.filter(pk=mailed.pk).update(
        created_at=timezone.now() - dt.timedelta(hours=7)
    )
    call_command("run_due")
    assert ill() == {"mail"}
    stek.sends_mail = False
    stek.save()
    call_command("run_due")
    assert ill() == set()


def test_damaged_note_of_a_job_is_no_good_news(well: Path) -> None:
    (well / "jobs" / "backup.json").write_text("{", encoding="utf-8")
    assert ill() == {"backup"}


def test_run_due_is_noted(data: Path) -> None:
    assert jobs.job(jobs.DUE).good_at is None
    call_command("run_due")
    assert jobs.job(jobs.DUE).good_at is not None


# --- for the office ---


def test_status_says_that_all_is_well(well: Path, coordinator: Colleague) -> None:
    page = coordinator.get(reverse("status")).content.decode()
    assert "Alles loopt goed" in page
    assert "badge-off" not in page


def test_status_says_what_is_wrong_and_what_to_do(well: Path, coordinator: Colleague) -> None:
    jobs.note_failed(jobs.RESTORE_TEST, timezone.now(), "De back-up is beschadigd.")
    page = coordinator.get(reverse("status")).content.decode()
    assert "Eén ding loopt niet goed" in page
    assert "De back-up is beschadigd." in page
    assert "manage.py test_restore" in page


def test_status_of_a_new_installation_says_what_has_to_begin(
    data: Path, coordinator: Colleague, settings
) -> None:
    page = text_of(coordinator.get(reverse("status")))
    assert "Stek is nieuw op deze server" in page
    assert "Er is nog geen back-up gemaakt. Laat wie de server beheert" in page
    assert "niet in orde Er is nog geen" not in page
    # A monitor is not told so: until the first one there is none.
    assert "backup" in ill()
    settings.DEMO = True
    page = text_of(coordinator.get(reverse("status")))
    assert "binnen het kwartier" in page
    assert "Laat wie de server beheert" not in page


def test_status_of_what_has_yet_to_begin_after_a_day_is_an_alarm(
    data: Path, coordinator: Colleague
) -> None:
    factories.user(date_joined=timezone.now() - dt.timedelta(hours=27))
    page = text_of(coordinator.get(reverse("status")))
    assert "3 dingen lopen niet goed" in page
    assert "Back-up niet in orde Er is nog geen back-up gemaakt." in page


def test_status_of_a_first_backup_that_failed_is_an_alarm(
    data: Path, coordinator: Colleague
) -> None:
    jobs.note_failed(jobs.BACKUP, timezone.now(), "De schijf is vol.")
    page = text_of(coordinator.get(reverse("status")))
    assert "Back-up niet in orde" in page
    assert "De schijf is vol." in page


def test_office_leads_to_the_status(well: Path, coordinator: Colleague) -> None:
    assert reverse("status") in coordinator.get(reverse("admin:index")).content.decode()


# --- by mail ---


@pytest.fixture
def keeper(stek: Stek) -> Any:
    """An administrator who installed Stek a week ago."""
    week_ago = timezone.now() - dt.timedelta(days=7)
    user = factories.user("els", email="els@example.org", date_joined=week_ago)
    return factories.membership(stek, Role.ADMINISTRATOR, user=user)


def test_administrator_is_mailed_once_a_day(data: Path, keeper: Any, essen: Stek) -> None:
    factories.membership(essen, Role.ADMINISTRATOR, user=keeper.user)
    now = timezone.now()
    assert put_in_alarms(now) == 1
    assert put_in_alarms(now) == 0
    assert send_mails(now) == 1
    (sent,) = mail.outbox
    assert sent.to == ["els@example.org"]
    assert "Er is nog geen back-up gemaakt." in sent.body
    assert reverse("status") in sent.body
    assert put_in_alarms(now + dt.timedelta(days=1)) == 1


def test_nobody_is_mailed_when_all_is_well(well: Path, keeper: Any) -> None:
    assert put_in_alarms(timezone.now()) == 0


def test_alarm_that_is_over_does_not_leave(data: Path, keeper: Any, settings) -> None:
    now = timezone.now()
    put_in_alarms(now)
    (data / "backups" / "a.stekbackup").touch()
    jobs.note_good(jobs.BACKUP, now, {"file": "a.stekbackup"})
    jobs.note_good(jobs.RESTORE_TEST, now)
    jobs.note_good(jobs.DUE, now)
    assert send_mails(now) == 0
    assert OutgoingMail.objects.get().state == OutgoingMail.State.NOT_NEEDED


def test_who_installs_gets_a_day(data: Path, stek: Stek) -> None:
    factories.membership(stek, Role.ADMINISTRATOR, user=factories.user(email="els@example.org"))
    assert put_in_alarms(timezone.now()) == 0


# --- which version ---


def test_version_is_the_commit(tmp_path: Path) -> None:
    assert commit_of(tmp_path) == ""
    (tmp_path / "HEAD").write_text("ref: refs/heads/main\n", encoding="ascii")
    (tmp_path / "packed-refs").write_text("# x\nabc1234 refs/heads/main\n", encoding="ascii")
    assert commit_of(tmp_path) == "abc1234"
    (tmp_path / "HEAD").write_text("def5678\n", encoding="ascii")
    assert commit_of(tmp_path) == "def5678"
