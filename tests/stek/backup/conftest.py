"""Folders, keys and empty databases for the tests of backup; nothing of theirs stays behind."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.db import connection
from django.utils import timezone
from psycopg2 import sql
from pytest_django import Settings

from stek.backup import shelf
from stek.backup.elsewhere import beside, working_in
from stek.backup.keys import new_key
from stek.backup.making import make_backup
from stek.backup.restoring import Restored, restore

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Folders:
    first: Path
    second: Path
    data: Path


@pytest.fixture
def folders(settings: Settings, tmp_path: Path) -> Folders:
    """One place for backups, and a key; the second place is there, but not in use."""
    found = Folders(tmp_path / "first", tmp_path / "second", tmp_path / "data")
    found.second.mkdir()
    settings.DATA_DIR = found.data
    settings.BACKUP_DIR = found.first
    settings.BACKUP_SECOND_DIR = ""
    settings.BACKUP_KEY, settings.BACKUP_KEY_FILE = new_key(), ""
    settings.BACKUP_DAYS, settings.BACKUP_WEEKS = 14, 8
    return found


class Empty:
    """Makes settings of databases that are not there yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: list[str] = []

    def __call__(self) -> dict[str, Any]:
        if connection.vendor == "sqlite":
            return beside(connection, str(self._folder / f"empty{next(_numbers)}.sqlite3"))
        self._names.append(f"{connection.settings_dict['NAME']}_e{next(_numbers)}x")
        return beside(connection, self._names[-1])

    def drop(self) -> None:
        for name in self._names:
            for each in (name, f"{name}_restoring", f"{name}_test_restore"):
                in_postgresql(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(each)))


def in_postgresql(statement: Any) -> None:
    """On the server of the tests, outside the database of this test."""
    there = connection.settings_dict
    own = psycopg2.connect(
        dbname="postgres",
        host=there["HOST"],
        port=there["PORT"],
        user=there["USER"],
        password=there["PASSWORD"],
    )
    own.autocommit = True
    with own.cursor() as cursor:
        cursor.execute(statement)
    own.close()


@pytest.fixture
def empty(tmp_path: Path, transactional_db: None) -> Iterator[Empty]:
    made = Empty(tmp_path)
    yield made
    made.drop()


def backed_up() -> Path:
    """A backup of the database as it is now."""
    path = make_backup(timezone.now()).path
    assert path is not None
    return path


def put_back(path: Path, target: dict[str, Any], **how: Any) -> Restored:
    with working_in(target):
        return restore(path, **how)


def kept(folder: Path) -> list[Path]:
    return [one.path for one in shelf.kept_in(folder)]
