"""`make run`: prepares the data and keeps the service going on 127.0.0.1 until Ctrl-C."""

import contextlib
import hashlib
import http.client
import os
import secrets
import shlex
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from stek.backup.keys import new_key
from stek.rounds import rounds

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
START_WITHIN = 60.0  # seconds that the server gets for its first answer
END_WITHIN = 15.0  # seconds that a child gets to finish what it is doing
ACCESS_LOG_KEEPS = 5_000_000  # bytes, before the previous log makes place

#: Made once, in the folder of the data; by the setting that holds each.
KEY_FILES = {
    "STEK_SECRET_KEY": "secret-key",
    "STEK_ENCRYPTION_KEY": "encryption-key",
    "STEK_BACKUP_KEY": "backup-key",
}

# The path without its query string: what people typed never reaches a log. `server_log` takes the
# keys out of it.
ACCESS_LOG_FORMAT = '%(t)s "%(m)s %(U)s" %(s)s %(B)s bytes %(M)s ms'


class CannotRunError(Exception):
    """The service cannot start or go on; the message is for the person at the terminal."""


class Service:
    """The children of this process: started here, and ended here whatever happens."""

    def __init__(self, data_dir: Path, port: int) -> None:
        self.data_dir = data_dir
        self.port = port
        self._stop_asked = False
        self.children: list[subprocess.Popen[bytes]] = []

    def stop_on_signals(self) -> None:
        """Only take note: an exception out of a handler could lose a child just started."""

        def note(_number: int, _frame: FrameType | None) -> None:
            self._stop_asked = True

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, note)

    def must_stop(self) -> bool:
        return self._stop_asked

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Run this Python with the arguments, out of reach of the terminal's own Ctrl-C."""
        child = subprocess.Popen(  # noqa: S603  (our own commands only)
            [sys.executable, *arguments], cwd=ROOT, start_new_session=True
        )
        self.children.append(child)
        return child

    def manage(self, *arguments: str) -> None:
        """Run one management command to its end, unless somebody said stop."""
        if self.must_stop():
            return
        child = self.start("manage.py", *arguments)
        while child.poll() is None and not self.must_stop():
            time.sleep(0.02)
        if child.poll() is not None:
            self.children.remove(child)
        if child.returncode and not self.must_stop():
            raise CannotRunError(f"`manage.py {arguments[0]}` failed; its message is above.")

    def end(self) -> None:
        """End what was started and wait until it is gone."""
        for child in self.children:
            self.signal_group(child, signal.SIGTERM)
        deadline = time.monotonic() + END_WITHIN
        for child in self.children:
            try:
                child.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.signal_group(child, signal.SIGKILL)
                child.wait()

    @staticmethod
    def signal_group(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
        """To its whole group: a gunicorn that died by itself may have left its workers."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, number)

    def prepare(self) -> None:
        """Tables, static files and, in demo mode, people who don't exist."""
        self.manage("prepare")
        # Compressing takes seconds, so only when there is something else to compress.
        stamp, sources = self.data_dir / "static.stamp", static_sources()
        if not stamp.exists() or stamp.read_text(encoding="ascii") != sources:
            self.manage("collectstatic", "--no-input", "--verbosity=0")
            if not self.must_stop():
                stamp.write_text(sources, encoding="ascii")

    def serve(self) -> None:
        """Run gunicorn, the exports and the due jobs beside it, until somebody says stop."""
        if self.must_stop():
            return
        server = self.start("-m", "gunicorn", "stek.wsgi", *self.server_options())
        self.wait_for_answer(server)
        if self.must_stop():
            return
        self.announce()
        timers = rounds()
        exports = self.start("manage.py", "run_exports")
        while not self.must_stop():
            if server.poll() is not None:
                raise CannotRunError(f"The server ended by itself (code {server.returncode}).")
            if exports.poll() is not None:
                self.children.remove(exports)
                exports = self.start("manage.py", "run_exports")
            for timer in timers:
                if complaint := timer.look(time.monotonic(), self.start, self.children.remove):
                    say(complaint)
            time.sleep(0.1)

    def server_options(self) -> list[str]:
        log = self.data_dir / "access.log"
        if log.exists() and log.stat().st_size > ACCESS_LOG_KEEPS:
            log.replace(log.with_suffix(".log.1"))
        return [
            f"--bind={HOST}:{self.port}",
            "--worker-class=gthread",
            "--workers=2",
            "--threads=4",
            "--graceful-timeout=10",
            "--log-level=warning",
            # It would be made in the home folder, for a tool that nobody here uses.
            "--no-control-socket",
            f"--access-logfile={log}",
            f"--access-logformat={ACCESS_LOG_FORMAT}",
            "--logger-class=stek.server_log.ServerLog",
        ]

    def wait_for_answer(self, server: subprocess.Popen[bytes]) -> None:
        """Until a page comes back: the port is open before the workers have loaded the code."""
        deadline = time.monotonic() + START_WITHIN
        while not self.must_stop() and server.poll() is None:
            if answers(self.port):
                return
            if time.monotonic() > deadline:
                raise CannotRunError(f"The server gave no answer in {START_WITHIN:.0f} seconds.")
            time.sleep(0.1)
        if not self.must_stop():
            raise CannotRunError(f"The server did not start (code {server.returncode}).")

    def announce(self) -> None:
        lines = [
            "",
            f"Stek runs on http://{HOST}:{self.port}/",
            f"Its data is in {self.data_dir}",
        ]
        if demo_mode():
            lines.append(f"Demo accounts, all with the password {DEMO_PASSWORD}:")
            for username, first_name, last_name, role, stek in DEMO_ACCOUNTS:
                what = role.name.replace("_", " ").lower()
                lines.append(f"  {username:<14}{first_name} {last_name}, {what}, {stek}")
        else:
            lines += ["A STEK with its first administrator is made in another window:", making()]
        lines += ["Ctrl-C ends it.", ""]
        say("\n".join(lines))


def making() -> str:
    """The command that makes a STEK here, with the settings that were made up for this run."""
    names = ["STEK_LOOPBACK", "STEK_DATA_DIR", *(f"{name}_FILE" for name in KEY_FILES)]
    known = [f"{name}={shlex.quote(os.environ[name])}" for name in names if name in os.environ]
    command = [shlex.quote(sys.executable), 'manage.py make_stek "Kalmthout" --administrator els']
    return "  " + " ".join([*known, *command])


def say(text: str) -> None:
    print(text, flush=True)  # flush: the text must also come through a pipe, while we run on


def answers(port: int) -> bool:
    """Whether the service gives an answer at all; what it answers is for the tests."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    else:
        return True
    finally:
        connection.close()


def static_sources() -> str:
    """A digest that changes when the static files may: ours, those of packages, or the settings."""
    digest = hashlib.sha256()
    for name in ("requirements.txt", "stek/settings.py"):
        digest.update((ROOT / name).read_bytes())
    for path in sorted(ROOT.glob("static/**/*")):
        about = path.stat()
        digest.update(f"{path.relative_to(ROOT)} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def demo_mode() -> bool:
    return os.environ["STEK_DEMO"] == "1"


def chosen_port() -> int:
    """The port asked for with PORT, if it is one and nobody has it."""
    text = os.environ.get("PORT") or "8000"
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise CannotRunError(f"PORT must be a number from 1 to 65535, not {text!r}.")
    with socket.socket() as probe:
        # As gunicorn does: connections of a run that just ended are no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(text)))
        except PermissionError as error:
            raise CannotRunError(f"You may not use port {text}. Choose one from 1024.") from error
        except OSError as error:
            raise CannotRunError(
                f"Port {text} is already in use. End what runs there, or choose another: "
                "PORT=8001 make run"
            ) from error
    return int(text)


def prepared_data_dir() -> Path:
    """The folder with everything worth a backup, for this user only, with the keys in it."""
    data_dir = Path(os.environ.get("STEK_DATA_DIR") or ROOT / "var").expanduser().resolve()
    # Whatever is made from here on (database, logs) is nobody else's to read.
    os.umask(0o077)
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        for setting, name in KEY_FILES.items():
            key = new_key() if setting == "STEK_BACKUP_KEY" else secrets.token_urlsafe(64)
            if not (data_dir / name).exists():
                handle = os.open(data_dir / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(handle, "w", encoding="ascii") as file:
                    file.write(f"{key}\n")
    except OSError as error:
        raise CannotRunError(f"{data_dir} can't be used for the data: {error.strerror}.") from error
    return data_dir


def set_environment(data_dir: Path, port: int) -> None:
    """What settings.py reads: this is plain http on one machine, so loopback and nothing else."""
    os.environ.update(
        STEK_LOOPBACK="1",
        STEK_DEBUG="0",
        STEK_DEMO="0" if os.environ.get("STEK_DEMO", "1").lower() in {"0", "false", "no"} else "1",
        STEK_DATA_DIR=str(data_dir),
        DJANGO_SETTINGS_MODULE="stek.settings",
    )
    os.environ.setdefault("STEK_PUBLIC_URL", f"http://{HOST}:{port}")
    for name, file in KEY_FILES.items():
        if not os.environ.get(name):
            os.environ.setdefault(f"{name}_FILE", str(data_dir / file))


def main() -> int:
    service: Service | None = None
    try:
        port = chosen_port()
        data_dir = prepared_data_dir()
        set_environment(data_dir, port)
        service = Service(data_dir, port)
        service.stop_on_signals()
        say("Preparing the database and the static files ...")
        service.prepare()
        service.serve()
    except CannotRunError as error:
        print(f"Stek: {error}", file=sys.stderr, flush=True)
        return 1
    finally:
        if service is not None:
            service.end()
    say("Stek has ended; the data is kept.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
