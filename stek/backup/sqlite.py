"""A backup of SQLite: the file itself, copied by SQLite in one step and checked."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from stek.backup.elsewhere import beside
from stek.backup.engine import Dump, compare
from stek.backup.problems import BackupError, DamagedError, disk_problem
from stek.backup.sealed import Opened
from stek.backup.shelf import PART, settle_folder

#: What SQLite keeps beside a database that is open, or was when the power went.
COMPANIONS = ("-wal", "-shm", "-journal")


class SQLite:
    vendor = "sqlite"

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection
        self.path = Path(connection.settings_dict["NAME"])

    def stamp(self) -> str:
        """From the files: a counter inside would be one of a connection, and ours is new."""
        parts = []
        for path in (self.path, Path(f"{self.path}-wal")):
            with contextlib.suppress(FileNotFoundError):
                about = path.stat()
                if about.st_size:
                    parts.append(f"{about.st_ino}:{about.st_size}:{about.st_mtime_ns}")
        return " ".join(parts)

    @contextlib.contextmanager
    def dumped(self, work: Path) -> Iterator[Dump]:
        copy = work / f"moment{PART}"
        try:
            with _asked(self.path) as source, _asked(copy, mode="rwc") as target:
                # In one step: in several it begins again each time that somebody writes.
                source.backup(target)
                tables, migrations = count(target), _migrations(target)
            # Beside the sealing: both take long, and there is more than one core.
            with copy.open("rb") as stream, ThreadPoolExecutor(1) as aside:
                checked = aside.submit(_check_pages, copy)
                yield Dump(stream, tables, migrations)
                checked.result()
        finally:
            _remove(copy)

    def refuse_when_taken(self) -> None:
        for path in (self.path, *(Path(f"{self.path}{end}") for end in COMPANIONS)):
            if path.exists():
                raise BackupError(
                    f"Er staat al een databank: {path}. Terugzetten schrijft nooit over iets "
                    "heen. Leg de dienst stil en zet de oude opzij, bijvoorbeeld zo:\n"
                    f"  mkdir {self.path.parent}/opzij && mv {self.path}* {self.path.parent}/opzij/"
                )

    @contextlib.contextmanager
    def rebuilt(self, backup: Opened, work: Path, *, for_good: bool) -> Iterator[dict[str, Any]]:
        folder = self.path.parent if for_good else work
        path = folder / f"{self.path.name}.restoring{PART}"
        _remove(path)
        try:
            write_open(backup, path)
            with _asked(path) as there:
                check(there)
                compare(backup.manifest["tables"], count(there))
            yield beside(self._connection, str(path))
        finally:
            _remove(path)

    def put_in_place(self, aside: dict[str, Any]) -> None:
        path = Path(aside["NAME"])
        if any(Path(f"{path}{end}").exists() for end in COMPANIONS):
            raise BackupError(
                f"SQLite kreeg niet alles in {path} geschreven. Is de schijf vol? Er is niets "
                "veranderd."
            )
        with path.open("rb") as file:
            os.fsync(file.fileno())
        try:
            os.link(path, self.path)  # Unlike a rename this never takes the place of a file.
        except FileExistsError:
            self.refuse_when_taken()
        settle_folder(self.path.parent)


def write_open(backup: Opened, path: Path) -> None:
    """The contents of a backup as an open file, for this user only; whole, or an error."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for chunk in backup.contents():
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise disk_problem(error, path.parent) from error


@contextlib.contextmanager
def _asked(path: Path, mode: str = "rw") -> Iterator[sqlite3.Connection]:
    """A connection of its own: that of the settings may be in the middle of something."""
    if mode == "rwc":
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=30)
    except sqlite3.Error as error:
        raise BackupError(f"De databank {path} kan niet geopend worden ({error}).") from error
    try:
        yield connection
    except sqlite3.OperationalError as error:
        if "full" in str(error):
            raise BackupError(
                f"De schijf van {path.parent} is vol. Maak plaats vrij en probeer opnieuw."
            ) from error
        raise BackupError(
            f"SQLite kan {path} niet lezen of schrijven ({error}). Is de schijf vol, of stuk?"
        ) from error
    except sqlite3.DatabaseError as error:
        raise DamagedError(f"De databank {path} is beschadigd ({error}).") from error
    finally:
        connection.close()


def _check_pages(path: Path) -> None:
    """Whether every page can be read and is in its place, in a file that nobody writes to.

    Whether each index says what the rows say takes seven times as long: a restore looks at that,
    and the one on trial every night.
    """
    with _asked(path, mode="ro&immutable=1") as connection:
        check(connection, "quick_check")


def check(connection: sqlite3.Connection, how: str = "integrity_check") -> None:
    """Every page and every index; raises when one is damaged."""
    said = [row[0] for row in connection.execute(f"PRAGMA {how}(3)")]
    if said != ["ok"]:
        raise DamagedError(
            f"De databank is beschadigd ({said[0]}). Zet de laatste goede back-up terug; "
            "die van voordien blijven bewaard."
        )


def count(connection: sqlite3.Connection) -> dict[str, int]:
    """The rows of every table."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_'"
    )
    quoted = {name: name.replace('"', '""') for (name,) in names}
    return {
        name: connection.execute(f'SELECT count(*) FROM "{quotes}"').fetchone()[0]  # noqa: S608  (quoted)
        for name, quotes in quoted.items()
    }


def _migrations(connection: sqlite3.Connection) -> tuple[str, ...]:
    rows = connection.execute("SELECT app, name FROM django_migrations ORDER BY id")
    return tuple(f"{app}.{name}" for app, name in rows)


def _remove(path: Path) -> None:
    for end in ("", *COMPANIONS):
        Path(f"{path}{end}").unlink(missing_ok=True)
