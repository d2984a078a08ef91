"""The public page and the calendar, as visitors and their phones ask for them."""

import http.client
import threading
import time
from dataclasses import dataclass, field

from django.db import connection
from django.test import Client as InProcess
from django.test.utils import CaptureQueriesContext

from bench.client import HOST, Client
from bench.numbers import p50, p95
from bench.over_http import Place, expect_ok
from bench.report import Report
from bench.service import Running
from bench.weight import weigh
from places.languages import LANGUAGES

#: Phones that ask at the same time, each with a connection that stays open.
PHONES = 8
PAGE = "/stek/kalmthout/"
CALENDAR = "/stek/kalmthout/agenda.ics"


def queries() -> dict[str, int]:
    """What the page and the calendar ask of the database: the first time, and the second."""
    browser = InProcess(headers={"host": HOST})
    asked = {}
    for name, address in (("page", PAGE), ("calendar", CALENDAR)):
        for turn in ("cold", "warm"):
            with CaptureQueriesContext(connection) as captured:
                if browser.get(address).status_code != 200:
                    raise SystemExit(f"{address} was not answered.")
            asked[f"{name} {turn}"] = len(captured)
    return asked


@dataclass
class Crowd:
    """What the phones got in so many seconds."""

    seconds: float
    answered: list[float] = field(default_factory=list)
    failed: int = 0

    @property
    def per_second(self) -> float:
        return len(self.answered) / self.seconds


def crowd(running: Running, seconds: float) -> Crowd:
    """All phones ask for the page without a pause, each in its own language."""
    seen, lock = Crowd(seconds), threading.Lock()
    end = time.perf_counter() + seconds

    def phone(number: int) -> None:
        wire = http.client.HTTPConnection(HOST, running.port, timeout=10)
        address = f"{PAGE}?taal={LANGUAGES[number % len(LANGUAGES)].code}"
        took, failed = [], 0
        while (start := time.perf_counter()) < end:
            wire.request("GET", address, headers={"Accept-Encoding": "gzip"})
            answer = wire.getresponse()
            answer.read()
            took.append(time.perf_counter() - start)
            failed += answer.status != 200
        wire.close()
        with lock:
            seen.answered += took
            seen.failed += failed

    threads = [threading.Thread(target=phone, args=(number,)) for number in range(PHONES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def calendars(running: Running) -> tuple[list[float], int]:
    """Seconds for the file of two years, made anew each time: in a language not asked before."""
    with Client(running.port) as phone:
        phone.get(PAGE)
        answers = [expect_ok(phone.get(f"{CALENDAR}?taal={one.code}")) for one in LANGUAGES]
    return [answer.seconds for answer in answers], answers[0].text.count("BEGIN:VEVENT")


def public_page(report: Report, small: Place, large: Place, *, quick: bool) -> None:
    """Figures of what everybody may see, on the large set: 47 STEKs in one installation."""
    asked = large.facts["public"]
    report.add("public page, queries when kept", asked["page warm"], unit="", limit=2)
    report.add("public page, queries when made", asked["page cold"], unit="", limit=12)
    report.add("calendar, queries when made", asked["calendar cold"], unit="", limit=10)
    seen = crowd(large.running, 3 if quick else 15)
    note = f"{PHONES} phones without a pause, two workers, the client on the same cores"
    report.add(
        "public page", seen.per_second, unit="requests/s", limit=200, at_least=True, note=note
    )
    report.add("public page p50", p50(seen.answered), note=note)
    report.add("public page p95", p95(seen.answered), note=note)
    report.add("public page, failed", seen.failed, unit="", limit=0)
    took, entries = calendars(large.running)
    two_years = f"{entries} entries, in each of the languages once"
    report.add("calendar of two years p50", p50(took), note=two_years)
    report.add("calendar of two years, slowest", p95(took), limit=200, note=two_years)
    for code in ("nl", "ar"):
        with Client(large.running.port) as phone:
            weighed = weigh(phone, f"{PAGE}?taal={code}")
        heaviest = ", ".join(
            f"{address.rpartition('/')[2] or 'page'} {size / 1000:.1f}"
            for address, size in weighed.parts[:4]
        )
        name = f"public page, first load, {code}"
        report.add(name, weighed.first / 1000, unit="kB", limit=60, note=heaviest)
