"""An installation of its own for each scenario: data, keys, database and server, on this machine.

Filling one takes time, so that is done once for each engine, and every scenario gets a copy.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import psycopg2

from bench.__main__ import environment
from bench.service import Server
from chaos.hands import Crowd, Ledger, crowd
from chaos.judge import Database
from chaos.proxy import Cable
from stek.backup.keys import new_key
from stek.run import ROOT
from tests.databases import Cluster, make_owner, own_folder

#: Room of a disk that is made to be filled; the demo takes some fifteen, PostgreSQL needs its log.
SMALL_DISK = {"sqlite": "64m", "postgresql": "400m"}


def manage(
    env: dict[str, str], *command: str, check: bool = True
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if check and done.returncode:
        raise SystemExit(f"manage.py {command[0]} failed:\n{done.stdout}{done.stderr}")
    return done


def inside(env: dict[str, str], *command: str) -> Any:
    """What `chaos.inside` answers."""
    done = subprocess.run(
        [sys.executable, "-m", "chaos.inside", *command],
        cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def copied_cluster(mould: Cluster, folder: Path) -> Cluster:
    """Of one that stands still, in another folder and on another port."""
    subprocess.run(["cp", "-a", mould.data, folder / "data"], check=True)
    return Cluster(mould.binaries, mould.password, folder=folder)


@dataclass
class Mould:
    """A filled installation that nothing runs on."""

    engine: str
    base: Path
    facts: dict[str, Any]
    file: Path | None = None
    cluster: Cluster | None = None


@contextlib.contextmanager
def mould_of(engine: str, base: Path) -> Iterator[Mould]:
    folder = Path(tempfile.mkdtemp(prefix=f"mould-{engine}-", dir=base))
    if engine == "sqlite":
        file = folder / "stek.sqlite3"
        facts = inside(service_environment(folder, f"sqlite:///{file}"), "fill")
        yield Mould(engine, base, facts, file=file)
        return
    cluster = Cluster.made()
    try:
        cluster.start("fsync=off")
        make_owner(cluster.url("postgres", "postgres"), cluster.password)
        env = service_environment(folder, cluster.url())
        env["DATABASE_WEB_URL"] = cluster.url("stek_web")
        facts = inside(env, "fill")
        cluster.stop()
        yield Mould(engine, base, facts, cluster=cluster)
    finally:
        cluster.remove()


def service_environment(data_dir: Path, url: str) -> dict[str, str]:
    return {
        **environment(data_dir, url),
        "DJANGO_SETTINGS_MODULE": "stek.settings",
        # Each colleague comes from a place of its own: signing in has a limit for each address.
        "STEK_PROXY_COUNT": "1",
        "STEK_BACKUP_KEY": new_key(),
        "PYTHONUNBUFFERED": "1",
    }


@dataclass
class Place:
    """One running installation, and what a scenario does to it."""

    engine: str
    facts: dict[str, Any]
    folder: Path
    environment: dict[str, str]
    server: Server
    database: Database
    ledger: Ledger = field(default_factory=Ledger)
    file: Path | None = None
    cluster: Cluster | None = None
    cable: Cable | None = None
    options: tuple[str, ...] = ()
    since: dict[str, int] = field(default_factory=dict)

    def crowd(self, **how: Any) -> contextlib.AbstractContextManager[Crowd]:
        return crowd(self.server.port, self.ledger, self.facts, **how)

    def manage(self, *command: str, **how: Any) -> subprocess.CompletedProcess[str]:
        return manage(self.environment, *command, **how)

    def start_database(self) -> None:
        assert self.cluster is not None
        self.cluster.start(*self.options)

    def signal_database(self, number: signal.Signals) -> None:
        assert self.cluster is not None
        signal_cluster(self.cluster, number)


@dataclass(frozen=True)
class Wish:
    """What a scenario wants of its place, beside a server that runs."""

    #: The database behind a cable, or on a small disk of its own.
    cable: bool = False
    small_disk: bool = False
    #: Of PostgreSQL.
    options: tuple[str, ...] = ()
    #: Of the server's process.
    environment: tuple[tuple[str, str], ...] = ()
    starts: bool = True


@contextlib.contextmanager
def place_of(mould: Mould, wish: Wish) -> Iterator[Place]:
    """Everything in it is ended and gone afterwards, whatever the scenario did."""
    with contextlib.ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="place-", dir=mould.base))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        (folder / "static").symlink_to(mould.base / "static")
        made = _sqlite if mould.engine == "sqlite" else _postgresql
        env, known = made(mould, wish, folder, stack)
        env.update(wish.environment)
        server = Server(env)
        stack.callback(server.stop)
        place = Place(
            engine=mould.engine, facts=mould.facts, folder=folder, environment=env, server=server,
            database=Database(known.get("file") or known["cluster"]), options=wish.options, **known,
        )  # fmt: skip
        place.since = place.database.last_ids()
        if wish.starts:
            server.start()
        yield place
        # What was changed in between counts: a scenario may have moved to another cluster.
        if place.cluster is not None and place.cluster is not known.get("cluster"):
            place.cluster.remove()


def _sqlite(
    mould: Mould, wish: Wish, folder: Path, stack: contextlib.ExitStack
) -> tuple[dict[str, str], dict[str, Any]]:
    assert mould.file is not None
    disk = folder / "disk"
    disk.mkdir()
    if wish.small_disk:
        mount(disk, SMALL_DISK["sqlite"], stack)
    file = disk / "stek.sqlite3"
    shutil.copy(mould.file, file)
    return service_environment(folder, f"sqlite:///{file}"), {"file": file}


def _postgresql(
    mould: Mould, wish: Wish, folder: Path, stack: contextlib.ExitStack
) -> tuple[dict[str, str], dict[str, Any]]:
    assert mould.cluster is not None
    where = own_folder()
    stack.callback(shutil.rmtree, where, ignore_errors=True)
    if wish.small_disk:
        owner = where.stat()
        mount(where, SMALL_DISK["postgresql"], stack)
        os.chown(where, owner.st_uid, owner.st_gid)
    cluster = copied_cluster(mould.cluster, where)
    stack.callback(cluster.stop)
    cluster.start(*wish.options)
    known: dict[str, Any] = {"cluster": cluster}
    port = cluster.port
    if wish.cable:
        cable = Cable(cluster.port)
        cable.plug_in()
        stack.callback(cable.pull_out)
        known["cable"], port = cable, cable.port
    env = service_environment(folder, through(cluster.url(), port))
    env["DATABASE_WEB_URL"] = through(cluster.url("stek_web"), port)
    return env, known


def through(url: str, port: int) -> str:
    """The same database by another port."""
    head, _at, rest = url.rpartition(":")
    return f"{head}:{port}/{rest.partition('/')[2]}"


def mount(folder: Path, size: str, stack: contextlib.ExitStack) -> None:
    """A disk of its own in memory, for who may mount."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=True)
    stack.callback(subprocess.run, ["umount", "--lazy", str(folder)], check=False)


