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


@contextlib.contextmanager
def running(environment: dict[str, str]) -> Iterator[Running]:
    """Serve until the block ends, with the database and the folder of this environment."""
    port = free_port()
    data_dir = Path(environment["STEK_DATA_DIR"])
    options = Service(data_dir, port).server_options()
    log = data_dir / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "stek.wsgi", *options],
            cwd=ROOT,
            env={**environment, "STEK_PROCESS": "web"},
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + START_WITHIN
        while not answers(port):
            if server.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"gunicorn did not start.\n{log.read_text()}")
            time.sleep(0.1)
        yield Running(port, server.pid, log)
    finally:
        if server.poll() is None:
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)
                server.wait()
