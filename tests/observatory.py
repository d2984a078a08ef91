"""The score of the HTTP Observatory for one answer, by its published rules (as of 2024).

100 points to begin with; from 90 on what goes beyond that is added. Only what an answer of ours
can meet is spelt out; what it would lose by is an AssertionError, so that it is seen.
"""

import re
from dataclasses import dataclass
from typing import Any

BASE = 100
HALF_A_YEAR = 15_768_000
#: What the list of browsers (hstspreload.org) asks before it takes a host.
PRELOADABLE = 31_536_000
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


@dataclass(frozen=True)
class Scanned:
    """What the Observatory sees of one page over https, and where plain http leads."""

    headers: dict[str, str]
    cookies: dict[str, dict[str, Any]]
    page: str
    plain_leads_to: str
    #: Whether the host stands in the browsers' own list: up to whoever owns the name.
    preloaded: bool = False


def points(seen: Scanned) -> dict[str, int]:
    """By test, what comes on top of the first hundred."""
    return {
        "content-security-policy": _policy(seen),
        "cookies": _cookies(seen),
        "cross-origin-resource-sharing": _sharing(seen),
        "redirection": _redirection(seen),
        "referrer-policy": 5 if seen.headers["Referrer-Policy"] in PRIVATE else -5,
        "strict-transport-security": _transport(seen),
        "subresource-integrity": _integrity(seen),
        "x-content-type-options": 0 if seen.headers["X-Content-Type-Options"] == "nosniff" else -5,
        # By frame-ancestors, which says more than the older header.
        "x-frame-options": 5 if _sources(seen)["frame-ancestors"] == ["'none'"] else 0,
        "cross-origin-resource-policy": (
            10 if seen.headers["Cross-Origin-Resource-Policy"] == "same-origin" else 0
        ),
    }


def score(seen: Scanned) -> int:
    """What is below zero counts first; the rest only for who has 90 left."""
    found = points(seen).values()
    without = BASE + sum(one for one in found if one < 0)
    return without + (sum(one for one in found if one > 0) if without >= 90 else 0)


def _sources(seen: Scanned) -> dict[str, list[str]]:
    parts = [part.split() for part in seen.headers["Content-Security-Policy"].split(";")]
    return {part[0]: part[1:] for part in parts}


def _policy(seen: Scanned) -> int:
    sources = _sources(seen)
    everything = {one for values in sources.values() for one in values}
    assert not any("unsafe" in one for one in everything)
    assert not {"*", "http:", "https:"} & everything
    assert "data:" not in sources["script-src"] + sources["style-src"]
    none = sources["default-src"] == ["'none'"] and sources["base-uri"] == ["'none'"]
    return 10 if none and sources["form-action"] in (["'none'"], ["'self'"]) else 5


def _cookies(seen: Scanned) -> int:
    for name, cookie in seen.cookies.items():
        assert cookie.get("secure"), name
        assert cookie.get("httponly"), name
        assert cookie.get("samesite") in {"Lax", "Strict"}, name
    return 5 if seen.cookies else 0


def _sharing(seen: Scanned) -> int:
    assert "Access-Control-Allow-Origin" not in seen.headers
    return 0


def _redirection(seen: Scanned) -> int:
    assert seen.plain_leads_to.startswith("https://stek.example/")
    return 0


def _transport(seen: Scanned) -> int:
    said = seen.headers["Strict-Transport-Security"]
    found = re.search(r"max-age=(\d+)", said)
    assert found
    assert int(found[1]) >= HALF_A_YEAR
    # Ready for the list, so that whoever owns the name only has to ask.
    assert int(found[1]) >= PRELOADABLE
    assert {"includeSubDomains", "preload"} <= {part.strip() for part in said.split(";")}
    return 5 if seen.preloaded else 0


def _integrity(seen: Scanned) -> int:
    """Scripts of the own origin need none; those of others there are not."""
    scripts = re.findall(r"<script\b[^>]*\bsrc=\"([^\"]+)\"", seen.page)
    assert all(re.match(r"/(?!/)", one) for one in scripts)
    return 0
