"""`manage.py backup`: consistent while others write, verified, in two places, never half."""

import datetime as dt
import io
import os
import resource
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections
from django.utils import timezone

from people.models import Household
from places.models import Stek
from stek import jobs
from stek.backup import erasures, shelf
from stek.backup.elsewhere import working_in
from stek.backup.keys import new_key
from stek.backup.making import engine
from tests import factories
from tests.stek.backup.conftest import backed_up, kept, put_back

pytestmark = pytest.mark.django_db(transaction=True)


def backup(*options: str) -> str:
    out = io.StringIO()
    call_command("backup", *options, stdout=out)
    return out.getvalue()


def names_in(target: dict[str, Any]) -> set[str]:
    with working_in(target):
        return set(Household.objects.values_list("last_name", flat=True))


def test_backup_holds_every_row(folders, empty, stek: Stek) -> None:
    factories.household(stek, last_name="Peeters")
    factories.household(stek, last_name="Нечуй-Левицький")
    said = backup()
    assert "nagekeken" in said
    (path,) = kept(folders.first)
    assert str(path) in said
    target = empty()
    assert put_back(path, target).rows > 2
    assert names_in(target) == {"Peeters", "Нечуй-Левицький"}


def test_backup_is_for_the_service_only_and_leaves_no_open_copy(folders, stek: Stek) -> None:
    factories.household(stek, last_name="Canarievogel")
    path = backed_up()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folders.first.stat().st_mode) == 0o700
    files = [one for one in (*folders.first.rglob("*"), *folders.data.rglob("*")) if one.is_file()]
    assert {one.name for one in files} == {path.name, erasures.NAME, "lock", "backup.json"}
    assert not any(b"Canarievogel" in one.read_bytes() for one in files)


def test_backup_of_a_moment_while_others_write(folders, empty, stek: Stek) -> None:
    """Households come in pairs, each in one transaction: a backup with half a pair is torn."""
    by = factories.user()
    done = threading.Event()

    def write() -> None:
        for number in range(10, 10_000, 2):
            pair = [
                Household(stek=stek, number=number + n, last_name=f"p{number}", created_by=by)
                for n in range(2)
            ]
            Household.objects.bulk_create(pair)
            if done.is_set():
                break
        connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        paths = [backed_up() for _ in range(3)]
    finally:
        done.set()
        writer.join()
    assert Household.objects.count() > 4
    for path in paths:
        target = empty()
        put_back(path, target)
        with working_in(target):
            names = list(Household.objects.values_list("last_name", flat=True))
        assert all(names.count(name) == 2 for name in names)


def test_backup_if_changed_makes_one_only_after_a_change(folders, stek: Stek) -> None:
    backup("--if-changed")
    if connection.vendor == "sqlite":
        # PostgreSQL counts what is written in all databases of its server, also of other tests.
        assert "niets veranderd" in backup("--if-changed")
    before = len(kept(folders.first))
    factories.household(stek)
    backup("--if-changed")
    assert len(kept(folders.first)) == before + 1


def test_only_what_is_written_is_a_change(folders, stek: Stek) -> None:
    """Who reads changes nothing, and what the server writes of itself is no change either."""
    here = engine()

    def moved_by(do: Callable[[], object]) -> bool:
        before = here.stamp()
        do()
        return here.stamp() != before

    # Other tests write in databases of the same server, so between two looks some of them do.
    assert not all(moved_by(_talk) for _time in range(50))
    assert moved_by(lambda: factories.household(stek))


def _talk() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_logical_emit_message(false, 'stek', 'nobody wrote a row')")
    assert Household.objects.count() == 0


def test_backup_that_is_gone_is_made_again(folders, stek: Stek) -> None:
    backed_up().unlink()
    backup("--if-changed")
    assert len(kept(folders.first)) == 1


def test_backup_of_a_day_is_made_without_a_change(folders, stek: Stek) -> None:
    now = timezone.now()
    with time_machine.travel(now - dt.timedelta(hours=21)):
        backup()
    backup("--if-changed")
    assert len(kept(folders.first)) == 2


def test_backup_without_a_change_still_counts_as_good(folders, stek: Stek) -> None:
    with time_machine.travel(timezone.now() - dt.timedelta(hours=3)):
        backup()
    before = jobs.job(jobs.BACKUP)
    backup("--if-changed")
    after = jobs.job(jobs.BACKUP)
    assert after.good_at > before.good_at
    if connection.vendor == "sqlite":
        assert after.facts == before.facts


def test_backup_goes_to_the_second_place_too(folders, settings, stek: Stek) -> None:
    settings.BACKUP_SECOND_DIR = str(folders.second)
    path = backed_up()
    assert [one.name for one in kept(folders.second)] == [path.name]
    assert (folders.second / path.name).read_bytes() == path.read_bytes()
    assert (folders.second / erasures.NAME).exists()


def test_second_place_that_is_away_does_not_cost_the_first(folders, settings, stek: Stek) -> None:
    settings.BACKUP_SECOND_DIR = str(folders.second / "not-mounted")
    with pytest.raises(CommandError, match="verbonden"):
        backup()
    assert len(kept(folders.first)) == 1
    assert not jobs.job(jobs.BACKUP).failed_last
    assert jobs.job(jobs.SECOND_PLACE).failed_last
    assert not Path(settings.BACKUP_SECOND_DIR).exists()


