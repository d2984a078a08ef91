"""Ids that nothing has, and worse, in every address with an id: never an error of the server."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.hostile.sending import ask, undone

pytestmark = pytest.mark.django_db

PART = re.compile(r"<(?:(\w+):)?\w+>")
#: What stands in an address, by the kind of part; percent-encoded where a browser would.
BAD: dict[str, list[str]] = {
    "int": ["0", "9223372036854775807", "9223372036854775808", "9" * 30, "9" * 5000, "-1", "%00"],
    "uuid": ["00000000-0000-0000-0000-000000000000", "x", "6f0d6c3e64c14c1c9a5e0123456789ab"],
    "slug": ["x", "__proto__", "x" * 5000, "eigen-" + "9" * 30, "eigen-0", "%00"],
    "str": ["x", "%00", "'", "%ed%a0%80", "%0d%0aX:%20y", "2026-W99", "2026-Q0", "9" * 5000],
    "path": ["1%27", "9" * 30, "_5F", "%00", "..%2f..%2f", "%ed%a0%80", "-1", "1e5"],
    "day": ["2026-02-30", "0000-00-00", "9999-12-31", "0001-01-01", "x", "%00"],
    "row": ["x", "%00", "name:%00", "id:" + "9" * 30, "%ed%a0%80", "x" * 5000],
}


def _routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and PART.search(route):
            yield route


ROUTES = sorted({one for one in _routes(get_resolver().url_patterns) if "^" not in one})


ALLOWED = {200, 302, 401, 403, 404, 405, 422}


def _filled(route: str, turn: int) -> str:
    """Every part bad, or the first good and the others bad: a later one is looked at too."""
    place = iter(range(100))

    def value(found: re.Match[str]) -> str:
        at, kind = next(place), found[1] or "str"
        if turn % 2 and at == 0 and kind == "int":
            return "1"
        return BAD[kind][(turn + at) % len(BAD[kind])]

    return "/" + PART.sub(value, route)


def test_every_kind_of_part_is_known():
    assert {kind or "str" for route in ROUTES for kind in PART.findall(route)} <= BAD.keys()
    assert len(ROUTES) > 150


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_bad_ids_are_not_found_and_never_an_error(world, method):
    wrong = []
    for number, route in enumerate(ROUTES):
        for turn in range(number, number + 2):
            address = _filled(route, turn)
            client = world.stranger if turn % 3 == 2 else world.coordinator
            with undone():
                answer = ask(client, method, address, b"x=1" if method == "POST" else b"")
            if answer.status_code not in ALLOWED:
                wrong.append(f"{method} {address[:120]} {answer.status_code}")
    assert wrong == []
