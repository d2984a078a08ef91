"""What tests empty, and how the triggers that guard the log go aside meanwhile."""

from collections.abc import Iterable
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


def tables_with_rows(connection: Any, tables: Iterable[str]) -> list[str]:
    """One query."""
    asked = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT FROM {connection.ops.quote_name(table)})"
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [table for (table,) in cursor.fetchall()]
