"""Jobs that are killed half-way, a backup while people work, and a page that is damaged."""

import contextlib
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from chaos.hands import Hand, Ledger
from chaos.judge import Database, judge
from chaos.places import Place, connect, inside, manage
from chaos.scenario import Trial, scenario
from stek.run import ROOT

LEAVING = 60
KILLS = 6


def kill_half_way(place: Place, *command: str, when: Any, within: float = 60.0) -> bool:
    """Start a command and kill it as soon as it is so; whether it was caught in the middle."""
    job = subprocess.Popen(
        [sys.executable, "manage.py", *command],
        cwd=ROOT, env=place.environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + within
    while job.poll() is None and not when() and time.monotonic() < deadline:
        time.sleep(0.005)
    caught = job.poll() is None
    with contextlib.suppress(ProcessLookupError):
        os.killpg(job.pid, signal.SIGKILL)
    job.wait()
    return caught


def erased(place: Place, ids: list[int]) -> int:
    chosen = ",".join(map(str, ids))
    return place.database.number(
        f"SELECT count(*) FROM people_household WHERE erased_at IS NOT NULL AND id IN ({chosen})"
    )


Marks = dict[int, dict[str, str]]
#: What nothing but erasing takes away; a note or a draft has a shorter term of its own.
LASTING = ("people.", "visits.Message.")


def standing(place: Place, marks: Marks) -> set[str]:
    """The marks that are still in the field where they were written."""
    found: set[str] = set()
    for label in {label for of_one in marks.values() for label in of_one.values()}:
        app, model, column = label.split(".")
        rows = place.database.rows(f"SELECT CAST({column} AS text) FROM {app}_{model.lower()}")
        found.update(mark for (text,) in rows for mark in re.findall(r"ZQE\d+Q", text or ""))
    return found


def half_erased(place: Place, marks: Marks) -> list[str]:
    """Erased, and yet something of it is there; or not, and yet something is gone."""
    there = standing(place, marks)
    wrong = _half_of_a_row(place, list(marks))
    rows = place.database.rows("SELECT id FROM people_household WHERE erased_at IS NOT NULL")
    gone = {pk for (pk,) in rows}
    for pk, of_one in marks.items():
        left = {label for mark, label in of_one.items() if mark in there}
        lost = {label for label in of_one.values() if label.startswith(LASTING)} - left
        if pk in gone and left:
            wrong.append(f"household {pk} was erased, and holds {sorted(left)}")
        elif pk not in gone and lost:
            wrong.append(f"household {pk} was not erased, and lost {sorted(lost)}")
    return wrong


def _half_of_a_row(place: Place, ids: list[int]) -> list[str]:
    """A name without the moment or the other way round; a line in the log too many or too few."""
    chosen = ",".join(map(str, ids))
    rows = place.database.rows(
        "SELECT id, erased_at IS NOT NULL, last_name = '', (SELECT count(*)"
        " FROM accounts_auditevent WHERE verb = 'erase' AND subject_type = 'household'"
        " AND subject_id = people_household.id), (SELECT count(*) FROM people_namekey"
        " WHERE household_id = people_household.id)"
        f" FROM people_household WHERE id IN ({chosen})"
    )
    return [
        f"household {pk}: erased {is_erased}, nameless {nameless}, {lines} lines, {keys} keys"
        for pk, is_erased, nameless, lines, keys in rows
        if not (is_erased == nameless == bool(lines) and lines <= 1 and not (is_erased and keys))
    ]


@scenario(quick=True)
def nightly_retention_killed(trial: Trial) -> None:
    """At any moment; the next run goes on, and the list beside the backups misses nobody."""
    place = trial.place
    place.server.stop()
    left = inside(place.environment, "leave", str(LEAVING))["marks"]
    marks = {int(pk): of_one for pk, of_one in left.items()}
    ids = list(marks)
    place.since = place.database.last_ids()
    caught = 0
    for turn in range(KILLS):
        before = erased(place, ids)

        def is_half_way(before: int = before, turn: int = turn) -> bool:
            """Each time a little later in the erasing of the next one."""
            if erased(place, ids) < before + 4:
                return False
            time.sleep(turn * 0.007)
            return True

        caught += kill_half_way(place, "run_due", when=is_half_way)
        trial.problems += half_erased(place, marks)
    so_far = erased(place, ids)
    trial.must(caught, "the job was never caught in the middle")
    trial.must(so_far < LEAVING, "everybody had gone before the last kill")
    place.manage("run_due")
    trial.problems += half_erased(place, marks)
    trial.must(erased(place, ids) == LEAVING, f"{erased(place, ids)} of {LEAVING} went in the end")
    place.manage("run_due")
    trial.problems += half_erased(place, marks)
    place.manage("backup")
    listed = (place.folder / "backups" / "erasures.jsonl").read_text(encoding="utf-8")
    missing = [pk for pk in ids if f'"household": {pk},' not in listed]
    trial.must(not missing, f"{len(missing)} are missing in the list of who was erased")
    trial.done = (
        f"run_due killed {caught} times at {so_far} of {LEAVING}; the next run did the rest"
    )
    place.server.start()


@scenario()
def backup_while_writing(trial: Trial) -> None:
    place = trial.place
    with place.crowd() as people:
        people.wait_for(30)
        before = dict(place.ledger.acknowledged)
        place.manage("backup")
        people.wait_for(30)
    (kept,) = (place.folder / "backups").glob("*.stekbackup")
    with _restored(place, kept) as there:
        since = place.since
        found = judge(there, Ledger(acknowledged=before, sent=place.ledger.sent), since)
    trial.problems += [f"in the backup: {one}" for one in found.problems]
    trial.must(found.rows >= len(before), "rows of before the backup are not in it")
    total = place.database.last_ids()["visits_visit"] - place.since["visits_visit"]
    trial.done = (
        f"backup under load, restored: {len(before)} acknowledged before it, "
        f"{found.rows} rows in it, {total} visits in the end"
    )


@contextlib.contextmanager
def _restored(place: Place, kept: Path) -> Any:
    """A database in an empty place with what is in the backup."""
    back = place.folder / "back"
    back.mkdir()
    env = {**place.environment, "STEK_DATA_DIR": str(back)}
    env["STEK_BACKUP_DIR"] = str(kept.parent)
    if place.file is not None:
        env["DATABASE_URL"] = f"sqlite:///{back / 'stek.sqlite3'}"
        manage(env, "restore", str(kept))
        yield Database(back / "stek.sqlite3")
        return
    assert place.cluster is not None
    env["DATABASE_URL"] = place.cluster.url(database="stek_back")
    env["DATABASE_WEB_URL"] = ""
    manage(env, "restore", str(kept))
    yield Database(place.cluster, "stek_back")


@scenario()
def damaged_page(trial: Trial) -> None:
    """Found by the checks, told at the start and to the monitor; then a backup is restored."""
    place = trial.place
    with place.crowd() as people:
        people.wait_for(30)
    place.manage("backup")
    place.server.stop()
    _damage(place)
    looked = place.manage("check", "--database", "default", check=False)
    if place.file is not None:
        trial.must(looked.returncode, "the check at the start says nothing")
        trial.must("stek.E004" in looked.stderr, "the check does not name the damage")
    trial.must(place.manage("backup", check=False).returncode, "a damaged database was backed up")
    place.server.start()
    with Hand(place.server.port, place.ledger, place.facts, "coordinator") as hand:
        told = hand.get("/gezond/")
        trial.must(told.status == 503, f"/gezond/ answers {told.status}")
        trial.must('"database": "problem"' in told.text, "/gezond/ does not name the database")
        hand.enter_until(time.monotonic() + 5)
        answers = {hand.once(hand.nameless()).status for _n in range(3)}
    trial.must(500 not in answers, "a damaged page is answered with 500")
    place.ledger.statuses.pop("500", None)
    place.server.stop()
    _set_aside_and_restore(trial)
    place.facts = {**place.facts, "households": place.facts["households"][1500:]}
    place.server.start()
    with place.crowd(hands=2) as people:
        moment = time.monotonic()
        trial.recovered(moment)
        people.wait_for(10)
    trial.done = f"a page overwritten; forms answered {sorted(answers)}; a backup restored"


def _damage(place: Place) -> None:
    """Overwrite the page that the next visit is written in."""
    if place.file is not None:
        with contextlib.closing(sqlite3.connect(place.file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (size,) = connection.execute("PRAGMA page_size").fetchone()
            rows = connection.execute(
                "SELECT pageno FROM dbstat WHERE name = 'visits_visit' ORDER BY pageno DESC"
            ).fetchall()
        with place.file.open("r+b") as file:
            file.seek((rows[0][0] - 1) * size)
            file.write(b"\xa5" * size)
        return
    assert place.cluster is not None
    with contextlib.closing(connect(place.cluster)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_filepath('visits_visit')")
        path = place.cluster.data / cursor.fetchone()[0]
    place.cluster.stop()
    with path.open("r+b") as file:
        file.seek(path.stat().st_size - 8192 + 100)
        file.write(b"\xa5" * 4000)
    place.start_database()


def _set_aside_and_restore(trial: Trial) -> None:
    """As docs/operations.md says, step by step."""
    place = trial.place
    (kept,) = (place.folder / "backups").glob("*.stekbackup")
    if place.file is not None:
        aside = place.folder / "opzij"
        aside.mkdir()
        for one in place.file.parent.glob(f"{place.file.name}*"):
            one.rename(aside / one.name)
    else:
        assert place.cluster is not None
        with contextlib.closing(connect(place.cluster, "postgres", "postgres")) as connection:
            connection.cursor().execute("ALTER DATABASE stek RENAME TO stek_opzij")
    place.manage("restore", str(kept))
    if place.cluster is not None:
        place.manage("database_roles", "--verbosity=0")
