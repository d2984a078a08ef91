"""Whether each unknown number of a table over time may still be large: flows between what is known
of the rows and what is known of the totals.
"""

from collections import deque
from collections.abc import Sequence

from policy.small import FEWEST, is_small
from reports.safe.classes import Classes, Contradiction
from reports.safe.places import inside

#: A row of which nothing is known, and days of which no total is.
FREE = -1
Edge = tuple[int, int]


def has_room(totals: Classes, rows: Sequence[Classes], *, is_open: bool) -> bool:
    """`is_open`: besides the rows something else counts in the total, of which nothing is shown.

    False when some number can be no larger than 4 and is not surely 0, seen from outside. Raises
    `Contradiction` when the numbers do not fit.
    """
    if any(is_small(value) for part in (totals, *rows) for value in part.values()):
        return False
    rest = _Rest(totals, is_open=is_open)
    for row in rows:
        rest.take(row)
    spanning = {place for _, place in rest.edges if place != FREE}
    for place, value in enumerate(rest.demand):
        if value < 0 or (value and place not in spanning and not rest.free[place]):
            raise Contradiction
        if place not in spanning and is_small(value):
            return False
    return not rest.edges or _all_large(rest, spanning)


class _Rest:
    """What is left of each total when the numbers that lie inside it alone are taken away."""

    def __init__(self, totals: Classes, *, is_open: bool) -> None:
        self._pieces = list(totals)
        self._all = 0
        for piece in self._pieces:
            self._all |= piece
        self.demand = list(totals.values())
        #: By total: whether something of it is not known of some row.
        self.free = [is_open] * len(self._pieces)
        #: Numbers of rows that reach over several totals.
        self.supply: list[int] = []
        self.edges: list[Edge] = []

    def take(self, row: Classes) -> None:
        covered = 0
        for mask, value in row.items():
            covered |= mask
            self._take(mask, value)
        for place, piece in enumerate(self._pieces):
            self.free[place] = self.free[place] or not inside(piece, covered)

    def _take(self, mask: int, value: int) -> None:
        where = [place for place, piece in enumerate(self._pieces) if piece & mask]
        if len(where) == 1 and inside(mask, self._pieces[where[0]]):
            self.demand[where[0]] -= value
        elif value:
            self.edges += [(len(self.supply), place) for place in where]
            if not inside(mask, self._all):
                self.edges.append((len(self.supply), FREE))
            self.supply.append(value)


def _all_large(rest: _Rest, spanning: set[int]) -> bool:
    demand = rest.demand
    edges = [(row, place) for row, place in rest.edges if place == FREE or demand[place]]
    edges += [(FREE, place) for place in sorted(spanning) if rest.free[place] and demand[place]]
    need = {place: demand[place] for place in spanning if demand[place]}
    have = dict(enumerate(rest.supply))
    most = sum(need.values()) + sum(rest.supply)
    have[FREE] = most - sum(rest.supply)
    need[FREE] = most - sum(demand[place] for place in spanning)
    flow = Flow(have, need, [*edges, (FREE, FREE)])
    flow.fill()
    return all(flow.is_large_or_none(edge) for edge in edges)


class Flow:
    """Amounts along edges from what rows have to what totals need; each is used up."""

    def __init__(self, have: dict[int, int], need: dict[int, int], edges: list[Edge]) -> None:
        self._have, self._need = dict(have), dict(need)
        self._amount = dict.fromkeys(edges, 0)
        self._to: dict[int, list[int]] = {row: [] for row in have}
        self._from: dict[int, list[int]] = {place: [] for place in need}
        for row, place in self._amount:
            self._to[row].append(place)
            self._from[place].append(row)

    def fill(self) -> None:
        """Raises `Contradiction` when not everything can be used up."""
        for row, place in sorted(self._amount, reverse=True):
            amount = min(self._have[row], self._need[place])
            self._amount[row, place] += amount
            self._have[row] -= amount
            self._need[place] -= amount
        for row in self._have:
            while self._have[row]:
                more, less = self._way_out(row)
                place = more[0][1]
                amount = min(self._have[row], self._need[place], *self._amounts(less))
                self._move(more, less, amount)
                self._have[row] -= amount
                self._need[place] -= amount

    def is_large_or_none(self, edge: Edge) -> bool:
        """Whether the amount of an edge can be 5 or more, or is 0 in every way to fill."""
        while self._amount[edge] < FEWEST:
            found = self._way_round(edge)
            if found is None:
                return self._amount[edge] == 0
            more, less = found
            self._move(more, less, min(FEWEST, *self._amounts(less)))
        return True

    def _amounts(self, edges: list[Edge]) -> list[int]:
        return [self._amount[edge] for edge in edges]

    def _move(self, more: list[Edge], less: list[Edge], amount: int) -> None:
        for edge in more:
            self._amount[edge] += amount
        for edge in less:
            self._amount[edge] -= amount

    def _way_out(self, start: int) -> tuple[list[Edge], list[Edge]]:
        """From a row that has something left to a total that needs something."""
        came: dict[int, int] = {}  # place: from which row
        back: dict[int, int] = {start: start}  # row: from which place
        line = deque([start])
        while line:
            row = line.popleft()
            for place in self._to[row]:
                if place in came:
                    continue
                came[place] = row
                if self._need[place]:
                    return self._steps(place, came, back, start)
                for other in self._from[place]:
                    if other not in back and self._amount[other, place]:
                        back[other] = place
                        line.append(other)
        raise Contradiction

    def _way_round(self, edge: Edge) -> tuple[list[Edge], list[Edge]] | None:
        """How the amount of this edge can grow while every sum stays."""
        goal, start = edge
        came = {start: goal}
        back: dict[int, int] = {}
        line = deque([start])
        while line:
            place = line.popleft()
            for row in self._from[place]:
                if row in back or not self._amount[row, place] or (row, place) == edge:
                    continue
                back[row] = place
                if row == goal:
                    more, less = self._steps(place, came, back, goal)
                    return more, [*less, (goal, place)]
                for other in self._to[row]:
                    if other not in came:
                        came[other] = row
                        line.append(other)
        return None

    def _steps(
        self, place: int, came: dict[int, int], back: dict[int, int], start: int
    ) -> tuple[list[Edge], list[Edge]]:
        more, less = [(came[place], place)], []
        while (row := came[place]) != start:
            place = back[row]
            less.append((row, place))
            more.append((came[place], place))
        return more, less
