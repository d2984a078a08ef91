"""Start checks: the database keeps what was acknowledged, and holds its wall between STEKs."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connections
from django.db.migrations.recorder import MigrationRecorder

from stek.damage import is_damage, look_through
from stek.wall.rights import RoleUnfit, steps

#: What `PRAGMA name` must answer on SQLite.
SQLITE_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "busy_timeout": 5000,
}

#: Triggers that keep the log append-only (accounts migration 0009), and how to ask for those on.
LOG_GUARDS = {
    "sqlite": (
        {"log_is_not_changed", "log_stays", "log_is_not_replaced"},
        (
            "SELECT name FROM sqlite_master"
            " WHERE type = 'trigger' AND tbl_name = 'accounts_auditevent'"
        ),
    ),
    "postgresql": (
        {"log_stays", "log_is_not_emptied"},
        (
            "SELECT tgname FROM pg_trigger"
            " WHERE tgrelid = 'accounts_auditevent'::regclass AND tgenabled <> 'D'"
        ),
    ),
}
GUARDED_SINCE = ("accounts", "0009_log_is_append_only")


@register(Tags.database)
def sqlite_is_whole(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Before anybody writes on in a file of which a piece is broken. PostgreSQL looks at each page
    that it reads, and a backup reads them all.
    """
    if "default" not in (databases or []):
        return []
    try:
        said = look_through()
    except DatabaseError as error:
        if not is_damage(error):
            raise
        said = str(error)
    if not said:
        return []
    return [
        Error(
            f"The database is damaged: {said}",
            hint="Write nothing more in it; restore the last backup, as docs/operations.md says.",
            id="stek.E004",
        )
    ]


def _readable(alias: str) -> bool:
    """Of one that is damaged in its first page nothing else can be asked."""
    try:
        connections[alias].ensure_connection()
        connections[alias].introspection.table_names()
    except DatabaseError as error:
        if is_damage(error):
            return False
        raise
    return True


@register(Tags.database)
def log_is_guarded(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """A table that is rebuilt on SQLite loses its triggers without a word."""
    errors: list[CheckMessage] = []
    for alias in filter(_readable, databases or []):
        connection = connections[alias]
        if GUARDED_SINCE not in MigrationRecorder(connection).applied_migrations():
            continue
        wanted, question = LOG_GUARDS[connection.vendor]
        with connection.cursor() as cursor:
            cursor.execute(question)
            missing = wanted - {name for (name,) in cursor.fetchall()}
        if missing:
            errors.append(
                Error(
                    f"The log is not guarded: {', '.join(sorted(missing))} is missing.",
                    hint="Make the triggers again, as accounts/migrations/0009 does.",
                    id="stek.E002",
                )
            )
    return errors


@register(Tags.database)
def sqlite_is_durable(
    *, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Read the pragmas back: a build of SQLite may ignore one without a word."""
    errors: list[CheckMessage] = []
    for alias in filter(_readable, databases or []):
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


@register(Tags.database, deploy=True)
def pages_have_a_role_of_their_own(
    *, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """On PostgreSQL, where it is the wall behind the application's own."""
    if not databases or connections["default"].vendor != "postgresql":
        return []
    role = settings.DATABASE_WEB_ROLE
    if not role:
        return [
            checks.Warning(
                "The pages connect as the owner of the tables, who sees the rows of every STEK.",
                hint="Set DATABASE_WEB_URL, as docs/operations.md says.",
                id="stek.W001",
            )
        ]
    try:
        todo = [step.what for step in steps(role)]
    except RoleUnfit as error:
        return [Error(str(error), id="stek.E002")]
    hint = "Run manage.py database_roles; it belongs after each migrate."
    missing = f"The role {role} is not as it must be: {', '.join(todo[:5])}."
    return [Error(missing, hint=hint, id="stek.E003")] if todo else []
