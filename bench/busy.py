"""The counter of one STEK while others work hard: reports of the whole network, raw exports.

    python -m bench.busy

is the export of a million visits, again and again until it is ended, aside as its worker is.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from accounts.demo import DEMO_PASSWORD
from bench.client import Client
from bench.numbers import p95
from bench.over_http import Colleague, Place, expect_ok
from bench.report import Report
from bench.service import running
from stek.run import ROOT

#: Check-ins that are timed alone, and as many while the others work; searches as well.
CHECK_INS = 60
#: The year of all STEKs: summed beside two other years, and each in a column of its own.
YEAR = "/rapporten/samen/team/{year}/?toon=samen"
SIDE_BY_SIDE = "/rapporten/samen/team/{year}/?toon=naast"
#: How often each is asked alone; the best counts.
YEARS = 3


def busy(report: Report, environment: dict[str, str], facts: dict[str, Any]) -> None:
    """The pages of a whole network; and by turns in one run of the server the counter alone, and
    while those are asked.
    """
    alone: list[float] = []
    others: list[float] = []
    years = 0
    with running(environment) as server:
        place = Place(server, facts, environment)
        _pages(report, place, facts["year"])
        with Colleague(place, "coordinator-1") as colleague:
            _afternoon(colleague, place)  # warms up
            for _turn in range(3):
                alone += _afternoon(colleague, place)
                with _others(place, facts["year"]) as asked:
                    others += _afternoon(colleague, place)
                years += len(asked)
    what = f"{len(alone)} check-ins with their page and searches, dorp-1 of the network"
    report.add("counter p95, alone", p95(alone), note=what)
    how = f"{years} year reports of the network asked, an export without a pause"
    report.add("counter p95, while reports and exports run", p95(others), note=how)
    report.add("counter p95, busy / alone", p95(others) / p95(alone), unit="x", limit=2, note=how)


def _pages(report: Report, place: Place, year: int) -> None:
    with _umbrella(place) as umbrella:
        for name, address, limit, note in (
            ("year report of the network", YEAR, 5, "summed, beside two other years"),
            ("year of the network, side by side", SIDE_BY_SIDE, None, "and their sum"),
        ):
            asked = [expect_ok(umbrella.get(address.format(year=year))) for _n in range(YEARS)]
            seconds = min(answer.seconds for answer in asked)
            how = f"the page; {note}; the best of {YEARS}"
            report.add(name, seconds, unit="s", limit=limit, note=how)


def _umbrella(place: Place) -> Client:
    """Who coordinates all STEKs."""
    client = Client(place.running.port)
    client.sign_in(place.facts["umbrella"], DEMO_PASSWORD)
    return client


def _afternoon(colleague: Colleague, place: Place) -> list[float]:
    """Seconds of each check-in with the page after it, and of each search."""
    times = []
    texts = place.prefixes()
    for number, household in enumerate(place.households[:CHECK_INS]):
        times.append(colleague.search(texts[number % len(texts)]).seconds)
        times.append(sum(answer.seconds for answer in colleague.check_in(household)))
    colleague.clean()
    return times


@contextlib.contextmanager
def _others(place: Place, year: int) -> Iterator[list[float]]:
    """Who coordinates all STEKs asks for their year, again and again, beside the export."""
    asked: list[float] = []
    over = threading.Event()
    umbrella = _umbrella(place)

    def ask() -> None:
        while not over.is_set():
            asked.append(expect_ok(umbrella.get(YEAR.format(year=year))).seconds)

    command = [sys.executable, "-m", "bench.busy"]
    export = subprocess.Popen(command, cwd=ROOT, env=place.environment, stdout=subprocess.PIPE)
    asking = threading.Thread(target=ask)
    asking.start()
    try:
        # One line says that it has loaded its code and begins.
        if export.stdout is None or export.stdout.readline() != b"begun\n":
            raise SystemExit("The export beside the counter did not start.")
        yield asked
        if export.poll() is not None or not asking.is_alive():
            raise SystemExit("The export or the report beside the counter ended too soon.")
    finally:
        over.set()
        asking.join()
        umbrella.connection.close()
        export.terminate()
        export.wait()


def _export_without_end() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    import django

    django.setup()
    from bench.exports import ROWS, write_visits
    from stek.management.commands.run_exports import NICE

    os.nice(NICE)
    print("begun", flush=True)
    with tempfile.TemporaryDirectory(prefix="stek-bench-") as folder:
        while True:
            write_visits("csv", ROWS, Path(folder) / "made.csv")


if __name__ == "__main__":
    _export_without_end()
