"""Measures the reports on the database of the environment; a process of its own.

    python -m bench.reported 90

makes a network of so many STEKs first when there is none, and writes what it found as JSON.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from functools import partial

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from accounts.models import User  # noqa: E402  (after the setup)
from bench.numbers import p50, p95  # noqa: E402
from places.models import Stek  # noqa: E402
from reports.kinds import KINDS  # noqa: E402
from reports.report import compared, side_by_side  # noqa: E402
from stek.demo.network import UMBRELLA  # noqa: E402
from visits.models import Opening, Visit  # noqa: E402
from visits.period import last_closed_quarter, year_of  # noqa: E402

#: How many previews are timed; each is of another STEK where there are enough.
PREVIEWS = 90
#: The report with all tables that may leave the house.
TABLES = KINDS["saamo"].tables


def measure(steks: int) -> dict[str, float]:
    call_command("migrate", verbosity=0)
    start = time.monotonic()
    if not User.objects.filter(username=UMBRELLA).exists() and Stek.objects.count() < steks:
        call_command("make_network", steks=steks, stdout=sys.stderr)
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
    years = [
        _seconds(lambda: compared("saamo", "", TABLES, steks=rows, period=year)) for _n in range(3)
    ]
    most = _memory()
    beside = _seconds(lambda: side_by_side("saamo", "", TABLES, steks=rows, period=year))
    return {
        "visits": Visit.objects.count(),
        "preview p50": p50(times),
        "preview p95": p95(times),
        "year": min(years),
        "side by side": beside,
        "MB": most - idle,
        "made": made,
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
