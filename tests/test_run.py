"""`make run` for real: its own process, data folder, port, gunicorn, and an orderly end.

These tests share one data folder and one database, so they run one after the other; `make test`
keeps the tests of a file on one worker.
"""

import http.client
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

import psutil
import pytest
from django.urls import reverse

from accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from stek.run import CannotRunError, Service, chosen_port
from tests.first_start import keep

ROOT = Path(__file__).resolve().parent.parent
# The first start makes the demo data, on a machine that is busy with other tests.
START_WITHIN = 240.0


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("run") / "data"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(data_dir: Path, port: int) -> dict[str, str]:
    """As a person's terminal would have it; DATABASE_URL only when it is the tests' own server."""
    names = [name for name in os.environ if name.startswith(("STEK_", "DJANGO_"))]
    kept = {name: value for name, value in os.environ.items() if name not in names}
    return {**kept, "STEK_DATA_DIR": str(data_dir), "PORT": str(port)}


class Run:
    """A running `python -m stek.run`, with everything it has said so far."""

    def __init__(self, data_dir: Path) -> None:
        self.port, self.data_dir = free_port(), data_dir
        self.log = data_dir.parent / f"run-{self.port}.log"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "stek.run"],
                cwd=ROOT,
                env=environment(data_dir, self.port),
                stdout=output,
                stderr=output,
            )

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def wait_until_announced(self) -> None:
        deadline = time.monotonic() + START_WITHIN
        while "Ctrl-C ends it." not in self.said:
            assert self.process.poll() is None, f"It ended by itself:\n{self.said}"
            assert time.monotonic() < deadline, f"It did not start in time:\n{self.said}"
            time.sleep(0.1)

    def descendants(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=30)


@contextmanager
def running(data_dir: Path) -> Iterator[Run]:
    run = Run(data_dir)
    children: list[psutil.Process] = []
    try:
        run.wait_until_announced()
        children = run.descendants()
        yield run
    finally:
        # Whatever the test found, nothing of it stays behind.
        if run.process.poll() is None:
            run.process.terminate()
            run.process.wait(timeout=30)
        for child in psutil.wait_procs(children, timeout=5)[1]:
            child.kill()


def assert_all_gone(processes: list[psutil.Process], port: int) -> None:
    _, left = psutil.wait_procs(processes, timeout=5)
    assert not left, f"Left behind: {left}"
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=2)


