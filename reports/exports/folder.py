"""Where the files of exports lie: outside what the web server gives out, with names that say
nothing, and for the service only.
"""

import os
import secrets
import shutil
from pathlib import Path

from django.conf import settings

#: Behind the name of the folder in which a file is made, with what its writer needs meanwhile.
PART = ".part"


def folder() -> Path:
    """Made when it is not there; nobody else may look in it."""
    path = Path(settings.DATA_DIR) / "exports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def new_name(file_format: str) -> str:
    return f"{secrets.token_hex(16)}.{file_format}"


def begin(name: str) -> Path:
    """An empty file that only this user may read, before anything is in it."""
    (folder() / f"{name}{PART}").mkdir(mode=0o700)
    path = folder() / f"{name}{PART}" / "made"
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return path


def complete(name: str) -> None:
    """What was begun is whole."""
    part = folder() / f"{name}{PART}"
    (part / "made").replace(folder() / name)
    _remove(part)


def throw_away(name: str) -> None:
    """The file and what there is of it while it is made; a second time there is nothing."""
    if name:
        _remove(folder() / name)
        _remove(folder() / f"{name}{PART}")


def sweep(known: set[str]) -> int:
    """Throw away what belongs to no export: a worker was killed, or the database put back."""
    left = [path for path in folder().iterdir() if path.name.removesuffix(PART) not in known]
    for path in left:
        _remove(path)
    return len(left)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