def test_second_place_that_lost_everything_is_another_disk(folders, settings, stek: Stek) -> None:
    settings.BACKUP_SECOND_DIR = str(folders.second)
    backup()
    for path in folders.second.iterdir():
        path.unlink()
    with pytest.raises(CommandError, match="niets meer van vroeger"):
        backup()
    assert list(folders.second.iterdir()) == []
    backup("--new-second-place")
    assert len(kept(folders.second)) == 1


def test_second_place_that_failed_is_tried_again_without_a_change(
    folders, settings, stek: Stek
) -> None:
    settings.BACKUP_SECOND_DIR = str(folders.second)
    folders.second.rmdir()
    with pytest.raises(CommandError):
        backup("--if-changed")
    folders.second.mkdir()
    backup("--if-changed")
    assert len(kept(folders.second)) == 1


def test_old_backups_go_and_the_new_one_stays(folders, settings, stek: Stek) -> None:
    settings.BACKUP_DAYS = settings.BACKUP_WEEKS = 1
    now = timezone.now()
    for days in range(20, 0, -1):
        (folders.first).mkdir(exist_ok=True)
        (folders.first / shelf.new_name(now - dt.timedelta(days=days))).write_bytes(b"x")
    path = backed_up()
    assert len(kept(folders.first)) == shelf.RECENT
    assert path in kept(folders.first)


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """As on a disk that is full: what is written beyond it fails."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_full_disk_leaves_the_last_backup_and_nothing_half(folders, stek: Stek) -> None:
    good = backed_up()
    with no_file_longer_than(20_000), pytest.raises(CommandError, match=r"vol|full"):
        backup()
    assert kept(folders.first) == [good]
    assert not list(folders.first.glob(f"*{shelf.PART}*"))
    assert not list((folders.data / "backup-work").glob(f"*{shelf.PART}*"))
    assert jobs.job(jobs.BACKUP).failed_last


def test_folder_that_cannot_be_made_is_said(folders, settings, tmp_path: Path, stek: Stek) -> None:
    (tmp_path / "file").touch()
    settings.BACKUP_DIR = tmp_path / "file" / "backups"
    with pytest.raises(CommandError, match="kan niet gemaakt worden"):
        backup()
    assert jobs.job(jobs.BACKUP).failed_last


def test_backup_without_a_key_is_refused_before_anything(folders, settings, stek: Stek) -> None:
    settings.BACKUP_KEY = ""
    with pytest.raises(CommandError, match="make_backup_key"):
        backup()
    assert kept(folders.first) == []


def test_key_beside_the_backups_is_refused(folders, settings, stek: Stek) -> None:
    folders.first.mkdir()
    (folders.first / "key").write_text(new_key(), encoding="ascii")
    settings.BACKUP_KEY, settings.BACKUP_KEY_FILE = "", str(folders.first / "key")
    with pytest.raises(CommandError, match="ergens anders"):
        backup()


def test_two_at_once_are_refused_and_the_first_goes_on(folders, stek: Stek) -> None:
    with shelf.one_at_a_time(), pytest.raises(CommandError, match="loopt al"):
        backup()
    assert kept(folders.first) == []
    backup()
    assert len(kept(folders.first)) == 1


KILLED = """
import os, sys, threading
import django
django.setup()
from django.utils import timezone
from stek.backup import making
def dies(*arguments):
    os.kill(os.getpid(), 9)
making._verify = dies
making.make_backup(timezone.now())
"""


def test_backup_that_is_killed_leaves_nothing_that_looks_whole(folders, stek: Stek) -> None:
    """Just before it gets its name, when all of it is written."""
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "stek.settings",
        "STEK_SECRET_KEY": "x" * 60,
        "STEK_ENCRYPTION_KEY": "x" * 60,
        "STEK_LOOPBACK": "1",
        "STEK_DATA_DIR": str(folders.data),
        "STEK_BACKUP_DIR": str(folders.first),
        "STEK_BACKUP_KEY": new_key(),
        "DATABASE_URL": url_of_tests(),
        "DATABASE_WEB_URL": "",
    }
    done = subprocess.run([sys.executable, "-c", KILLED], env=env, check=False)
    assert done.returncode == -9
    assert len(list(folders.first.glob(f"*{shelf.PART}"))) == 1
    assert kept(folders.first) == []
    backup()
    assert not list(folders.first.glob(f"*{shelf.PART}"))
    assert len(kept(folders.first)) == 1


def url_of_tests() -> str:
    there = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{there['NAME']}"
    return "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**there)


def test_make_backup_key_puts_a_new_key_before_the_old(tmp_path: Path) -> None:
    file = tmp_path / "key"
    out = io.StringIO()
    call_command("make_backup_key", str(file), stdout=out)
    old = file.read_text(encoding="ascii").split()
    call_command("make_backup_key", str(file), stdout=out)
    assert file.read_text(encoding="ascii").split()[1:] == old
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert old[0] not in out.getvalue()
