"""The list of one opening and its totals: one value for the screen, the print and the close."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.utils.translation import get_language

from people.names import short_name
from places.purposes import Purpose
from visits.eligibility import VoidReason
from visits.line import Place, place_of
from visits.models import Opening, Visit

_PURPOSE_FIELDS = [f"for_{purpose.value}" for purpose in Purpose]
_FIELDS = [
    "pk",
    "arrived_at",
    "adults",
    "children",
    "queue_number",
    "void_reason",
    "turn__pk",
    "turn__end",
    "household__number",
    "household__first_name",
    "household__last_name",
    *_PURPOSE_FIELDS,
]


@lru_cache(maxsize=8)
def _labels_in(language: str) -> dict[Purpose, str]:
    return {purpose: str(purpose.label) for purpose in Purpose}


def _labels() -> dict[Purpose, str]:
    """The words of the reasons, looked up once per language instead of once per tag."""
    return _labels_in(get_language() or "")


@dataclass(frozen=True, slots=True)
class Line:
    """One visit as the list shows it. Not a model: the list is drawn after every check-in."""

    pk: int
    arrived_at: dt.datetime | None
    persons: int
    queue_number: int | None
    #: Empty when the visit counts.
    void_reason: str
    #: None: people without a name.
    number: int | None
    #: First name and initial; empty for who was erased.
    name: str
    purposes: tuple[Purpose, ...]
    #: In the line for a question.
    place: Place

    @property
    def was_helped(self) -> bool:
        return self.place is Place.HELPED

    @property
    def has_left(self) -> bool:
        return self.place is Place.LEFT

    @property
    def tags(self) -> list[tuple[str, bool]]:
        """The reasons in words, and whether it is the question, which has a number."""
        return [(_labels()[p], p == Purpose.QUESTION) for p in self.purposes]

    @classmethod
    def of(cls, row: tuple) -> "Line":
        pk, arrived_at, adults, children, queue_number, void_reason, turn_id, end, *rest = row
        number, first_name, last_name, *ticks = rest
        purposes = tuple(p for p, ticked in zip(Purpose, ticks, strict=True) if ticked)
        return cls(
            pk=pk,
            arrived_at=arrived_at,
            persons=adults + children,
            queue_number=queue_number,
            void_reason=str(VoidReason(void_reason).label) if void_reason else "",
            number=number,
            name=short_name(first_name, last_name) if number else "",
            purposes=purposes,
            place=place_of(
                for_question=Purpose.QUESTION in purposes,
                taken=turn_id is not None,
                end=end or "",
            ),
        )


@dataclass(frozen=True)
class Today:
    """Everything of one opening, latest first; voided visits are listed and not counted."""

    opening: Opening
    lines: tuple[Line, ...]

    @classmethod
    def of(cls, opening: Opening) -> "Today":
        """One query, whatever the number of visits."""
        rows = Visit.objects.at(opening).values_list(*_FIELDS)
        return cls(opening=opening, lines=tuple(map(Line.of, rows)))

    @cached_property
    def counted(self) -> list[Line]:
        return [line for line in self.lines if not line.void_reason]

    @cached_property
    def visit_count(self) -> int:
        return len(self.counted)

    @cached_property
    def person_count(self) -> int:
        return sum(line.persons for line in self.counted)

    @cached_property
    def question_count(self) -> int:
        return sum(Purpose.QUESTION in line.purposes for line in self.counted)

    @cached_property
    def waiting_count(self) -> int:
        return sum(line.place is Place.WAITING for line in self.counted)

    @cached_property
    def anonymous_count(self) -> int:
        return sum(line.number is None for line in self.counted)

    @cached_property
    def by_purpose(self) -> list[tuple[str, int]]:
        """How many visits had each reason, for the summary at the end of the day."""
        return [
            (str(purpose.label), sum(purpose in line.purposes for line in self.counted))
            for purpose in Purpose
        ]
