"""A page of the database that cannot be read any more: how each engine says so, and whom we tell.

Whoever meets it notes it, so that the monitor and the mail to administrators name it at once. The
next backup that reads everything, or a restore, takes the note back.
"""

import logging
import sqlite3

from django.db import connection
from django.utils import timezone

from stek import jobs

logger = logging.getLogger(__name__)

#: PostgreSQL: data_corrupted, index_corrupted.
CODES = frozenset({"XX001", "XX002"})
SQLITE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
#: How pg_dump tells what the server told it.
WORDS = (
    "invalid page in block",
    "could not read block",
    "page verification failed",
    "unexpected data beyond EOF",
)

FOUND = "Een stuk van de databank is onleesbaar."


def is_damage(error: BaseException | None) -> bool:
    """Of an error of Django, or of the driver behind it."""
    for one in (error, getattr(error, "__cause__", None)):
        code = getattr(one, "sqlite_errorcode", None)
        if getattr(one, "pgcode", None) in CODES or (code is not None and code & 0xFF in SQLITE):
            return True
    return False


def tells_of_damage(text: str) -> bool:
    return any(words in text for words in WORDS)


def note_damage(why: str = FOUND) -> None:
    """A disk that is full or gone may not hide the first fault."""
    logger.error("The database is damaged: %s", why)
    try:
        jobs.note_failed(jobs.DATABASE, timezone.now(), why)
    except OSError:
        logger.exception("the damage could not be noted")


def note_whole() -> None:
    """Everything was read just now."""
    if jobs.job(jobs.DATABASE).failed_last:
        jobs.note_good(jobs.DATABASE, timezone.now())


def look_through() -> str:
    """What SQLite says of its own file, in its words; empty when all is whole."""
    if connection.vendor != "sqlite":
        return ""
    with connection.cursor() as cursor:
        said = str(cursor.execute("PRAGMA quick_check(1)").fetchone()[0])
    return "" if said == "ok" else said
