"""What must change in a PostgreSQL database before the second wall stands; each step says its name.

Nothing here is run on SQLite, which has no roles. What stands as it must gives no step, so a second
time there is nothing to do.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

from stek.wall.owned import DELETED_FROM, NOT_TOUCHED, ONLY_ADDED_TO, ONLY_READ
from stek.wall.policies import FUNCTION, WALL, Policy, function_body, function_sql, wanted_policies


class RoleUnfit(Exception):
    """The role of the pages can do more than pages may; the message says what to change."""


@dataclass(frozen=True)
class Step:
    """One change: what it is for a person, and its SQL."""

    what: str
    sql: str


def steps(role: str) -> list[Step]:
    """What is missing or too much, in the order in which it must be done."""
    _refuse_unfit(role)
    return [*_schema(role), *_tables(role), *_policies(), *_function(role)]


def wanted_rights() -> dict[str, set[str]]:
    """By table: what the pages may do with its rows."""
    rights = {"django_migrations": set[str]()}
    rights[settings.CACHE_TABLE] = {"SELECT", "INSERT", "UPDATE", "DELETE"}
    for model in apps.get_models(include_auto_created=True):
        rights[model._meta.db_table] = _rights_on(model._meta.label)
    return rights


def _rights_on(label: str) -> set[str]:
    if label in NOT_TOUCHED:
        return set()
    if label in ONLY_READ:
        return {"SELECT"}
    if label in ONLY_ADDED_TO:
        return {"SELECT", "INSERT"}
    return {"SELECT", "INSERT", "UPDATE"} | ({"DELETE"} if label in DELETED_FROM else set())


def _refuse_unfit(role: str) -> None:
    rows = _ask(
        "SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole,"
        " EXISTS (SELECT 1 FROM pg_class WHERE relowner = pg_roles.oid)"
        " OR pg_has_role(pg_roles.oid, current_user, 'MEMBER')"
        " FROM pg_roles WHERE rolname = %s",
        [role],
    )
    if not rows:
        raise RoleUnfit(
            f"There is no role {role} in this server. Make it first: createuser {role} --pwprompt"
        )
    ((may_too_much, is_owner),) = rows
    if may_too_much:
        raise RoleUnfit(
            f"The role {role} is a superuser, passes by row-level security, or makes databases or "
            "roles. Take that away: ALTER ROLE "
            f"{role} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE"
        )
    if is_owner:
        raise RoleUnfit(
            f"The role {role} owns tables, or is a member of the role that does: it would see "
            "everything. Give the pages a role of their own."
        )


def _schema(role: str) -> list[Step]:
    """No table, also no temporary one, is made by a page."""
    name, found = _name(role), []
    ((database, schema),) = _ask("SELECT current_database(), current_schema()", [])
    ((uses, creates, temporary),) = _ask(
        "SELECT has_schema_privilege(%s, current_schema(), 'USAGE'),"
        " has_schema_privilege(%s, current_schema(), 'CREATE'),"
        " has_database_privilege(%s, current_database(), 'TEMPORARY')",
        [role, role, role],
    )
    if not uses:
        found.append(Step("may use the schema", f"GRANT USAGE ON SCHEMA {_name(schema)} TO {name}"))
    if creates:
        sql = f"REVOKE CREATE ON SCHEMA {_name(schema)} FROM PUBLIC, {name}"
        found.append(Step("makes no tables", sql))
    if temporary:
        sql = f"REVOKE TEMPORARY ON DATABASE {_name(database)} FROM PUBLIC, {name}"
        found.append(Step("makes no temporary tables", sql))
    return found


def _tables(role: str) -> list[Step]:
    """Exactly the rights of the list, and none by way of everybody."""
    there = {table for (table,) in _ask(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'S')"
        " AND relnamespace = current_schema()::regnamespace", [],
    )}  # fmt: skip
    held: dict[tuple[str, str], set[str]] = {}
    for table, who, right in _ask(
        "SELECT c.relname, COALESCE(r.rolname, ''), a.privilege_type FROM pg_class c"
        " CROSS JOIN LATERAL aclexplode(c.relacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee"
        " WHERE c.relnamespace = current_schema()::regnamespace"
        " AND (a.grantee = 0 OR r.rolname = %s)",
        [role],
    ):
        held.setdefault((table, who), set()).add(right)
    wanted, found = wanted_rights(), []
    for table in sorted(there):
        has, needs = held.get((table, role), set()), wanted.get(table, set())
        if more := needs - has:
            found.append(_change("GRANT", more, table, "TO", _name(role)))
        if less := has - needs:
            found.append(_change("REVOKE", less, table, "FROM", _name(role)))
        if everybody := held.get((table, ""), set()):
            found.append(_change("REVOKE", everybody, table, "FROM", "PUBLIC"))
    return found


def _change(verb: str, rights: set[str], table: str, where: str, who: str) -> Step:
    listed = ", ".join(sorted(rights))
    return Step(
        f"{verb.lower()} {listed} on {table}", f"{verb} {listed} ON {_name(table)} {where} {who}"
    )


def _policies() -> list[Step]:
    walled = {table for (table,) in _ask(
        "SELECT relname FROM pg_class WHERE relrowsecurity"
        " AND relnamespace = current_schema()::regnamespace", [],
    )}  # fmt: skip
    marks = {
        (table, name): (mark, f"{said} {now}")
        for table, name, mark, said, now in _ask(
            "SELECT c.relname, p.polname, obj_description(p.oid, 'pg_policy'),"  # noqa: S608  (our names)
            f" split_part(obj_description(p.oid, 'pg_policy'), ' ', 1), {AS_IT_STANDS}"
            " FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid"
            " WHERE c.relnamespace = current_schema()::regnamespace",
            [],
        )
    }
    found: list[Step] = []
    for policy in wanted_policies():
        if policy.table not in walled and policy.name == WALL:
            sql = f"ALTER TABLE {_name(policy.table)} ENABLE ROW LEVEL SECURITY"
            found.append(Step(f"rows of {policy.table} are walled", sql))
        mark, now = marks.pop((policy.table, policy.name), (None, ""))
        if mark is None or mark != now or not mark.startswith(f"{policy.mark} "):
            found.append(Step(f"policy {policy.name} on {policy.table}", _making(policy)))
    for table, name in sorted(marks):
        sql = f"DROP POLICY {_name(name)} ON {_name(table)}"
        found.append(Step(f"no policy {name} on {table}", sql))
    return found


#: What a policy says, as the server tells it.
AS_IT_STANDS = (
    "md5(concat(p.polcmd, p.polpermissive, p.polroles, pg_get_expr(p.polqual, p.polrelid),"
    " pg_get_expr(p.polwithcheck, p.polrelid)))"
)


def _making(policy: Policy) -> str:
    """The policy, with a comment by which a later run knows it: ours, and as it was made."""
    table, name = _name(policy.table), _name(policy.name)
    reading = (
        f"SELECT '{policy.mark} ' || {AS_IT_STANDS} INTO mark FROM pg_policy p"  # noqa: S608  (likewise)
        f" WHERE p.polname = '{policy.name}' AND p.polrelid = '{table}'::regclass"
    )
    return (
        f"DROP POLICY IF EXISTS {name} ON {table}; CREATE POLICY {name} ON {table} {policy.sql};"
        f" DO $stek$ DECLARE mark text; BEGIN {reading};"
        f" EXECUTE format('COMMENT ON POLICY {name} ON {table} IS %L', mark); END $stek$"
    )


def _function(role: str) -> list[Step]:
    found = []
    bodies = _ask(
        "SELECT prosrc FROM pg_proc WHERE oid = to_regprocedure(%s)", [f"{FUNCTION}(text)"]
    )
    if bodies != [(function_body(),)]:
        sql = f"{function_sql()}; REVOKE ALL ON FUNCTION {FUNCTION}(text) FROM PUBLIC"
        found.append(Step("the way from a key to its STEK", sql))
    granted = bodies and _ask(
        "SELECT has_function_privilege(%s, %s, 'EXECUTE')", [role, f"{FUNCTION}(text)"]
    ) == [(True,)]
    if not granted or found:
        sql = f"GRANT EXECUTE ON FUNCTION {FUNCTION}(text) TO {_name(role)}"
        found.append(Step("may ask the way from a key to its STEK", sql))
    return found


def _ask(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _name(name: str) -> str:
    return connection.ops.quote_name(name)
