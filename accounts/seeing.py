"""Which STEKs the database shows to this connection: row-level security, which PostgreSQL has.

It is the wall behind `visible_to` (docs/decisions/0023). Nothing said: no row of any STEK.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection
from django.http import HttpRequest, HttpResponse

#: What the policies read; `stek/wall/policies.py` makes them.
SETTING = "stek.seen"
_SAY = f"SELECT set_config('{SETTING}', %s, false)"
#: The key is a hash of what somebody holds; only the database knows which STEKs it leads to.
_SAY_BEHIND_KEY = f"SELECT set_config('{SETTING}', COALESCE(stek_behind_key(%s)::text, ''), false)"

View = Callable[..., HttpResponse]

_thread = threading.local()


@contextmanager
def seeing(stek_ids: Iterable[int]) -> Iterator[None]:
    """Rows of these STEKs are there meanwhile, and of no other; after it as it was before."""
    with _saying(_SAY, _array(stek_ids)):
        yield


@contextmanager
def seeing_behind(key_hash: str) -> Iterator[None]:
    """The same for whoever has no account and holds a key: the STEKs to which that leads."""
    with _saying(_SAY_BEHIND_KEY, key_hash):
        yield


def behind_key(hash_of: Callable[[str], str]) -> Callable[[View], View]:
    """For a view whose address holds a key; what it answers to a wrong one is up to itself."""

    def door(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: str) -> HttpResponse:
            (key,) = kwargs.values()
            with seeing_behind(hash_of(key)):
                return view(request, **kwargs)

        return guarded

    return door


def show_own_steks(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: every STEK where somebody holds a role now; the pages narrow it to one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # Also of who has no role yet in this session: setting up a second factor is noted too.
        memberships = getattr(request.user, "current_memberships", ())
        if not memberships:
            return get_response(request)
        with seeing(membership.stek_id for membership in memberships):
            return get_response(request)

    return middleware


def is_key_elsewhere(error: IntegrityError) -> bool:
    """Whether the key of a form is in use in another STEK, whose row nobody here may know of."""
    diagnosis = getattr(error.__cause__, "diag", None)
    broken = getattr(diagnosis, "constraint_name", None) or ""
    return bool(settings.DATABASE_WEB_ROLE) and "request_id" in broken


def _array(stek_ids: Iterable[int]) -> str:
    """As PostgreSQL writes an array."""
    return "{" + ",".join(str(int(one)) for one in stek_ids) + "}"


@contextmanager
def _saying(sql: str, value: str) -> Iterator[None]:
    if not settings.DATABASE_WEB_ROLE:
        yield
        return
    before = getattr(_thread, "said", "")
    _thread.said = _tell(sql, value)
    try:
        yield
    finally:
        _thread.said = before
        _tell_again(before)


def _tell(sql: str, value: str) -> str:
    # Straight to the driver: it is no query of a page, and pages count theirs.
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    driver: Any = connection.connection
    with connection.wrap_database_errors, driver.cursor() as cursor:
        cursor.execute(sql, [value])
        said: str = cursor.fetchone()[0]
    return said


def _tell_again(value: str) -> None:
    """Connections live on: the next request on this one must not find what this one said."""
    if connection.connection is None:
        return
    try:
        _tell(_SAY, value)
    except DatabaseError:
        # A transaction that failed takes what was said in it back by itself. Outside one, nobody
        # knows what the database remembers: the next request gets a new connection.
        if not connection.in_atomic_block:
            connection.close()
