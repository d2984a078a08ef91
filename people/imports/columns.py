"""Recognises what a column holds from its heading, and which columns are never read in."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from people.imports.headings import FIELD_HEADINGS, NEVER_HEADINGS
from people.imports.words import NAME_FIELDS, REPEATABLE_FIELDS, Field, NeverRead

FREE_TEXT_LENGTH = 60
"""A column we don't know with cells longer than this holds notes, whatever it is called."""

# A shorter word says too little about the rest of the heading.
SHORTEST_START = 5
MAY_GO_ON = (
    Field.ADULTS,
    Field.CHILDREN,
    Field.SIZE,
    Field.PHONE,
    Field.VALID_UNTIL,
    Field.REFERRER,
)

TOTAL = re.compile(r"^(sub|eind|algemeen |grand )?(totaal|totalen|total)\b", re.IGNORECASE)


def plain(heading: str) -> str:
    """Reduce a heading to lower-case words: "# Volw." becomes "aantal volw"."""
    text = "nr" if heading.strip() == "#" else heading.casefold()
    text = re.sub(r"#|\baant\.", " aantal ", text)
    text = re.sub(r"\b([a-z])\.(?=[a-z]\b)", r"\1", text)  # "r.r.n." is one word
    text = unicodedata.normalize("NFKD", re.sub("['’]", "", text))
    text = "".join(character for character in text if not unicodedata.combining(character))
    text = text.replace("+", " plus ").replace("&", " en ")
    words = re.sub(r"[^a-z0-9]+", " ", text).split()
    return " ".join(words)


def field_of(heading: str) -> Field:
    """Say what a heading announces; `Field.SKIP` when we don't know."""
    if never_read_by(heading):
        return Field.SKIP
    text = plain(heading)
    field = _exact(text) or _exact_of_several(text)
    if field:
        return field
    starts = [
        (len(known), field)
        for field in MAY_GO_ON
        for known in FIELD_HEADINGS[field]
        if len(known) >= SHORTEST_START or known in {"gsm", "tel"}
        if text.startswith(known + " ")
    ]
    return max(starts, default=(0, Field.SKIP))[1]


def _exact(text: str) -> Field:
    for field, headings in FIELD_HEADINGS.items():
        if text in headings:
            return field
    return Field.SKIP


def _exact_of_several(text: str) -> Field:
    """Know "gsm 2" and "lid 3"; a "kind 1" is a name and no number of children."""
    field = _exact(re.sub(r" \d+$", "", text))
    return field if field in REPEATABLE_FIELDS else Field.SKIP


def never_read_by(heading: str) -> NeverRead | None:
    """Say why a column with this heading is never read in, or None."""
    text = plain(heading)
    for reason, headings in NEVER_HEADINGS.items():
        for known in headings:
            if text == known or (len(known) >= SHORTEST_START and text.startswith(known)):
                return reason
            if len(known) > SHORTEST_START and f" {known}" in text:
                return reason
    return None


def score(row: Sequence[str]) -> int:
    """Count how many different headings we know in a row; 0 when no name is among them."""
    known = {field_of(cell) for cell in row} - {Field.SKIP}
    if not known & NAME_FIELDS:
        return 0
    refused = {reason for cell in row if (reason := never_read_by(cell))}
    return len(known) + len(refused)


def find_header(rows: Sequence[Sequence[str]], look_at: int = 30) -> int | None:
    """Return the index of the row with the headings: titles and empty rows may stand above it."""
    scores = [(score(row), -index) for index, row in enumerate(rows[:look_at])]
    best, index = max(scores, default=(0, 0))
    return -index if best else None


def is_second_header(row: Sequence[str]) -> bool:
    """Tell whether a row under the headings divides them: "# volw" and "# kind" under "Gezin"."""
    filled = [cell for cell in row if cell]
    return bool(filled) and all(field_of(cell) or never_read_by(cell) for cell in filled)


def fallback_header(rows: Sequence[Sequence[str]]) -> int:
    """Where no heading is known: the first row with at least two filled cells, or the first one."""
    for index, row in enumerate(rows):
        if sum(bool(cell) for cell in row) >= 2:
            return index
    return 0


def suggest(headings: Iterable[str]) -> list[Field]:
    """Suggest a field for every column; a field that stands twice is only taken once."""
    fields: list[Field] = []
    for heading in headings:
        field = field_of(heading)
        if field in fields and field not in REPEATABLE_FIELDS:
            field = Field.SKIP
        fields.append(field)
    return _with_whole_names(fields)


def _with_whole_names(fields: list[Field]) -> list[Field]:
    """A column "Naam" without a column "Voornaam" holds both, family name first as lists do."""
    if Field.LAST_NAME in fields and Field.FIRST_NAME not in fields:
        return [Field.LAST_FIRST if field == Field.LAST_NAME else field for field in fields]
    return fields
