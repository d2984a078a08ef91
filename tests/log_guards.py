"""How the triggers that guard the log go aside while a test empties the database."""

from typing import Any

Statements = tuple[list[str], list[str]]


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
