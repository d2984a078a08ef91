"""Keeps what the public page shows for half a minute, in the memory of this process."""

import time
from collections.abc import Callable, Hashable
from hashlib import sha256
from typing import NamedTuple, TypeVar

from django.core.cache import caches
from django.utils import translation

from places.languages import VisitorLanguage
from places.models import Stek

#: Seconds. What is kept is made anew at each whole half minute, so that no page is older than
#: that, and the one of 13 o'clock says what holds from 13 o'clock on.
HALF_MINUTE = 30

Made = TypeVar("Made", str, bytes)


class Place(NamedTuple):
    """What an address needs to know of a STEK."""

    pk: int
    name: str
    slug: str


def places() -> list[Place]:
    """The STEKs of this installation, the first one first; one query."""
    rows = Stek.objects.order_by("pk").values_list("pk", "name", "slug")
    return [Place(*row) for row in rows]


def kept(what: Hashable, language: VisitorLanguage, make: Callable[[], Made]) -> Made:
    """The same of this half minute, or what `make` makes of it now, in this language."""
    moment = int(time.time()) // HALF_MINUTE
    name = repr((what, language.code, moment))
    pages, full_key = caches["pages"], sha256(name.encode()).hexdigest()
    found: Made | None = pages.get(full_key)
    if found is None:
        with translation.override(language.code):
            found = make()
        pages.set(full_key, found, timeout=HALF_MINUTE)
    return found
