"""Whether texts that stand together are about somebody of one household: by name, or by phone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from people.models import Household, Member
from people.names import normalise

#: Of a phone number: enough to know it by, however it is written.
LAST_DIGITS = 8


@dataclass(frozen=True)
class Sought:
    """One row too many is found rather than one too few: the same words in a name count."""

    names: tuple[frozenset[str], ...]
    phone: str

    @classmethod
    def of(cls, household: Household) -> "Sought":
        """While the names are still there; one query."""
        people = [(household.first_name, household.last_name)]
        people += Member.objects.of_household(household).values_list("first_name", "last_name")
        names = tuple(frozenset(normalise(" ".join(one))) for one in people)
        return cls(names, _digits(household.phone)[-LAST_DIGITS:])

    def is_in(self, texts: Sequence[str]) -> bool:
        if len(self.phone) == LAST_DIGITS and any(self.phone in _digits(one) for one in texts):
            return True
        words = {word for text in texts for word in normalise(text)}
        return any(name and name <= words for name in self.names)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
