"""An empty database on SQLite, made once and copied by every worker that comes later.

Going through the migrations takes some seconds each time; the copy is made again when one of them
changes, or a package.
"""

import hashlib
import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection


def copy_of_it(config: pytest.Config) -> Path:
    """Where the copy is kept that fits the migrations of now."""
    made_of = [*sorted(settings.BASE_DIR.glob("*/migrations/*.py"))]
    made_of.append(settings.BASE_DIR / "requirements.txt")
    digest = hashlib.sha256(b"".join(one.read_bytes() for one in made_of)).hexdigest()
    return config.rootpath / ".pytest_cache" / f"empty-{digest[:16]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb(
    request: pytest.FixtureRequest,
    django_db_modify_db_settings: None,
    *,
    django_db_use_migrations: bool,
) -> bool:
    """Whether the database of this worker is there already: the copy, put in its place."""
    copy = copy_of_it(request.config)
    if connection.vendor != "sqlite" or not django_db_use_migrations or not copy.exists():
        return bool(request.config.getvalue("reuse_db"))
    shutil.copyfile(copy, connection.settings_dict["TEST"]["NAME"])
    return True


def keep_copy(config: pytest.Config) -> None:
    """Of the database of this worker, that nobody wrote in yet."""
    copy = copy_of_it(config)
    if connection.vendor != "sqlite" or copy.exists():
        return
    copy.parent.mkdir(exist_ok=True)
    for older in copy.parent.glob("empty-*.sqlite3"):
        older.unlink(missing_ok=True)
    half = copy.with_suffix(f".{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(half)])
    half.replace(copy)
