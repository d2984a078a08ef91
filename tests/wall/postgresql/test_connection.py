"""What one request said must not be found by the next; and the tables are not the pages' to change.

Here the connections are those of the pages, with the role's own password, each in its own thread.
"""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction
from django.db.utils import ProgrammingError

from accounts.seeing import SETTING, seeing
from people.models import Household
from tests import factories
from tests.cast import Colleague, signed_in
from tests.races import at_once
from tests.wall.inside import during_a_request

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("pages")]


def _connect_as_the_pages() -> None:
    """In this thread, as the web server connects."""
    pages = connections.create_connection("default")
    pages.settings_dict = {**pages.settings_dict, "USER": settings.DATABASE_WEB_ROLE}
    connections["default"] = pages


def each_as_the_pages(count: int, do: Callable[[int], Any]) -> list[Any]:
    """So many threads at once, each with a connection of its own."""

    def connected(place: int) -> Any:
        _connect_as_the_pages()
        return do(place)

    answers = at_once(count, connected)
    for answer in answers:
        if isinstance(answer, Exception):
            raise answer
    return answers


def as_the_pages(do: Callable[[], Any]) -> Any:
    return each_as_the_pages(1, lambda _place: do())[0]


def said() -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT current_setting('{SETTING}', true)")
        return cursor.fetchone()[0] or ""


def numbers() -> set[int]:
    return set(Household.objects.values_list("stek_id", flat=True))


@pytest.fixture
def nadia(essen, stek) -> Colleague:
    factories.household(stek)
    factories.household(essen)
    return signed_in(factories.membership(essen, "coordinator"))


def test_next_request_finds_nothing_of_the_one_before(coordinator, nadia, stranger, stek, essen):
    def three() -> list[Any]:
        found = []
        for client in (coordinator, stranger, nadia, stranger):
            found.append(during_a_request(client, numbers))
            found.append(said())
        return found

    assert as_the_pages(three) == [{stek.pk}, "", set(), "", {essen.pk}, "", set(), ""]


def fails_in_python() -> None:
    raise ValueError("a page that fails")


def fails_in_the_database() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1/0")


def drops_the_connection() -> None:
    connection.close()


@pytest.mark.parametrize("fail", [fails_in_python, fails_in_the_database, drops_the_connection])
def test_after_a_page_that_fails_nothing_is_left(coordinator, nadia, stranger, fail):
    def twice() -> tuple[str, Any]:
        coordinator.raise_request_exception = False
        during_a_request(coordinator, fail)
        return said(), during_a_request(stranger, numbers)

    assert as_the_pages(twice) == ("", set())


def test_scope_inside_a_transaction_that_is_taken_back_is_over(stek, essen, nadia):
    def nested() -> tuple[Any, ...]:
        with seeing([stek.pk]):
            with pytest.raises(DatabaseError), transaction.atomic(), seeing([essen.pk]):
                fails_in_the_database()
            with pytest.raises(ValueError), transaction.atomic(), seeing([essen.pk]):
                fails_in_python()
            inside = said(), numbers()
        return *inside, said(), numbers()

    assert as_the_pages(nested) == (f"{{{stek.pk}}}", {stek.pk}, "", set())


def test_threads_do_not_see_what_another_said(coordinator, nadia, stek, essen):
    """Four at a time, as in one worker; each looks while the others have said something else."""
    inside = threading.Barrier(4, timeout=30)

    def requests(place: int) -> list[set[int]]:
        found = []
        for turn in range(6):
            own = stek if (place + turn) % 2 else essen
            with seeing([own.pk]):
                inside.wait()
                found.append(numbers() - {own.pk})
        return [*found, numbers()]

    assert each_as_the_pages(4, requests) == [[set()] * 7] * 4


FORBIDDEN = [
    "CREATE TABLE loot (id int)",
    "CREATE TEMPORARY TABLE loot (id int)",
    "CREATE SCHEMA loot",
    "CREATE FUNCTION loot() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "TRUNCATE people_household CASCADE",
    "DROP TABLE people_household",
    "ALTER TABLE people_household DISABLE ROW LEVEL SECURITY",
    "DROP POLICY stek_wall ON people_household",
    "CREATE POLICY all_of_it ON people_household USING (true)",
    "DELETE FROM visits_visit",
    "DELETE FROM accounts_auditevent",
    "UPDATE accounts_auditevent SET verb = 'nothing'",
    "SELECT * FROM django_migrations",
    "SET ROLE stek",
    "SET SESSION AUTHORIZATION stek",
    "ALTER ROLE stek_web BYPASSRLS",
    "COPY people_household TO PROGRAM 'cat'",
]


def test_pages_change_no_table_no_right_and_no_history():
    def attempt(sql: str) -> str:
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql)
        except ProgrammingError as error:
            return error.__cause__.pgcode
        return "done"

    answers = as_the_pages(lambda: {sql: attempt(sql) for sql in FORBIDDEN})
    assert answers == dict.fromkeys(FORBIDDEN, "42501")


def test_row_security_cannot_be_switched_off(stek):
    factories.household(stek)

    def attempt() -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SET row_security = off")
        with pytest.raises(ProgrammingError, match="row-level security"):
            numbers()

    as_the_pages(attempt)
