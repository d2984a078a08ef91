"""Decides what reading a list in would do, row by row; nothing is read or written here."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.duplicate import Duplicate, Reason
from people.duplicates import DuplicateFinder
from people.imports.person_names import PersonName
from people.imports.results import Fault, RowResult, Values
from people.imports.words import RowProblem
from people.names import full_name, normalise


class Verdict(TextChoices):
    """What happens with a row."""

    NEW = "new", _("nieuw")
    THERE = "there", _("staat er al")
    SKIPPED = "skipped", _("overgeslagen")
    PROBLEM = "problem", _("probleem")


@dataclass(frozen=True)
class Known:
    """A household that the STEK already has."""

    number: int
    name: PersonName
    adults: int
    children: int
    phone: str
    #: The number leads here since a merge; the list may still have the name of before.
    is_old_number: bool = False


@dataclass(frozen=True)
class Lookalike:
    """Somebody who may be meant: a household we have (`number`), or an earlier row of the list."""

    name: str
    number: int | None = None
    sheet: str = ""
    row: int | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Choices:
    """What a person decided about rows with a lookalike, by the place of the row."""

    skip: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PlannedRow:
    """A row, what would happen with it, and whom it may double."""

    result: RowResult
    verdict: Verdict
    lookalikes: tuple[Lookalike, ...] = ()

    @property
    def faults(self) -> tuple[Fault, ...]:
        return self.result.faults

    @property
    def values(self) -> Values | None:
        return self.result.values


@dataclass(frozen=True)
class Plan:
    """Everything that reading a list in would do."""

    rows: tuple[PlannedRow, ...]
    fingerprint: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fingerprint", self._fingerprint())

    def _fingerprint(self) -> str:
        """Changes when another household came in between looking and confirming."""
        said = "|".join(
            f"{row.result.place}:{row.verdict in {Verdict.NEW, Verdict.SKIPPED}}"
            for row in self.rows
        )
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    def with_verdict(self, *verdicts: Verdict) -> list[PlannedRow]:
        return [row for row in self.rows if row.verdict in verdicts]

    @property
    def new(self) -> list[PlannedRow]:
        return self.with_verdict(Verdict.NEW)

    @property
    def problems(self) -> list[PlannedRow]:
        return self.with_verdict(Verdict.PROBLEM)

    @property
    def doubtful(self) -> list[PlannedRow]:
        """Rows that a person may want to skip."""
        return [row for row in self.rows if row.lookalikes]

    @property
    def unsure(self) -> int:
        """Of the rows that will be read in: how many may be there twice."""
        return sum(row.verdict == Verdict.NEW for row in self.doubtful)

    @property
    def counts(self) -> dict[str, int]:
        """Rows by verdict, the form in which an import remembers them."""
        counted = {verdict.value: len(self.with_verdict(verdict)) for verdict in Verdict}
        return {**counted, "doubtful": len(self.doubtful)}


def make_plan(
    results: Iterable[RowResult],
    known: Sequence[Known],
    choices: Choices,
    *,
    finder: DuplicateFinder,
    taken: Iterable[int] = (),
) -> Plan:
    """Compare a list with the households that are there; `finder` knows them too.

    `taken` are numbers of households that were erased: they have no name, and stay given out.
    """
    by_number = {household.number: household for household in known}
    by_name: dict[tuple[str, ...], list[Known]] = {}
    for household in known:
        by_name.setdefault(_name_key(household.name), []).append(household)
    gone = frozenset(taken)
    planner = _Planner(by_number, by_name, gone, finder, choices)
    return Plan(tuple(planner.plan(result) for result in results))


@dataclass
class _Planner:
    by_number: dict[int, Known]
    by_name: dict[tuple[str, ...], list[Known]]
    gone: frozenset[int]
    finder: DuplicateFinder
    choices: Choices

    def plan(self, result: RowResult) -> PlannedRow:
        values = result.values
        if values is None:
            return PlannedRow(result, Verdict.PROBLEM)
        if values.number is None:
            same = self.by_name.get(_name_key(values.name), [])
            if any(_same_household(values, household) for household in same):
                return PlannedRow(result, Verdict.THERE)
            return self._new(result, values, skip=bool(same))
        if values.number in self.gone:
            return _taken(result, values)
        holder = self.by_number.get(values.number)
        if holder is None:
            return self._new(result, values, skip=False)
        if holder.is_old_number or _name_key(holder.name) == _name_key(values.name):
            return PlannedRow(result, Verdict.THERE)
        return _taken(result, values)

    def _new(self, result: RowResult, values: Values, *, skip: bool) -> PlannedRow:
        """A new household; one that may be there already is skipped only when a person says so.

        The exception is a name that is there while the row has no number to tell them apart:
        then skipping is what a person has to undo.
        """
        lookalikes = self._lookalikes(result, values)
        place = result.place
        skipped = place in self.choices.skip or (skip and place not in self.choices.keep)
        verdict = Verdict.SKIPPED if lookalikes and skipped else Verdict.NEW
        return PlannedRow(result, verdict, lookalikes)

    def _lookalikes(self, result: RowResult, values: Values) -> tuple[Lookalike, ...]:
        """Ask who may be meant, and then know this row for those that follow."""
        name = values.name
        found = self.finder.find(
            first_name=name.first,
            last_name=name.last,
            phone=values.phone,
            adults=values.adults,
            children=values.children,
        )
        self.finder.add_row(
            Lookalike(full_name(name.first, name.last), None, result.sheet, result.row),
            first_name=name.first,
            last_name=name.last,
            phone=values.phone,
            adults=values.adults,
            children=values.children,
        )
        return tuple(map(_lookalike, found))


def _lookalike(found: Duplicate) -> Lookalike:
    if found.household is not None:
        who = Lookalike(found.household.listed_name, found.household.number)
    else:
        assert isinstance(found.row, Lookalike)  # what `_lookalikes` gave the finder
        who = found.row
    return replace(who, reasons=found.reasons)


def _taken(result: RowResult, values: Values) -> PlannedRow:
    fault = Fault(RowProblem.NUMBER_TAKEN, str(values.number))
    return PlannedRow(replace(result, values=None, faults=(fault,), notices=()), Verdict.PROBLEM)


def _same_household(values: Values, known: Known) -> bool:
    return (values.adults, values.children, values.phone) == (
        known.adults,
        known.children,
        known.phone,
    )


def _name_key(name: PersonName) -> tuple[str, ...]:
    """The same for one name in any order, with or without accents and capitals."""
    words = normalise(name.first) + normalise(name.last)
    return tuple(sorted(words)) or (name.first.casefold(), name.last.casefold())
