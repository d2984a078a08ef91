"""The figures of reports on the network set: how long, how flat, and in how much memory.

    python -m bench.reporting

measures on the database of the environment, in a process of its own, and writes JSON.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import django
from django.core.management import call_command

from bench.numbers import p50, p95
from bench.report import Report
from stek.run import ROOT

#: STEKs of the network, and of a tenth of it.
STEKS = {"network": 90, "tenth": 9}
QUICK = {"network": 20, "tenth": 2}
#: How many previews are timed; each is of another STEK where there are enough.
PREVIEWS = 90


def reporting(report: Report, environments: dict[str, dict[str, str]], *, quick: bool) -> None:
    """The preview at two million visits and at a tenth, and the year of all STEKs together.

    `environments` has an empty database for the network and for a tenth of it.
    """
    counts = QUICK if quick else STEKS
    found = {name: _measured(environments[name], counts[name]) for name in counts}
    all_of_it, tenth = found["network"], found["tenth"]
    how = f"three columns of a quarter, of one of {counts['network']} STEKs"
    note = f"{all_of_it['visits']:,} visits; {how}".replace(",", " ")
    report.add("report preview p50", all_of_it["preview p50"], note=note)
    report.add("report preview p95", all_of_it["preview p95"], limit=500, note=note)
    ratio = all_of_it["preview p95"] / tenth["preview p95"]
    report.add("flat: report preview p95", ratio, unit="x", limit=1.5, note="against a tenth")
    year = f"beside two other years, {counts['network']} STEKs summed; the best of three"
    report.add("year report of the network", all_of_it["year"], unit="s", limit=5, note=year)
    beside = "each STEK a column, and their sum"
    report.add("year side by side", all_of_it["side by side"], unit="s", note=beside)
    memory = "above a process that has counted one STEK"
    report.add("year report, memory above idle", all_of_it["MB"], unit="MB", limit=60, note=memory)
    made = f"make_network --steks {counts['network']}"
    report.add("network set made", all_of_it["made"] / 60, unit="min", limit=10, note=made)


def _measured(environment: dict[str, str], steks: int) -> dict[str, float]:
    """A database that holds a network already is measured as it is."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.reporting", str(steks)],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    steks = int(sys.argv[1]) if len(sys.argv) > 1 else STEKS["network"]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    print(json.dumps(measure(steks)))


def measure(steks: int) -> dict[str, float]:
    # After the setup.
    from accounts.models import User  # noqa: PLC0415
    from places.models import Stek  # noqa: PLC0415
    from reports.kinds import KINDS  # noqa: PLC0415
    from reports.report import compared, side_by_side  # noqa: PLC0415
    from stek.demo.network import UMBRELLA  # noqa: PLC0415
    from visits.models import Visit  # noqa: PLC0415
    from visits.period import last_closed_quarter, year_of  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    start = time.monotonic()
    if not User.objects.filter(username=UMBRELLA).exists() and Stek.objects.count() < steks:
        call_command("make_network", steks=steks, stdout=sys.stderr)
    made = time.monotonic() - start
    rows = list(Stek.objects.order_by("pk"))
    today = Visit.objects.latest("pk").opening.day
    tables = KINDS["saamo"].tables

    def preview(place: int) -> None:
        quarter = last_closed_quarter(today)
        compared("saamo", "", tables, steks=[rows[place % len(rows)]], period=quarter)

    for place in range(5):
        preview(place)
    times = [_seconds(lambda place=place: preview(place)) for place in range(PREVIEWS)]  # type: ignore[misc]
    idle = _memory()
    year = year_of(today).before()
    years = [
        _seconds(lambda: compared("saamo", "", tables, steks=rows, period=year)) for _n in range(3)
    ]
    most = _memory()
    beside = _seconds(lambda: side_by_side("saamo", "", tables, steks=rows, period=year))
    return {
        "visits": Visit.objects.count(),
        "preview p50": p50(times),
        "preview p95": p95(times),
        "preview mean": 1000 * statistics.mean(times),
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
    main()
