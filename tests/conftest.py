"""What every test stands on: the strict client, and no test that quietly does not run."""

import gc
import re
from collections.abc import Callable, Generator, Iterator
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.core.management import call_command
from django.core.management.commands import flush
from django.db import connection, transaction
from django.utils import timezone

from tests.as_web import JOURNEYS, Rights
from tests.empty_database import django_db_keepdb as django_db_keepdb
from tests.empty_database import keep_copy
from tests.emptying import emptying
from tests.strict import StrictClient

pytest_plugins = ["tests.cast"]  # who is signed in, with which role


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: Any,
    *,
    django_db_use_migrations: bool,
) -> None:
    """The test database has its second wall, where the engine has one."""
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            call_command("database_roles", verbosity=0, stdout=StringIO())
        elif django_db_use_migrations:
            keep_copy(request.config)


@pytest.fixture(scope="module")
def rows_of_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What a fixture of a module makes with it stays for the tests of that file, then goes; each
    test takes back what it wrote itself.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def client() -> StrictClient:
    """Nobody, signed in nowhere."""
    return StrictClient()


@pytest.fixture
def count_queries(django_assert_max_num_queries: Any) -> Callable[[Callable[[], Any]], int]:
    """How many queries one request takes."""

    def asked(request: Callable[[], Any]) -> int:
        with django_assert_max_num_queries(1000) as queries:
            assert request().status_code == 200
        return len(queries)

    return asked


@pytest.fixture
def still() -> Iterator[None]:
    """No new minute begins while tries are counted (accounts.throttle)."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.fixture(autouse=True)
def no_page_of_another_test() -> None:
    """The public page is kept in memory for half a minute; the next test has other rows."""
    caches["pages"].clear()


@pytest.fixture(autouse=True)
def rights_of_pages(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Journeys of tests/as_web.py have the rights of the pages, where the engine has any."""
    monkeypatch.setattr(Rights, "of_pages", request.path in JOURNEYS)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what asks the database, and may be answered otherwise: the rest ran
    already, and would do the same. So would what a page looks like (test_..._page.py): the files
    beside it ask for its rows, and tests/access opens every door. A journey runs on both: there it
    has the rights of the pages.
    """
    if connection.vendor != "postgresql":
        return
    asks: list[pytest.Item] = []
    rest: list[pytest.Item] = []
    for item in items:
        fixtures = {"db", "transactional_db"}.intersection(getattr(item, "fixturenames", ()))
        is_asking = bool(fixtures) or item.get_closest_marker("django_db") is not None
        once = item.get_closest_marker("one_engine")
        assert once is None or once.args, f"{item.nodeid}: say why one engine is enough"
        is_page = re.search(r"_pages?$", item.path.stem) and item.path not in JOURNEYS
        assert once is None or item.path not in JOURNEYS, f"{item.nodeid}: a journey"
        (asks if is_asking and once is None and not is_page else rest).append(item)
    config.hook.pytest_deselected(items=rest)
    items[:] = asks


def pytest_configure() -> None:
    """Nothing goes while tests are collected; looking for it took a quarter of that time."""
    gc.disable()


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end; looking through it again and again for what may go
    took a tenth of the time.
    """
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(autouse=True, scope="session")
def quickly_emptied() -> None:
    """Between tests with transactions: what tests wrote, and no more (tests/emptying.py)."""
    # Of the class: a browser's event loop has a connection of its own.
    operations: Any = type(connection.ops)
    operations.sql_flush = emptying(operations.sql_flush)
    # Django's list of models and rights stays, so it need not be made anew.
    flush.emit_post_migrate_signal = lambda *_args: None


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """A database or a browser that is missing must show as red, not as a smaller number."""
    if report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, and no test of this project may be: {report.longrepr}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_skip(report)
    return report
