"""Start checks: the database really has the settings that keep what was acknowledged."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

#: What `PRAGMA name` must answer on SQLite.
SQLITE_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "busy_timeout": 5000,
}


@register(Tags.database)
def sqlite_is_durable(
    *, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Read the pragmas back: a build of SQLite may ignore one without a word."""
    errors: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor != "sqlite":
            continue
        with connection.cursor() as cursor:
            for name, wanted in SQLITE_PRAGMAS.items():
                found = cursor.execute(f"PRAGMA {name}").fetchone()[0]
                in_memory = name == "journal_mode" and found == "memory"
                if found != wanted and not in_memory:
                    errors.append(
                        Error(
                            f"SQLite answers {name}={found}, where {wanted} is needed.",
                            hint="Put STEK_DATA_DIR on a local disk, and use a current SQLite.",
                            id="stek.E001",
                        )
                    )
    return errors
