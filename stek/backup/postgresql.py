"""A backup of PostgreSQL: what `pg_dump` writes of one moment, put back by `pg_restore`."""

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

import psycopg2
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg2 import sql

from stek.backup.elsewhere import beside
from stek.backup.engine import Dump, compare
from stek.backup.problems import BackupError, DamagedError
from stek.backup.sealed import Opened
from stek.backup.shelf import PART
from stek.backup.sqlite import write_open
from stek.damage import is_damage, tells_of_damage

#: Where packagers put the programs of a version, when they stand in no PATH.
FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin")
#: Indexes are made by so many at once.
JOBS = 2


class NotAllowed(BackupError):
    """The role lacks a right."""


class PostgreSQL:
    vendor = "postgresql"

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection
        self.name: str = connection.settings_dict["NAME"]

    def stamp(self) -> str:
        """Which transactions that wrote were over, and since when the server counts them.

        Who only reads gets no number, and the journal of writes grows without anybody. After a
        crash a number may come again: the statistics begin anew then, and so does the text.
        """
        with _asked(self._connection, self.name) as cursor:
            cursor.execute(
                "SELECT concat_ws(' ', pg_current_snapshot(), pg_postmaster_start_time(),"
                " (SELECT stats_reset FROM pg_stat_bgwriter))"
            )
            return str(cursor.fetchone()[0])

    @contextlib.contextmanager
    def dumped(self, work: Path) -> Iterator[Dump]:
        with _asked(self._connection, self.name, one_moment=True) as cursor:
            program = find_program("pg_dump", cursor.connection.server_version // 10_000)
            cursor.execute("SELECT pg_export_snapshot()")
            moment = cursor.fetchone()[0]
            tables, migrations = count(cursor), _migrations(cursor)
            arguments = [
                *("--format=custom", "--compress=0", "--no-owner", "--no-privileges"),
                *(f"--snapshot={moment}", f"--dbname={self.name}"),
            ]
            with (
                tempfile.TemporaryFile() as errors,
                _started([program, *arguments], self._environment(), errors) as process,
            ):
                yield Dump(cast("BinaryIO", process.stdout), tables, migrations)
                if process.wait():
                    said = _last_words(errors)
                    kind = DamagedError if tells_of_damage(said) else BackupError
                    raise kind(f"pg_dump is gestopt: {said}")

    def refuse_when_taken(self) -> None:
        if not self._exists(self.name):
            return
        with _asked(self._connection, self.name) as cursor:
            if count(cursor):
                raise BackupError(
                    f"De databank {self.name} is niet leeg. Terugzetten schrijft nooit over iets "
                    "heen. Leg de dienst stil en zet de oude opzij, bijvoorbeeld zo:\n"
                    f'  psql --dbname=postgres --command=\'ALTER DATABASE "{self.name}" '
                    f'RENAME TO "{self.name}_opzij"\''
                )
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> %s",
                [self.name, cursor.connection.info.backend_pid],
            )
            if cursor.fetchone()[0]:
                raise BackupError(
                    f"Iemand werkt nog in de databank {self.name}. Leg de dienst eerst stil."
                )

    @contextlib.contextmanager
    def rebuilt(self, backup: Opened, work: Path, *, for_good: bool) -> Iterator[dict[str, Any]]:
        with self._maintenance() as cursor:
            program = find_program("pg_restore", cursor.connection.server_version // 10_000)
        name = f"{self.name}_{'restoring' if for_good else 'test_restore'}"
        dump = work / f"restoring{PART}"
        dump.unlink(missing_ok=True)
        try:
            write_open(backup, dump)
            self._drop(name)
            self._make(name)
            arguments = ["--no-owner", "--no-privileges", "--exit-on-error", f"--jobs={JOBS}"]
            done = subprocess.run(  # noqa: S603  (a program of PostgreSQL, found by us)
                [program, *arguments, f"--dbname={name}", str(dump)],
                env=self._environment(),
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
            dump.unlink()
            if done.returncode:
                raise BackupError(
                    f"pg_restore is gestopt: {done.stderr.strip().splitlines()[-1:]}. "
                    "Er is niets veranderd."
                )
            with _asked(self._connection, name) as cursor:
                compare(backup.manifest["tables"], count(cursor))
            yield beside(self._connection, name)
        finally:
            dump.unlink(missing_ok=True)
            self._drop(name)

    def put_in_place(self, aside: dict[str, Any]) -> None:
        """Renamed, when the place is still empty."""
        self.refuse_when_taken()
        self._drop(self.name)
        with self._maintenance() as cursor:
            cursor.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(aside["NAME"]), sql.Identifier(self.name)
                )
            )

    def _exists(self, name: str) -> bool:
        with self._maintenance() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return cursor.fetchone() is not None

    def _make(self, name: str) -> None:
        try:
            with self._maintenance() as cursor:
                cursor.execute(
                    sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(
                        sql.Identifier(name)
                    )
                )
        except NotAllowed as error:
            user = self._connection.settings_dict["USER"]
            raise BackupError(
                f"De rol {user} mag geen databank maken, en terugzetten gebeurt in een aparte. "
                f'Geef haar dat recht: ALTER ROLE "{user}" CREATEDB. Er is niets veranderd.'
            ) from error

    def _drop(self, name: str) -> None:
        with self._maintenance() as cursor:
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))

    @contextlib.contextmanager
    def _maintenance(self) -> Iterator[Any]:
        """On the same server, outside the database that it is about."""
        with _asked(self._connection, "postgres", autocommit=True) as cursor:
            yield cursor

    def _environment(self) -> dict[str, str]:
        """How the programs find the server; a password in their arguments would be seen by all."""
        settings = self._connection.settings_dict
        names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
        found = {name: str(settings[key]) for name, key in names.items() if settings[key]}
        return {**os.environ, **found}


