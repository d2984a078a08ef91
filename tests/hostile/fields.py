"""What the fields of forms take, by their name."""

from places.sensitive import clean_name
from tests.hostile import Hostile

#: Somebody writes here: what it takes is decided by the class of the string.
WORDS = {
    "first_name", "last_name", "extra", "what", "title", "why", "who", "place", "ask_for",
    "recipient", "name", "task", "reason_words", "line", "fee", "street", "town",
}  # fmt: skip
#: The same with more room, so that what is too long elsewhere may fit.
LONG_WORDS = {
    "conditions", "area", "how_to_reach", "description", "bottleneck", "proposal", "problem",
    "answer", "example", "note", "text", "correction",
}  # fmt: skip
WRITTEN = WORDS | LONG_WORDS
#: Nothing else on the form depends on what stands here, so all of these may be wrong at once.
TYPED = WRITTEN | {
    "adults", "children", "number", "position", "participants", "day", "to_day", "due", "until",
    "first", "last", "first_day", "last_day", "valid_from", "valid_until", "time", "opens_at",
    "closes_at", "starts_at", "ends_at", "from", "till", "email", "phone", "website",
    "social_map", "postcode", "q", "code", "username", "password", "password1", "login",
}  # fmt: skip

#: What a field of another kind may take of all strings, on either engine.
WHOLE = {
    "0", "00", "1", "2", "1.0", "0.0", "007", "30", "31", "1_000", "1." + "0" * 300, "１２", "٣",
    "999999", "5.", "46000", "20261125", "65536", "0777", "١٢", "०१२", "٢٠٢٦", "1000000",
    "-0", "0" * 400, "+32",
}  # fmt: skip
#: Beside a visit, which says itself at which opening it was, any number does.
LARGE = {
    "2147483647", "2147483648", "4294967296", "9007199254740993", "85073003328",
    "８５０７３００３３２８", "٨٥٠٧٣٠٠٣٣٢٨",
}  # fmt: skip
KEYS = {
    "00000000-0000-0000-0000-000000000000",
    "6f0d6c3e64c14c1c9a5e0123456789ab",
    "{6f0d6c3e-64c1-4c1c-9a5e-0123456789ab}",
    "urn:uuid:6f0d6c3e-64c1-4c1c-9a5e-0123456789ab",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "6F0D6C3E-64C1-4C1C-9A5E-0123456789AB",
}
EARLY = {"02:30", "1.5", "1.0", "00:00", "2:30", "2u30", "02u30", "02:59:59", "0.0", "1:2"}
LATE = {"23:59:60", "23:59:59.999999"}
DAYS = {"2026-10-25", "2027-03-28", "2027-10-31", "31/10/2027", "25.11.2026", "20261125"} | {
    "46000", "2126-01-01", "29/02/2028", "1/1/26", "1970-01-01", "1926-01-01", "0001-01-01",
    "2026-02-29", "9999-12-31", "2026-03-29 02:30", "2026-03-29T02:30", "2026-10-25 02:30",
    "2026-10-25T02:30:00", "25/10/2026 02:30", "2027-03-28 02:30", "28/03/2027 02:30",
    "2027-10-31 02:30",
}  # fmt: skip
COUNTS = {
    "adults", "children", "number", "position", "participants", "version", "household", "theme",
    "help_types", "keep", "one_version", "other_version", "of_name",
    "of_phone", "of_language", "of_size", "of_access",
}  # fmt: skip
WHEN = {
    "day", "to_day", "due", "until", "first", "last", "first_day", "last_day", "valid_from",
    "valid_until", "about_day",
}  # fmt: skip
TAKES: dict[str, set[str]] = {
    **dict.fromkeys(COUNTS, WHOLE),
    "opening": WHOLE | LARGE,
    **dict.fromkeys(WHEN, DAYS),
    **dict.fromkeys(("time", "opens_at", "closes_at", "starts_at", "ends_at"), EARLY | LATE),
    "request_id": KEYS,
    "set": {"grocery-1"},
    "only": {"grocery", "coffee"},
    "reason": {"once", "undone", "papers", "moved", "mistake"},
    "language": {"nl"},
    "outcome": set(),
    "tables": {"meet"},
    "subject": set(),
    "file_format": {"csv", "xlsx"},
    "format": {"csv", "xlsx"},
    "minutes": {"30"},
    "for_whom": {"role-helper"},
}


def ending(field: str) -> str:
    """Its own name: a form in a set has a prefix before it."""
    return field.rsplit("-", maxsplit=1)[-1]


def is_written(field: str) -> bool:
    return ending(field) in WRITTEN


def may_take(field: str, one: Hostile) -> bool:
    """Whether this may be kept, whatever else is on the form."""
    name = ending(field)
    if name in WORDS:
        return one.is_name
    if name in LONG_WORDS:
        return one.is_name or one.kind == "long"
    return name not in TAKES or one.text in TAKES[name]


def must_take(field: str, one: Hostile) -> bool:
    """Sixty letters find room everywhere."""
    return is_written(field) and one.is_name and len(clean_name(one.arrives)) <= 60
