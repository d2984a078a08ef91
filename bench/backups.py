"""How long a backup of the network set takes, how large it is, and how long until it is back."""

import subprocess
import sys
import time
from pathlib import Path

from bench.report import Report
from stek.backup import shelf
from stek.backup.keys import new_key
from stek.run import ROOT


def backups(report: Report, environment: dict[str, str]) -> None:
    """A backup, one when nothing changed, a restore on trial, and a restore beside it for real."""
    folder = Path(environment["STEK_DATA_DIR"])
    there = {**environment, "STEK_BACKUP_KEY": new_key(), "STEK_BACKUP_DIR": str(folder / "kept")}
    note = "the network set; made, sealed, read back whole"
    report.add("backup", _seconds(there, "backup"), unit="s", limit=60, note=note)
    (kept,) = shelf.kept_in(folder / "kept")
    report.add("backup, size", kept.size / 1e6, unit="MB", note="the network set")
    unchanged = _seconds(there, "backup", "--if-changed")
    report.add("backup, nothing changed", unchanged, unit="s", note="starting the command included")
    note = "the network set, in a temporary place; every row counted"
    report.add("restore on trial", _seconds(there, "test_restore"), unit="s", limit=300, note=note)
    empty = {**there, "DATABASE_URL": _beside(environment), "STEK_DATA_DIR": str(folder / "back")}
    seconds = _seconds(empty, "restore", str(kept.path))
    report.add("restore", seconds, unit="s", limit=300, note="the network set, in an empty place")


def _beside(environment: dict[str, str]) -> str:
    """A database that is not there yet."""
    url = environment["DATABASE_URL"]
    if url.startswith("sqlite"):
        folder = Path(environment["STEK_DATA_DIR"]) / "back"
        folder.mkdir()
        return f"sqlite:///{folder / 'stek.sqlite3'}"
    return f"{url}_back"


def _seconds(environment: dict[str, str], *command: str) -> float:
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "manage.py", *command, "--verbosity=0"],
        cwd=ROOT,
        env={**environment, "DJANGO_SETTINGS_MODULE": "stek.settings"},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - began
