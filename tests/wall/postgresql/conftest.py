"""Collected on PostgreSQL only: SQLite has neither roles nor policies."""

from django.db import connection

from tests.wall.inside import pages  # noqa: F401  (a fixture)

collect_ignore_glob = [] if connection.vendor == "postgresql" else ["test_*.py"]
