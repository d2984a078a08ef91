"""Where backups lie: a folder here and a second place elsewhere, their names, and which may go."""

import contextlib
import datetime as dt
import fcntl
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from stek.backup.problems import BackupError

SUFFIX = ".stekbackup"
#: Behind the name of what is not whole yet; the next backup sweeps it away.
PART = ".part"
#: Besides one of each day and week: the last ones, two hours of every ten minutes.
RECENT = 12
#: Folders beside the data. A backup does not wait for a restore on trial, which takes minutes.
BACKUPS, RESTORES = "backup-work", "restore-work"
_STAMP = "%Y%m%dT%H%M%SZ"


def first() -> Path:
    """Made when it is not there; nobody else may look in it."""
    folder = Path(settings.BACKUP_DIR)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BackupError(f"De map {folder} kan niet gemaakt worden: {error.strerror}.") from error
    return folder


def second() -> Path | None:
    """Never made by us: a folder that is not there is a disk that is not connected."""
    return Path(settings.BACKUP_SECOND_DIR) if settings.BACKUP_SECOND_DIR else None


def workshop(name: str = BACKUPS) -> Path:
    """Where an open copy lies for as long as it is needed: beside the data, for this user only."""
    folder = Path(settings.DATA_DIR) / name
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BackupError(f"De map {folder} kan niet gemaakt worden: {error.strerror}.") from error
    return folder


def new_name(now: dt.datetime) -> str:
    return f"stek-{now.astimezone(dt.UTC):{_STAMP}}-{secrets.token_hex(4)}{SUFFIX}"


@dataclass(frozen=True, order=True)
class Kept:
    """A whole backup in a folder; by age, the oldest first."""

    made_at: dt.datetime
    path: Path

    @property
    def size(self) -> int:
        return self.path.stat().st_size


def kept_in(folder: Path) -> list[Kept]:
    """The whole backups of a folder, the oldest first; what somebody else put there is not ours."""
    found = []
    for path in folder.glob(f"stek-*{SUFFIX}"):
        with contextlib.suppress(ValueError, IndexError):
            at = dt.datetime.strptime(path.name.split("-")[1], _STAMP).replace(tzinfo=dt.UTC)
            found.append(Kept(at, path))
    return sorted(found)


def superfluous(kept: list[Kept], *, days: int, weeks: int) -> list[Kept]:
    """What may go: neither recent, nor the last of one of the days or weeks that are kept.

    Counted in days on which there are backups: a machine that was off for a month, or whose clock
    jumped, loses nothing by it. The newest is always kept.
    """
    newest_first = sorted(kept, reverse=True)
    of_day: dict[dt.date, Kept] = {}
    of_week: dict[tuple[int, int], Kept] = {}
    for one in newest_first:
        of_day.setdefault(one.made_at.date(), one)
        of_week.setdefault(one.made_at.isocalendar()[:2], one)
    stays = {
        *newest_first[:RECENT],
        *list(of_day.values())[:days],
        *list(of_week.values())[:weeks],
    }
    return [one for one in sorted(kept) if one not in stays]


def rotate(folder: Path) -> int:
    """Throw away what is superfluous; how many."""
    gone = superfluous(kept_in(folder), days=settings.BACKUP_DAYS, weeks=settings.BACKUP_WEEKS)
    for one in gone:
        one.path.unlink(missing_ok=True)
    return len(gone)


def sweep(folder: Path) -> None:
    """What a backup left that was killed; only by who holds the lock."""
    for path in folder.glob(f"*{PART}*"):
        path.unlink(missing_ok=True)


_BUSY = {
    BACKUPS: "Er loopt al een back-up. Probeer straks opnieuw.",
    RESTORES: "Er wordt al een back-up teruggezet, of op proef. Probeer straks opnieuw.",
}


@contextlib.contextmanager
def one_at_a_time(name: str = BACKUPS) -> Iterator[None]:
    """In a workshop; the lock goes with the process that holds it, also when it is killed."""
    path = workshop(name) / "lock"
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BackupError(_BUSY[name]) from error
        yield
    finally:
        os.close(handle)


def settle_folder(folder: Path) -> None:
    """What was renamed in it stays renamed when the power goes."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
