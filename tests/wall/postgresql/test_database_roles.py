"""`manage.py database_roles`: makes, mends, says what it did, refuses a role that is no wall."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from stek.checks import pages_have_a_role_of_their_own
from stek.wall.rights import RoleUnfit, steps

ROLE = "stek_web"


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("database_roles", *arguments, stdout=out)
    return out.getvalue()


def sql(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text)


def test_second_time_there_is_nothing_to_do(db):
    assert run() == f"Rol {ROLE}: alles stond al goed.\n"


BROKEN = {
    "no policy": ("DROP POLICY stek_wall ON people_household", "policy stek_wall on people_house"),
    "other policy": (
        "ALTER POLICY stek_wall ON people_household USING (true)",
        "policy stek_wall on people_household",
    ),
    "policy too many": (
        "CREATE POLICY open ON people_household USING (true)",
        "no policy open on people_household",
    ),
    "wall off": (
        "ALTER TABLE visits_visit DISABLE ROW LEVEL SECURITY",
        "rows of visits_visit are walled",
    ),
    "right too many": ("GRANT DELETE ON visits_visit TO stek_web", "revoke DELETE on visits_visit"),
    "right of everybody": (
        "GRANT SELECT ON visits_visit TO PUBLIC",
        "revoke SELECT on visits_visit",
    ),
    "truncate": ("GRANT TRUNCATE ON visits_visit TO stek_web", "revoke TRUNCATE on visits_visit"),
    "right missing": (
        "REVOKE INSERT ON visits_visit FROM stek_web",
        "grant INSERT on visits_visit",
    ),
    "no function": ("DROP FUNCTION stek_behind_key(text)", "the way from a key to its STEK"),
    "makes tables": ("GRANT CREATE ON SCHEMA public TO stek_web", "makes no tables"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_said_and_mended(name, db):
    breaking, said = BROKEN[name]
    sql(breaking)
    with pytest.raises(CommandError, match="te doen"):
        run("--check")
    (warning,) = pages_have_a_role_of_their_own(databases=["default"])
    assert warning.id == "stek.E003"
    assert said in warning.msg
    assert f"- {said}" in run()
    assert steps(ROLE) == []
    assert pages_have_a_role_of_their_own(databases=["default"]) == []


def test_role_that_is_not_there_is_asked_for(db, settings):
    settings.DATABASE_WEB_ROLE = "nobody_yet"
    with pytest.raises(CommandError, match="createuser nobody_yet"):
        run()


def test_owner_is_no_role_for_the_pages(db):
    with pytest.raises(RoleUnfit, match="makes databases"):
        steps("stek")


def test_superuser_is_no_role_for_the_pages(db):
    with pytest.raises(RoleUnfit, match="superuser"):
        steps("postgres")


def test_without_a_role_the_start_check_warns(db, settings):
    settings.DATABASE_WEB_ROLE = ""
    (warning,) = pages_have_a_role_of_their_own(databases=["default"])
    assert warning.id == "stek.W001"
    with pytest.raises(CommandError, match="DATABASE_WEB_URL"):
        run()
