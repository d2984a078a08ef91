"""The table of Koffie & Formulieren under ten helpers, and its page with a short or long line."""

import re
import threading
import uuid
from dataclasses import dataclass, field

from bench.client import Answer
from bench.numbers import p50, p95
from bench.over_http import ACCOUNTS, CLIENTS, Colleague, Place, expect_ok
from bench.report import Report

#: Who waits at the start of a round; two rounds of questions by ten helpers empty it.
IN_LINE = 20
SHORT, LONG = 5, 500
TABLE = "/koffie-formulieren/"
NOTE = "/doorverwijzingen/vraag/"


class Helper(Colleague):
    """Somebody at the table."""

    def queue_somebody(self) -> None:
        """A visitor without a name, who says at the counter that there is a question."""
        posted = self.post(
            "/balie/zonder-naam/",
            opening=self.opening,
            adults="1",
            children="0",
            request_id=str(uuid.uuid4()),
        )
        self.post(f"{posted.headers['location']}reden/", set="question-1")

    def call_next(self) -> str:
        """The address of the form for whoever is next."""
        posted = self.post(f"{TABLE}volgende/", opening=self.opening)
        if posted.status != 302:
            raise SystemExit(f"Calling the next one was answered with {posted.status}.")
        return posted.headers["location"]

    def note(self, person: Answer) -> Answer:
        """The form filled in with the first theme and sent; the answer to the form."""
        page = person.text
        form = page[page.index('id="question"') :]
        return self.post(
            NOTE,
            opening=self.opening,
            visit=_value(form, "visit"),
            request_id=_value(form, "request_id"),
            theme=_value(form, "theme"),
            help_types=_value(form, "help_types"),
            outcome="handled",
            minutes="20",
        )


def _value(form: str, name: str) -> str:
    """Of the first field with this name, whatever the order of its attributes."""
    for tag in re.findall(r"<input[^>]*>", form):
        if f'name="{name}"' in tag and (found := re.search(r'value="([^"]*)"', tag)):
            return found[1]
    raise SystemExit(f"The form at the table holds no {name}.")


@dataclass
class Times:
    """In seconds, by what was asked."""

    page: list[float] = field(default_factory=list)
    person: list[float] = field(default_factory=list)
    save: list[float] = field(default_factory=list)
    line: list[float] = field(default_factory=list)


def measure_table(place: Place, rounds: int) -> tuple[Times, int, int]:
    """Ten helpers without a pause; also how many questions were acknowledged, and are there."""
    times, lock = Times(), threading.Lock()
    helpers = [Helper(place, ACCOUNTS[n % len(ACCOUNTS)]) for n in range(CLIENTS)]
    acknowledged = counted = 0

    def work(helper: Helper) -> None:
        for _turn in range(IN_LINE // CLIENTS):
            page = expect_ok(helper.get(TABLE))
            person = expect_ok(helper.get(helper.call_next()))
            saved = helper.note(person)
            line = expect_ok(helper.get(f"{TABLE}opening/{helper.opening}/rij/"))
            with lock:
                times.page.append(page.seconds)
                times.person.append(person.seconds)
                times.line.append(line.seconds)
                if saved.status == 302:
                    times.save.append(saved.seconds)

    for _round in range(rounds):
        for _visitor in range(IN_LINE):
            helpers[0].queue_somebody()
        threads = [threading.Thread(target=work, args=(helper,)) for helper in helpers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        acknowledged = len(times.save)
        counted += int(
            expect_ok(helpers[0].post("/bench/questions/", opening=helpers[0].opening)).text
        )
        helpers[0].clean()
    for helper in helpers:
        helper.connection.close()
    return times, acknowledged, counted


def page_with(place: Place, waiting: int, times: int) -> float:
    """The table's page, p50 in milliseconds, while so many wait."""
    with Helper(place, "helper") as helper:
        for _visitor in range(waiting):
            helper.queue_somebody()
        took = [expect_ok(helper.get(TABLE)).seconds for _time in range(times)]
        helper.clean()
    return p50(took)


def table(report: Report, small: Place, large: Place, *, quick: bool) -> None:
    times, acknowledged, counted = measure_table(large, rounds=2 if quick else 10)
    note = f"10 helpers without a pause, {IN_LINE} in the line"
    for name, took in (
        ("table page", times.page),
        ("person page", times.person),
        ("question saved", times.save),
        ("line piece", times.line),
    ):
        report.add(f"10 helpers: {name} p50", p50(took), note=note)
        report.add(f"10 helpers: {name} p95", p95(took), limit=300, note=note)
    told = f"{acknowledged} questions acknowledged"
    lost = abs(acknowledged - counted)
    report.add("10 helpers: questions lost or doubled", lost, unit="", limit=0, note=told)
    short = page_with(large, SHORT, 30)
    report.add(f"table page p50, {SHORT} in the line", short)
    report.add(f"table page p50, {LONG} in the line", page_with(large, 50 if quick else LONG, 30))