def assert_can_sign_in(run: Run, username: str) -> None:
    """Through the form, as a browser does; what follows offers to sign out."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    address = f"http://127.0.0.1:{run.port}{reverse('account_login')}"
    try:
        form = opener.open(address, timeout=10).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
        assert token, "The sign-in page has no form."
        fields = {"csrfmiddlewaretoken": token[1], "login": username, "password": DEMO_PASSWORD}
        answer = opener.open(address, urllib.parse.urlencode(fields).encode(), timeout=10)
    except urllib.error.HTTPError as error:
        pytest.fail(f"{error}\n{run.said}")
    assert reverse("account_logout") in answer.read().decode()


def assert_only_for_its_owner(data_dir: Path) -> None:
    assert stat.S_IMODE(data_dir.stat().st_mode) == 0o700
    for name in ("secret-key", "encryption-key"):
        assert stat.S_IMODE((data_dir / name).stat().st_mode) == 0o600
    for path in data_dir.iterdir():
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path.name


@pytest.fixture(scope="module")
def first(request: pytest.FixtureRequest, data_dir: Path) -> Iterator[Run]:
    """The run in an empty folder; the tests below use it in their order, and end it."""
    with running(data_dir) as run:
        keep(request.config, data_dir)
        yield run


def test_run_serves_the_demo(first: Run, data_dir: Path) -> None:
    assert f"http://127.0.0.1:{first.port}/" in first.said
    for username, *_ in DEMO_ACCOUNTS:
        assert f"  {username} " in first.said
    assert DEMO_PASSWORD in first.said
    assert_can_sign_in(first, "coordinator")
    assert_only_for_its_owner(data_dir)


def test_logs_keep_no_query_string_and_no_key(first: Run, data_dir: Path) -> None:
    """What the server writes, and what Django says of pages that are not there."""
    answer, ask = (
        reverse(name, args=["k" * 43]) for name in ("answers:answer", "inbound:ask_access")
    )
    paths = ["/?naam=Vandenbroeck", answer, f"{answer}x/y/", ask, f"{ask}nergens/", answer.upper()]
    for path in paths:
        connection = http.client.HTTPConnection("127.0.0.1", first.port, timeout=10)
        connection.request("PUT" if path == ask else "GET", path)
        connection.getresponse().read()
        connection.close()
    # A worker writes its line after the answer has gone.
    log = data_dir / "access.log"
    deadline = time.monotonic() + 10
    while log.read_text(encoding="utf-8").lower().count("/antwoord/") < 3:
        assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
        time.sleep(0.05)
    said, text = first.said.lower(), log.read_text(encoding="utf-8")
    assert '"GET /"' in text
    assert '"GET /antwoord/.../" 404' in text
    assert '"PUT /toeleiding/.../" 405' in text
    assert "not found: /antwoord/.../x/y/" in said
    assert re.search(r"method not allowed( \(put\))?: /toeleiding/\.\.\./", said)
    for secret in ("Vandenbroeck", "k" * 9, "K" * 9):
        assert secret not in text
        assert secret.lower() not in said


def test_ctrl_c_ends_everything(first: Run) -> None:
    children = first.descendants()
    assert len(children) >= 3  # gunicorn and its two workers
    assert first.end(signal.SIGINT) == 0
    assert_all_gone(children, first.port)


def test_run_that_is_ended_while_it_prepares_leaves_nothing(data_dir: Path) -> None:
    run = Run(data_dir)
    try:
        deadline = time.monotonic() + START_WITHIN
        while not (children := run.descendants()):
            assert time.monotonic() < deadline, run.said
            time.sleep(0.02)
        assert run.end(signal.SIGTERM) == 0
    finally:
        if run.process.poll() is None:
            run.process.kill()
    assert "Ctrl-C ends it." not in run.said
    assert_all_gone(children, run.port)


def test_second_run_keeps_the_data_and_a_dead_server_ends_it_with_an_error(data_dir: Path) -> None:
    key = (data_dir / "secret-key").read_bytes()
    with running(data_dir) as run:
        assert (data_dir / "secret-key").read_bytes() == key
        assert_can_sign_in(run, "vrijwilliger")
        children = run.descendants()
        server = next(
            c for c in psutil.Process(run.process.pid).children() if "gunicorn" in str(c.cmdline())
        )
        server.kill()
        assert run.process.wait(timeout=30) == 1
        assert "The server ended by itself" in run.said
        assert_all_gone(children, run.port)


def test_taken_port_gives_one_sentence(data_dir: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ended = subprocess.run(
            [sys.executable, "-m", "stek.run"],
            cwd=ROOT,
            env=environment(data_dir, port),
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"Stek: Port {port} is already in use.")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("port", ["0", "70000", "eighty", "80.5", "-1"])
def test_impossible_port_is_refused(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(CannotRunError, match="PORT must be a number"):
        chosen_port()


def test_run_without_a_demo_says_how_to_make_a_stek(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = {}
    monkeypatch.setenv("STEK_DATA_DIR", f"{tmp_path}/een map")
    monkeypatch.setenv("STEK_SECRET_KEY_FILE", "/sleutel")
    for demo in ("0", "1"):
        monkeypatch.setenv("STEK_DEMO", demo)
        Service(tmp_path, 8000).announce()
        said[demo] = capsys.readouterr().out
    assert f"STEK_DATA_DIR='{tmp_path}/een map' STEK_SECRET_KEY_FILE=/sleutel" in said["0"]
    assert 'manage.py make_stek "Kalmthout" --administrator els' in said["0"]
    assert "make_stek" not in said["1"]
