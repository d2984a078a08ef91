"""Making a backup: one moment of the database, sealed, read back, in place and copied elsewhere."""

import contextlib
import datetime as dt
import hashlib
import logging
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from stek import jobs
from stek.backup import erasures, shelf
from stek.backup.engine import Engine
from stek.backup.keys import known_keys, sealing_key
from stek.backup.postgresql import PostgreSQL
from stek.backup.problems import BackupError, DamagedError, disk_problem
from stek.backup.sealed import Contents, Opened, seal
from stek.backup.shelf import PART
from stek.backup.sqlite import SQLite
from stek.damage import note_damage, note_whole

logger = logging.getLogger(__name__)

#: Without a change a backup need not be made again, but one of each day there should be.
YOUNG = dt.timedelta(hours=20)


@dataclass(frozen=True)
class Made:
    """What the command says of it; without `path` nothing had changed."""

    path: Path | None
    rows: int = 0
    second_problem: str = ""


def engine() -> Engine:
    """Of the database of the settings."""
    return SQLite(connection) if connection.vendor == "sqlite" else PostgreSQL(connection)


def make_backup(now: dt.datetime, *, if_changed: bool = False, second_is_new: bool = False) -> Made:
    """A backup in the first place and then in the second.

    Raises a `BackupError` when the first is not there; a second place that fails is told in the
    answer, for the first is good. Both are noted for the status page.
    """
    try:
        with shelf.one_at_a_time():
            made = _in_first_place(now, if_changed)
            if made.path is None:
                return made
            note_whole()
            return replace(made, second_problem=_in_second_place(made.path, now, second_is_new))
    except (BackupError, OSError) as error:
        if isinstance(error, DamagedError):
            note_damage(str(error))
        if isinstance(error, BackupError):
            problem = error
        else:
            problem = disk_problem(error, settings.BACKUP_DIR)
        # On a disk that is full there may be no room for this either.
        with contextlib.suppress(OSError):
            jobs.note_failed(jobs.BACKUP, now, str(problem))
        raise problem from error


def _in_first_place(now: dt.datetime, if_changed: bool) -> Made:
    folder, work, here = shelf.first(), shelf.workshop(), engine()
    _keep_key_apart(folder)
    shelf.sweep(folder)
    shelf.sweep(work)
    # What a restore on trial left that was killed is an open copy: it goes now, not at night.
    with contextlib.suppress(BackupError), shelf.one_at_a_time(shelf.RESTORES):
        shelf.sweep(shelf.workshop(shelf.RESTORES))
    _catch_up(folder)
    stamp = here.stamp()
    if if_changed and _nothing_changed(folder, stamp, now):
        jobs.note_good(jobs.BACKUP, now, jobs.job(jobs.BACKUP).facts)
        return Made(None)
    path = folder / shelf.new_name(now)
    with _growing(path) as part:
        with here.dumped(work) as dump, part.open("wb") as sink:
            manifest = {
                "engine": here.vendor,
                "tables": dict(dump.tables),
                "migrations": list(dump.migrations),
            }
            contents = seal(dump.stream, sink, key=sealing_key(), made_at=now, manifest=manifest)
            sink.flush()
            os.fsync(sink.fileno())
        _verify(part, contents)
    rows = sum(dump.tables.values())
    facts = {
        "file": path.name, "size": path.stat().st_size, "open_size": contents.size,
        "rows": rows, "made_at": now.isoformat(), "stamp": stamp,
    }  # fmt: skip
    jobs.note_good(jobs.BACKUP, now, facts)
    shelf.rotate(folder)
    return Made(path, rows)


def _catch_up(folder: Path) -> None:
    """A new version is there and `migrate` was not done yet: just then a backup must be possible,
    and the list misses nothing that it had.
    """
    erasures.append(folder, ())
    try:
        erasures.catch_up()
    except DatabaseError:
        logger.exception("the list of erased households could not be compared")


