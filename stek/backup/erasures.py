"""The list of households that were erased, outside the database: a restore erases them again.

It holds ids and moments only, lies beside the backups and in the second place, and only grows. A
line that stands twice does no harm; one that is missing is put back from the database.
"""

import datetime as dt
import json
import logging
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from people.models import Household
from people.rights import EraseReason
from stek.backup import shelf
from stek.backup.problems import BackupError

logger = logging.getLogger(__name__)

NAME = "erasures.jsonl"


@dataclass(frozen=True)
class Erasure:
    """That this household was erased, when, by the account with which id, and why.

    `by` is None when the term was over.
    """

    household: int
    at: dt.datetime
    by: int | None = None
    reason: str = EraseReason.ASKED

    def line(self) -> bytes:
        values = {
            "household": self.household,
            "at": self.at.isoformat(),
            "by": self.by,
            "reason": self.reason,
        }
        return json.dumps(values).encode() + b"\n"


def erasure_of(household: Household) -> Erasure:
    """Of a household that is erased."""
    if household.erased_at is None:
        raise ValueError("This household is not erased.")
    why = household.erased_reason
    return Erasure(household.pk, household.erased_at, household.eraser_id, why)


def note_erased(household: Household) -> None:
    """Put it on the list, here and in the second place; call it when the erasure is committed.

    A disk that is full or away may not stop somebody's right: `catch_up` comes back to it.
    """
    try:
        for folder in folders():
            _append_lacking(folder, [(household.created_at, erasure_of(household))])
    except (OSError, BackupError):
        logger.exception("the list of erased households could not be written")


def catch_up() -> int:
    """Put what the database knows and a list lacks on that list; how many lines were missing."""
    names = ("created_at", "pk", "erased_at", "eraser_id", "erased_reason")
    rows = Household.objects.erased().values_list(*names)
    erased = [(created_at, Erasure(*what)) for created_at, *what in rows]
    return sum(_append_lacking(folder, erased) for folder in folders())


def _append_lacking(folder: Path, erased: Sequence[tuple[dt.datetime, Erasure]]) -> int:
    there = read(folder / NAME)
    lacking = [one for made_at, one in erased if not there.covers(one.household, made_at)]
    append(folder, lacking)
    return len(lacking)


def append(folder: Path, erasures: Iterable[Erasure]) -> None:
    """At the end and on the disk; a line that was torn by a power cut is closed off first."""
    lines = b"".join(one.line() for one in erasures)
    handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(handle).st_size
        if size and os.pread(handle, 1, size - 1) != b"\n":
            lines = b"\n" + lines
        if lines:
            os.write(handle, lines)
            os.fsync(handle)
    finally:
        os.close(handle)


@dataclass(frozen=True)
class Listed:
    """What a list says; `unreadable` counts lines that are damaged."""

    erasures: frozenset[Erasure] = frozenset()
    unreadable: int = 0

    @cached_property
    def _latest(self) -> Mapping[int, Erasure]:
        return {one.household: one for one in sorted(self.erasures, key=lambda one: one.at)}

    def covers(self, household: int, made_at: dt.datetime) -> bool:
        """Whether it was erased. After a restore a number may be given again: who got it later
        than the erasure is somebody else.
        """
        return household in self._latest and self._latest[household].at > made_at

    def __iter__(self) -> Iterator[Erasure]:
        """The last erasure of each household, in their order."""
        return iter(sorted(self._latest.values(), key=lambda one: one.household))

    def __or__(self, other: "Listed") -> "Listed":
        return Listed(self.erasures | other.erasures, self.unreadable + other.unreadable)


def read(path: Path) -> Listed:
    """Nothing when there is no list."""
    found, unreadable = set(), 0
    lines = path.read_bytes().splitlines() if path.exists() else []
    for line in lines:
        if not line.strip():
            continue
        try:
            found.add(_read_line(line))
        except (ValueError, KeyError, TypeError):
            unreadable += 1
    return Listed(frozenset(found), unreadable)


def _read_line(line: bytes) -> Erasure:
    values = json.loads(line)
    at = dt.datetime.fromisoformat(values["at"])
    if at.tzinfo is None:
        raise ValueError("a moment without a zone")
    reason = EraseReason(values["reason"])
    return Erasure(int(values["household"]), at, values["by"], reason)


def folders() -> list[Path]:
    """The second place only when its list is there: without it another disk is connected, or none,
    and a list that is begun there would hide that.
    """
    second = shelf.second()
    known = second is not None and (second / NAME).exists()
    return [shelf.first(), second] if second is not None and known else [shelf.first()]
