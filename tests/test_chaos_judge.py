"""The judge of `make chaos` turns red: a gate that cannot fail is none."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from chaos.hands import Ledger, Write
from chaos.judge import TABLES, Database, judge

SINCE = dict.fromkeys((*TABLES, "accounts_auditevent"), 0)
LOGGED = "INSERT INTO accounts_auditevent (verb, subject_type, subject_id) VALUES (?, ?, ?)"
VISIT = "INSERT INTO visits_visit (id, request_id, opening_id, household_id) VALUES (?, ?, 1, ?)"

Change = Callable[[sqlite3.Connection], object]


def database(folder: Path, change: Change | None = None) -> Database:
    """Two visits and their lines in the log, as the tables have them; then the change."""
    file = folder / "judged.sqlite3"
    with closing(sqlite3.connect(file)) as there:
        columns = "id integer PRIMARY KEY, request_id text"
        there.execute(
            f"CREATE TABLE visits_visit ({columns}, opening_id integer, household_id integer,"
            " voided_at text, repeated bool DEFAULT 0)"
        )
        for table in ("people_household", "forms_help_question"):
            there.execute(f"CREATE TABLE {table} ({columns})")
        there.execute(
            "CREATE TABLE accounts_auditevent"
            " (id integer PRIMARY KEY, verb text, subject_type text, subject_id integer)"
        )
        for number in (1, 2):
            there.execute(VISIT, [number, f"key{number}", number])
            there.execute(LOGGED, ["check_in", "visit", number])
        if change is not None:
            change(there)
        there.commit()
    return Database(file)


def ledger(*keys: str, acknowledged: int) -> Ledger:
    sent = {key: Write("visits_visit", "/balie/aanmelden/", key, {}) for key in keys}
    return Ledger(acknowledged=dict.fromkeys(keys[:acknowledged], 0.0), sent=sent)


def test_judge_is_content_with_all_there_and_one_in_doubt(tmp_path: Path) -> None:
    found = judge(database(tmp_path), ledger("key1", "key2", "key3", acknowledged=2), SINCE)
    assert (found.rows, found.lost, found.doubled, found.problems) == (2, 0, 0, [])


def sql(text: str, *values: object) -> Change:
    return lambda there: there.execute(text, values)


def both(*changes: Change) -> Change:
    return lambda there: [one(there) for one in changes]


PLANTS = {
    "lost": (sql("DELETE FROM visits_visit WHERE id = 2"), "1 acknowledged writes lost"),
    "doubled": (
        both(sql(VISIT, 3, "key2", 7), sql(LOGGED, "check_in", "visit", 3)),
        "1 doubled",
    ),
    "household twice": (sql("UPDATE visits_visit SET household_id = 1"), "1 doubled"),
    "nobody sent it": (
        both(sql(VISIT, 3, "other", 7), sql(LOGGED, "check_in", "visit", 3)),
        "rows of visits_visit that nobody sent",
    ),
    "no line in the log": (
        sql("DELETE FROM accounts_auditevent WHERE subject_id = 1"),
        "1 rows of visits_visit without a line in the log",
    ),
    "line without a row": (
        sql(LOGGED, "create", "household", 9),
        "1 lines 'create' in the log without a row",
    ),
    "twice in the log": (
        sql(LOGGED, "check_in", "visit", 1),
        "1 rows of visits_visit twice in the log",
    ),
}


@pytest.mark.parametrize("plant", PLANTS)
def test_judge_sees(plant: str, tmp_path: Path) -> None:
    change, said = PLANTS[plant]
    found = judge(database(tmp_path, change), ledger("key1", "key2", acknowledged=2), SINCE)
    assert any(said in problem for problem in found.problems), found.problems


def test_judge_sees_a_damaged_page(tmp_path: Path) -> None:
    there = database(tmp_path)
    with (tmp_path / "judged.sqlite3").open("r+b") as file:
        file.seek(file.seek(0, 2) - 4096)
        file.write(b"\xa5" * 4096)
    assert there.damage()
