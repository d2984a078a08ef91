"""Working for a while in another database than the one of the settings."""

import contextlib
import copy
from collections.abc import Iterator
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

from stek.backup.problems import BackupError


def beside(connection: BaseDatabaseWrapper, name: str) -> dict[str, Any]:
    """The settings of a database of another name, for the rest as this one."""
    return {**copy.deepcopy(connection.settings_dict), "NAME": name}


def settings_of(url: str) -> dict[str, Any]:
    """What a URL of a database means; a wrong one is not repeated, for it may hold a password."""
    is_known = url.startswith(("postgresql://", "postgres://", "sqlite:///"))
    try:
        found = environ.Env.db_url_config(url) if is_known else {}
    except (ValueError, KeyError, ImproperlyConfigured):
        found = {}
    if not found.get("NAME"):
        raise BackupError(
            "Dit adres noemt geen databank. Schrijf het als "
            "postgresql://gebruiker:wachtwoord@host/naam of sqlite:////pad/naar/stek.sqlite3."
        )
    # Fills in what Django takes for granted of a database.
    filled: dict[str, Any] = connections.configure_settings({DEFAULT_DB_ALIAS: found})
    settings: dict[str, Any] = filled[DEFAULT_DB_ALIAS]
    return settings


def opened(settings: dict[str, Any], alias: str = DEFAULT_DB_ALIAS) -> BaseDatabaseWrapper:
    wrapper: BaseDatabaseWrapper = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, alias)
    return wrapper


@contextlib.contextmanager
def working_in(settings: dict[str, Any]) -> Iterator[BaseDatabaseWrapper]:
    """Everything that asks for the default database in this thread gets this one."""
    before = connections[DEFAULT_DB_ALIAS]
    there = opened(settings)
    connections[DEFAULT_DB_ALIAS] = there
    try:
        yield there
    finally:
        connections[DEFAULT_DB_ALIAS] = before
        there.close()
