"""Measures reports and the week on the database of the environment; a process of its own.

    python -m bench.reported 90

makes a network of so many STEKs first when there is none, and writes what it found as JSON, with
what the counter of its first STEK needs to know.
"""

import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.test import Client  # noqa: E402  (after the setup, as all that follows)
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from bench.cast import some_people, who_may_shop  # noqa: E402
from bench.numbers import p50, p95  # noqa: E402
from bench.sets import open_today  # noqa: E402
from bench.typed import typed_texts  # noqa: E402
from places.models import Stek  # noqa: E402
from reports.kinds import KINDS  # noqa: E402
from reports.report import compared  # noqa: E402
from stek.demo.network import UMBRELLA  # noqa: E402
from stek.run import ROOT  # noqa: E402
from visits.models import Opening, Visit  # noqa: E402
from visits.period import last_closed_quarter, year_of  # noqa: E402

#: How many previews are timed, and pages of a week; each of another STEK where there are enough.
PREVIEWS, WEEKS = 90, 40
#: The report with all tables that may leave the house.
TABLES = KINDS["saamo"].tables


def measure(steks: int) -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    start = time.monotonic()
    if not User.objects.filter(username=UMBRELLA).exists() and Stek.objects.count() < steks:
        # In a process of its own, so that the memory of this one is that of reports alone.
        command = [sys.executable, "manage.py", "make_network", f"--steks={steks}"]
        subprocess.run(command, cwd=ROOT, check=True, stdout=sys.stderr)
    made = time.monotonic() - start
    rows = list(Stek.objects.order_by("pk"))
    today = Opening.objects.latest("day").day

    def preview(place: int) -> None:
        quarter = last_closed_quarter(today)
        compared("saamo", "", TABLES, steks=[rows[place % len(rows)]], period=quarter)

    for place in range(5):
        preview(place)
    times = [_seconds(partial(preview, place)) for place in range(PREVIEWS)]
    idle = _memory()
    year = year_of(today).before()
    compared("saamo", "", TABLES, steks=rows, period=year)
    most = _memory()
    weeks = _weeks(steks)
    return {
        "visits": Visit.objects.count(),
        "week p50": p50(weeks),
        "week p95": p95(weeks),
        "preview p50": p50(times),
        "preview p95": p95(times),
        "MB": most - idle,
        "made": made,
        "counter": {**_counter(rows[0]), "year": year.first.year, "umbrella": UMBRELLA},
    }


def _weeks(steks: int) -> list[float]:
    """Seconds of the page of the week, as coordinators of different STEKs; all but HTTP."""
    browsers = []
    for number in range(1, min(steks, WEEKS) + 1):
        browser = Client(headers={"host": "127.0.0.1"})
        browser.force_login(User.objects.get(username=f"coordinator-{number}"))
        browsers.append((browser, browser.get("/week/")["Location"]))
    times = []
    # The first time each session is new, and on the way the code is loaded.
    for warm in (True, False):
        for place in range(WEEKS):
            browser, address = browsers[place % len(browsers)]
            start = time.perf_counter()
            answer = browser.get(address)
            if answer.status_code != 200:
                raise SystemExit(f"The page of the week was answered with {answer.status_code}.")
            if not warm:
                times.append(time.perf_counter() - start)
    return times


def _counter(stek: Stek) -> dict[str, Any]:
    rng = random.Random(7)
    open_today(stek)
    return {
        "households": who_may_shop(stek, timezone.localdate(), rng),
        "typed": [(one.kind, one.text) for one in typed_texts(some_people(stek, 60, rng), rng)],
    }


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _memory() -> float:
    """The most that this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
