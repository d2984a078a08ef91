"""PostgreSQL killed, hung, unreachable, full, read-only or lost; SQLite held, full or read-only."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from typing import Any

import psycopg2

from chaos.hands import Hand, Ledger
from chaos.places import Wish, connect, fill_disk, signal_cluster, wait_until
from chaos.scenario import Trial, scenario
from tests.databases import Cluster, own_folder

POSTGRESQL = ("postgresql",)
SQLITE = ("sqlite",)
#: A page waits three seconds for the database; what is asked of it in one request is little.
SLOWEST = 12.0
#: Seconds between two notes that somebody is there (`accounts/laptop/sitting.py`).
NOTED_EVERY = 60


@scenario(engines=POSTGRESQL)
def database_killed(trial: Trial) -> None:
    place = trial.place
    with place.crowd() as people:
        people.wait_for(30)
        place.signal_database(signal.SIGKILL)
        time.sleep(3)
        place.start_database()
        trial.recovered(time.monotonic())
        people.wait_for(30)
    trial.done = "kill -9 of PostgreSQL under load; started again after 3 s"
    trial.must(place.ledger.statuses["503"], "nobody was told 503")


@scenario(engines=POSTGRESQL)
def database_hung(trial: Trial) -> None:
    place = trial.place
    with place.crowd() as people:
        people.wait_for(30)
        place.signal_database(signal.SIGSTOP)
        try:
            time.sleep(12)
            trial.must(place.ledger.statuses["503"], "nobody was told 503 while it hung")
        finally:
            place.signal_database(signal.SIGCONT)
        trial.recovered(time.monotonic())
        people.wait_for(30)
    slowest = place.ledger.slowest
    trial.done = f"SIGSTOP of PostgreSQL for 12 s under load; slowest answer {slowest:.1f} s"
    trial.must(slowest <= SLOWEST, f"an answer took {slowest:.1f} s")


@scenario(engines=POSTGRESQL, wish=Wish(cable=True))
def database_unreachable(trial: Trial) -> None:
    place = trial.place
    assert place.cable is not None
    with place.crowd() as people:
        people.wait_for(30)
        place.cable.pull_out()
        time.sleep(5)
        place.cable.plug_in()
        trial.recovered(time.monotonic())
        people.wait_for(30)
    trial.done = "connections to PostgreSQL cut and its port closed for 5 s"
    trial.must(place.ledger.statuses["503"], "nobody was told 503")


@scenario(engines=POSTGRESQL, wish=Wish(options=("max_connections=30",)))
def database_out_of_connections(trial: Trial) -> None:
    place = trial.place
    assert place.cluster is not None
    taken: list[Any] = []

    def take_all() -> None:
        with contextlib.suppress(psycopg2.OperationalError):
            while True:
                taken.append(connect(place.cluster))

    with place.crowd() as people:
        people.wait_for(30)
        take_all()
        # Connections live on, so only those that are new find nothing left.
        for worker in place.server.running.workers():
            os.kill(worker, signal.SIGKILL)
        # What the dead held comes free after a moment.
        until = time.monotonic() + 60
        while not place.ledger.statuses["503"] and time.monotonic() < until:
            take_all()
            time.sleep(0.02)
        trial.must(place.ledger.statuses["503"], "nobody was told 503")
        time.sleep(3)
        for one in taken:
            one.close()
        trial.recovered(time.monotonic())
        people.wait_for(30)
    trial.done = f"{len(taken)} of 30 connections taken by others when new workers start"


@scenario(engines=POSTGRESQL, wish=Wish(cable=True))
def primary_lost_with_a_synchronous_standby(trial: Trial) -> None:
    place = trial.place
    primary = place.cluster
    assert primary is not None
    assert place.cable is not None
    standby = _standby_of(primary)
    try:
        standby.start()
        with contextlib.closing(connect(primary, "postgres", "postgres")) as connection:
            cursor = connection.cursor()
            cursor.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            cursor.execute("SELECT pg_reload_conf()")
        trial.must(wait_until(lambda: _is_in_step(primary), within=20), "the standby lags behind")
        with place.crowd() as people:
            people.wait_for(40)
            # It may stand still first: then nobody may be told that something is kept.
            signal_cluster(standby, signal.SIGSTOP)
            time.sleep(4)
            place.signal_database(signal.SIGKILL)
            place.cable.pull_out()
            signal_cluster(standby, signal.SIGCONT)
            time.sleep(1)
            with contextlib.closing(connect(standby, "postgres", "postgres")) as connection:
                connection.cursor().execute("SELECT pg_promote()")
            place.cable.target = standby.port
            place.cable.plug_in()
            trial.recovered(time.monotonic())
            people.wait_for(40)
        place.cluster = place.database.where = standby
        trial.done = "the standby stands still for 4 s, the primary is killed, the standby promoted"
    except BaseException:
        standby.remove()
        raise


def _standby_of(primary: Cluster) -> Cluster:
    folder = own_folder()
    standby = Cluster(primary.binaries, primary.password, folder=folder)
    primary.run(
        *("pg_basebackup", "-h", "127.0.0.1", "-p", primary.port, "-U", "postgres"),
        *("-D", standby.data, "-X", "stream", "-R", "--checkpoint=fast", "--no-sync"),
    )
    return standby


def _is_in_step(primary: Cluster) -> bool:
    with contextlib.closing(connect(primary, "postgres", "postgres")) as connection:
        cursor = connection.cursor()
        cursor.execute("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'")
        return bool(cursor.fetchone()[0])


@contextlib.contextmanager
def held(trial: Trial) -> Iterator[None]:
    """Somebody else writes and does not stop."""
    place = trial.place
    if place.file is not None:
        other = sqlite3.connect(place.file, isolation_level=None)
        with contextlib.closing(other):
            other.execute("PRAGMA busy_timeout = 5000")
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
        return
    assert place.cluster is not None
    other = psycopg2.connect(place.cluster.url())
    with contextlib.closing(other):
        other.cursor().execute("LOCK TABLE visits_visit IN EXCLUSIVE MODE")
        yield


@scenario(quick=True)
def write_lock_held_for_three_seconds(trial: Trial) -> None:
    with trial.place.crowd() as people:
        people.wait_for(20)
        with held(trial):
            time.sleep(2.8)
        trial.recovered(time.monotonic())
        people.wait_for(20)
    trial.done = "somebody else writes for 2.8 s"
    odd = trial.place.ledger.errors
    trial.must(odd == "0", f"people were told: {odd}")


@scenario()
def write_lock_held_for_thirty_seconds(trial: Trial) -> None:
    place = trial.place
    with place.crowd() as people:
        people.wait_for(20)
        reader = Hand(place.server.port, Ledger(), place.facts, "beheerder")
        with reader:
            reader.enter()
            # After a minute a page wants to note that somebody is still there.
            time.sleep(NOTED_EVERY - 20)
            with held(trial):
                began, pages = time.monotonic(), []
                while time.monotonic() < began + 30:
                    pages.append(reader.get("/balie/").status)
                    time.sleep(1)
            trial.recovered(time.monotonic())
        people.wait_for(20)
    trial.must(set(pages) == {200}, f"pages that only read were answered {sorted(set(pages))}")
    trial.done = f"somebody else writes for 30 s; {len(pages)} pages read meanwhile"


@scenario(wish=Wish(small_disk=True))
def disk_full(trial: Trial) -> None:
    place = trial.place
    where = place.file.parent if place.file is not None else place.cluster.folder
    with place.crowd() as people:
        people.wait_for(30)
        filler = fill_disk(where)
        before = len(place.ledger.acknowledged)
        time.sleep(6)
        passed = len(place.ledger.acknowledged) - before
        filler.unlink()
        if place.cluster is not None and place.cluster.server is not None:
            wait_until(lambda: place.cluster.server.poll() is not None, within=2)
            if place.cluster.server.poll() is not None:
                place.start_database()  # as its supervisor does
        trial.recovered(time.monotonic())
        people.wait_for(30)
    trial.must(place.ledger.statuses["503"], "nobody was told 503")
    trial.done = f"a disk in memory (tmpfs) filled for 6 s; {passed} writes still fitted"


@scenario(wish=Wish(small_disk=True))
def database_read_only(trial: Trial) -> None:
    place = trial.place
    with place.crowd() as people:
        people.wait_for(30)
        if place.file is not None:
            # A disk that is in use cannot be made read-only: as after a start with a bad disk.
            place.server.stop()
            _remount(trial, "ro")
            place.server.start()
            time.sleep(5)
            place.server.stop()
            _remount(trial, "rw")
            place.server.start()
            trial.done = "the disk (tmpfs) mounted read-only under a server that starts, 5 s"
        else:
            _refuse_writes(trial, "on")
            time.sleep(5)
            _refuse_writes(trial, "off")
            trial.done = "default_transaction_read_only for 5 s"
        trial.recovered(time.monotonic())
        people.wait_for(30)
    trial.must(place.ledger.statuses["503"], "nobody was told 503")


def _remount(trial: Trial, how: str) -> None:
    assert trial.place.file is not None
    folder = trial.place.file.parent
    subprocess.run(["mount", "-o", f"remount,{how}", folder], check=True)


def _refuse_writes(trial: Trial, value: str) -> None:
    assert trial.place.cluster is not None
    with contextlib.closing(connect(trial.place.cluster, "postgres", "postgres")) as connection:
        cursor = connection.cursor()
        cursor.execute("SET default_transaction_read_only = off")
        cursor.execute(f"ALTER SYSTEM SET default_transaction_read_only = {value}")
        cursor.execute("SELECT pg_reload_conf()")
