"""The line for a question at one opening: who waits, who is with whom, who was helped."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from people.names import short_name
from visits.models import Opening, QueueTurn, Visit


class Place(Enum):
    """Where somebody stands; the value is what templates ask for."""

    #: Here, and not for a question.
    NOWHERE = "nowhere"
    WAITING = "waiting"
    TAKEN = "taken"
    HELPED = "helped"
    LEFT = "left"


def place_of(*, for_question: bool, taken: bool, end: str) -> Place:
    """`taken`: there is a turn; `end`: how it ended, if it did."""
    if not for_question:
        return Place.NOWHERE
    if not taken:
        return Place.WAITING
    return {
        "": Place.TAKEN,
        QueueTurn.End.HELPED.value: Place.HELPED,
        QueueTurn.End.LEFT.value: Place.LEFT,
    }[end]


@dataclass(frozen=True, slots=True)
class LineEntry:
    """One visitor of today; no more of a name than others in the room may see."""

    visit_id: int
    household_id: int | None
    #: Customer number; None: people without a name.
    number: int | None
    name: str
    persons: int
    queue_number: int | None
    place: Place
    arrived_at: dt.datetime | None
    helper_id: int | None
    helper: str
    taken_at: dt.datetime | None

    def waited(self, now: dt.datetime) -> int | None:
        """Minutes since the check-in."""
        if self.arrived_at is None:
            return None
        return max(0, int((now - self.arrived_at).total_seconds() // 60))


_FIELDS = (
    "pk",
    "household_id",
    "household__number",
    "household__first_name",
    "household__last_name",
    "adults",
    "children",
    "queue_number",
    "for_question",
    "arrived_at",
    "turn__pk",
    "turn__end",
    "turn__taken_at",
    "turn__taken_by_id",
    "turn__taken_by__first_name",
    "turn__taken_by__username",
)


@dataclass(frozen=True)
class QueueLine:
    """Everybody of one opening, by queue number."""

    opening: Opening
    entries: tuple[LineEntry, ...]

    @classmethod
    def of(cls, opening: Opening) -> "QueueLine":
        """One query, whatever the number of visitors."""
        rows = Visit.objects.counted().in_line_order(opening).values_list(*_FIELDS)
        return cls(opening, tuple(map(_entry, rows)))

    @property
    def waiting(self) -> list[LineEntry]:
        return [entry for entry in self.entries if entry.place is Place.WAITING]

    @property
    def in_line(self) -> list[LineEntry]:
        """Who waits or is being helped: those whom closing the day would forget."""
        return [e for e in self.entries if e.place in {Place.WAITING, Place.TAKEN}]

    @property
    def others(self) -> list[LineEntry]:
        """Here today and not in the line, the latest first."""
        there = [e for e in self.entries if e.place not in {Place.WAITING, Place.TAKEN}]
        return there[::-1]

    def entry_of(self, visit_id: int) -> LineEntry | None:
        return next((entry for entry in self.entries if entry.visit_id == visit_id), None)


def _entry(row: tuple) -> LineEntry:
    (pk, household_id, number, first_name, last_name, adults, children, queue_number) = row[:8]
    (for_question, arrived_at, turn_id, end, taken_at, helper_id, helper, username) = row[8:]
    return LineEntry(
        visit_id=pk,
        household_id=household_id,
        number=number,
        name=short_name(first_name, last_name) if household_id else "",
        persons=adults + children,
        queue_number=queue_number,
        place=place_of(for_question=for_question, taken=turn_id is not None, end=end or ""),
        arrived_at=arrived_at,
        helper_id=helper_id,
        helper=helper or username or "",
        taken_at=taken_at,
    )
