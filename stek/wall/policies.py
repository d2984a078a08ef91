"""The SQL of the second wall: one policy for each table with rows of a STEK, and the way of a key.

A row is there when its STEK is among those that the connection said (`accounts/seeing.py`), or when
the row above it is there. The owner of the tables, who migrates and runs the commands, sees all.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models

from accounts.seeing import SETTING
from places.models import Stek
from stek.wall.owned import KEYS, OWNED, READ_BY_ALL

#: Asked once for a statement, not once for each row.
SEEN = f"(SELECT NULLIF(current_setting('{SETTING}', true), '')::bigint[])"
WALL, READING = "stek_wall", "stek_reading"
FUNCTION = "stek_behind_key"


@dataclass(frozen=True)
class Policy:
    """One policy as it must be."""

    table: str
    name: str
    sql: str

    @property
    def mark(self) -> str:
        """Stands as a comment at the policy, so that another one is seen to be another."""
        return hashlib.sha256(self.sql.encode()).hexdigest()[:16]


def model_of(label: str) -> type[models.Model]:
    """Tables between two others are models too, that no module names."""
    return next(m for m in apps.get_models(include_auto_created=True) if m._meta.label == label)


def wanted_policies() -> list[Policy]:
    policies = []
    for label, fields in OWNED.items():
        model = model_of(label)
        table = model._meta.db_table
        to_read, *others = (_is_there(model, field) for field in fields.split())
        to_write = " AND ".join([to_read, *others])
        rule = f"USING ({to_read}) WITH CHECK ({to_write})"
        policies.append(Policy(table, WALL, f"FOR ALL {rule}"))
        if label in READ_BY_ALL:
            policies.append(Policy(table, READING, "FOR SELECT USING (true)"))
    return policies


def _is_there(model: type[models.Model], name: str) -> str:
    """Whether the database shows a row of this model, by one of its fields."""
    field: Any = model._meta.get_field(name)
    column = f"{_quoted(model._meta.db_table)}.{_quoted(field.column)}"
    parent: type[models.Model] | None = field.related_model
    if parent is None or parent is Stek:
        among = f"{column} = ANY ({SEEN}::bigint[])"
        return f"({column} IS NULL OR {among})" if field.null else among
    above = _quoted(parent._meta.db_table)
    found = f"{above}.id = {column}"
    if parent._meta.label in READ_BY_ALL:
        # Its own policy shows it to everybody.
        found += f" AND {_is_there(parent, OWNED[parent._meta.label])}"
    return f"EXISTS (SELECT 1 FROM {above} WHERE {found})"  # noqa: S608  (our own names)


def function_body() -> str:
    """Every way from a key to STEKs; the argument is the hash of what somebody holds."""
    ways = []
    for label, (field, path) in KEYS.items():
        rows = model_of(label)._default_manager.order_by().filter(**{field: "what is asked"})
        sql, _values = rows.values_list(path).query.sql_with_params()
        ways.append(sql.replace("%s", "$1"))
    found = " UNION ALL ".join(ways)
    return f"SELECT array_agg(id) FROM ({found}) AS steks (id) WHERE id IS NOT NULL"  # noqa: S608  (likewise)


def function_sql() -> str:
    """It runs with the rights of its owner: it tells numbers of STEKs, and no row."""
    return (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}(key_hash text) RETURNS bigint[] LANGUAGE sql "
        "STABLE SECURITY DEFINER SET search_path = public, pg_temp"
        f" AS $stek${function_body()}$stek$"
    )


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
