"""The list of one opening and its totals: one value for the screen, the print and the close."""

from dataclasses import dataclass

from places.purposes import Purpose
from visits.models import Opening, Visit


@dataclass(frozen=True)
class Today:
    """Everything of one opening, latest first; voided visits are listed and not counted."""

    opening: Opening
    visits: tuple[Visit, ...]

    @classmethod
    def of(cls, opening: Opening) -> "Today":
        """One query, whatever the number of visits."""
        return cls(opening=opening, visits=tuple(Visit.objects.at(opening)))

    @property
    def counted(self) -> list[Visit]:
        return [visit for visit in self.visits if not visit.is_voided]

    @property
    def visit_count(self) -> int:
        return len(self.counted)

    @property
    def person_count(self) -> int:
        return sum(visit.persons for visit in self.counted)

    @property
    def question_count(self) -> int:
        return sum(visit.for_question for visit in self.counted)

    @property
    def anonymous_count(self) -> int:
        return sum(visit.household_id is None for visit in self.counted)

    @property
    def by_purpose(self) -> list[tuple[str, int]]:
        """How many visits had each reason, for the summary at the end of the day."""
        return [
            (str(purpose.label), sum(purpose in visit.purposes for visit in self.counted))
            for purpose in Purpose
        ]

    def find(self, visit_id: int) -> Visit | None:
        return next((visit for visit in self.visits if visit.pk == visit_id), None)
