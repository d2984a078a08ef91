"""What somebody may send to do harm, by class, and the names that must pass all the same.

A class has one verdict as a name: `TEXT` is stored and shown as text, `REFUSED` is refused with a
word at the field. Nothing of it may ever be run, or break a page. `forms/` holds every form that is
posted; `python -m tests.hostile` sends every string to every field, on both engines.
"""

from collections import Counter
from dataclasses import dataclass

from tests.hostile.harmless import BROKEN
from tests.hostile.harmless import TEXT as TEXT
from tests.hostile.names import NAMES as NAMES
from tests.hostile.refused import REFUSED as REFUSED


@dataclass(frozen=True)
class Hostile:
    """One string; `is_name` says whether a name may look like this."""

    kind: str
    text: str
    is_name: bool

    @property
    def arrives(self) -> str:
        """What a form is handed of it."""
        return self.text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


HOSTILE = [
    Hostile(kind, text, is_name)
    for classes, is_name in ((TEXT, True), (BROKEN, True), (REFUSED, False))
    for kind, texts in classes.items()
    for text in texts
]

#: Each name as somebody types it in one field.
RIGHTFUL = [
    Hostile("rightful", text, is_name=True)
    for text in dict.fromkeys(part for name in NAMES for part in name if part)
]


def some_of_each(many: int) -> list[Hostile]:
    """So many of each class, for what is too slow to meet them all, and no halves of signs."""
    seen: Counter[str] = Counter()
    found = []
    for one in HOSTILE:
        seen[one.kind] += 1
        if seen[one.kind] <= many and one.kind not in BROKEN:
            found.append(one)
    return found