def find_program(name: str, version: int) -> str:
    """That of the server's own version, else the newest of this machine: an older one refuses it,
    and what a newer one writes the server may not know.
    """
    paths = [path for pattern in FOLDERS for path in Path("/").glob(f"{pattern[1:]}/{name}")]
    found = {int(re.findall(r"\d+", str(path))[0]): str(path) for path in paths}
    program = found.get(version) or shutil.which(name) or found.get(max(found, default=0))
    if program is None:
        raise BackupError(
            f"Het programma {name} is er niet. Installeer het bij deze machine "
            "(Debian: apt-get install postgresql-client), van dezelfde versie als de server of "
            "nieuwer."
        )
    return program


@contextlib.contextmanager
def _asked(
    connection: BaseDatabaseWrapper,
    name: str,
    *,
    one_moment: bool = False,
    autocommit: bool = False,
) -> Iterator[Any]:
    """A cursor on a connection of its own, without the limits that a page has."""
    settings = connection.settings_dict
    try:
        own = psycopg2.connect(
            dbname=name,
            host=settings["HOST"] or None,
            port=settings["PORT"] or None,
            user=settings["USER"] or None,
            password=settings["PASSWORD"] or None,
            connect_timeout=5,
            # Rows that a policy would hide make it fail, instead of being left out in silence.
            options="-c row_security=off -c client_min_messages=warning",
        )
    except psycopg2.OperationalError as error:
        raise BackupError(f"PostgreSQL antwoordt niet: {error}".strip()) from error
    try:
        own.set_session(
            isolation_level="REPEATABLE READ" if one_moment else None,
            readonly=one_moment or None,
            autocommit=autocommit,
        )
        with own.cursor() as cursor:
            yield cursor
    except psycopg2.errors.InsufficientPrivilege as error:
        raise NotAllowed(f"De rol {settings['USER']} mag dit niet: {error}".strip()) from error
    except psycopg2.Error as error:
        kind = DamagedError if is_damage(error) else BackupError
        raise kind(f"PostgreSQL meldt: {error}".strip()) from error
    finally:
        own.close()


def count(cursor: Any) -> dict[str, int]:
    """The rows of every table."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    counted = {}
    for (name,) in cursor.fetchall():
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name)))
        counted[name] = cursor.fetchone()[0]
    return counted


def _migrations(cursor: Any) -> tuple[str, ...]:
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
    return tuple(f"{app}.{name}" for app, name in cursor.fetchall())


@contextlib.contextmanager
def _started(
    command: list[str], env: dict[str, str], errors: Any
) -> Iterator[subprocess.Popen[bytes]]:
    """A program whose output is read; ended when nobody reads on."""
    process = subprocess.Popen(  # noqa: S603  (a program of PostgreSQL, found by us)
        command, env=env, stdout=subprocess.PIPE, stderr=errors
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _last_words(errors: BinaryIO) -> str:
    errors.seek(0)
    return errors.read().decode(errors="replace").strip()[-400:]
