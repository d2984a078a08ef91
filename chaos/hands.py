"""Colleagues at work over real HTTP, and a ledger of every form that was acknowledged to them.

A form is sent again, with its own key, until it is answered: what `static/js/sending.js` does in a
browser. What an answer never came for is in doubt, and may be there once or not at all.
"""

import contextlib
import http.client
import itertools
import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from accounts.demo import DEMO_PASSWORD
from bench.client import Answer, Client

#: Seconds until a form is sent again that was answered with 503, or not at all.
AGAIN = 0.3
#: Seconds that somebody goes on trying the last form, when the others have stopped.
PATIENCE = 60.0
#: Those that enter people at the counter and at the table.
ACCOUNTS = ("helper", "mika", "coordinator", "vrijwilliger")
AT_TABLE = ("helper", "mika", "coordinator")

NoAnswer = (OSError, http.client.HTTPException)


@dataclass(frozen=True)
class Write:
    """One form; `table` is where its row is to be found by the key."""

    table: str
    path: str
    key: str
    fields: dict[str, str]


@dataclass
class Ledger:
    """What was promised, and how; shared by all hands."""

    #: By key: when it was acknowledged.
    acknowledged: dict[str, float] = field(default_factory=dict)
    sent: dict[str, Write] = field(default_factory=dict)
    statuses: Counter[str] = field(default_factory=Counter)
    #: Moment and seconds of each answer, of whatever status.
    answers: list[tuple[float, float]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, write: Write) -> None:
        with self.lock:
            self.sent[write.key] = write

    def acknowledge(self, write: Write) -> None:
        with self.lock:
            self.acknowledged.setdefault(write.key, time.monotonic())

    def note(self, status: str, seconds: float) -> None:
        with self.lock:
            self.statuses[status] += 1
            self.answers.append((time.monotonic(), seconds))

    def first_after(self, moment: float) -> float | None:
        """Seconds from then to the next acknowledgement."""
        with self.lock:
            later = [at - moment for at in self.acknowledged.values() if at >= moment]
        return min(later, default=None)

    @property
    def slowest(self) -> float:
        return max((seconds for _at, seconds in self.answers), default=0.0)

    @property
    def errors(self) -> str:
        """Everything but a redirect and a page."""
        odd = {name: n for name, n in self.statuses.items() if name not in {"200", "302", "303"}}
        return ", ".join(f"{count} x {name}" for name, count in sorted(odd.items())) or "0"


