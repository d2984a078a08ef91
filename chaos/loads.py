"""Loads of an afternoon and of a network, against their limits: p95, errors, "locked"."""

import csv
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.client import Answer
from bench.numbers import p95
from bench.over_http import locked_lines
from chaos.hands import ACCOUNTS, Hand, NoAnswer
from chaos.places import inside
from chaos.scenario import Trial, scenario
from stek.run import ROOT

#: Milliseconds.
LIMIT = 300
#: Of what was planned so much must have been asked, or it was another load.
ASKED = 0.97
TEXTS = ("proef nr1", "proef", "jan", "mo", "ver", "an", "peet", "nr23")


@dataclass
class Answers:
    """Seconds by kind of request, and what was not answered as it should."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def all_of_them(self) -> list[float]:
        return [one for some in self.seconds.values() for one in some]

    def ask(self, kind: str, do: Callable[[], Answer | None], expected: set[int]) -> None:
        start = time.perf_counter()
        try:
            answer = do()
            status = answer.status if answer is not None else 0
        except NoAnswer:
            status = 0
        seconds = time.perf_counter() - start
        with self.lock:
            self.seconds.setdefault(kind, []).append(seconds)
            if status not in expected:
                self.wrong.append(f"{kind} answered {status}")


def one_request(
    hand: Hand, rng: random.Random, households: Iterator[int], answers: Answers, writes: float
) -> None:
    """What a colleague asks: the list of today, a search, the counter, or a check-in; `writes` is
    the share of the forms, one in six of them with a question.
    """
    if rng.random() < writes:
        if rng.random() < 1 / 6:
            answers.ask("question", lambda: hand.once(hand.question()), {302})
            return
        household = next(households, None)
        form = hand.nameless() if household is None else hand.check_in(household)
        answers.ask("check-in", lambda: hand.once(form), {302})
        return
    kind = rng.random()
    if kind < 0.4:
        answers.ask("list", lambda: hand.get(f"/balie/opening/{hand.opening}/lijst/"), {200})
    elif kind < 0.8:
        text = rng.choice(TEXTS)
        asked = lambda: hand.post("/balie/zoeken/", q=text, opening=hand.opening)  # noqa: E731
        answers.ask("search", asked, {200})
    else:
        answers.ask("counter", lambda: hand.get("/balie/"), {200})


def paced(
    hands: list[Hand], per_second: float, seconds: float, answers: Answers, writes: float
) -> int:
    """Each hand asks when its turn has come, whatever the others do; how many were planned."""
    gap = len(hands) / per_second
    start = time.monotonic() + 1

    def work(place: int) -> None:
        hand, rng = hands[place], random.Random(place)
        own = hand.facts["households"]
        households = iter(own[place % hand.share :: hand.share])
        due = start + gap * place / len(hands)
        while due < start + seconds:
            time.sleep(max(0.0, due - time.monotonic()))
            one_request(hand, rng, households, answers, writes)
            due += gap

    threads = [threading.Thread(target=work, args=(n,), daemon=True) for n in range(len(hands))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return int(per_second * seconds)


def signed_in(hands: list[Hand]) -> list[Hand]:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda hand: hand.enter_until(time.monotonic() + 60), hands))
    return hands


def measured(trial: Trial, hands: list[Hand], per_second: float, *, people: int) -> None:
    """In ten minutes so many people come in at each STEK: one day's list holds them all."""
    answers = Answers()
    seconds = trial.minutes * 60
    steks = len({hand.opening for hand in hands})
    planned = paced(
        hands, per_second, seconds, answers, writes=people * steks * 6 / 5 / (per_second * 600)
    )
    for hand in hands:
        hand.connection.close()
    times = answers.all_of_them()
    slow = p95(times)
    locked = locked_lines(trial.place.server.log)
    trial.must(len(times) >= ASKED * planned, f"{len(times)} of {planned} requests were asked")
    trial.must(slow <= LIMIT, f"p95 is {slow:.0f} ms")
    trial.must(not answers.wrong, f"{len(answers.wrong)} errors, {sorted(set(answers.wrong))[:3]}")
    trial.must(not locked, f"{locked} times 'locked' in the log")
    trial.errors = f"{len(answers.wrong)}; {locked} 'locked'"
    trial.done = (
        f"{len(hands)} sessions, {len(times) / seconds:.1f} requests/s for {trial.minutes:g} min: "
        f"p95 {slow:.0f} ms, slowest {max(times) * 1000:.0f} ms"
    )


@scenario(engines=("sqlite",), load=True)
def load_of_one_stek(trial: Trial) -> None:
    """Ten colleagues, fifteen requests a second."""
    place = trial.place
    hands = [Hand(place.server.port, place.ledger, place.facts, ACCOUNTS[n % 3]) for n in range(10)]
    for hand in hands:
        hand.share = 10
    measured(trial, signed_in(hands), 15, people=300)


