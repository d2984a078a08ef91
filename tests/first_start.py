"""What `make run` makes of an empty folder, kept for the journeys that begin with it.

tests/test_run.py starts with nothing, which takes a quarter of a minute; what comes of it is the
same until the code changes, or the day.
"""

import hashlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from visits.days import current_day

#: The code that makes it is everywhere but here.
ELSEWHERE = {"tests", "docs", "bench", "chaos", "var"}


def folder_of_it(config: pytest.Config) -> Path:
    """Where the data is kept that this code makes today; there, or not yet."""
    root = settings.BASE_DIR
    digest = hashlib.sha256(f"{current_day(timezone.now())}".encode())
    files = [root / "requirements.txt"]
    for place in root.iterdir():
        if place.is_dir() and place.name not in ELSEWHERE and not place.name.startswith("."):
            files += (one for one in place.rglob("*") if "__pycache__" not in one.parts)
    for file in sorted(files):
        if file.is_file():
            digest.update(file.read_bytes())
    return config.rootpath / ".pytest_cache" / f"first-start-{digest.hexdigest()[:16]}"


def keep(config: pytest.Config, data: Path) -> None:
    """Of a service that is ready, and of which nobody asked anything yet."""
    kept = folder_of_it(config)
    for older in kept.parent.glob("first-start-*"):
        shutil.rmtree(older)
    half = kept.with_name(f"half-{kept.name}")
    shutil.rmtree(half, ignore_errors=True)
    # Its database is in use: a copy of the file could hold half of a page.
    shutil.copytree(data, half, ignore=shutil.ignore_patterns("stek.sqlite3*", "*.log"))
    with closing(sqlite3.connect(data / "stek.sqlite3")) as database:
        database.execute("VACUUM INTO ?", [str(half / "stek.sqlite3")])
    half.rename(kept)
