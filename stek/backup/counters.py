"""Which number the next row of a table gets: read from one engine, set on the other.

A number is never given twice, also not that of a row that is gone: the log may speak of it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import AutoField, Model


def counters(connection: BaseDatabaseWrapper, models: Iterable[type[Model]]) -> Mapping[str, int]:
    """By table: the last number that was given."""
    found = {}
    with connection.cursor() as cursor:
        for table, column in _counted(models):
            if connection.vendor == "sqlite":
                cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            else:
                cursor.execute(
                    "SELECT last_value FROM pg_sequences WHERE schemaname = current_schema() AND "
                    "quote_ident(sequencename) = "
                    "split_part(pg_get_serial_sequence(%s, %s), '.', 2)",
                    [connection.ops.quote_name(table), column],
                )
            row = cursor.fetchone()
            if row is not None and row[0] is not None:
                found[table] = int(row[0])
    return found


def set_counters(
    connection: BaseDatabaseWrapper, given: Mapping[str, int], models: Iterable[type[Model]]
) -> None:
    """The next row of each table gets a number that no row ever had."""
    with connection.cursor() as cursor:
        for table, column in _counted(models):
            last = max(given.get(table, 0), _highest(connection, cursor, table, column))
            if last and connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute(
                    "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last]
                )
            elif last:
                quoted = connection.ops.quote_name(table)
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [quoted, column, last]
                )


def _counted(models: Iterable[type[Model]]) -> list[tuple[str, str]]:
    """Tables that number their rows, and in which column."""
    return [
        (model._meta.db_table, model._meta.pk.column)
        for model in models
        if isinstance(model._meta.pk, AutoField) and model._meta.pk.column
    ]


def _highest(connection: BaseDatabaseWrapper, cursor: Any, table: str, column: str) -> int:
    quote = connection.ops.quote_name
    cursor.execute(f"SELECT max({quote(column)}) FROM {quote(table)}")  # noqa: S608  (our names)
    return int(cursor.fetchone()[0] or 0)
