"""The application under a real gunicorn, with the options of `make run`."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stek.run import ROOT, Service, answers
from tests.databases import free_port

START_WITHIN = 60.0


@dataclass(frozen=True)
class Running:
    """`pid` is that of gunicorn's master; `log` is what it had to say."""

    port: int
    pid: int
    log: Path

    def workers(self) -> list[int]:
        """The workers by process id, oldest first."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        return sorted(int(pid) for pid in children.read_text().split())


class Server:
    """One that may be ended, or killed with all its workers, and started again on its port."""

    def __init__(self, environment: dict[str, str], port: int | None = None) -> None:
        self.port = port or free_port()
        data_dir = Path(environment["STEK_DATA_DIR"])
        self.log = data_dir / "server.log"
        self._options = Service(data_dir, self.port).server_options()
        self.environment = {**environment, "STEK_PROCESS": "web"}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> Running:
        if self._process is None:
            raise SystemExit("This server was not started.")
        return Running(self.port, self._process.pid, self.log)

    def start(self) -> None:
        """Until it answers."""
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "stek.wsgi", *self._options],
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_WITHIN
        while not answers(self.port):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"gunicorn did not start.\n{self.log.read_text()}")
            time.sleep(0.1)

    def kill(self) -> None:
        """As a power cut would: no word to anybody, master and workers at once."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def stop(self) -> None:
        """As a supervisor does: what is being answered is finished."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.kill()


@contextlib.contextmanager
def running(environment: dict[str, str]) -> Iterator[Running]:
    """Serve until the block ends, with the database and the folder of this environment."""
    server = Server(environment)
    try:
        server.start()
        yield server.running
    finally:
        server.stop()
