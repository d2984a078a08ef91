"""Brings the spellings of one referrer together: "OCMW", "O.C.M.W." and "ocmw kalmthout".

Every municipality has one OCMW, so an OCMW without a place is that of the STEK's own town, and
"OCMW Essen" is another one. A CAW or a LIGO works for a region: when a list names one place only
("CAW Antwerpen"), the bare "CAW" is taken for that one; when it names two, each stays apart.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

LOCAL = frozenset({"ocmw", "cpas", "sociaalhuis", "gemeente"})
REGIONAL = frozenset({"caw", "ligo", "cgg", "saamo", "cab", "vdab"})
SAME_AS = {
    "openbaarcentrumvoormaatschappelijkwelzijn": "ocmw",
    "cpas": "ocmw",
    "centrumvooralgemeenwelzijnswerk": "caw",
    "centrumalgemeenwelzijnswerk": "caw",
}
SMALL_WORDS = frozenset({"van", "te", "de", "het", "in", "uit", "regio", "via"})
WRITTEN = {
    "ocmw": "OCMW",
    "caw": "CAW",
    "ligo": "LIGO",
    "cgg": "CGG",
    "vdab": "VDAB",
    "saamo": "SAAMO",
}


def referrer_key(text: str, *, town: str) -> str:
    """Return the key that all spellings of one referrer share; empty when there is none."""
    organisation, place = _parts(text)
    if organisation in LOCAL and place in {"", _plain(town)}:
        place = _plain(town)
    return f"{organisation} {place}".strip()[:80]


def referrer_name(text: str, *, town: str) -> str:
    """Write a referrer as it is shown: "OCMW Kalmthout", whatever the list says."""
    organisation, place = _parts(text)
    if organisation not in WRITTEN:
        return " ".join(text.split())
    if organisation in LOCAL and place in {"", _plain(town)}:
        return f"{WRITTEN[organisation]} {town}".strip()
    return f"{WRITTEN[organisation]} {place.title()}".strip()


def merge_regional(keys: Iterable[str]) -> dict[str, str]:
    """Map a bare regional referrer to the only one with a place: {"caw": "caw antwerpen"}."""
    places: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        organisation, _space, place = key.partition(" ")
        if organisation in REGIONAL and place:
            places[organisation].add(key)
    return {name: found.pop() for name, found in places.items() if len(found) == 1}


def _parts(text: str) -> tuple[str, str]:
    """Split "O.C.M.W. van Essen" in ("ocmw", "essen"); unknown organisations are one part."""
    words = [word for word in _plain(text).split() if word]
    for count in range(len(words), 0, -1):
        joined = "".join(words[:count])
        organisation = SAME_AS.get(joined, joined)
        if organisation in LOCAL | REGIONAL:
            place = " ".join(word for word in words[count:] if word not in SMALL_WORDS)
            return organisation, place
    return " ".join(words), ""


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[\W_]+", " ", letters).split())
