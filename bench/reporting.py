"""The figures of reports on the network set: how long, how flat, and in how much memory."""

import json
import subprocess
import sys
from typing import Any

from bench.backups import backups
from bench.busy import busy
from bench.exports import exports
from bench.report import Report
from stek.run import ROOT

#: STEKs of the network, and of a tenth of it.
STEKS = {"network": 90, "tenth": 9}
QUICK = {"network": 20, "tenth": 2}


def reporting(report: Report, environments: dict[str, dict[str, str]], *, quick: bool) -> None:
    """The week and the preview at two million visits and at a tenth, the year of all STEKs
    together, raw exports, the counter while all of that is asked, and backup and restore.

    `environments` has an empty database for the network and for a tenth of it.
    """
    counts = QUICK if quick else STEKS
    found = {name: _measured(environments[name], counts[name]) for name in counts}
    all_of_it, tenth = found["network"], found["tenth"]
    visits = f"{all_of_it['visits']:,}".replace(",", " ")
    how = f"three columns of a quarter, of one of {counts['network']} STEKs"
    note = f"{visits} visits; {how}"
    report.add("report preview p50", all_of_it["preview p50"], note=note)
    report.add("report preview p95", all_of_it["preview p95"], limit=500, note=note)
    ratio = all_of_it["preview p95"] / tenth["preview p95"]
    report.add("flat: report preview p95", ratio, unit="x", limit=1.5, note="against a tenth")
    week = f"{visits} visits; a STEK of {counts['network']}"
    report.add("week p50", all_of_it["week p50"], note=week)
    report.add("week p95", all_of_it["week p95"], limit=500, note=week)
    ratio = all_of_it["week p95"] / tenth["week p95"]
    report.add("flat: week p95", ratio, unit="x", limit=1.5, note="against a tenth")
    memory = "above a process that has counted one STEK"
    report.add("year report, memory above idle", all_of_it["MB"], unit="MB", limit=60, note=memory)
    made = f"make_network --steks {counts['network']}"
    report.add("network set made", all_of_it["made"] / 60, unit="min", limit=10, note=made)
    exports(report, environments["network"], quick=quick)
    busy(report, environments["network"], all_of_it["counter"])
    backups(report, environments["network"])


def _measured(environment: dict[str, str], steks: int) -> dict[str, Any]:
    """A database that holds a network already is measured as it is."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.reported", str(steks)],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
