"""`manage.py move_database`: every row and counter to another, empty database, or nothing at all.

On PostgreSQL there and back over SQLite; on SQLite to another file.
"""

import datetime as dt
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.audit import record
from accounts.models import AuditEvent
from forms_help.models import QuestionDraft
from people.models import Household
from places.models import Stek
from stek.backup.elsewhere import settings_of, working_in
from stek.backup.moving import MARK
from tests import factories
from tests.cast import Colleague, signed_in
from tests.stek.backup.conftest import Empty, in_postgresql

pytestmark = pytest.mark.django_db(transaction=True)

ODD = "Tab\there, back\\slash, \\N, \"quotes\", 'd', лінія\nand a line; € 3,50"


def move(url: str) -> str:
    out = io.StringIO()
    call_command("move_database", url, stdout=out)
    return out.getvalue()


def url_of(settings: dict[str, Any]) -> str:
    if settings["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{settings['NAME']}"
    return "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**settings)


@pytest.fixture
def target(empty: Empty) -> str:
    """The URL of an empty database of this engine."""
    settings = empty()
    if connection.vendor == "postgresql":
        in_postgresql(f'CREATE DATABASE "{settings["NAME"]}"')
    return url_of(settings)


@pytest.fixture
def filled(stek: Stek) -> Household:
    """Rows with what engines store each in their own way; the last number belongs to nobody."""
    household = factories.household(stek, first_name="Olena", last_name="O'Нечуй \\N")
    factories.access(household)
    factories.budget_rule(stek)
    opening = factories.opening(stek, closed=True)
    visit = factories.visit(opening, household, purposes=["question"])
    question = factories.question(visit, note=ODD[:200], note_until=opening.day)
    factories.follow_up(question)
    QuestionDraft.objects.create(
        user=opening.opened_by,
        opening=opening,
        visit=visit,
        fields={"note": [ODD], "b": {"z": 1, "a": None}},
        saved_at=timezone.now(),
    )
    record("update", on=household, by=None, fields=["phone", "name"])
    # To the microsecond, in the hour that comes twice.
    at = dt.datetime(2026, 10, 25, 0, 30, 0, 1, tzinfo=dt.UTC)
    Household.objects.filter(pk=household.pk).update(created_at=at)
    gone = factories.household(stek)
    Household.objects.filter(pk=gone.pk).delete()
    return gone


def rows() -> dict[str, int]:
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        found = {}
        for name in set(names) - {"stek_cache", "django_migrations"}:
            cursor.execute(f'SELECT count(*) FROM "{name}"')
            found[name] = cursor.fetchone()[0]
        return found


def values() -> list[Any]:
    """What somebody would see."""
    found: list[Any] = list(Household.objects.order_by("pk").values())
    found += AuditEvent.objects.order_by("pk").values()
    found += QuestionDraft.objects.order_by("pk").values()
    return found


def left_by_an_attempt_that_broke_off(url: str) -> None:
    with working_in(settings_of(url)) as there, there.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {MARK} (begun integer)")
        cursor.execute("CREATE TABLE people_household (id integer PRIMARY KEY)")
        cursor.execute("CREATE TABLE of_it (a integer REFERENCES people_household (id))")
        cursor.execute("INSERT INTO people_household VALUES (1)")
        cursor.execute("INSERT INTO of_it VALUES (1)")


def test_move_takes_everything_and_leaves_the_old_as_it_was(
    target: str, filled: Household, coordinator: Colleague, tmp_path: Path
) -> None:
    there, seen = rows(), values()
    if connection.vendor == "sqlite":
        left_by_an_attempt_that_broke_off(target)
        assert f"{sum(there.values())} rijen" in move(target)
    else:  # over SQLite, so that both ways are gone
        over = f"sqlite:///{tmp_path / 'over.sqlite3'}"
        left_by_an_attempt_that_broke_off(over)
        move(over)
        with working_in(settings_of(over)):
            assert (rows(), values()) == (there, seen)
            move(target)
    assert (rows(), values()) == (there, seen)
    with working_in(settings_of(target)):
        assert (rows(), values()) == (there, seen)
        stek_runs(coordinator)
        assert factories.household(Stek.objects.get()).pk > filled.pk
        before = rows()
    with pytest.raises(CommandError, match="niet leeg"):
        move(target)
    with working_in(settings_of(target)):
        assert rows() == before


def stek_runs(coordinator: Colleague) -> None:
    """In the database of this moment."""
    household = Household.objects.get()
    page = signed_in(coordinator.membership).get(reverse("people:household", args=[household.pk]))
    assert "Нечуй" in page.content.decode()
    read = AuditEvent.objects.order_by("-pk").first()
    assert read is not None
    assert read.subject_id == household.pk


def test_move_to_itself_is_refused(stek: Stek, transactional_db: None) -> None:
    with pytest.raises(CommandError, match="nu gebruikt"):
        move(url_of(connection.settings_dict))


@pytest.mark.parametrize("url", ["", "mysql://a:geheim@b/c", "geheim", "postgresql"])
def test_address_that_names_no_database_is_not_repeated(url: str, stek: Stek) -> None:
    with pytest.raises(CommandError, match="geen databank") as caught:
        move(url)
    assert "geheim" not in str(caught.value)


def test_server_that_is_away_is_said(stek: Stek) -> None:
    with pytest.raises(CommandError, match="lukte niet") as caught:
        move("postgresql://stek:geheim@127.0.0.1:1/stek")
    assert "geheim" not in str(caught.value)


def test_table_of_which_nobody_knows_stops_the_move(target: str, stek: Stek) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE of_somebody_else (a integer)")
    try:
        with pytest.raises(CommandError, match="of_somebody_else"):
            move(target)
        with working_in(settings_of(target)) as there:
            assert there.introspection.table_names() == []
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE of_somebody_else")


@contextmanager
def access_that_leads_nowhere() -> Iterator[None]:
    """As only a damaged database has it."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("UPDATE people_groceryaccess SET household_id = 987654")
        try:
            yield
        finally:
            cursor.execute("DELETE FROM people_groceryaccess")
            cursor.execute("PRAGMA foreign_keys = ON")


@pytest.mark.one_engine("the target, where it is found, is SQLite from both")
def test_row_that_leads_nowhere_stops_the_move(filled: Household, tmp_path: Path) -> None:
    """Everything goes back."""
    target = f"sqlite:///{tmp_path / 'target.sqlite3'}"
    with access_that_leads_nowhere(), pytest.raises(CommandError, match="lukte niet"):
        move(target)
    with working_in(settings_of(target)):
        assert not Household.objects.exists()
