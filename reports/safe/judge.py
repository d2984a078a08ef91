"""Whether a number may be told on top of what is known already."""

from collections.abc import Collection, Mapping

from policy.small import FEWEST, is_small
from reports.catalogue import ADDITIVE, Measure, Shape
from reports.safe.classes import Contradiction, classes
from reports.safe.known import Known, Spot, fields
from reports.safe.places import Where, inside
from reports.safe.relations import (
    HOUSEHOLDS,
    OFTEN,
    PARTS_OF,
    PERSONS,
    SIZES,
    from_new_year,
    often_is_safe,
    parts_are_safe,
    sizes_are_safe,
    stayed_are_safe,
)
from reports.safe.room import has_room
from reports.safe.sites import FIRSTS, NEW

#: Numbers that are the sum of those of their days; of answers, how many there are.
_ADDITIVE = {measure.value for measure in ADDITIVE} | {Measure.ANSWER_DAYS.value, NEW}
_RELATED = {
    *(key for pair in PARTS_OF for key in pair),
    HOUSEHOLDS,
    PERSONS,
    *SIZES.values(),
    *OFTEN,
}
_NOT_SEEN = Measure.NOT_SEEN.value


class Judge:
    """Keeps what is told; every number that is added was weighed against all of it."""

    def __init__(self, known: Known) -> None:
        self._known, self._shown = known, known.shown
        self._links = known.links
        self.told: set[Spot] = set()
        self._before = {key: dict(of) for key, of in known.shown.by_key.items()}
        self._periods = known.axis.periods()
        for key in (HOUSEHOLDS, FIRSTS):
            for where, number in list(self._shown.of(key).items()):
                for other, same in self._same(key, where):
                    self._shown.of(other).setdefault(same, number)

    def may_tell(self, numbers: Mapping[Spot, int]) -> bool:
        """Tell all of these if that is safe; otherwise none of them."""
        if any(is_small(number) or self._is_near(spot, number) for spot, number in numbers.items()):
            return False
        wide = dict(numbers)
        for (key, where), number in numbers.items():
            wide |= dict.fromkeys(self._same(key, where), number)
        undo = self._set({**self._outdated(wide), **wide})
        if self._is_safe(wide):
            self.told.update(numbers)
            return True
        self._set(undo)
        return False

    def _set(self, numbers: Mapping[Spot, int | None]) -> dict[Spot, int | None]:
        """None: it is not shown. Returns what stood there."""
        undo = {}
        for (key, where), number in numbers.items():
            of = self._shown.of(key)
            undo[key, where] = of.pop(where, None)
            if number is not None:
                of[where] = number
        return undo

    def _outdated(self, numbers: Mapping[Spot, int]) -> dict[Spot, int | None]:
        """Rows as they were told with another total."""
        return {
            (row, where): None
            for (key, where), number in numbers.items()
            if self._shown.of(key).get(where, number) != number
            for table in self._links.of_total(key)
            for row in self._links.rows[table]
            if where in self._shown.of(row)
        }

    def _is_near(self, spot: Spot, number: int) -> bool:
        """Told before, a little different: the difference is somebody."""
        then = self._known.ever.get(spot, set())
        return any(is_small(abs(number - one)) for one in then)

    def _same(self, key: str, where: Where) -> list[Spot]:
        """From New Year on each household that came had its first visit of the year."""
        other = {HOUSEHOLDS: FIRSTS, FIRSTS: HOUSEHOLDS}.get(key)
        period = self._periods.get(where)
        return [(other, where)] if other and period and from_new_year(period) else []

    def _is_safe(self, spots: Collection[Spot]) -> bool:
        try:
            return (
                all(self._is_safe_over_time(key, where) for key, where in spots)
                and all(self._is_related(key, where) for key, where in spots)
                and all(self._table_is_safe(table, where) for table, where in self._tables(spots))
            )
        except Contradiction:
            return False

    def _tables(self, spots: Collection[Spot]) -> dict[tuple[str, tuple[Where, ...]], None]:
        found: dict[str, list[Where]] = {}
        for key, where in spots:
            for table in (*self._links.of_total(key), *self._links.of_row(key)):
                found.setdefault(table, []).append(where)
        return {(table, tuple(dict.fromkeys(where))): None for table, where in found.items()}

    def _is_additive(self, key: str) -> bool:
        table, _, row = key.partition("/")
        return key in _ADDITIVE or bool(row and self._links.totals.get(table) in _ADDITIVE)

    def _is_safe_over_time(self, key: str, where: Where) -> bool:
        numbers = self._shown.of(key)
        if self._is_additive(key):
            if any(True for _ in self._links.of_total(key)):
                return True  # with its tables
            found = classes(self._shown.masks(key), self._known.true.masks(key))
            return not any(map(is_small, found.values()))
        for other, number in numbers.items():
            nested = inside(other.mask, where.mask) or inside(where.mask, other.mask)
            if nested and is_small(abs(number - numbers[where])):
                return False
        return not self._is_overlap_small(numbers, where)

    def _is_overlap_small(self, numbers: Mapping[Where, int], where: Where) -> bool:
        """Two periods and both together: the rest came in both."""
        by_mask = {one.mask: n for one, n in numbers.items() if one.steks == where.steks}
        mask, number = where.mask, numbers[where]
        for other, there in by_mask.items():
            rest = None
            if other & mask == 0:
                rest = _minus(number + there, by_mask.get(other | mask))
            elif other != mask and inside(other, mask):
                rest = _minus(number - there, by_mask.get(mask & ~other))
            elif other != mask and inside(mask, other):
                rest = _minus(there - number, by_mask.get(other & ~mask))
            if rest is not None and is_small(abs(rest)):
                return True
        return False

    def _is_related(self, key: str, where: Where) -> bool:
        if key in _RELATED:
            here = {
                one: of[where] for one, of in self._shown.by_key.items()
                if one in _RELATED and where in of
            }  # fmt: skip
            if not (parts_are_safe(here) and sizes_are_safe(here) and often_is_safe(here)):
                return False
        if key in {HOUSEHOLDS, _NOT_SEEN}:
            households = self._shown.of(HOUSEHOLDS)
            for there, gone in self._shown.of(_NOT_SEEN).items():
                before = self._known.axis.before(there)
                if where in {there, before} and not stayed_are_safe(
                    households.get(there), households.get(before) if before else None, gone
                ):
                    return False
        return True

    def _table_is_safe(self, table: str, wheres: Collection[Where]) -> bool:
        total, rows = self._links.totals[table], self._links.rows[table]
        if any(self._is_corrected_little(total, rows, where) for where in wheres):
            return False
        if self._links.shapes[table] is Shape.PARTS:
            groups, is_open = [[row] for row in rows] or [[]], True
        else:
            groups, is_open = [list(rows)], False
        if total in _ADDITIVE:
            totals = classes(self._shown.masks(total), self._known.true.masks(total))
            over_time = {
                row: classes(self._shown.masks(row), self._known.true.masks(row)) for row in rows
            }
            return all(
                has_room(totals, [over_time[row] for row in group], is_open=is_open)
                for group in groups
            )
        return all(
            has_room(
                self._at(total, spans), [self._at(row, spans) for row in group], is_open=is_open
            )
            for spans in {self._spans(total, where) for where in wheres}
            for group in groups
        )

    def _spans(self, total: str, where: Where) -> frozenset[int]:
        """The days, and other days inside or around them in which just the same came."""
        numbers = self._shown.of(total)
        same = {where.span}
        for other, number in numbers.items():
            nested = inside(other.span, where.span) or inside(where.span, other.span)
            if nested and other.steks == where.steks and numbers.get(where) == number:
                same.add(other.span)
        return frozenset(same)

    def _at(self, key: str, spans: frozenset[int]) -> dict[int, int]:
        shown: dict[int, int] = {}
        true: dict[int, int] = {}
        for span in spans:
            for steks, number in fields(self._shown.of(key), span).items():
                if shown.setdefault(steks, number) != number:
                    raise Contradiction
            true |= fields(self._known.true.of(key), span)
        return classes(shown, true)

    def _is_corrected_little(self, total: str, rows: Collection[str], where: Where) -> bool:
        """What is hidden in both versions together changed by a few."""
        changed = [
            self._shown.of(key)[where] - self._before.get(key, {})[where]
            for key in (total, *rows)
            if where in self._shown.of(key) and where in self._before.get(key, {})
        ]
        if not any(changed) or where not in self._before.get(total, {}):
            return False
        return 0 < abs(changed[0] - sum(changed[1:])) < FEWEST


def _minus(number: int, other: int | None) -> int | None:
    return None if other is None else number - other