class Hand(Client):
    """One colleague, who signs in through the form and signs in again when asked to."""

    def __init__(self, port: int, ledger: Ledger, facts: dict[str, Any], username: str) -> None:
        super().__init__(port)
        self.ledger, self.facts, self.username = ledger, facts, username
        self.opening = str(facts["opening"])
        self.give_up_at = float("inf")
        #: How many share the households of its facts.
        self.share = 1
        # As a proxy would say it; signing in has a limit for each address.
        self.headers["X-Forwarded-For"] = f"10.{random.randrange(256)}.{random.randrange(256)}.7"

    def enter(self) -> None:
        """Sign in; raises what a connection raises."""
        self.cookies.clear()
        self.get("/aanmelden/")
        answer = self.post("/aanmelden/", login=self.username, password=DEMO_PASSWORD)
        if answer.status != 302:
            raise http.client.HTTPException(f"signing in was answered with {answer.status}")
        self.get("/balie/")

    def enter_at_last(self) -> None:
        """Sign in, however often it takes."""
        while time.monotonic() < self.give_up_at:
            try:
                self.enter()
            except (*NoAnswer, KeyError):
                self.connection.close()
                time.sleep(AGAIN)
            else:
                return

    def enter_until(self, moment: float) -> None:
        """The same, but no longer than that."""
        self.give_up_at = moment
        self.enter_at_last()
        self.give_up_at = float("inf")

    def once(self, write: Write) -> Answer | None:
        """Send it one time; None when no answer came."""
        self.ledger.begin(write)
        try:
            answer = self.send("POST", write.path, write.fields)
        except NoAnswer:
            self.connection.close()
            self.ledger.note("no answer", 0.0)
            return None
        self.ledger.note(str(answer.status), answer.seconds)
        if answer.status in {302, 303}:
            self.ledger.acknowledge(write)
        return answer

    def until_answered(self, write: Write) -> bool:
        """Send it again and again; whether it was acknowledged in the end."""
        while time.monotonic() < self.give_up_at:
            answer = self.once(write)
            if answer is not None and answer.status in {302, 303}:
                return True
            if answer is not None and answer.status == 403:
                self.enter_at_last()
            elif answer is not None and answer.status not in {500, 502, 503, 504}:
                with self.ledger.lock:
                    self.ledger.refused.append(f"{write.path} answered {answer.status}")
                return False
            else:
                time.sleep(AGAIN)
        return False

    # --- the forms ---

    def _write(self, table: str, path: str, **more: str) -> Write:
        key = str(uuid.uuid4())
        fields = {"opening": self.opening, "request_id": key, **more}
        return Write(table, path, key, fields)

    def check_in(self, household: int) -> Write:
        return self._write("visits_visit", "/balie/aanmelden/", household=str(household))

    def newcomer(self, name: str) -> Write:
        """Household and visit carry the same key."""
        more = {"first_name": name, "last_name": "Proef", "adults": "2", "children": "1"}
        return self._write("people_household", "/balie/nieuw/", confirmed="1", **more)

    def nameless(self) -> Write:
        return self._write("visits_visit", "/balie/zonder-naam/", adults="1", children="0")

    def question(self) -> Write:
        more = {
            "theme": str(self.facts["theme"]),
            "help_types": str(self.facts["help_type"]),
            "outcome": "handled",
        }
        return self._write("forms_help_question", "/doorverwijzingen/vraag/", **more)


@dataclass
class Crowd:
    """Hands that work at once; each has households of its own, so that nobody is asked about."""

    hands: list[Hand]
    ledger: Ledger
    pause: float
    over: threading.Event = field(default_factory=threading.Event)

    def work(self, place: int) -> None:
        hand, rng = self.hands[place], random.Random(place)
        households = iter(hand.facts["households"][place :: len(self.hands)])
        hand.enter_at_last()
        for number in itertools.count():
            if self.over.is_set():
                return
            hand.until_answered(self._next(hand, households, rng, place, number))
            time.sleep(self.pause)

    def _next(
        self, hand: Hand, households: Iterator[int], rng: random.Random, place: int, number: int
    ) -> Write:
        kind = rng.random()
        if kind < 0.1:
            return hand.newcomer(f"Nieuw{place}x{number}")
        if kind < 0.2 and hand.username in AT_TABLE:
            return hand.question()
        household = next(households, None) if kind < 0.8 else None
        return hand.nameless() if household is None else hand.check_in(household)

    def wait_for(self, count: int, *, within: float = 90.0) -> bool:
        """Until so many more were acknowledged."""
        aim = len(self.ledger.acknowledged) + count
        deadline = time.monotonic() + within
        while len(self.ledger.acknowledged) < aim:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True


@contextlib.contextmanager
def crowd(
    port: int, ledger: Ledger, facts: dict[str, Any], *, hands: int = 6, pause: float = 0.05
) -> Iterator[Crowd]:
    """They work while the block runs; after it each finishes the form in hand."""
    users = [ACCOUNTS[place % len(ACCOUNTS)] for place in range(hands)]
    those = Crowd([Hand(port, ledger, facts, user) for user in users], ledger, pause)
    threads = [threading.Thread(target=those.work, args=(n,), daemon=True) for n in range(hands)]
    for thread in threads:
        thread.start()
    try:
        yield those
    finally:
        those.over.set()
        for hand in those.hands:
            hand.give_up_at = time.monotonic() + PATIENCE
        for thread in threads:
            thread.join(PATIENCE + 35)
        for hand in those.hands:
            hand.connection.close()
