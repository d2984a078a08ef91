"""`manage.py database_roles` where there are no roles."""

from io import StringIO

from django.core.management import call_command
from django.db import connection

from accounts.seeing import seeing
from stek.checks import pages_have_a_role_of_their_own


def test_sqlite_has_nothing_to_do_and_nothing_to_warn_of(db):
    out = StringIO()
    call_command("database_roles", stdout=out)
    if connection.vendor == "sqlite":
        assert out.getvalue() == "SQLite kent geen rollen: er is niets te doen.\n"
    assert pages_have_a_role_of_their_own(databases=["default"]) == []


def test_on_sqlite_a_page_says_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0), seeing([1]):
        pass
