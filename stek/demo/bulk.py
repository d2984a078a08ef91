"""Writes very many rows of one table quickly, alike on both engines.

`bulk_create` makes an object and a query parameter of every value; at a million visits that is
minutes. Only for rows that are invented here: nothing is validated but by the database.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, models

BATCH = 20_000

Prepare = Callable[[Any], Any]


def _preparation(field: models.Field) -> Prepare | None:
    """How a value of this column is handed to the driver; None: as it is."""
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, models.DateField):
        return connection.ops.adapt_datefield_value
    if isinstance(field, models.UUIDField):
        return str if connection.features.has_native_uuid_field else _hexadecimal
    return None


def _hexadecimal(value: UUID) -> str:
    return value.hex


def _insert(table: str, columns: Sequence[str], types: Sequence[str]) -> str:
    names = ", ".join(map(connection.ops.quote_name, columns))
    if connection.vendor == "postgresql":
        # One statement per batch: sent row by row, the round trips would take most of the time.
        arrays = ", ".join(f"%s::{kind}[]" for kind in types)
        return f"INSERT INTO {table} ({names}) SELECT * FROM unnest({arrays})"  # noqa: S608  (our names)
    places = ", ".join("%s" for _ in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608  (our names)


def write_rows(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Insert rows whose values stand in the order of the attributes `names`; returns how many."""
    by_attribute = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_attribute[name] for name in names]
    prepare = [
        (place, preparation)
        for place, field in enumerate(fields)
        if (preparation := _preparation(field)) is not None
    ]
    sql = _insert(
        connection.ops.quote_name(model._meta.db_table),
        [str(field.column) for field in fields],
        [str(field.db_type(connection)) for field in fields],
    )
    written = 0
    source = iter(rows)
    with connection.cursor() as cursor:
        while batch := [list(row) for row in islice(source, BATCH)]:
            for row in batch:
                for place, preparation in prepare:
                    if row[place] is not None:
                        row[place] = preparation(row[place])
            if connection.vendor == "postgresql":
                cursor.execute(sql, [list(column) for column in zip(*batch, strict=True)])
            else:
                cursor.executemany(sql, batch)
            written += len(batch)
    return written
