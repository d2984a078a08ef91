"""Moving to another database: every row and every counter, checked, at once or not at all.

The source is only read, and locked meanwhile; it stays as it is. What is compared is what Django
reads on both sides, so that it does not matter how each stores a day or an amount.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Field, Model

from stek.backup.counters import counters, set_counters
from stek.backup.elsewhere import settings_of, working_in
from stek.backup.loading import load
from stek.backup.problems import BackupError

#: The alias under which the old database is read while the new one is the default.
SOURCE = "moving_from"
#: Made before anything else and gone with the last step: an attempt that broke off is known by it.
MARK = "stek_moving"
#: Not moved: what the new database makes for itself.
OWN = {"django_migrations", "stek_cache", MARK}
BATCH = 2000

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Moved:
    tables: int
    rows: int


def move_to(url: str, *, say: Callable[[str], None] = lambda _text: None) -> Moved:
    """Fill the empty database of this URL with everything that is in ours."""
    source = connections["default"]
    settings = settings_of(url)
    if _same(source.settings_dict, settings):
        raise BackupError("Dit adres is de databank die nu gebruikt wordt.")
    try:
        with working_in(settings) as target, _known_as(SOURCE, source):
            models = _models()
            _refuse_what_we_do_not_know(source, models)
            _prepare(target)
            return _move(source, target, models, say)
    except DatabaseError as error:
        raise BackupError(
            f"De verhuizing lukte niet: {str(error).strip()}. De oude databank is niet veranderd."
        ) from error
    finally:
        ContentType.objects.clear_cache()


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(str(one[key]) == str(other[key]) for key in ("ENGINE", "NAME", "HOST", "PORT"))


@contextmanager
def _known_as(alias: str, connection: BaseDatabaseWrapper) -> Iterator[None]:
    connections[alias] = connection
    before, connection.alias = connection.alias, alias
    try:
        yield
    finally:
        connection.alias = before
        del connections[alias]


def _prepare(target: BaseDatabaseWrapper) -> None:
    """The tables, and nothing in them; what an attempt left that broke off is taken away."""
    there = _tables(target)
    if MARK in there:
        end = " CASCADE" if target.vendor == "postgresql" else ""
        with target.constraint_checks_disabled(), target.cursor() as cursor:
            # The mark goes last: this too may break off.
            for table in (*(there - {MARK}), MARK):
                cursor.execute(f"DROP TABLE {target.ops.quote_name(table)}{end}")
    elif there:
        raise BackupError(
            "De nieuwe databank is niet leeg. Verhuizen schrijft nooit over iets heen: maak een "
            "lege, en geef dat adres."
        )
    with target.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {MARK} (begun integer)")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def _move(
    source: BaseDatabaseWrapper,
    target: BaseDatabaseWrapper,
    models: list[type[Model]],
    say: Callable[[str], None],
) -> Moved:
    rows = 0
    with transaction.atomic(using=SOURCE), transaction.atomic():
        with target.cursor() as cursor:
            # What migrations put in is in the source too, under its own numbers. A table that is
            # empty is left alone: the log refuses that anything is taken out of it.
            for model in models:
                if model._base_manager.exists():
                    table = target.ops.quote_name(model._meta.db_table)
                    cursor.execute(f"DELETE FROM {table}")  # noqa: S608  (our names)
        for model in models:
            copied = _copy(model, target)
            rows += copied
            say(f"{model._meta.db_table}: {copied}")
        set_counters(target, counters(source, models), models)
        target.check_constraints()
        with target.cursor() as cursor:
            cursor.execute(f"DROP TABLE {MARK}")
    return Moved(len(models), rows)


def _copy(model: type[Model], target: BaseDatabaseWrapper) -> int:
    """The rows of one table, and the proof that they arrived."""
    sent, arrived = Tally(), Tally()
    load(target, model, sent.counting(_rows(model, SOURCE)))
    for _row in arrived.counting(_rows(model, "default")):
        pass
    if sent != arrived:
        raise BackupError(
            f"De tabel {model._meta.db_table} kwam niet juist aan. Er is niets verhuisd, en de "
            "oude databank is niet veranderd."
        )
    return sent.rows


def stored_fields(model: type[Model]) -> "list[Field[Any, Any]]":
    return [field for field in model._meta.concrete_fields if not field.generated]


def _rows(model: type[Model], alias: str) -> Iterator[Row]:
    names = [field.attname for field in stored_fields(model)]
    rows = model._base_manager.using(alias).order_by().values_list(*names)
    return rows.iterator(chunk_size=BATCH)


@dataclass
class Tally:
    """How many rows, and a sum of their fingerprints, which is the same in any order."""

    rows: int = 0
    sum: int = 0

    def counting(self, rows: Iterator[Row]) -> Iterator[Row]:
        for row in rows:
            self.rows += 1
            digest = hashlib.blake2b(repr([_plain(v) for v in row]).encode(), digest_size=16)
            self.sum = (self.sum + int.from_bytes(digest.digest(), "big")) % (1 << 128)
            yield row


def _plain(value: Any) -> Any:
    """The same text on both engines: one keeps the order of JSON, the other does not."""
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True)
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, Decimal):
        return str(value.normalize())
    if isinstance(value, memoryview):
        return bytes(value)
    return value


def _models() -> list[type[Model]]:
    """One for each table, those of many to many too."""
    found: dict[str, type[Model]] = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            found.setdefault(model._meta.db_table, model)
    return list(found.values())


def _tables(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor))


def _refuse_what_we_do_not_know(source: BaseDatabaseWrapper, models: list[type[Model]]) -> None:
    """A table that no model speaks of, or steps that were not taken: nothing is left behind."""
    unknown = _tables(source) - {model._meta.db_table for model in models} - OWN
    if unknown:
        raise BackupError(
            f"Er zijn tabellen die deze versie niet kent: {', '.join(sorted(unknown))}. "
            "Er is niets verhuisd."
        )
    executor = MigrationExecutor(source)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise BackupError("Doe eerst `manage.py migrate` met de oude databank.")
