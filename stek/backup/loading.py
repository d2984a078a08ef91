"""Writing many rows into an empty table, as fast as each engine takes them."""

import io
import itertools
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, JSONField, Model

#: Rows that are handed over at once.
BATCH = 2000


def load(target: BaseDatabaseWrapper, model: type[Model], rows: Iterable[tuple[Any, ...]]) -> None:
    """Rows as `values_list` of the stored fields gives them."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    rows = iter(rows)
    quote = target.ops.quote_name
    table = quote(model._meta.db_table)
    columns = ", ".join(quote(str(field.column)) for field in fields)
    with target.cursor() as cursor:
        while batch := list(itertools.islice(rows, BATCH)):
            if target.vendor == "postgresql":
                text = io.StringIO("".join(_line(fields, row) for row in batch))
                cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", text)
            else:
                marks = ", ".join(["%s"] * len(fields))
                cursor.executemany(
                    f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608  (our names)
                    list(_adapted(target, fields, batch)),
                )


def _adapted(
    target: BaseDatabaseWrapper, fields: "list[Field[Any, Any]]", batch: list[tuple[Any, ...]]
) -> Iterator[list[Any]]:
    for row in batch:
        yield [
            json.dumps(value)
            if isinstance(field, JSONField) and value is not None
            else field.get_db_prep_save(value, target)
            for field, value in zip(fields, row, strict=True)
        ]


def _line(fields: "list[Field[Any, Any]]", row: tuple[Any, ...]) -> str:
    cells = [_cell(field, value) for field, value in zip(fields, row, strict=True)]
    return "\t".join(cells) + "\n"


def _cell(field: "Field[Any, Any]", value: Any) -> str:
    r"""As COPY reads it: NULL is \N, and what would end a cell is written with a backslash."""
    if value is None:
        return r"\N"
    if isinstance(field, JSONField):
        value = json.dumps(value)
    elif isinstance(value, bytes | memoryview):
        value = rf"\x{bytes(value).hex()}"
    return (
        str(value)
        .replace("\\", r"\\")
        .replace("\t", r"\t")
        .replace("\n", r"\n")
        .replace("\r", r"\r")
    )
