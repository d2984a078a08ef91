"""Hides what would say something about somebody in a report that leaves the house; pure.

Nothing is told unless, with all that was told before, every number that somebody outside can work
out or enclose is 0 or can be 5 and more. What left can't be taken back, so it is always the new
report that hides.
"""

from collections.abc import Collection
from dataclasses import replace

from policy.small import FEWEST, is_found, is_small
from reports.catalogue import TABLES, Measure, Shape
from reports.report import HIDDEN, Cell, Report, Row, Table
from reports.safe.judge import Judge
from reports.safe.known import Known, Release, Spot
from reports.safe.relations import HOUSEHOLDS
from reports.safe.sites import Place, Site

__all__ = ["Release", "make_safe"]


def make_safe(report: Report, released: Collection[Release]) -> Report:
    """The report as others may see it; `released` is what left before, the earliest first."""
    known = Known(report, released)
    told = _Telling(report, known).told()
    spots = {site.place: known.spot(site) for site in known.sites}
    tables = tuple(
        _shown(table, place, {at for at, spot in spots.items() if spot not in told})
        for place, table in enumerate(report.tables)
    )
    return replace(report, tables=tables, safe=True)


def _shown(table: Table, place: int, hidden: Collection[Place]) -> Table:
    def cells(row: int | None, there: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return tuple(
            HIDDEN if Place(place, row, column) in hidden else cell
            for column, cell in enumerate(there)
        )

    rows = [replace(row, cells=cells(number, row.cells)) for number, row in enumerate(table.rows)]
    if TABLES[table.key].largest_first:
        rows.sort(key=_by_what_is_told)
    return replace(table, rows=tuple(rows), total=table.total and cells(None, table.total))


def _by_what_is_told(row: Row) -> tuple[int, int | float, str, str]:
    """The largest first, then what is hidden, then zero; or the place of a row would tell its
    number.
    """
    first = row.cells[0]
    told = first.number or 0
    group = 1 if first.hidden else 0 if told else 2
    return group, -told, row.label.casefold(), row.key


class _Telling:
    """Tells the totals first, then the rows of each table, as many as may."""

    def __init__(self, report: Report, known: Known) -> None:
        self._report, self._known = report, known
        self._judge = Judge(known)
        self._totals: dict[str, dict[Spot, int]] = {}
        #: By table and column: its rows.
        self._rows: dict[tuple[int, int], dict[Spot, int]] = {}
        for site in known.sites:
            self._sort(site)

    def _sort(self, site: Site) -> None:
        spot = self._known.spot(site)
        table = self._report.tables[site.place.table]
        if "/" in site.key or (site.place.row is not None and table.shape is Shape.PARTITION):
            rows = self._rows.setdefault((site.place.table, site.place.column), {})
            rows[spot] = site.number
        if "/" not in site.key:
            self._totals.setdefault(site.key, {})[spot] = site.number

    def told(self) -> set[Spot]:
        self._tell_totals([HOUSEHOLDS])
        self._tell_tables({Measure.HOUSEHOLDS})
        self._tell_totals([key.value for key in Measure if key.value != HOUSEHOLDS])
        self._tell_tables(set(Measure) - {Measure.HOUSEHOLDS})
        return self._judge.told

    def _tell_totals(self, keys: Collection[str]) -> None:
        for key in keys:
            numbers = self._totals.get(key, {})
            large = {spot: number for spot, number in numbers.items() if not is_small(number)}
            if not self._judge.may_tell(large):
                for spot, number in sorted(large.items(), key=_days, reverse=True):
                    self._judge.may_tell({spot: number})

    def _tell_tables(self, measures: Collection[Measure]) -> None:
        for place, table in enumerate(self._report.tables):
            if table.measure not in measures or table.shape is Shape.TIME:
                continue
            columns = [
                rows
                for column in range(len(self._report.columns))
                if (rows := self._rows.get((place, column))) and self._has_total(table, rows)
            ]
            shown = [self._large(table, rows) for rows in columns]
            if self._judge.may_tell({spot: n for one in shown for spot, n in one.items()}):
                continue
            for rows, one in zip(columns, shown, strict=True):
                self._tell_rows(table, rows, one)

    def _has_total(self, table: Table, rows: dict[Spot, int]) -> bool:
        total = str(table.measure and table.measure.value)
        return all((total, where) in self._judge.told for _key, where in rows)

    def _large(self, table: Table, rows: dict[Spot, int]) -> dict[Spot, int]:
        """Without the small ones, and as many others as it takes that those can't be told."""
        hidden = {spot for spot, number in rows.items() if is_small(number)}
        if table.shape is Shape.PARTS:
            return {spot: number for spot, number in rows.items() if spot not in hidden}
        others = self._in_order(rows)
        while hidden and is_found(sum(rows[spot] for spot in hidden), len(hidden)):
            if not others:
                return {}
            hidden.add(others.pop(0))
        return {spot: number for spot, number in rows.items() if spot not in hidden}

    def _in_order(self, rows: dict[Spot, int]) -> list[Spot]:
        """Those that may be hidden besides, the smallest loss first."""
        free = [s for s, number in rows.items() if number >= FEWEST and s not in self._judge.told]
        return sorted(free, key=lambda spot: rows[spot])

    def _tell_rows(self, table: Table, rows: dict[Spot, int], shown: dict[Spot, int]) -> None:
        if table.shape is Shape.PARTS:
            for spot, number in sorted(shown.items(), key=lambda one: -one[1]):
                self._judge.may_tell({spot: number})
            return
        left = dict(shown)
        others = [spot for spot in self._in_order(rows) if spot in left]
        while left and not self._judge.may_tell(left):
            if not others:
                break
            del left[others.pop(0)]
        self._tell_again(rows, shown)

    def _tell_again(self, rows: dict[Spot, int], shown: dict[Spot, int]) -> None:
        """One by one, the largest first: not each of those left out was what stood in the way."""
        for spot in sorted(shown, key=lambda one: shown[one], reverse=True):
            hidden = [n for one, n in rows.items() if one != spot and not self._is_told(one)]
            if not self._is_told(spot) and not (hidden and is_found(sum(hidden), len(hidden))):
                self._judge.may_tell({spot: shown[spot]})

    def _is_told(self, spot: Spot) -> bool:
        return spot in self._judge.told


def _days(one: tuple[Spot, int]) -> int:
    (_key, where), _number = one
    return where.mask.bit_count()
