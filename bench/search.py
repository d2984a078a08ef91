"""How often and how quickly the search finds the right household, in books of two sizes.

`run(report)` makes the books in the database that Django is set to; `measure_pairs` asks the
pairs of tests/data/search_pairs.tsv in any book, without leaving anything behind.
"""

import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, transaction

from accounts.models import User
from bench.names import households
from bench.numbers import p50, p95
from bench.report import Report
from bench.typed import typed_texts
from people.cards import token_of
from people.models import Household, Member, NameKey
from people.search import find_households, keys_for
from places.models import Stek

PAIRS = Path(__file__).resolve().parents[1] / "tests" / "data" / "search_pairs.tsv"
FIRST = 5
_BATCH = 1000
#: Cards and numbers of the pairs, beyond those of any book.
_NUMBERS = 900_000
_SERIALS = 99_000_000


def pairs() -> list[tuple[str, str, str]]:
    """(name as stored, text as typed, kind of variation)."""
    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(stored, typed, kind) for stored, typed, kind in rows]


def write_book(
    stek: Stek, people: list[list[tuple[str, str]]], *, by: User, first: int = 1
) -> None:
    """Households with these people, the contact person first, numbered from `first`, and keys."""
    serial = stek.pk * 1_000_000 % _SERIALS
    rows = [
        Household(
            stek=stek, number=number, first_name=family[0][0], last_name=family[0][1],
            card=token_of((serial + number) % 100_000_000), created_by=by,
        )
        for number, family in enumerate(people, first)
    ]  # fmt: skip
    Household.objects.bulk_create(rows, batch_size=_BATCH)
    members = [
        [Member(household=row, first_name=name, last_name=last) for name, last in family[1:]]
        for row, family in zip(rows, people, strict=True)
    ]
    Member.objects.bulk_create([one for family in members for one in family], batch_size=_BATCH)
    for start in range(0, len(rows), _BATCH):
        batch = zip(rows[start : start + _BATCH], members[start : start + _BATCH], strict=True)
        NameKey.objects.bulk_create([key for row, family in batch for key in keys_for(row, family)])


@dataclass
class Asked:
    """What came of the pairs."""

    asked: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    texts: list[str] = field(default_factory=list)
    #: Seconds by kind of variation.
    took: dict[str, list[float]] = field(default_factory=dict)

    @property
    def found(self) -> float:
        """Per cent with the right household among the first five."""
        return 100 * (1 - self.missed.total() / self.asked.total())

    @property
    def times(self) -> list[float]:
        return [one for times in self.took.values() for one in times]


def measure_pairs(stek: Stek, *, by: User) -> Asked:
    """Put the people of the pairs in this book, ask for each, and take them out again."""
    result = Asked()
    with transaction.atomic():
        stored = list(dict.fromkeys(name for name, _, _ in pairs()))
        people = [[(name.partition(" ")[0], name.partition(" ")[2])] for name in stored]
        write_book(stek, people, by=by, first=_NUMBERS)
        place = {name: number for number, name in enumerate(stored, _NUMBERS)}
        numbers = dict(
            Household.objects.filter(stek=stek, number__gte=_NUMBERS).values_list("pk", "number")
        )
        for name, typed, kind in pairs():
            start = time.perf_counter()
            hits = find_households(stek=stek, text=typed)
            result.took.setdefault(kind, []).append(time.perf_counter() - start)
            result.asked[kind] += 1
            if place[name] not in [numbers.get(hit.household_id) for hit in hits[:FIRST]]:
                result.missed[kind] += 1
                result.texts.append(typed)
        transaction.set_rollback(True)
    return result


def _times_of_typing(
    stek: Stek, people: list[list[tuple[str, str]]]
) -> Iterator[tuple[str, list[float]]]:
    """Seconds by kind of text, for what is typed on an ordinary day."""
    rng = random.Random(7)
    some = [(number, *rng.choice(family)) for number, family in enumerate(people, 1)]
    took: dict[str, list[float]] = {}
    for one in typed_texts(rng.sample(some, min(400, len(some))), rng):
        start = time.perf_counter()
        find_households(stek=stek, text=one.text)
        took.setdefault(one.kind, []).append(time.perf_counter() - start)
    yield from took.items()


def run(
    report: Report, *, sizes: tuple[tuple[int, int], ...] = ((5_000, 10), (100_000, 50))
) -> None:
    """Make a book of each size (people, limit of p95 in ms) and report what it gives."""
    by, _ = User.objects.get_or_create(username="bench-search")
    for people, limit in sizes:
        stek = Stek.objects.create(name=f"Boek van {people}", slug=f"boek-{people}")
        book = list(households(people))
        with transaction.atomic():
            write_book(stek, book, by=by)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        size = f"{people:,} people".replace(",", " ")
        every: list[float] = []
        for kind, times in _times_of_typing(stek, book):
            every += times
            report.add(f"search p50, {size}, {kind}", p50(times))
            report.add(f"search p95, {size}, {kind}", p95(times), limit=limit)
        report.add(f"search p95, {size}", p95(every), limit=limit, note="as typed in a day")
        result = measure_pairs(stek, by=by)
        missed = ", ".join(f"{kind} {count}" for kind, count in result.missed.items() if count)
        report.add(
            f"found among the first {FIRST}, {size}", result.found, unit="%", limit=95,
            at_least=True, note=f"{result.asked.total()} pairs; missed: {missed or 'none'}",
        )  # fmt: skip
        report.add(
            f"search p95, {size}, pairs", p95(result.times), limit=limit, note="other spellings"
        )
