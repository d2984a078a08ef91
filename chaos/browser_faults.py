"""A real Chromium: the wifi goes for a minute, and the browser is killed after it sent a form."""

import contextlib
import os
import re
import signal
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import psutil
from playwright.sync_api import Browser, Page, expect, sync_playwright

from accounts.demo import DEMO_PASSWORD
from chaos.hands import Ledger, Write
from chaos.scenario import Missing, Trial, scenario
from tests import chromium

#: Seconds without a line.
AWAY = 60
VISITORS = 5


@contextlib.contextmanager
def browser_of(trial: Trial) -> Iterator[tuple[Browser, Page]]:
    """Signed in through the form, at the counter, and writing in the ledger what is answered."""
    if chromium.find() is None:
        raise Missing(chromium.MISSING)
    port = trial.place.server.port
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        page = browser.new_context(locale="nl-BE", timezone_id="Europe/Brussels").new_page()
        page.goto(f"http://127.0.0.1:{port}/aanmelden/")
        page.get_by_label("Gebruikersnaam").fill("vrijwilliger")
        page.get_by_label("Wachtwoord").fill(DEMO_PASSWORD)
        page.get_by_role("button", name="Meld je aan").click()
        page.goto(f"http://127.0.0.1:{port}/balie/")
        expect(page.get_by_label("Wie komt er binnen?")).to_be_focused()
        page.on("request", lambda request: _sent(trial.place.ledger, request))
        page.on("response", lambda response: _answered(trial.place.ledger, response))
        yield browser, page
        with contextlib.suppress(Exception):
            browser.close()


def _write_of(request: Any) -> Write | None:
    found = re.search(r"request_id=([0-9a-f-]{36})", request.post_data or "")
    if request.method != "POST" or found is None:
        return None
    return Write("visits_visit", request.url, found[1], {})


def _sent(ledger: Ledger, request: Any) -> None:
    if write := _write_of(request):
        ledger.begin(write)


def _answered(ledger: Ledger, response: Any) -> None:
    ledger.note(str(response.status), 0.0)
    write = _write_of(response.request)
    if write and response.status in {302, 303}:
        ledger.acknowledge(write)


def numbers_of(trial: Trial, count: int) -> list[int]:
    chosen = ",".join(map(str, trial.place.facts["households"][:count]))
    rows = trial.place.database.rows(
        f"SELECT number FROM people_household WHERE id IN ({chosen}) ORDER BY id"
    )
    return [number for (number,) in rows]


@scenario()
def wifi_lost_for_a_minute(trial: Trial) -> None:
    place = trial.place
    with browser_of(trial) as (_browser, page):
        page.context.set_offline(True)
        for number in numbers_of(trial, VISITORS):
            page.keyboard.type(str(number))
            page.keyboard.press("Enter")
        waiting = page.locator("#net")
        expect(waiting).to_contain_text(f"({VISITORS})")
        page.wait_for_timeout(AWAY * 1000)
        expect(waiting).to_contain_text(f"({VISITORS})")
        moment = time.monotonic()
        page.context.set_offline(False)
        expect(waiting).to_contain_text("Verbonden", timeout=20_000)
        trial.recovered(moment)
    rows = place.database.last_ids()["visits_visit"] - place.since["visits_visit"]
    trial.must(rows == VISITORS, f"{rows} visits of {VISITORS}")
    trial.done = f"{VISITORS} visitors typed in while the line was away for {AWAY} s"


@scenario()
def browser_killed_after_sending(trial: Trial) -> None:
    place = trial.place
    for turn, number in enumerate(numbers_of(trial, 6)):
        with browser_of(trial) as (_browser, page):
            before = {one.pid for one in psutil.Process().children(recursive=True)}
            sent: list[Write] = []
            page.on("request", partial(_note, sent))
            page.keyboard.type(str(number))
            page.keyboard.press("Enter")
            while not sent:
                page.wait_for_timeout(1)
            # The forms leave; some browsers die at once, others a little later.
            time.sleep(0.01 * turn)
            for pid in before:
                _kill_chromium(pid)
        time.sleep(0.5)
    found = place.database.last_ids()["visits_visit"] - place.since["visits_visit"]
    trial.must(found <= 6, f"{found} visits of six browsers")
    trial.done = f"six browsers killed 0 to 50 ms after sending; {found} visits came through"


def _note(sent: list[Write], request: Any) -> None:
    if write := _write_of(request):
        sent.append(write)


def _kill_chromium(pid: int) -> None:
    """Only a browser that we started."""
    with contextlib.suppress(psutil.Error, ProcessLookupError):
        if "chrom" in psutil.Process(pid).name():
            os.kill(pid, signal.SIGKILL)
