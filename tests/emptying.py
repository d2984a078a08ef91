"""How the database is emptied between tests with transactions.

The database lets nobody empty the log: its guards are taken away and made again within the one
transaction that empties the tables.
"""

from collections.abc import Callable, Iterable
from typing import Any

Statements = tuple[list[str], list[str]]

#: What migrations write, and no test.
KEPT = {"django_content_type", "auth_permission"}


def _on_sqlite(connection: Any) -> Statements:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master"
            " WHERE type = 'trigger' AND tbl_name = 'accounts_auditevent'"
        )
        triggers = cursor.fetchall()
    return [f"DROP TRIGGER {name}" for name, _sql in triggers], [sql for _name, sql in triggers]


def _on_postgresql(connection: Any) -> Statements:
    table = "ALTER TABLE accounts_auditevent"
    return [f"{table} DISABLE TRIGGER USER"], [f"{table} ENABLE TRIGGER USER"]


#: By the kind of database: what goes before emptying it, and what after.
GUARDS_ASIDE = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}


def emptying(sql_flush: Callable[..., list[str]]) -> Callable[..., list[str]]:
    """In the place of Django's method of that name."""

    def statements(ops: Any, style: Any, tables: list[str], **kwargs: Any) -> list[str]:
        tables = [table for table in tables if table not in KEPT]
        before, after = GUARDS_ASIDE[ops.connection.vendor](ops.connection)
        if ops.connection.vendor == "postgresql" and not kwargs.get("reset_sequences"):
            # New files for a hundred tables and their indexes take longer than a few rows.
            full = _tables_with_rows(ops.connection, tables)
            empty = [f"DELETE FROM {ops.quote_name(table)}" for table in full]
        else:
            empty = sql_flush(ops, style, tables, **kwargs)
        return [*before, *empty, *after]

    return statements


def _tables_with_rows(connection: Any, tables: Iterable[str]) -> list[str]:
    """One query."""
    asked = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT FROM {connection.ops.quote_name(table)})"
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [table for (table,) in cursor.fetchall()]
