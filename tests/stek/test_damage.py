"""A database that is damaged: said at the start, on the page of a monitor, and never with 500."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Session
from stek import jobs
from stek.backup.elsewhere import settings_of, working_in
from stek.backup.keys import new_key
from stek.backup.making import make_backup
from stek.backup.problems import DamagedError
from stek.damage import is_damage, tells_of_damage
from tests.strict import StrictClient

#: The page where the rows are, and the one by which a file is known as a database.
PAGES = {"rows": 1, "first": 0}


@pytest.fixture(params=PAGES)
def damaged(request: pytest.FixtureRequest, tmp_path: Path, settings) -> Iterator[Path]:
    """Everything that asks for the database gets a file in which a page was overwritten."""
    settings.DATA_DIR, settings.BACKUP_DIR = tmp_path, tmp_path / "backups"
    settings.BACKUP_KEY, settings.BACKUP_KEY_FILE = new_key(), ""
    file = tmp_path / "damaged.sqlite3"
    with closing(sqlite3.connect(file)) as there:
        there.execute("PRAGMA page_size = 4096")
        # What every page asks first; the page with its rows is the second of the file.
        columns = ", ".join(str(field.column) for field in Session._meta.concrete_fields)
        there.execute(f"CREATE TABLE accounts_session ({columns})")
        there.commit()
    with file.open("r+b") as page:
        page.seek(PAGES[request.param] * 4096)
        page.write(b"\xa5" * 4096)
    with working_in(settings_of(f"sqlite:///{file}")):
        yield file


@pytest.fixture
def laptop(django_db_blocker) -> Iterator[Client]:
    """As in life: an exception is an answer, not a failure of the test."""
    with django_db_blocker.unblock():
        client = StrictClient()
        client.raise_request_exception = False
        yield client


def test_damage_is_an_error_of_the_checks_at_the_start(damaged: Path, django_db_blocker) -> None:
    with django_db_blocker.unblock():
        said = [one.id for one in run_checks(databases=["default"])]
    assert "stek.E004" in said


def test_page_that_meets_damage_answers_503_and_the_monitor_is_told(
    damaged: Path, laptop: Client
) -> None:
    laptop.cookies["stek"] = "a" * 32
    answer = laptop.get(reverse("visits:counter"))
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert jobs.job(jobs.DATABASE).failed_last
    laptop.cookies.clear()  # a monitor is nobody
    told = laptop.get(reverse("health"))
    assert told.status_code == 503
    assert told.json()["checks"]["database"] == "problem"


def test_damaged_database_is_not_backed_up_and_that_is_noted(
    damaged: Path, django_db_blocker
) -> None:
    with django_db_blocker.unblock(), pytest.raises(DamagedError, match="beschadigd"):
        make_backup(timezone.now())
    assert jobs.job(jobs.DATABASE).failed_last
    assert not list((damaged.parent / "backups").glob("*.stekbackup"))


@pytest.mark.django_db(transaction=True)
def test_backup_that_read_everything_takes_the_note_back(settings, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.BACKUP_DIR = tmp_path, tmp_path / "backups"
    settings.BACKUP_SECOND_DIR = ""
    settings.BACKUP_KEY, settings.BACKUP_KEY_FILE = new_key(), ""
    jobs.note_failed(jobs.DATABASE, timezone.now(), "Een stuk is onleesbaar.")
    make_backup(timezone.now())
    assert not jobs.job(jobs.DATABASE).failed_last


def test_lock_or_a_full_disk_is_no_damage() -> None:
    locked = sqlite3.OperationalError("database is locked")
    locked.sqlite_errorcode = sqlite3.SQLITE_BUSY
    assert not is_damage(locked)
    assert not is_damage(None)
    assert not tells_of_damage("pg_dump: error: connection to server was lost")
    assert tells_of_damage("pg_dump: error: query failed: ERROR:  invalid page in block 7 of x")
