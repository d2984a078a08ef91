"""What a browser fetches for a first page, and again when it has the rest already."""

import re
from dataclasses import dataclass

from bench.client import Answer, Client
from bench.over_http import expect_ok

_LINKED = re.compile(r'<(?:link|script|img|use)\b[^>]*?\b(?:href|src)="(/[^"#?]+)')
_IN_CSS = re.compile(r"@font-face\s*\{(.*?)\}", re.DOTALL)
_IMPORTED = re.compile(r'\bimport\b[^"\';]*["\']([^"\']+)["\']')


@dataclass(frozen=True)
class Weight:
    """Bytes over the wire, headers included, and requests."""

    first: int
    requests: int
    cached: int
    #: address and bytes, the heaviest first
    parts: tuple[tuple[str, int], ...]


def weigh(client: Client, path: str) -> Weight:
    page = expect_ok(client.get(path))
    letters = set(page.text)
    answers = {path: page}
    waiting = list(dict.fromkeys(_LINKED.findall(page.text)))
    while waiting:
        address = waiting.pop(0)
        if address in answers or not address.startswith("/static/"):
            continue
        answer = answers[address] = expect_ok(client.get(address))
        if address.endswith(".css"):
            waiting += _fonts(answer.text, address, letters)
        elif address.endswith(".js"):
            waiting += [_resolve(name, address) for name in _IMPORTED.findall(answer.text)]
    again = {a: answer for a, answer in answers.items() if not _is_kept(answer)}
    parts = sorted(((a, answer.wire) for a, answer in answers.items()), key=lambda p: -p[1])
    return Weight(
        first=sum(answer.wire for answer in answers.values()),
        requests=len(answers),
        cached=sum(answer.wire for answer in again.values()),
        parts=tuple(parts),
    )


def _is_kept(answer: Answer) -> bool:
    return "immutable" in answer.headers.get("cache-control", "")


def _resolve(name: str, base: str) -> str:
    if name.startswith("/"):
        return name
    parts = base.split("/")[:-1]
    for part in name.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _fonts(css: str, base: str, letters: set[str]) -> list[str]:
    """Font files of which the page shows at least one letter, as a browser decides it."""
    found = []
    for face in _IN_CSS.findall(css):
        address = re.search(r'url\(["\']?([^"\')]+)["\']?\)', face)
        ranges = re.search(r"unicode-range:([^;}]+)", face)
        if address and (ranges is None or any(_covers(ranges[1], ord(c)) for c in letters)):
            found.append(_resolve(address[1], base))
    return found


def _covers(ranges: str, point: int) -> bool:
    for part in ranges.split(","):
        first, _dash, last = part.strip().upper().removeprefix("U+").partition("-")
        if int(first, 16) <= point <= int(last or first, 16):
            return True
    return False
