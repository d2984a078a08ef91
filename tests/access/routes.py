"""The routes of the house by walking the URLconf, and the address of one with somebody's rows."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.doors import DOORS, OF_NO_STEK
from tests.access.without_role import ANY_ACCOUNT, PUBLIC


def routes(patterns: list[Any] | None = None, namespace: str = "") -> Iterator[str]:
    """By name; those of the office are told apart by it: they begin with `admin:`."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            name = pattern.namespace
            yield from routes(pattern.url_patterns, f"{name}:" if name else namespace)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"


def view_of(name: str) -> Any:
    resolver: Any = get_resolver()
    for part in name.split(":")[:-1]:
        resolver = resolver.namespace_dict[part][1]
    return next(
        pattern.callback
        for pattern in _flat(resolver.url_patterns)
        if pattern.name == name.rsplit(":", maxsplit=1)[-1]
    )


def _flat(patterns: list[Any]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        elif not pattern.namespace:
            yield from _flat(pattern.url_patterns)


def ids_of(name: str) -> tuple[str, ...]:
    """What stands in its address and its form."""
    if name in DOORS:
        return DOORS[name][2]
    return (PUBLIC.get(name) or ANY_ACCOUNT[name])[1]


def is_of_a_stek(name: str) -> bool:
    """Whether the address or the form says which row of which STEK."""
    return bool({*ids_of(name)} - OF_NO_STEK)


def address(name: str, rows: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The address with the ids of these rows, and the ids that go in the form."""
    kwargs, form = {}, {}
    for spec in ids_of(name):
        argument, row = spec.split(":")
        if argument == "form":
            form[row] = rows[row]
        else:
            kwargs[argument] = rows[row]
    return reverse(name, kwargs=kwargs), form
