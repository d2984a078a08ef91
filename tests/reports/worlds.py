"""Small places with a history, and the reports that they make; no database."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reports.catalogue import TABLES, Measure, Shape
from reports.report import Cell, Column, Report, Row, Table
from visits.period import Period

FIRST = dt.date(2025, 1, 1)
DAYS = 730
#: Additive tables, with how often something falls in each of their rows, and twice for PARTS.
ROWS = {
    "questions_theme": {"a": 8, "b": 4, "c": 2, "d": 1},
    "questions_outcome": {"handled": 8, "come_back": 2, "follow_up": 2, "not_solved": 1},
    "questions_help": {"x": 9, "y": 3, "z": 1},
}
TABLES_MADE = ("refer", *ROWS, "meet", "visits_month", "households_size", "households_seen")


@dataclass
class Place:
    """`asked`: by day, for each question its row in each table. `came`: households by day."""

    asked: dict[dt.date, list[dict[str, str]]] = field(default_factory=dict)
    came: dict[dt.date, list[int]] = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)

    @classmethod
    def made(cls, seed: int, *, busy: float) -> "Place":
        chance = random.Random(seed)
        place = cls()
        for number in range(int(4 + busy * 10)):
            place.sizes[number] = chance.choice((1, 1, 1, 2, 2, 3, 4, 6))
        for offset in range(0, DAYS, 5):
            day = FIRST + dt.timedelta(days=offset)
            place.asked[day] = [ask(chance) for _ in range(chance.randrange(int(1 + busy * 3)))]
            place.came[day] = [n for n in place.sizes if chance.random() < 0.15 * (1 + n % 3)]
        return place

    def days(self, period: Period) -> Iterator[dt.date]:
        return (day for day in self.asked if period.first <= day <= period.last)

    def questions(self, period: Period) -> list[dict[str, str]]:
        return [one for day in self.days(period) for one in self.asked[day]]

    def visits(self, period: Period) -> int:
        return sum(len(self.came[day]) for day in self.days(period))

    def households(self, period: Period) -> set[int]:
        return {one for day in self.days(period) for one in self.came[day]}

    def new(self, period: Period) -> set[int]:
        earlier = {one for day, some in self.came.items() if day < period.first for one in some}
        return self.households(period) - earlier


def ask(chance: random.Random) -> dict[str, str]:
    found = {}
    for table, rows in ROWS.items():
        (found[table],) = chance.choices(list(rows), list(rows.values()))
    return found


def numbers(place: Place, table: str, period: Period) -> dict[str, int]:
    """The rows of one table, "" for its total."""
    if table in ROWS:
        asked = place.questions(period)
        found = {row: sum(one[table] == row for one in asked) for row in ROWS[table]}
        return {"": len(asked), **found}
    came = place.households(period)
    if table == "refer":
        asked = place.questions(period)
        unmet = sum(one["questions_outcome"] == "not_solved" for one in asked)
        return {"questions": len(asked), "unmet": unmet}
    if table == "meet":
        gone = place.households(period.before()) - came
        persons = sum(place.sizes[one] for one in came)
        return {
            "visits": place.visits(period), "households": len(came), "persons": persons,
            "not_seen": len(gone),
        }  # fmt: skip
    if table == "households_size":
        sizes = [min(place.sizes[one], 5) for one in came]
        return {"": len(came), **{str(size): sizes.count(size) for size in range(1, 6)}}
    if table == "households_seen":
        new = len(place.new(period))
        return {"": len(came), "new": new, "known": len(came) - new}
    months = {f"{m.first:%Y-%m}": place.visits(m) for m in period.months()}
    return {"": place.visits(period), **months}


Counts = dict[str, dict[str, int]]


def report(
    places: Sequence[Place],
    columns: Sequence[tuple[Period, tuple[int, ...]]],
    tables: Sequence[str],
) -> Report:
    """Columns: a period, and the places (by their number) that are counted together."""
    counts = []
    for period, of in columns:
        found: Counts = {}
        for key in tables:
            rows = found.setdefault(key, {})
            for one in of:
                for row, number in numbers(places[one], key, period).items():
                    rows[row] = rows.get(row, 0) + number
        counts.append(found)
    return made_of(columns, counts)


def made_of(columns: Sequence[tuple[Period, tuple[int, ...]]], counts: Sequence[Counts]) -> Report:
    """By column and table: the rows, "" for the total."""
    return Report(
        kind="saamo",
        title="",
        steks=("Kalmthout",),
        period=columns[0][0],
        columns=tuple(Column(str(n), str(n), period, of) for n, (period, of) in enumerate(columns)),
        tables=tuple(_table(key, [one[key] for one in counts]) for key in counts[0]),
        definitions={},
        definitions_version=1,
    )


def compared(place: Place, period: Period, tables: Sequence[str] = TABLES_MADE) -> Report:
    periods = (period, period.before(), period.year_before())
    return report([place], [(one, (0,)) for one in periods], tables)


def _table(key: str, counts: Sequence[dict[str, int]]) -> Table:
    spec = TABLES[key]
    rows = []
    for row in counts[0]:
        if row:
            measure = Measure(row) if spec.measure is None else spec.measure
            cells = tuple(_cell(spec.shape, found.get(row)) for found in counts)
            rows.append(Row(row, row, measure, cells))
    return Table(
        key=key,
        title=key,
        function=spec.function,
        shape=spec.shape,
        measure=spec.measure,
        rows=tuple(rows),
        total=tuple(Cell(found[""]) for found in counts) if "" in counts[0] else None,
        definition="",
    )


def _cell(shape: Shape, number: int | None) -> Cell:
    return Cell(number) if shape is Shape.TIME else Cell(number or 0)