@contextlib.contextmanager
def _growing(path: Path) -> Iterator[Path]:
    """Under another name until it is whole, so that half a backup never looks like one."""
    part = path.with_name(path.name + PART)
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield part
        part.rename(path)
        shelf.settle_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)


def _nothing_changed(folder: Path, stamp: str, now: dt.datetime) -> bool:
    """Since the last backup, which is there still."""
    last = jobs.job(jobs.BACKUP)
    if last.failed_last or last.facts.get("stamp") != stamp:
        return False
    made_at, path = dt.datetime.fromisoformat(last.facts["made_at"]), folder / last.facts["file"]
    is_there = path.exists() and path.stat().st_size == last.facts["size"]
    copied = shelf.second() is None or not jobs.job(jobs.SECOND_PLACE).failed_last
    return is_there and copied and dt.timedelta() <= now - made_at < YOUNG


def _verify(path: Path, contents: Contents) -> None:
    """Opens it whole, as a restore would; what was read of the database is what is in it."""
    with path.open("rb") as source:
        backup = Opened(source, known_keys())
        digest, size = hashlib.sha256(), 0
        for chunk in backup.contents():
            digest.update(chunk)
            size += len(chunk)
    if Contents(size, digest.hexdigest()) != contents:
        raise BackupError("Wat op de schijf staat is niet wat geschreven werd. Kijk de schijf na.")


def _keep_key_apart(*folders: Path) -> None:
    if not settings.BACKUP_KEY_FILE:
        return
    file = Path(settings.BACKUP_KEY_FILE).resolve()
    if any(folder.resolve() in file.parents for folder in folders):
        raise BackupError(
            "De sleutel ligt bij de back-ups: wie het ene meeneemt, heeft het andere. "
            "Leg STEK_BACKUP_KEY_FILE ergens anders."
        )


def _in_second_place(path: Path, now: dt.datetime, is_new: bool) -> str:
    """What went wrong, for the first is good already."""
    folder = shelf.second()
    if folder is None:
        return ""
    try:
        _refuse_other_disk(folder, is_new)
        _keep_key_apart(folder)
        shelf.sweep(folder)
        _share_list(shelf.first(), folder)
        with _growing(folder / path.name) as part:
            _copy(path, part)
        shelf.rotate(folder)
    except OSError as error:
        problem = str(disk_problem(error, folder))
    except BackupError as error:
        problem = str(error)
    else:
        jobs.note_good(jobs.SECOND_PLACE, now, {"file": path.name})
        return ""
    jobs.note_failed(jobs.SECOND_PLACE, now, problem)
    return problem


def _refuse_other_disk(folder: Path, is_new: bool) -> None:
    """An empty folder where copies were is a disk that is not connected."""
    if not folder.is_dir():
        raise BackupError(f"De map {folder} is er niet. Is de schijf of de share verbonden?")
    used = jobs.job(jobs.SECOND_PLACE).good_at is not None
    if used and not is_new and not (folder / erasures.NAME).exists():
        raise BackupError(
            f"In {folder} staat niets meer van vroeger. Is de schijf of de share verbonden? Is het "
            "een nieuwe, doe dan één keer: manage.py backup --new-second-place."
        )


def _share_list(one: Path, other: Path) -> None:
    """Both lists of who was erased get what is on the other."""
    lists = {folder: erasures.read(folder / erasures.NAME).erasures for folder in (one, other)}
    for folder, there in lists.items():
        erasures.append(folder, set().union(*lists.values()) - there)


def _copy(path: Path, part: Path) -> None:
    with path.open("rb") as source, part.open("wb") as sink:
        shutil.copyfileobj(source, sink, 1024 * 1024)
        sink.flush()
        os.fsync(sink.fileno())
    with path.open("rb") as source, part.open("rb") as copied:
        same = hashlib.file_digest(source, "sha256").digest()
        if hashlib.file_digest(copied, "sha256").digest() != same:
            raise BackupError("De kopie is niet gelijk aan de back-up. Kijk de tweede schijf na.")
