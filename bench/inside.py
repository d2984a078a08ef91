"""Makes one set and measures what needs no HTTP; a process of its own, because of its database.

    python -m bench.inside SET OUTPUT --only search,queries

Writes what the other measurements need to know about the set to OUTPUT.
"""

import argparse
import json
import os
import random
import time
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.db import connection  # noqa: E402  (after the setup)
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from bench.cast import count_people, some_people, who_may_shop  # noqa: E402
from bench.numbers import p50, p95  # noqa: E402
from bench.public import queries as public_queries  # noqa: E402
from bench.referrals import REFERRALS  # noqa: E402
from bench.referred import facts as referred_facts  # noqa: E402
from bench.referred import top_up  # noqa: E402
from bench.search import measure_pairs  # noqa: E402
from bench.sets import make_set, open_today  # noqa: E402
from bench.typed import Typed, typed_texts  # noqa: E402
from people.search import find_households  # noqa: E402
from places.models import Stek  # noqa: E402
from stek.demo.network import settle  # noqa: E402
from visits.models import Opening, Visit  # noqa: E402

Facts = dict[str, Any]


def prepare(name: str) -> tuple[Stek, Opening, Facts]:
    start = time.monotonic()
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    stek = make_set(name)
    if name != "small":
        top_up(stek, REFERRALS, random.Random(7))
        settle()
    opening = open_today(stek)
    facts: Facts = {
        "seconds": round(time.monotonic() - start, 1),
        "people": count_people(stek),
        "visits": Visit.objects.count(),
        "opening": opening.pk,
        "database": connection.vendor,
    }
    return stek, opening, facts


def client() -> Client:
    browser = Client(headers={"host": "127.0.0.1"})
    browser.force_login(User.objects.get(username="vrijwilliger"))
    return browser


def search_times(typed: list[Typed], opening: Opening) -> dict[str, dict[str, float]]:
    """By kind of text: the search alone, and its view in this process (all but HTTP)."""
    browser = client()
    times: dict[str, list[float]] = {}
    for warm, one in [(True, one) for one in typed[:30]] + [(False, one) for one in typed]:
        start = time.perf_counter()
        find_households(stek=opening.stek, text=one.text)
        found = time.perf_counter()
        answer = browser.post("/balie/zoeken/", {"q": one.text, "opening": opening.pk})
        answered = time.perf_counter()
        if answer.status_code != 200:
            raise SystemExit(f"A search was answered with {answer.status_code}.")
        if not warm:
            for kind in (one.kind, "all"):
                times.setdefault(f"{kind} alone", []).append(found - start)
                times.setdefault(f"{kind} view", []).append(answered - found)
    return {kind: {"p50": p50(took), "p95": p95(took)} for kind, took in times.items()}


def recall(stek: Stek) -> Facts:
    """The pairs of names and what people type for them, asked in this book."""
    result = measure_pairs(stek, by=User.objects.get(username="coordinator"))
    missed = [f"{kind} {count}" for kind, count in result.missed.most_common()]
    return {
        "found": result.found,
        "asked": result.asked.total(),
        "missed": ", ".join(missed),
        "p95": p95(result.times),
    }


def queries(opening: Opening, household: int) -> dict[str, list[str]]:
    """What is asked of the database for one check-in, in the second of two."""
    browser = client()
    with CaptureQueriesContext(connection) as posted:
        answer = browser.post(
            "/balie/aanmelden/",
            {
                "household": household,
                "opening": opening.pk,
                "request_id": "6f1a1f5e-54b1-4c77-9d0e-0d3f2a1b9c01",
            },
        )
    if answer.status_code != 302:
        raise SystemExit(f"A check-in was answered with {answer.status_code}.")
    with CaptureQueriesContext(connection) as shown:
        browser.get(answer["Location"])
    Visit.objects.filter(opening=opening).delete()
    return {"post": _asked(posted), "get": _asked(shown)}


def _asked(captured: CaptureQueriesContext) -> list[str]:
    """Without the words that begin and end a transaction."""
    statements = [query["sql"] for query in captured]
    return [sql for sql in statements if not sql.startswith(("BEGIN", "COMMIT", "SAVEPOINT"))]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("set")
    parser.add_argument("output", type=Path)
    parser.add_argument("--searches", type=int, default=400)
    arguments = parser.parse_args()
    stek, opening, facts = prepare(arguments.set)
    rng = random.Random(7)  # the same texts on both engines
    typed = typed_texts(some_people(stek, arguments.searches, rng), rng)
    facts["typed"] = [(one.kind, one.text) for one in typed]
    facts["households"] = who_may_shop(stek, timezone.localdate(), rng)
    facts["search"] = search_times(typed, opening)
    facts["recall"] = recall(stek)
    facts["queries"] = queries(opening, facts["households"][0])
    facts["public"] = public_queries()
    data_dir = arguments.output.parent
    facts["referred"] = referred_facts(stek, facts["households"], data_dir)
    arguments.output.write_text(json.dumps(facts), encoding="utf-8")


if __name__ == "__main__":
    main()
