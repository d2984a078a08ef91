"""The profile that Chromium leaves behind on a laptop: which words stand in which of its files."""

import contextlib
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

#: Of a gzip member, as an answer of ours lies in the cache.
GZIP = b"\x1f\x8b\x08"


def words_in(profile: Path, words: Iterable[str]) -> dict[str, list[str]]:
    """By word the files in which it stands: as UTF-8, UTF-16, in an address, or compressed."""
    spelt = {word: spellings(word) for word in words}
    found: dict[str, list[str]] = {}
    for path in sorted(one for one in profile.rglob("*") if one.is_file()):
        layers = list(_layers(path.read_bytes()))
        for word, forms in spelt.items():
            if any(form in layer for layer in layers for form in forms):
                found.setdefault(word, []).append(str(path.relative_to(profile)))
    return found


def spellings(word: str) -> set[bytes]:
    """In small letters, as what they are looked for in."""
    texts = {word, quote(word), quote_plus(word), word.replace(" ", "")}
    return {text.lower().encode(code) for text in texts for code in ("utf-8", "utf-16-le")}


def _layers(content: bytes) -> Iterator[bytes]:
    """The file itself, and all that was compressed in it."""
    yield content.lower()
    at = content.find(GZIP)
    while at >= 0:
        # Also of a member that is cut off, what is there.
        opened = zlib.decompressobj(wbits=31)
        with contextlib.suppress(zlib.error):
            yield opened.decompress(content[at:]).lower()
        at = content.find(GZIP, at + 1)
