"""Raw rows as files: how long, against a bare loop over the same columns, and in how much memory.

    python -m bench.exports --rows 1000000

measures on the database of the environment, in a process of its own, and writes JSON. A set with
fewer visits is read again until there are enough.
"""

import argparse
import csv
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import django
import psutil

from bench.report import Report
from stek.run import ROOT

ROWS, SHEET_ROWS = 1_000_000, 100_000
#: The columns of the export of visits, as one would write them by hand.
BARE = """
SELECT o.day, v.household_id IS NOT NULL, CASE WHEN h.erased_at IS NULL THEN h.number END,
       v.adults, v.children, v.first_this_year, v.for_grocery, v.for_coffee, v.for_question,
       v.for_activity
FROM visits_visit v
JOIN visits_opening o ON o.id = v.opening_id
LEFT JOIN people_household h ON h.id = v.household_id
WHERE v.voided_at IS NULL
ORDER BY o.day, o.id, v.id
"""


def exports(report: Report, environment: dict[str, str], *, quick: bool) -> None:
    """In the report of `make bench`."""
    rows = ROWS // 5 if quick else ROWS
    done = subprocess.run(
        [sys.executable, "-m", "bench.exports", f"--rows={rows}"],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    note = f"{rows} visits; the bare loop {found['bare']:.1f} s, the export {found['csv']:.1f} s"
    report.add(
        "export as CSV against a bare loop", found["csv"] / found["bare"],
        unit="x", limit=1.5, note=note,
    )  # fmt: skip
    report.add("export as CSV, memory above idle", found["csv MB"], unit="MB", limit=60, note=note)
    for key in ("xlsx", "ods"):
        note = f"{SHEET_ROWS} visits"
        limits = (15, 100) if key == "xlsx" else (None, None)
        report.add(f"export as {key.upper()}", found[key], unit="s", limit=limits[0], note=note)
        name = f"export as {key.upper()}, memory above idle"
        report.add(name, found[f"{key} MB"], unit="MB", limit=limits[1], note=note)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=ROWS)
    rows = parser.parse_args().rows
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="stek-bench-") as folder:
        bare_path = Path(folder) / "bare.csv"
        # Each twice, the quicker counts: the first reads the tables into memory.
        for _time in range(2):
            _measure(found, "bare", lambda: _bare(rows, bare_path))
            _measure(found, "csv", lambda: write_visits("csv", rows, Path(folder) / "made.csv"))
        for key in ("xlsx", "ods"):
            made = Path(folder) / f"made.{key}"
            _measure(found, key, partial(write_visits, key, SHEET_ROWS, made))
    print(json.dumps(found))


def _measure(found: dict[str, float], name: str, work: Callable[[], None]) -> None:
    process = psutil.Process()
    idle = highest = process.memory_info().rss
    over = threading.Event()

    def watch() -> None:
        nonlocal highest
        while not over.wait(0.01):
            highest = max(highest, process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    start = time.perf_counter()
    work()
    took = time.perf_counter() - start
    over.set()
    watcher.join()
    found[name] = min(took, found.get(name, took))
    found[f"{name} MB"] = max((highest - idle) / 2**20, found.get(f"{name} MB", 0))


def _bare(rows: int, path: Path) -> None:
    """What a script would do: one cursor, rows to a file as they are."""
    from django.db import connection, transaction

    with path.open("w", newline="") as file, transaction.atomic():
        writer, left = csv.writer(file, delimiter=";"), rows
        while left:
            cursor = connection.create_cursor(name="bare") if _names_cursors() else None
            cursor = cursor or connection.connection.cursor()
            cursor.execute(BARE)
            there = left
            while left and (piece := cursor.fetchmany(2_000)):
                writer.writerows(piece[:left])
                left -= len(piece[:left])
            cursor.close()
            if left == there:
                raise SystemExit("There are no visits to export.")


def _names_cursors() -> bool:
    from django.db import connection

    return connection.vendor == "postgresql"


def write_visits(key: str, rows: int, path: Path) -> None:
    from places.models import Stek
    from reports.exports.making import write_sheet
    from reports.exports.raw_rows import source_of
    from reports.files.sheet import Sheet
    from visits.period import Kind, Period

    steks = list(Stek.objects.values_list("pk", flat=True))
    period = Period(dt.date(2000, 1, 1), dt.date(2100, 12, 31), Kind.FREE)
    source = source_of("visits")

    def endless() -> Iterator[Sequence[Any]]:
        while True:
            reader = source.read(steks, period, False)
            for part in reader.parts():
                yield from reader.rows(part)

    sheet = Sheet("Bezoeken", "Bezoeken", source.columns, islice(endless(), rows))
    write_sheet(sheet, key, path)


if __name__ == "__main__":
    main()
