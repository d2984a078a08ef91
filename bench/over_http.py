"""What is measured from outside, under gunicorn: check-in, search, ten clients, memory."""

import http.client
import random
import re
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from accounts.demo import DEMO_PASSWORD
from bench.client import Answer, Client, opening_in
from bench.numbers import p50
from bench.service import Running

#: Visits that stand in the list before the measured ones of a round, and the measured ones.
BEFORE, MEASURED = 20, 20
CLIENTS = 10
#: Requests that are not counted yet.
WARMING = 20
ACCOUNTS = ("vrijwilliger", "helper", "mika", "coordinator")


@dataclass
class Place:
    """One set that is being served, and what is known of it."""

    running: Running
    facts: dict[str, Any]
    #: Of a process that works on the same database.
    environment: dict[str, str] = field(default_factory=dict)
    times: dict[str, list[float]] = field(default_factory=dict)

    @property
    def households(self) -> list[int]:
        found: list[int] = self.facts["households"]
        return found

    def note(self, name: str, *answers: Answer) -> None:
        self.times.setdefault(name, []).append(sum(answer.seconds for answer in answers))

    def p50(self, name: str) -> float:
        return p50(self.times[name])

    def prefixes(self) -> list[str]:
        """Typed texts that are found as they are typed."""
        return [text for kind, text in self.facts["typed"] if kind == "prefix"]


class Colleague(Client):
    """Somebody signed in, with the counter's page open."""

    def __init__(self, place: Place, username: str = "vrijwilliger") -> None:
        super().__init__(place.running.port)
        self.sign_in(username, DEMO_PASSWORD)
        self.opening = opening_in(self.get("/balie/").text)

    def check_in(self, household: int) -> tuple[Answer, Answer]:
        """The answer to the form, and the page that it leads to."""
        posted = self.post(
            "/balie/aanmelden/",
            household=str(household),
            opening=self.opening,
            request_id=str(uuid.uuid4()),
        )
        if posted.status not in {302, 303}:
            raise SystemExit(f"A check-in was answered with {posted.status}.")
        return posted, expect_ok(self.get(posted.headers["location"]))

    def search(self, text: str) -> Answer:
        return expect_ok(self.post("/balie/zoeken/", q=text, opening=self.opening))

    def clean(self) -> int:
        """Empty the day again; how many visits counted."""
        return int(expect_ok(self.post("/bench/clean/", opening=self.opening)).text)


def expect_ok(answer: Answer) -> Answer:
    if answer.status != 200:
        raise SystemExit(f"A page was answered with {answer.status}.")
    return answer


def measure_counter(places: list[Place], rounds: int) -> None:
    """Check-ins, the counter's page and the bare insert by turns, so that all meet the same load.

    The list of the day holds 20 to 40 visits all the time, as in an afternoon.
    """
    rng = random.Random(1)
    colleagues = [(place, Colleague(place)) for place in places]
    for number in range(rounds + 1):
        waiting = [rng.sample(place.households, BEFORE + MEASURED) for place in places]
        for (_place, colleague), households in zip(colleagues, waiting, strict=True):
            for _visit in range(BEFORE):
                colleague.check_in(households.pop())
        for _visit in range(MEASURED):
            for (place, colleague), households in zip(colleagues, waiting, strict=True):
                # The first round only warms up.
                _one_of_each(place, colleague, households.pop(), noted=number > 0)
        for _place, colleague in colleagues:
            colleague.clean()
    for _place, colleague in colleagues:
        colleague.connection.close()


def _one_of_each(place: Place, colleague: Colleague, household: int, *, noted: bool) -> None:
    bare = expect_ok(colleague.post("/bench/one-insert/"))
    bare_page = expect_ok(colleague.get("/bench/one-page/"))
    posted, shown = colleague.check_in(household)
    page = expect_ok(colleague.get("/balie/"))
    if noted:
        place.note("bare insert", bare)
        place.note("bare insert and page", bare, bare_page)
        place.note("check-in", posted)
        place.note("check-in and page", posted, shown)
        place.note("counter page", page)


def measure_search(place: Place, times: int) -> None:
    """Names that are found as typed, and the bare page with one prefix query, by turns."""
    rng = random.Random(2)
    texts = place.prefixes()
    with Colleague(place) as colleague:
        for number in range(times + WARMING):
            text = rng.choice(texts)
            bare = expect_ok(colleague.post("/bench/one-prefix/", q=text))
            found = colleague.search(text)
            if number >= WARMING:
                place.note("bare prefix", bare)
                place.note("search", found)


@dataclass
class Load:
    """What ten clients saw."""

    search: list[float] = field(default_factory=list)
    #: The answer to the form, and that with the page it leads to.
    form: list[float] = field(default_factory=list)
    check_in: list[float] = field(default_factory=list)
    failed: int = 0
    acknowledged: int = 0
    counted: int = 0


def measure_load(place: Place, rounds: int) -> Load:
    """Ten clients without a pause: each round 4 check-ins with their pages and 8 searches each."""
    load, lock = Load(), threading.Lock()
    typed = [text for _kind, text in place.facts["typed"]]
    # Nobody checks in a household of somebody else: that would be answered with a question.
    shares = [place.households[n::CLIENTS] for n in range(CLIENTS)]
    colleagues = [Colleague(place, ACCOUNTS[n % len(ACCOUNTS)]) for n in range(CLIENTS)]

    def work(number: int) -> None:
        rng = random.Random(number)
        colleague = colleagues[number]
        for household in rng.sample(shares[number], 4):
            for kind, seconds in _one_visitor(colleague, household, rng, typed):
                with lock:
                    if seconds is None:
                        load.failed += 1
                    else:
                        getattr(load, kind).append(seconds)
                        load.acknowledged += kind == "check_in"

    for _round in range(rounds):
        threads = [threading.Thread(target=work, args=(n,)) for n in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        load.counted += colleagues[0].clean()
    for colleague in colleagues:
        colleague.connection.close()
    return load


def _one_visitor(
    colleague: Colleague, household: int, rng: random.Random, typed: list[str]
) -> Iterator[tuple[str, float | None]]:
    """Two searches and a check-in; None where the answer was not what it should be."""
    for kind in ("search", "search", "check_in"):
        try:
            if kind == "search":
                answers = [colleague.search(rng.choice(typed))]
            else:
                answers = [*colleague.check_in(household)]
                yield "form", answers[0].seconds
            yield kind, sum(answer.seconds for answer in answers)
        except (SystemExit, OSError, http.client.HTTPException):
            colleague.connection.close()
            yield kind, None


def locked_lines(log: Path) -> int:
    """How often the server said that the database was locked."""
    return len(re.findall(r"locked", log.read_text(errors="replace")))


def memory(running: Running) -> dict[str, float]:
    """The largest worker, in MB: all of it, and with what it shares counted in part."""
    largest = {"Rss": 0.0, "Pss": 0.0}
    for pid in running.workers():
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            name, _colon, rest = line.partition(":")
            if name in largest:
                largest[name] = max(largest[name], int(rest.split()[0]) / 1024)
    return largest
