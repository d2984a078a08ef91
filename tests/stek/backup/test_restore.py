"""`manage.py restore`: whole or not at all, and nobody comes back who was erased."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from accounts.models import AuditEvent, OutgoingMail, Session
from accounts.outbox import put_in
from people.models import Household
from places.models import Stek
from stek import jobs
from stek.backup import erasures, shelf
from stek.backup.elsewhere import working_in
from stek.backup.keys import new_key
from stek.erasure import erase_household
from tests import factories
from tests.cast import Colleague
from tests.stek.backup.conftest import backed_up, put_back

pytestmark = pytest.mark.django_db(transaction=True)
#: Each restore on PostgreSQL makes a database. What comes back, and what is never written over, is
#: asked on both engines; lists, lines and words around it are the same code after the same rows.
AFTER_IT = pytest.mark.one_engine("after a restore, which its neighbours do on each engine")


def restore(path: Path, target: dict[str, Any], *options: str) -> str:
    out = io.StringIO()
    with working_in(target):
        call_command("restore", str(path), *options, stdout=out)
    return out.getvalue()


def is_untouched(target: dict[str, Any]) -> bool:
    """Nothing is there, and nothing lies beside it."""
    if connection.vendor == "sqlite":
        path = Path(target["NAME"])
        return not list(path.parent.glob(f"{path.name}*"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_database WHERE datname LIKE %s", [f"{target['NAME']}%"]
        )
        return cursor.fetchone()[0] == 0


# --- what comes back ---


@AFTER_IT
def test_restore_says_what_it_did(folders, empty, stek: Stek) -> None:
    factories.household(stek)
    said = restore(backed_up(), empty())
    assert "teruggezet" in said
    assert "0 huishoudens die intussen gewist waren" in said
    assert "Start dan de dienst" in said


def test_restore_ends_all_sessions(folders, empty, mika: Colleague) -> None:
    assert Session.objects.exists()
    path, target = backed_up(), empty()
    assert put_back(path, target).sessions == 1
    with working_in(target):
        assert not Session.objects.exists()
    assert Session.objects.exists()


@AFTER_IT
def test_restore_sends_no_mail_a_second_time(folders, empty, stek: Stek) -> None:
    put_in(stek=stek, kind="week", subject_id=1, key="week:1", not_before=timezone.now())
    path, target = backed_up(), empty()
    assert put_back(path, target).mails == 1
    with working_in(target):
        assert OutgoingMail.objects.get().state == OutgoingMail.State.UNSURE


@AFTER_IT
def test_restore_stands_in_the_log(folders, empty, stek: Stek) -> None:
    path, target = backed_up(), empty()
    put_back(path, target)
    with working_in(target):
        assert AuditEvent.objects.filter(verb="restore_backup").count() == 1


def test_restore_gives_the_next_row_a_number_of_its_own(folders, empty, stek: Stek) -> None:
    last = factories.household(stek)
    path, target = backed_up(), empty()
    put_back(path, target)
    with working_in(target):
        assert factories.household(Stek.objects.get()).pk == last.pk + 1


def test_older_backup_is_brought_up_to_date(folders, empty, stek: Stek) -> None:
    old = empty()
    put_back(backed_up(), old)
    with working_in(old):
        call_command("migrate", "reports", "0004", verbosity=0)
        path = backed_up()
    target = empty()
    assert put_back(path, target).migrated >= 1
    with working_in(target) as there:
        executor = MigrationExecutor(there)
        assert not executor.migration_plan(executor.loader.graph.leaf_nodes())


# --- what is refused, with nothing touched ---


def refused(path: Path, target: dict[str, Any], match: str, *options: str) -> None:
    with pytest.raises(CommandError, match=match):
        restore(path, target, *options)
    assert is_untouched(target)


def test_newer_backup_is_refused(folders, empty, stek: Stek) -> None:
    newer = empty()
    put_back(backed_up(), newer)
    with working_in(newer) as there:
        with there.cursor() as cursor:
            cursor.execute(
                "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)",
                ["people", "9999_from_tomorrow", "2040-01-01 00:00:00+00:00"],
            )
        path = backed_up()
    refused(path, empty(), "nieuwere versie")


def test_backup_that_can_not_be_brought_up_to_date_is_not_put_in_place(
    folders, empty, stek: Stek
) -> None:
    """Nobody looks into a database in which the erased were not erased again yet."""
    strange = empty()
    put_back(backed_up(), strange)
    with working_in(strange) as there:
        with there.cursor() as cursor:
            # A step of which the backup knows nothing, though it was done: it can't be done again.
            cursor.execute("DELETE FROM django_migrations WHERE app = 'reports'")
        path = backed_up()
    target = empty()
    with pytest.raises(DatabaseError):
        restore(path, target)
    assert is_untouched(target)


@pytest.mark.parametrize("part", [0.05, 0.5, 0.99])
def test_truncated_backup_is_refused(folders, empty, stek: Stek, part: float) -> None:
    path = backed_up()
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * part)])
    refused(path, empty(), "beschadigd")


def test_damaged_backup_is_refused(folders, empty, stek: Stek) -> None:
    path = backed_up()
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    path.write_bytes(whole)
    refused(path, empty(), "beschadigd")


def test_foreign_file_is_refused(folders, empty, tmp_path: Path, stek: Stek) -> None:
    backed_up()
    (tmp_path / "other").write_bytes(b"PGDMP" + bytes(1000))
    refused(tmp_path / "other", empty(), "geen back-up van Stek")
    refused(tmp_path / "none", empty(), "No such file")


def test_backup_of_another_engine_is_refused(folders, empty, stek: Stek) -> None:
    path = backed_up()
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite3"
    elsewhere = {
        **empty(),
        "ENGINE": f"django.db.backends.{other}",
        "NAME": str(folders.data / "none"),
        "OPTIONS": {},
    }
    with pytest.raises(CommandError, match="move_database"):
        restore(path, elsewhere)
    assert not (folders.data / "none").exists()


def test_wrong_key_is_refused(folders, empty, settings, stek: Stek) -> None:
    path = backed_up()
    settings.BACKUP_KEY = new_key()
    refused(path, empty(), "andere sleutel")


@AFTER_IT
def test_key_of_before_still_opens(folders, empty, settings, stek: Stek) -> None:
    path = backed_up()
    settings.BACKUP_KEY = f"{new_key()} {settings.BACKUP_KEY}"
    assert "teruggezet" in restore(path, empty())


def test_restore_never_writes_over_a_database(folders, empty, stek: Stek) -> None:
    path, target = backed_up(), empty()
    restore(path, target)
    with working_in(target):
        factories.household(Stek.objects.get(), last_name="Later")
    with pytest.raises(CommandError, match="schrijft nooit over iets heen") as caught:
        restore(path, target)
    assert "opzij" in str(caught.value)
    with working_in(target):
        assert Household.objects.get().last_name == "Later"


def test_check_says_whether_a_backup_is_good_and_does_nothing(folders, empty, stek: Stek) -> None:
    path, target = backed_up(), empty()
    assert "goed" in restore(path, target, "--check")
    assert is_untouched(target)
    path.write_bytes(path.read_bytes()[:-1])
    refused(path, target, "beschadigd", "--check")


def test_restore_without_a_file_lists_what_there_is(folders, stek: Stek) -> None:
    path = backed_up()
    out = io.StringIO()
    call_command("restore", stdout=out)
    assert str(path) in out.getvalue()


# --- who was erased ---


def test_list_of_erased_holds_ids_only_and_is_in_both_places(folders, settings, stek: Stek) -> None:
    settings.BACKUP_SECOND_DIR = str(folders.second)
    backed_up()
    household = factories.household(stek, last_name="Zangvogel")
    erase_household(household, by=factories.user())
    for folder in (folders.first, folders.second):
        (one,) = erasures.read(folder / erasures.NAME)
        assert one.household == household.pk
        assert b"Zangvogel" not in (folder / erasures.NAME).read_bytes()


def test_erasing_twice_adds_no_line(folders, stek: Stek) -> None:
    household = factories.household(stek)
    for _ in range(2):
        erase_household(household, by=factories.user())
    backed_up()
    assert len((folders.first / erasures.NAME).read_bytes().splitlines()) == 1


def test_line_that_is_missing_comes_back_with_the_next_backup(folders, stek: Stek) -> None:
    erase_household(factories.household(stek), by=factories.user())
    (folders.first / erasures.NAME).unlink()
    backed_up()
    assert len(list(erasures.read(folders.first / erasures.NAME))) == 1


def test_torn_line_costs_no_other(folders, stek: Stek) -> None:
    first = factories.household(stek)
    erase_household(first, by=factories.user())
    with (folders.first / erasures.NAME).open("ab") as file:
        file.write(b'{"household": 99, "at": "20')
    second = factories.household(stek)
    erase_household(second, by=factories.user())
    listed = erasures.read(folders.first / erasures.NAME)
    assert [one.household for one in listed] == [first.pk, second.pk]
    assert listed.unreadable == 1


@AFTER_IT
def test_restore_says_that_lines_were_unreadable(folders, empty, stek: Stek) -> None:
    path = backed_up()
    (folders.first / erasures.NAME).write_bytes(b"oei\n[]\n")
    assert "2 regels" in restore(path, empty())


@AFTER_IT
def test_household_that_got_the_number_later_is_not_erased(folders, empty, stek: Stek) -> None:
    """After a restore numbers go on from before: who gets one of them is somebody else."""
    household = factories.household(stek, last_name="Nieuw")
    hour_ago = timezone.now() - dt.timedelta(hours=1)
    path = backed_up()
    erasures.append(folders.first, [erasures.Erasure(household.pk, hour_ago)])
    target = empty()
    assert put_back(path, target).erased == 0
    with working_in(target):
        assert Household.objects.get().last_name == "Nieuw"


@AFTER_IT
def test_restore_without_the_list_needs_a_person_to_say_so(
    folders, empty, tmp_path: Path, stek: Stek
) -> None:
    path = backed_up()
    (folders.first / erasures.NAME).unlink()
    target = empty()
    refused(path, target, "zonder die lijst komen mensen terug")
    assert "teruggezet" in restore(path, target, "--without-list")


@AFTER_IT
def test_list_beside_the_backup_counts_on_a_new_machine(
    folders, empty, settings, tmp_path: Path, stek: Stek
) -> None:
    household = factories.household(stek)
    path = backed_up()
    erase_household(household, by=factories.user())
    stick = tmp_path / "stick"
    folders.first.rename(stick)
    assert put_back(stick / path.name, empty()).erased == 1
    assert [one.household for one in erasures.read(folders.first / erasures.NAME)] == [household.pk]


def test_erasing_goes_on_when_the_list_cannot_be_written(
    folders, settings, tmp_path: Path, stek: Stek, caplog
) -> None:
    (tmp_path / "file").touch()
    settings.BACKUP_DIR = tmp_path / "file" / "backups"
    household = erase_household(factories.household(stek), by=factories.user())
    assert household.erased_at is not None
    assert "list of erased" in caplog.text


# --- on trial ---


def test_restore_on_trial_is_noted_and_leaves_nothing(folders, stek: Stek) -> None:
    factories.household(stek, last_name="Canarievogel")
    path = backed_up()
    out = io.StringIO()
    call_command("test_restore", stdout=out)
    assert "kan teruggezet worden" in out.getvalue()
    job = jobs.job(jobs.RESTORE_TEST)
    assert not job.failed_last
    assert job.facts["file"] == path.name
    assert not list((folders.data / "backup-work").glob(f"*{shelf.PART}*"))
    if connection.vendor == "postgresql":
        name = connection.settings_dict["NAME"]
        assert is_untouched({"NAME": f"{name}_test_restore"})


def test_restore_on_trial_of_a_damaged_backup_is_noted(folders, stek: Stek) -> None:
    path = backed_up()
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(CommandError, match="beschadigd"):
        call_command("test_restore")
    assert "beschadigd" in jobs.job(jobs.RESTORE_TEST).problem


def test_restore_on_trial_without_a_backup_is_noted(folders, stek: Stek) -> None:
    with pytest.raises(CommandError, match="nog geen back-up"):
        call_command("test_restore")
    assert jobs.job(jobs.RESTORE_TEST).failed_last
