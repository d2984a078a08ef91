"""Compares the rows with the ledger: every acknowledged form there, none twice, each with its line
in the log, and the database whole.
"""

import contextlib
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2

from chaos.hands import Ledger
from tests.databases import Cluster

#: Rows that a form makes, and what the log says of each: table, verb, subject.
TABLES = {
    "visits_visit": ("check_in", "visit"),
    "people_household": ("create", "household"),
    "forms_help_question": ("note_question", "question"),
}
#: A household twice in one afternoon, without that somebody said so.
TWICE = """
    SELECT count(*) FROM (
        SELECT household_id FROM visits_visit
        WHERE id > {since} AND household_id IS NOT NULL AND voided_at IS NULL AND NOT repeated
        GROUP BY opening_id, household_id HAVING count(*) > 1
    ) AS twice
"""


@dataclass
class Verdict:
    """`rows`: those that came since the start, with a key of the ledger."""

    rows: int = 0
    lost: int = 0
    doubled: int = 0
    problems: list[str] = field(default_factory=list)


class Database:
    """Read from outside, as the owner of the tables, past the application."""

    def __init__(self, where: Path | Cluster, name: str = "stek") -> None:
        self.where, self.name = where, name

    @contextlib.contextmanager
    def _asked(self) -> Iterator[Any]:
        if isinstance(self.where, Path):
            with contextlib.closing(sqlite3.connect(self.where, timeout=30)) as connection:
                yield connection.cursor()
        else:
            connection = psycopg2.connect(self.where.url(database=self.name), connect_timeout=5)
            with contextlib.closing(connection), connection.cursor() as cursor:
                yield cursor

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with self._asked() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall())

    def number(self, sql: str) -> int:
        return int(self.rows(sql)[0][0] or 0)

    def last_ids(self) -> dict[str, int]:
        """Where each table stands, to know later what came since."""
        names = [*TABLES, "accounts_auditevent"]
        return {name: self.number(f"SELECT max(id) FROM {name}") for name in names}

    def damage(self) -> list[str]:
        """What the engine's own check says; nothing when all is whole."""
        if isinstance(self.where, Path):
            try:
                said = [str(row[0]) for row in self.rows("PRAGMA integrity_check(5)")]
                loose = self.rows("PRAGMA foreign_key_check")
            except sqlite3.DatabaseError as error:
                return [str(error)]
            return [one for one in said if one != "ok"] + [f"leads nowhere: {one}" for one in loose]
        return self._amcheck(self.where)

    def _amcheck(self, cluster: Cluster) -> list[str]:
        program = cluster.binaries / "pg_amcheck"
        if not program.exists():
            return []
        done = subprocess.run(
            [
                *(program, "--install-missing", "--no-password", "-h", "127.0.0.1"),
                *("-p", str(cluster.port), "-U", "postgres", self.name),
            ],
            capture_output=True,
            text=True,
            env={"PGPASSWORD": cluster.password, "PATH": "/usr/bin:/bin"},
            check=False,
        )
        return [] if done.returncode == 0 else [(done.stdout + done.stderr).strip()[:300]]


def judge(
    database: Database, ledger: Ledger, since: dict[str, int], *, but: frozenset[str] = frozenset()
) -> Verdict:
    """`but`: keys of rows that may be there although no form of the ledger made them."""
    verdict = Verdict()
    kept: dict[str, Counter[str]] = {}
    for table in TABLES:
        found = database.rows(f"SELECT request_id FROM {table} WHERE id > {since[table]}")
        kept[table] = Counter(str(key).replace("-", "") for (key,) in found)
    # A newcomer is a household and a visit under one key.
    for table in TABLES:
        mine = {
            key.replace("-", "")
            for key, write in ledger.sent.items()
            if write.table == table or (table, write.table) == ("visits_visit", "people_household")
        }
        acknowledged = {key.replace("-", "") for key in ledger.acknowledged} & mine
        verdict.rows += sum(kept[table].values())
        verdict.lost += len(acknowledged - kept[table].keys())
        verdict.doubled += sum(count - 1 for count in kept[table].values())
        if strange := kept[table].keys() - mine - but:
            verdict.problems.append(f"{len(strange)} rows of {table} that nobody sent")
    verdict.doubled += database.number(TWICE.format(since=since["visits_visit"]))
    verdict.problems += _unlogged(database, since)
    verdict.problems += database.damage()
    if verdict.lost:
        verdict.problems.append(f"{verdict.lost} acknowledged writes lost")
    if verdict.doubled:
        verdict.problems.append(f"{verdict.doubled} doubled")
    return verdict


def _unlogged(database: Database, since: dict[str, int]) -> Iterator[str]:
    """Each row has one line in the log, and each line its row."""
    for table, (verb, subject) in TABLES.items():
        rows = {pk for (pk,) in database.rows(f"SELECT id FROM {table} WHERE id > {since[table]}")}
        lines = Counter(
            pk
            for (pk,) in database.rows(
                f"SELECT subject_id FROM accounts_auditevent WHERE verb = '{verb}'"
                f" AND subject_type = '{subject}' AND id > {since['accounts_auditevent']}"
            )
        )
        if missing := rows - lines.keys():
            yield f"{len(missing)} rows of {table} without a line in the log"
        if loose := lines.keys() - rows:
            yield f"{len(loose)} lines '{verb}' in the log without a row"
        if twice := [pk for pk, count in lines.items() if count > 1]:
            yield f"{len(twice)} rows of {table} twice in the log"