def may_mount() -> bool:
    with tempfile.TemporaryDirectory(prefix="stek-chaos-") as folder, contextlib.ExitStack() as s:
        try:
            mount(Path(folder), "64k", s)
        except (OSError, subprocess.CalledProcessError):
            return False
    return True


def signal_cluster(cluster: Cluster, number: signal.Signals) -> None:
    """To the server and every process that it started; each is the first of a group of its own."""
    assert cluster.server is not None
    server = psutil.Process(cluster.server.pid)
    # The server first, or it would put others in the place of those that die.
    for one in (server, *server.children(recursive=True)):
        with contextlib.suppress(psutil.NoSuchProcess):
            one.send_signal(number)
    if number == signal.SIGKILL:
        cluster.server.wait()


def connect(cluster: Cluster, role: str = "stek", database: str = "stek") -> Any:
    """A connection past the application."""
    connection = psycopg2.connect(cluster.url(role, database), connect_timeout=5)
    connection.autocommit = True
    return connection


def fill_disk(folder: Path) -> Path:
    """Until nothing more goes on it."""
    filler = folder / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"\0" * 65536)
    with contextlib.suppress(OSError), filler.open("ab", buffering=0) as file:
        while True:
            file.write(b"\0" * 512)
    return filler


def wait_until(asked: Any, *, within: float, every: float = 0.1) -> float | None:
    """Seconds until it was so; None when it was not."""
    start = time.monotonic()
    while not asked():
        if time.monotonic() - start > within:
            return None
        time.sleep(every)
    return time.monotonic() - start