@scenario(engines=("postgresql",), load=True)
def load_of_a_network(trial: Trial) -> None:
    """Ninety STEKs, three sessions in each, forty requests a second."""
    place = trial.place
    steks = inside(place.environment, "network", "90")
    place.since = place.database.last_ids()
    hands = []
    for facts in steks["steks"]:
        for _session in range(3):
            hands.append(Hand(place.server.port, place.ledger, facts, facts["user"]))
            hands[-1].share = 3
    measured(trial, signed_in(hands), 40, people=70)


@scenario(load=True)
def fifty_check_ins_in_ten_seconds(trial: Trial) -> None:
    place = trial.place
    hands = signed_in(
        [Hand(place.server.port, place.ledger, place.facts, ACCOUNTS[n % 3]) for n in range(5)]
    )
    answers = Answers()

    def work(place_: int) -> None:
        for number in range(10):
            form = hands[place_].check_in(hands[place_].facts["households"][place_ * 10 + number])
            began = time.monotonic()
            answers.ask("check-in", lambda form=form: hands[place_].once(form), {302})  # type: ignore[misc]
            time.sleep(max(0.0, began + 1 - time.monotonic()))

    start = time.monotonic()
    with ThreadPoolExecutor(5) as pool:
        list(pool.map(work, range(5)))
    seconds = time.monotonic() - start
    rows = place.database.last_ids()["visits_visit"] - place.since["visits_visit"]
    slowest = max(answers.all_of_them())
    trial.must(rows == 50, f"{rows} rows")
    trial.must(not answers.wrong, f"{answers.wrong[:3]}")
    trial.must(slowest <= 2, f"one took {slowest:.1f} s")
    trial.done = f"50 check-ins in {seconds:.1f} s by five laptops, slowest {slowest * 1000:.0f} ms"


@scenario(load=True)
def year_report_and_import_meanwhile(trial: Trial) -> None:
    """Ten thousand rows are read in, and the year is asked for, while people come in."""
    place = trial.place
    sheet = _list_of(place.folder, 10_000)
    (hand,) = signed_in([Hand(place.server.port, place.ledger, place.facts, "helper")])
    (office,) = signed_in([Hand(place.server.port, place.ledger, place.facts, "coordinator")])
    households = iter(place.facts["households"])
    seen = place.since
    alone = _check_ins(hand, households, 30.0)
    year = time.gmtime().tm_year - 1
    with _reading_in(place.environment, sheet) as job:
        during: list[float] = []
        while job.poll() is None:
            report = threading.Thread(target=office.get, args=(f"/rapporten/saamo/{year}/",))
            report.start()
            during += _check_ins(hand, households, 4.0)
            report.join()
        trial.must(job.returncode == 0, "the list was not read in")
    hand.connection.close()
    read = place.database.number(
        "SELECT count(*) FROM people_household WHERE source_import_id IS NOT NULL"
        f" AND id > {seen['people_household']}"
    )
    trial.must(read >= 9_900, f"{read} of 10,000 rows were read in")
    # What the list brought is no form of the ledger.
    place.since["people_household"] = place.database.last_ids()["people_household"]
    ratio = p95(during) / p95(alone)
    trial.must(ratio <= 2, f"p95 became {ratio:.1f} times as long")
    trial.done = (
        f"check-in p95 {p95(alone):.0f} ms alone, {p95(during):.0f} ms while "
        f"{read} rows are read in and year reports asked ({ratio:.1f} x, slowest "
        f"{max(during) * 1000:.0f} ms)"
    )


def _check_ins(hand: Hand, households: Iterator[int], seconds: float) -> list[float]:
    """Two a second."""
    answers, start = Answers(), time.monotonic()
    while time.monotonic() < start + seconds:
        began = time.monotonic()
        form = hand.check_in(next(households))
        answers.ask("check-in", lambda form=form: hand.once(form), {302})  # type: ignore[misc]
        time.sleep(max(0.0, began + 0.25 - time.monotonic()))
    if answers.wrong:
        hand.ledger.refused += answers.wrong
    return answers.all_of_them()


def _list_of(folder: Path, rows: int) -> Path:
    path = folder / "lijst.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file, delimiter=";")
        sheet.writerow(["Voornaam", "Familienaam", "Volwassenen", "Kinderen", "Geldig tot"])
        for number in range(rows):
            name = f"{_letters(number)}man"
            sheet.writerow(
                ["Voor" + _letters(number * 7), name, 1 + number % 2, number % 4, "31/12/2028"]
            )
    return path


def _letters(number: int) -> str:
    text = ""
    while True:
        number, rest = divmod(number, 20)
        text += "bcdfghjklmnprstvwzaeou"[rest] + "aeiou"[rest % 5]
        if not number:
            return text


@contextmanager
def _reading_in(environment: dict[str, str], path: Path) -> Iterator[subprocess.Popen[bytes]]:
    job = subprocess.Popen(
        [sys.executable, "manage.py", "import_households", str(path), "--stek=kalmthout"],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield job
    finally:
        if job.poll() is None:
            job.kill()
            job.wait()
