"""When the jobs of the timers last ran, and how that went: a small file each, in the data folder.

Not in the database: it must still be told when that is away, a restore must not turn it back, and
a note that the timer ran would make every ten minutes another backup.
"""

import datetime as dt
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.conf import settings

DUE, BACKUP, SECOND_PLACE, RESTORE_TEST = "run_due", "backup", "second_place", "test_restore"
#: Failed: somebody met a page of the database that is damaged.
DATABASE = "database"


@dataclass(frozen=True)
class Job:
    """What is known of one job; all empty when it never ran."""

    name: str
    good_at: dt.datetime | None = None
    failed_at: dt.datetime | None = None
    #: Why it failed, in a sentence without names or secrets.
    problem: str = ""
    #: What the last good run wants to remember.
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def failed_last(self) -> bool:
        return self.failed_at is not None and (
            self.good_at is None or self.failed_at > self.good_at
        )

    def age(self, now: dt.datetime) -> dt.timedelta | None:
        """Since the last time that it went well."""
        return now - self.good_at if self.good_at else None


def job(name: str) -> Job:
    """A file that is not there or not readable tells nothing."""
    try:
        values = json.loads(_path(name).read_text(encoding="utf-8"))
        return Job(
            name,
            good_at=_moment(values["good_at"]),
            failed_at=_moment(values["failed_at"]),
            problem=values["problem"],
            facts=values["facts"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Job(name)


def note_good(name: str, now: dt.datetime, facts: Mapping[str, Any] | None = None) -> None:
    _write(replace(job(name), good_at=now, facts=facts or {}))


def note_failed(name: str, now: dt.datetime, problem: str) -> None:
    """What the last good run said stays."""
    _write(replace(job(name), failed_at=now, problem=problem))


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def _path(name: str) -> Path:
    return Path(settings.DATA_DIR) / "jobs" / f"{name}.json"


def _write(one: Job) -> None:
    """Whole or not at all: a page may read it at this moment."""
    values = {
        "good_at": one.good_at.isoformat() if one.good_at else None,
        "failed_at": one.failed_at.isoformat() if one.failed_at else None,
        "problem": one.problem,
        "facts": dict(one.facts),
    }
    path = _path(one.name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(f".{secrets.token_hex(4)}")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(values, file)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
