"""What SQLite and PostgreSQL each do in their own way when a backup is made or put back."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from stek.backup.problems import BackupError
from stek.backup.sealed import Opened


@dataclass(frozen=True)
class Dump:
    """One moment of a database, to be read once, and what is in it."""

    stream: BinaryIO
    tables: Mapping[str, int]
    migrations: tuple[str, ...]


class Engine(Protocol):
    """A database of the settings, seen from outside."""

    vendor: str

    def stamp(self) -> str:
        """Another text as soon as something was written."""

    def dumped(self, work: Path) -> AbstractContextManager[Dump]:
        """A consistent moment, while others write; it fails on leaving when it was not whole."""

    def refuse_when_taken(self) -> None:
        """A restore never writes over something."""

    def rebuilt(
        self, backup: Opened, work: Path, *, for_good: bool
    ) -> AbstractContextManager[dict[str, Any]]:
        """The settings of a database beside ours with what is in the backup, checked; gone on
        leaving, unless it was put in place. `for_good`: where it can be put in place from.
        """

    def put_in_place(self, aside: dict[str, Any]) -> None:
        """What stands beside becomes the database; at once, or not at all."""


def compare(told: Mapping[str, int], counted: Mapping[str, int]) -> None:
    """As many rows in each table as the backup says."""
    differ = [name for name in sorted({*told, *counted}) if told.get(name) != counted.get(name)]
    if differ:
        raise BackupError(
            f"Niet alle rijen zijn terug: {', '.join(differ)}. Er is niets veranderd."
        )
