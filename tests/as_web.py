"""Requests with the rights of the pages, while the test around them keeps those of the owner."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse


@contextmanager
def web_role() -> Iterator[None]:
    """What happens meanwhile on this connection is done as the role of the pages."""
    # A test may have no database, or one that is away; a failed transaction gives the role back.
    with suppress(RuntimeError, DatabaseError):
        connection.ensure_connection()
    if connection.connection is None:
        yield
        return
    say(f"SET ROLE {settings.DATABASE_WEB_ROLE}")
    try:
        yield
    finally:
        if connection.connection is not None:
            with suppress(DatabaseError):
                say("RESET ROLE")


def say(sql: str) -> None:
    """Straight to the driver: tests count queries."""
    driver: Any = connection.connection
    with connection.wrap_database_errors, driver.cursor() as cursor:
        cursor.execute(sql)


def as_web(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware for the whole suite, or a part of it (`tests/databases.py --web`)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with web_role():
            response = get_response(request)
        if response.streaming:
            response.streaming_content = _streamed(response.streaming_content)
        return response

    return middleware


def _streamed(pieces: Any) -> Iterator[bytes]:
    with web_role():
        yield from pieces
