"""Sends every string to every field of every form on both engines, and compares the verdicts.

`python -m tests.hostile` says how far each engine is, prints what is wrong and one line of
figures, and ends with 1 when anything is; `--keep` writes that line in chaos/results/hostile.md.
Routes may be named.
"""

import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import django

from chaos.results import RESULTS
from tests.databases import postgresql

ENGINES = ("SQLite", "PostgreSQL")
#: The most lines of each kind that are printed.
SHOWN = 40


def one_engine(answer: Path, routes: list[str]) -> None:
    """In a process of its own, whose environment says which engine."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from tests.hostile import long_run  # after the settings

    found = long_run.run(routes or long_run.all_routes())
    answer.write_text(json.dumps(asdict(found)))


def both(routes: list[str]) -> dict[str, Any]:
    """What each engine answered, at the same time."""
    with tempfile.TemporaryDirectory() as folder, postgresql() as url:
        environments = {
            "SQLite": {},
            "PostgreSQL": {"DATABASE_URL": url, "STEK_TEST_SERVER": "1"},
        }
        processes = {}
        for engine, more in environments.items():
            command = [
                sys.executable,
                "-m",
                "tests.hostile",
                "--into",
                f"{folder}/{engine}",
                *routes,
            ]
            processes[engine] = subprocess.Popen(command, env=os.environ | more)
        try:
            for engine, process in processes.items():
                if process.wait():
                    sys.exit(f"The run on {engine} ended with {process.returncode}.")
        finally:
            for process in processes.values():
                process.kill()
        return {engine: json.loads(Path(folder, engine).read_text()) for engine in ENGINES}


def differences(sqlite: dict[str, Any], postgres: dict[str, Any]) -> list[str]:
    """Strings of which the two engines think otherwise."""
    return [
        f"{field} {text[:40]!r}: {verdict} on SQLite, {postgres[field][text]} on PostgreSQL"
        for field, verdicts in sqlite.items()
        for text, verdict in verdicts.items()
        if postgres[field][text] != verdict
    ]


def main() -> int:
    routes = sys.argv[1:]
    if routes[:1] == ["--into"]:
        one_engine(Path(routes[1]), routes[2:])
        return 0
    keep = routes[:1] == ["--keep"]
    since = time.monotonic()
    found = both(routes[keep:])
    wrong = [f"{engine}: {line}" for engine in ENGINES for line in found[engine]["wrong"]]
    unlike = differences(*(found[engine]["verdicts"] for engine in ENGINES))
    for lines in (wrong, unlike):
        print(*lines[:SHOWN], sep="\n", end="\n" if lines else "")
    fields = found["SQLite"]["verdicts"]
    strings = {text for verdicts in fields.values() for text in verdicts}
    line = (
        f"{len(strings)} strings in {len(fields)} fields of "
        f"{len({field.split(' ')[0] for field in fields})} forms, "
        f"{sum(found[engine]['sendings'] for engine in ENGINES)} sendings on both engines, "
        f"{len(wrong)} wrong, {len(unlike)} unlike, {(time.monotonic() - since) / 60:.1f} minutes"
    )
    print(f"hostile: {line}")
    if keep:
        day = dt.date.today()  # noqa: DTZ011 - of this machine
        text = f"# Hostile strings\n\nMade by `make chaos`, {day}: {line}.\n"
        (RESULTS / "hostile.md").write_text(text, encoding="utf-8")
    return 1 if wrong or unlike else 0


if __name__ == "__main__":
    sys.exit(main())
