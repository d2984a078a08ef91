"""Somebody outside who has every report that was shown, can count, and knows how figures are made.

Written apart from `reports.safe`: it knows only what the words beside the figures say. What adds
up over days, rows and STEKs becomes equations over day, row and STEK; linear programs then say how
small and how large each unknown can be.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from reports.report import Cell, Report
from visits.period import Period

#: What adds up over days: the tables, with the row or figure that their total is.
OVER_DAYS = {"questions": ("questions_theme", "questions_outcome", "questions_help"), "visits": ()}
SEVERAL = "questions_help"
NEARLY = 1e-6


@dataclass(frozen=True)
class Told:
    """One number that was shown: `row` None is the total."""

    table: str
    row: str | None
    period: Period
    steks: tuple[int, ...]
    number: int


def told(reports: Iterable[Report]) -> list[Told]:
    return [
        Told(table, row, period, steks, int(cell.number or 0))
        for table, row, period, steks, cell in cells(reports)
        if not cell.hidden
    ]


def cells(
    reports: Iterable[Report],
) -> Iterable[tuple[str, str | None, Period, tuple[int, ...], Cell]]:
    """Each cell with something in it; months as numbers of their own days."""
    for report in reports:
        for table in report.tables:
            for place, column in enumerate(report.columns):
                of = column.stek_ids
                if table.total:
                    yield table.key, None, column.period, of, table.total[place]
                for row in table.rows:
                    cell = row.cells[place]
                    if cell.number is None and not cell.hidden:
                        continue
                    if table.key != "visits_month":
                        yield table.key, row.key, column.period, of, cell
                    elif place == 0 or len({c.period for c in report.columns}) == 1:
                        months = {f"{m.first:%Y-%m}": m for m in column.period.months()}
                        yield table.key, None, months[row.key], of, cell


class Outside:
    """What can be told of one table over time, out of its rows and every form of its total."""

    def __init__(self, seen: Sequence[Told], measure: str, table: str, rows: Sequence[str]) -> None:
        self._rows = list(rows) or [""]
        mine = [one for one in seen if self._is_mine(one, measure, table)]
        days = {one.period.first for one in mine}
        days |= {one.period.last + dt.timedelta(days=1) for one in mine}
        self._days = sorted(days)
        self._steks = sorted({pk for one in mine for pk in one.steks})
        equations: dict[tuple[int, ...], int] = {}
        for one in mine:
            row = one.row if one.table == table else None
            if one.row == "unmet" and table == "questions_outcome":
                row = "not_solved"
            places = self._places(self._rows if row is None else [row], one.period, one.steks)
            equations[tuple(places)] = one.number
        count = len(self._rows) * len(self._steks) * max(len(self._days) - 1, 0)
        self._matrix = np.zeros((len(equations), count))
        for line, unknowns in enumerate(equations):
            self._matrix[line, list(unknowns)] = 1
        self._values = np.array(list(equations.values()), dtype=float)

    def _is_mine(self, one: Told, measure: str, table: str) -> bool:
        if one.table == table or (one.row == "unmet" and table == "questions_outcome"):
            return True
        figure = one.row == measure and one.table in {"refer", "meet"}
        total = one.row is None and (
            one.table in OVER_DAYS[measure] or (measure, one.table) == ("visits", "visits_month")
        )
        return figure or total

    def _places(self, rows: Sequence[str], period: Period, steks: Sequence[int]) -> list[int]:
        first = self._days.index(period.first)
        last = self._days.index(period.last + dt.timedelta(days=1))
        width = len(self._days) - 1
        return sorted(
            (self._rows.index(row) * len(self._steks) + self._steks.index(pk)) * width + piece
            for row in rows
            for pk in steks
            for piece in range(first, last)
        )

    def enclosed(self) -> list[tuple[str, str, float]]:
        """Every row, STEK and piece of time in which surely fewer than five are, and maybe some."""
        alike: dict[bytes, list[int]] = {}
        for place in range(self._matrix.shape[1]):
            if self._matrix[:, place].any():
                alike.setdefault(self._matrix[:, place].tobytes(), []).append(place)
        if not alike:
            return []
        # Unknowns that stand in the same equations are one unknown: each can be all of their sum.
        groups = list(alike.values())
        matrix = csr_matrix(self._matrix[:, [places[0] for places in groups]])
        width = len(self._days) - 1
        found, reached = [], np.zeros(len(groups))
        for number, places in enumerate(groups):
            # What was five in any solution so far needs no question of its own.
            if reached[number] >= 5:
                continue
            most = self._most(matrix, number, reached)
            if NEARLY < most < 5 - NEARLY:
                for place in places:
                    row = self._rows[place // width // len(self._steks)]
                    found.append((row, str(self._days[place % width]), most))
        return found

    def _most(self, matrix: csr_matrix, number: int, reached: np.ndarray) -> float:
        """The largest that one unknown can be, when that is less than five.

        Nothing is without an end: whatever stands in an equation is at most the number in it.
        """
        # Of all others as much as fits beside it, which answers for many of them at once.
        for others in (np.where(reached < 5, -1e-4, 0.0), np.zeros(len(reached))):
            others[number] = -1
            answer = linprog(others, A_eq=matrix, b_eq=self._values, method="highs")
            assert answer.status == 0, answer.message
            np.maximum(reached, answer.x, out=reached)
            if reached[number] >= 5 - NEARLY:
                break
        return float(answer.x[number])


def weaknesses(reports: Sequence[Report], rows: dict[str, Sequence[str]]) -> list[object]:
    """What somebody outside can tell from all these together and should not."""
    seen = told(reports)
    found: list[object] = [one for one in seen if 0 < one.number < 5]
    found += Outside(seen, "visits", "visits_month", ()).enclosed()
    for table, keys in rows.items():
        parts = [[key, "other"] for key in keys] if table == SEVERAL else [list(keys)]
        for part in parts:
            kept = [one for one in seen if one.table != table or one.row is None or one.row in part]
            found += Outside(kept, "questions", table, part).enclosed()
    return found


def few_households(reports: Sequence[Report]) -> list[object]:
    """Households do not add up over days; but of two periods one in the other the difference
    came only in the longer one, and what is hidden in one period together is a sum.
    """
    found: list[object] = []
    numbers: dict[tuple[str, str], dict[Period, int]] = {}
    for one in told(reports):
        if one.table in {"households_size", "households_seen"} or one.row in {
            "households",
            "persons",
        }:
            table = "" if one.table == "meet" or one.row is None else one.table
            numbers.setdefault((table, one.row or "households"), {})[one.period] = one.number
    for key, of in numbers.items():
        found += [
            (key, small, large)
            for small in of
            for large in of
            if large.first <= small.first <= small.last <= large.last
            and 0 < abs(of[large] - of[small]) < 5
        ]
    for table, rows in (("households_size", "12345"), ("households_seen", ("new", "known"))):
        for period, total in numbers.get(("", "households"), {}).items():
            of_rows = [numbers.get((table, row), {}).get(period) for row in rows]
            if any(number is not None for number in of_rows):
                rest = total - sum(number or 0 for number in of_rows)
                if 0 < rest < 5:
                    found.append((table, period, rest))
    new = numbers.get(("households_seen", "new"), {})
    seen = [Told("new", None, period, (0,), number) for period, number in new.items()]
    return found + Outside(seen, "visits", "new", ()).enclosed()


def corrected_by_few(reports: Sequence[Report]) -> list[object]:
    """The same number in two reports, a few apart."""
    ever: dict[tuple[object, ...], set[int]] = {}
    found: list[object] = []
    for one in told(reports):
        numbers = ever.setdefault((one.table, one.row, one.period, one.steks), set())
        found += [(one, then) for then in numbers if 0 < abs(then - one.number) < 5]
        numbers.add(one.number)
    return found
