"""What somebody outside knows, and what is true: numbers by what they count and where."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from reports.catalogue import Shape
from reports.report import Column, Report
from reports.safe.places import Axis, Where
from reports.safe.sites import Site, is_public, row_key, sites
from visits.period import Period

#: What is counted where.
Spot = tuple[str, Where]


@dataclass(frozen=True)
class Release:
    """One report that left before: what was true, and what was shown."""

    true: Report
    shown: Report


@dataclass
class Numbers:
    """By what they count, then by where."""

    by_key: dict[str, dict[Where, int]] = field(default_factory=dict)

    def of(self, key: str) -> dict[Where, int]:
        return self.by_key.setdefault(key, {})

    def masks(self, key: str) -> dict[int, int]:
        return {where.mask: number for where, number in self.by_key.get(key, {}).items()}


@dataclass(frozen=True)
class Links:
    """Which rows are parts of which total: by table."""

    rows: dict[str, dict[str, None]] = field(default_factory=dict)
    totals: dict[str, str] = field(default_factory=dict)
    shapes: dict[str, Shape] = field(default_factory=dict)

    def note(self, report: Report) -> None:
        for table in report.tables:
            if is_public(table) or table.shape in {Shape.FIGURES, Shape.TIME}:
                continue
            self.shapes[table.key] = table.shape
            self.totals[table.key] = str(table.measure and table.measure.value)
            rows = self.rows.setdefault(table.key, {})
            for row in table.rows:
                key = row_key(table.key, row.key)
                if table.shape is not Shape.MEAN or row.key != "all":
                    rows[key] = None

    def of_total(self, key: str) -> Iterator[str]:
        return (table for table, total in self.totals.items() if total == key)

    def of_row(self, key: str) -> Iterator[str]:
        return (table for table, rows in self.rows.items() if key in rows)


class Known:
    """Of what was released before, as far as it touches the days of the new report."""

    def __init__(self, report: Report, released: Collection[Release]) -> None:
        self.sites = tuple(sites(report))
        near = _near(report, released)
        kept = [
            (one, columns)
            for one in released
            if (columns := {place for place, c in enumerate(one.shown.columns) if _touch(c, near)})
        ]
        old = [site for one, columns in kept for site in sites(one.true, one.shown, columns)]
        about = [*report.columns, *(c for one, _ in kept for c in one.shown.columns)]
        self.axis = Axis(
            {site.period for site in (*self.sites, *old)} | {column.period for column in about},
            {pk for column in about for pk in column.stek_ids},
        )
        self.shown, self.true, self.links = Numbers(), Numbers(), Links()
        for one, _columns in kept:
            self.links.note(one.shown)
        self.links.note(report)
        self._take(old, self.true)
        self._take((site for site in old if not site.hidden), self.shown)
        #: Every number that was ever told of one thing, in whichever version.
        self.ever: dict[Spot, set[int]] = {}
        for site in old:
            if not site.hidden:
                self.ever.setdefault(self.spot(site), set()).add(site.number)
        for one, touching in kept:
            self._take_absent(one.shown, touching)
        self._take(self.sites, self.true)
        self._take_absent(report, range(len(report.columns)))

    def spot(self, site: Site) -> Spot:
        return site.key, self.axis.where(site.period, site.stek_ids)

    def _take(self, found: Iterable[Site], into: Numbers) -> None:
        for site in found:
            key, where = self.spot(site)
            into.of(key)[where] = site.number

    def _take_absent(self, report: Report, columns: Collection[int]) -> None:
        """A row that is not in a table is 0 there, and everybody sees that."""
        for table in report.tables:
            rows = self.links.rows.get(table.key)
            if rows is None:
                continue
            there = {row_key(table.key, row.key) for row in table.rows}
            for key in rows:
                if key not in there:
                    for place in columns:
                        column = report.columns[place]
                        where = self.axis.where(column.period, column.stek_ids)
                        self.shown.of(key).setdefault(where, 0)


def _near(report: Report, released: Collection[Release]) -> list[Period]:
    """The days of the report, and those that are tied to them by something that was released."""
    spans = [column.period for column in report.columns]
    others = {column.period for one in released for column in one.shown.columns}
    while found := [one for one in others if any(one.overlaps(span) for span in spans)]:
        spans += found
        others.difference_update(found)
    return spans


def _touch(column: Column, near: list[Period]) -> bool:
    return any(column.period.overlaps(one) for one in near)


def fields(numbers: Mapping[Where, int], span: int) -> dict[int, int]:
    """Those of exactly these days, by the bits of the STEKs."""
    return {where.steks: number for where, number in numbers.items() if where.span == span}
