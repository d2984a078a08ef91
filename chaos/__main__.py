"""`make chaos`: breaks the service while people work, and judges whether anything was lost.

Everything runs on fresh installations in temporary folders, on 127.0.0.1, and ends only what it
started. The results stand in chaos/results/latest.md; a scenario that is broken ends it with 1.
"""

import argparse
import datetime as dt
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

from bench import report
from bench.__main__ import environment, postgresql_version
from chaos import browser_faults, database_faults, job_faults, loads, races, server_faults
from chaos.judge import judge
from chaos.places import Mould, may_mount, mould_of, place_of
from chaos.results import Result, write
from chaos.scenario import ALL, BOTH, Missing, Scenario, Trial
from stek.run import ROOT

#: They say of themselves what they are; the order is that of the table.
MODULES = (server_faults, database_faults, races, browser_faults, job_faults, loads)


def say(text: str) -> None:
    print(text, flush=True)


def run(one: Scenario, mould: Mould, minutes: float) -> Result:
    result = Result(one.name, mould.engine, day=f"{dt.date.today()}")  # noqa: DTZ011 - of this machine
    if one.wish.small_disk and not may_mount():
        result.problems.append("not done: only root may mount a disk in memory")
        return result
    try:
        with place_of(mould, one.wish) as place:
            trial = Trial(place, minutes)
            one.do(trial)
            place.server.stop()
            ledger = place.ledger
            verdict = judge(place.database, ledger, place.since, but=frozenset(trial.but))
            result.done, result.recovery = trial.done, trial.recovery
            result.acknowledged, result.rows = len(ledger.acknowledged), verdict.rows
            result.lost, result.doubled = verdict.lost, verdict.doubled
            result.errors = trial.errors or ledger.errors
            result.problems = [*trial.problems, *verdict.problems]
            if count := ledger.statuses["500"]:
                result.problems.append(f"{count} answers of 500")
            if ledger.refused:
                result.problems.append(f"{len(ledger.refused)} refused: {ledger.refused[0]}")
            keep_log(place.server.log, result)
    except Missing as missing:
        result.problems.append(f"not done: {missing}")
    except (Exception, SystemExit) as error:
        traceback.print_exc()
        # The rest stands above; a table holds no path of a machine.
        said = next(iter(f"{error}".splitlines()), "")
        result.problems.append(f"{type(error).__name__}: {said}"[:100])
    return result


def keep_log(log: Path, result: Result) -> None:
    """Of what is broken, where STEK_CHAOS_LOGS says."""
    folder = os.environ.get("STEK_CHAOS_LOGS")
    if folder and result.problems:
        name = f"{result.name.replace(' ', '-')}-{result.engine}.log"
        shutil.copy(log, Path(folder) / name)


def chosen(options: argparse.Namespace) -> list[Scenario]:
    if options.only:
        return [one for one in ALL.values() if any(text in one.name for text in options.only)]
    if options.loads:
        return [one for one in ALL.values() if one.is_load]
    return [one for one in ALL.values() if one.quick or not options.quick]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m chaos", description=__doc__)
    parser.add_argument("--only", nargs="+", help="those with one of these words in the name")
    parser.add_argument("--engine", choices=BOTH, help="one engine")
    parser.add_argument("--quick", action="store_true", help="those that take some seconds")
    parser.add_argument("--loads", action="store_true", help="the loads alone")
    parser.add_argument("--minutes", type=float, default=10.0, help="of each load (%(default)g)")
    parser.add_argument("--list", action="store_true", help="say which there are")
    parser.add_argument("--keep", action="store_true", help="write the results")
    options = parser.parse_args()
    scenarios = chosen(options)
    if options.list:
        for one in scenarios:
            say(f"{one.name} ({', '.join(one.engines)})")
        return 0
    base = Path(tempfile.mkdtemp(prefix="stek-chaos-"))
    results: list[Result] = []
    try:
        about = report.machine({"postgresql": postgresql_version()})
        env = environment(base, f"sqlite:///{base / 'none.sqlite3'}")
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"],
            cwd=ROOT, env=env, check=True,
        )  # fmt: skip
        for engine in BOTH:
            mine = [one for one in scenarios if engine in one.engines]
            if not mine or options.engine not in (None, engine):
                continue
            with mould_of(engine, base) as mould:
                for one in mine:
                    results.append(run(one, mould, options.minutes))
                    say(results[-1].line())
    finally:
        shutil.rmtree(base, ignore_errors=True)
    if options.keep:
        write(results, about, list(ALL))
    broken = [one for one in results if one.problems]
    say(f"{len(results)} scenarios, {len(broken)} broken.")
    return 1 if broken or not results else 0


if __name__ == "__main__":
    sys.exit(main())
