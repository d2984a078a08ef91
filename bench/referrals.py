"""Referrals and signals: their list, the counter's question, a partner's page, a file, a brief."""

import os
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence

from bench.client import Client
from bench.numbers import p50, p95
from bench.over_http import CLIENTS, Colleague, Place, expect_ok
from bench.report import Report
from stek.run import ROOT

#: In the set; with so few of them the list must ask the database as often; in the file.
REFERRALS, FEW, SERVICES = 5_000, 5, 2_000
LIST = "/doorverwijzingen/"
#: Of each client, before the others.
UNCOUNTED = 2
#: Who sees all of them.
RECORD = ("mika", "coordinator")


def at_once(work: Callable[[int], list[float]]) -> list[float]:
    """What all clients do at the same time, each by its number; the seconds it took."""
    took: list[float] = []
    lock = threading.Lock()

    def run(number: int) -> None:
        done = work(number)
        with lock:
            took.extend(done)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


def load_of(place: Place, addresses: Sequence[str], each: int, names: Sequence[str]) -> list[float]:
    """Ten colleagues without a pause, each through the addresses in an order of its own.

    The first answers are not counted: a worker that was not asked yet reads its templates.
    """

    # Signing in is slow on purpose: nobody does it while others are measured.
    colleagues = [Colleague(place, names[number % len(names)]) for number in range(CLIENTS)]

    def work(number: int) -> list[float]:
        rng = random.Random(number)
        asked = [rng.choice(addresses) for _time in range(each + UNCOUNTED)]
        took = [expect_ok(colleagues[number].get(address)).seconds for address in asked]
        return took[UNCOUNTED:]

    took = at_once(work)
    for colleague in colleagues:
        colleague.connection.close()
    return took


def listed(report: Report, small: Place, large: Place, *, quick: bool) -> None:
    facts = large.facts["referred"]
    size = f"{facts['referrals']:,} referrals".replace(",", " ")
    last = facts["referrals"] // 25
    narrowed = [f"?partner={pk}" for pk in facts["partners"][:3]]
    ways = (
        "",
        "",
        "",
        "?toon=all",
        f"?toon=all&pagina={last}",
        "?toon=over",
        "?zwijgt=1",
        *narrowed,
    )
    each = 4 if quick else 20
    took = load_of(large, [LIST + way for way in ways], each, RECORD)
    note = "10 clients without a pause, who see all; first and last page, filters"
    report.add(f"list of {size} p50", p50(took), note=note)
    report.add(f"list of {size} p95", p95(took), limit=300, note=note)
    boards = load_of(large, [f"{LIST}bord/"], each, RECORD)
    report.add(f"board of {size} p95", p95(boards), note="10 clients without a pause")
    asked = facts["queries"]
    report.add(f"list of {size}, queries", asked["all"], unit="")
    note = "a list that grows asks no more"
    more = asked["all"] - asked["few"]
    report.add(f"list of {size}, queries more than for {FEW}", more, unit="", limit=0, note=note)


def loop(report: Report, small: Place, large: Place, *, quick: bool) -> None:
    """The request that the card of a check-in makes, of households that are asked something."""
    households = large.facts["referred"]["loops"]
    shares = [households[number::CLIENTS] for number in range(CLIENTS)]
    turns = 2 if quick else 12
    colleagues = [Colleague(large) for _client in range(CLIENTS)]

    def work(number: int) -> list[float]:
        colleague, took = colleagues[number], []
        for household in shares[number][:4]:
            _posted, page = colleague.check_in(household)
            found = re.search(r'hx-get="(/doorverwijzingen/bezoek/\d+/)"', page.text)
            if found is None:
                raise SystemExit("The card of a check-in asks for no loop.")
            answer = expect_ok(colleague.get(found[1]))
            if "<form" not in answer.text:
                raise SystemExit("The counter is not asked about a referral.")
            took.append(answer.seconds)
        return took

    times = []
    for _turn in range(turns):
        times += at_once(work)
        colleagues[0].clean()
    for colleague in colleagues:
        colleague.connection.close()
    note = "10 clients without a pause, each after a check-in; an open loop each time"
    report.add("counter's question about a referral p50", p50(times), note=note)
    report.add("counter's question about a referral p95", p95(times), limit=300, note=note)


def partner_page(report: Report, small: Place, large: Place, *, quick: bool) -> None:
    tokens = large.facts["referred"]["tokens"]

    def work(number: int) -> list[float]:
        rng = random.Random(number)
        with Client(large.running.port) as partner:
            asked = [rng.choice(tokens) for _time in range(UNCOUNTED + (4 if quick else 20))]
            took = [expect_ok(partner.get(f"/antwoord/{token}/")).seconds for token in asked]
            return took[UNCOUNTED:]

    took = at_once(work)
    note = f"10 partners without a pause, {len(tokens)} links"
    report.add("partner's answer page p50", p50(took), note=note)
    report.add("partner's answer page p95", p95(took), limit=300, note=note)


def brief(report: Report, small: Place, large: Place, *, quick: bool) -> None:
    """The whole answer, with the process that typesets it."""
    with Colleague(large, "coordinator") as colleague:
        addresses = [
            f"/signalen/structureel/{pk}/dossier.pdf" for pk in large.facts["referred"]["bundles"]
        ]
        answers = [
            expect_ok(colleague.get(address))
            for _time in range(1 if quick else 5)
            for address in addresses
        ]
    if any(answer.headers["content-type"] != "application/pdf" for answer in answers):
        raise SystemExit("A brief is no PDF.")
    took = [answer.seconds for answer in answers]
    note = f"one after the other, {len(addresses)} structural signals"
    report.add("brief as PDF p50", p50(took), note=note)
    report.add("brief as PDF, slowest", max(took) * 1000, limit=1000, note=note)
    size = max(len(answer.body) for answer in answers) / 1000
    report.add("brief as PDF, largest", size, unit="kB")


def read_in(report: Report, small: Place, large: Place, *, quick: bool) -> None:
    """The command, in a process of its own, on the small set: last, because partners stay."""
    command = [sys.executable, "manage.py", "import_services", small.facts["referred"]["services"]]
    start = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--stek", "kalmthout"],
        cwd=ROOT,
        env=small.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    said = process.stdout.read().splitlines()
    _pid, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    steps = [line for line in said if re.match(r"\d+ van \d+ geschreven", line)]
    if process.returncode or said[-1] != "Ingelezen.":
        raise SystemExit(f"The import ended with {process.returncode}: {said[-3:]}")
    note = f"{said[0]}" if said else ""
    name = f"import of {SERVICES:,} services".replace(",", " ")
    report.add(name, seconds, unit="s", limit=20, note=note)
    report.add(f"{name}, peak memory", used.ru_maxrss / 1024, unit="MB", limit=200)
    told = "lines that say how far it is"
    report.add(f"{name}, progress", len(steps), unit="", limit=2, at_least=True, note=told)
