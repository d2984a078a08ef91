"""Requests with the rights of the pages, while the test around them keeps those of the owner.

On PostgreSQL the journeys below run behind the second wall. One that fails there only lacks a right
or a STEK (stek/wall/owned.py, accounts/seeing.py).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

ROOT = Path(__file__).parent
#: Counter, table, referral and answer, week, report, API, office, public page, second factor,
#: erasing.
JOURNEYS = {
    ROOT / "accounts" / "test_code_at_sign_in.py",
    ROOT / "accounts" / "test_second_factor.py",
    ROOT / "accounts" / "test_second_factor_lost.py",
    ROOT / "forms_help" / "test_questions.py",
    ROOT / "people" / "test_access_pages.py",
    ROOT / "referrals" / "test_answer.py",
    ROOT / "referrals" / "test_letter.py",
    ROOT / "reports" / "api" / "test_answers.py",
    ROOT / "reports" / "api" / "test_doors.py",
    ROOT / "reports" / "test_consumers.py",
    ROOT / "reviews" / "test_week_page.py",
    ROOT / "stek" / "test_erasure.py",
    ROOT / "stek" / "office" / "test_lists.py",
    ROOT / "stek" / "public" / "test_month_page.py",
    ROOT / "stek" / "public" / "test_now_page.py",
    ROOT / "visits" / "test_activities.py",
    ROOT / "visits" / "test_check_in.py",
    ROOT / "visits" / "test_counter_page.py",
}


class Rights:
    """Whose rights the requests of the test that runs have."""

    of_pages = False


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
    """Middleware; of PostgreSQL only, where there are such rights."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not Rights.of_pages:
            return get_response(request)
        with web_role():
            response = get_response(request)
        if response.streaming:
            response.streaming_content = _streamed(response.streaming_content)
        return response

    return middleware


def _streamed(pieces: Any) -> Iterator[bytes]:
    with web_role():
        yield from pieces
