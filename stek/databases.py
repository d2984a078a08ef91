"""How a process connects: SQLite that loses nothing, PostgreSQL on which no page waits long."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"
#: Milliseconds that a page waits for PostgreSQL, or for a row that another holds.
PATIENCE = 3000


def database(owner: dict[str, Any], web: dict[str, Any] | None, *, is_web: bool) -> dict[str, Any]:
    """Django's settings of the one database, as this process reaches it."""
    if owner["ENGINE"] not in {SQLITE, POSTGRESQL}:
        raise ImproperlyConfigured("DATABASE_URL must name SQLite or PostgreSQL.")
    if web is not None:
        _refuse_unlike(owner, web)
    chosen = web if web is not None and is_web else owner
    # Connections live on; `accounts/seeing.py` leaves them as it found them.
    kept: dict[str, Any] = {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    options = dict(chosen.get("OPTIONS", {}))
    options |= _sqlite() if chosen["ENGINE"] == SQLITE else _postgresql(is_web=is_web)
    return chosen | kept | {"OPTIONS": options}


def _refuse_unlike(owner: dict[str, Any], web: dict[str, Any]) -> None:
    """Another role in the same database, or the pages would show something else."""
    if owner["ENGINE"] != POSTGRESQL or web["ENGINE"] != POSTGRESQL:
        raise ImproperlyConfigured(
            "DATABASE_WEB_URL is for PostgreSQL, and DATABASE_URL then names the same database. "
            "Leave it out for SQLite."
        )
    if owner["NAME"] != web["NAME"]:
        raise ImproperlyConfigured(
            "DATABASE_WEB_URL must name the same database as DATABASE_URL, with another role."
        )
    if owner["USER"] == web["USER"]:
        raise ImproperlyConfigured(
            "DATABASE_WEB_URL must name another role than DATABASE_URL: the owner of the tables "
            "sees everything. docs/operations.md says how to make one."
        )


def _sqlite() -> dict[str, Any]:
    return {
        "timeout": 5,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA busy_timeout=5000;"
            "PRAGMA foreign_keys=ON;PRAGMA secure_delete=ON;PRAGMA cache_size=-8000;"
        ),
    }


def _postgresql(*, is_web: bool) -> dict[str, Any]:
    # For reports: compiling a query takes longer than running it, groups fit in memory, and rows
    # that are together in an index are read from there. One report may not take both cores.
    asked = (
        "-c jit=off -c work_mem=16MB -c random_page_cost=1.1 -c max_parallel_workers_per_gather=0"
    )
    if is_web:
        asked += f" -c statement_timeout={PATIENCE} -c lock_timeout={PATIENCE}"
    return {"connect_timeout": 3, "options": asked}
