"""The field list of HSDS 3.1 as a JSON schema, to hold what we write against it."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

FIELDS = Path(__file__).parents[1] / "vendor" / "hsds" / "fields.txt"
_COLUMN = re.compile(r"(?P<name>[a-z_0-9]+)(?P<needed>[!+]?)(?:=(?P<kind>\S+))?")
_FORMATS = {"uuid", "email", "uri", "date-time"}


@cache
def columns_of(table: str) -> dict[str, tuple[str, str]]:
    """By column: whether it is required, and what it holds."""
    for line in FIELDS.read_text().splitlines():
        name, _colon, columns = line.partition(": ")
        if name == table:
            found = [_COLUMN.fullmatch(word) for word in columns.split()]
            return {one["name"]: (one["needed"], one["kind"] or "") for one in found if one}
    raise KeyError(table)


def _kind(kind: str) -> dict[str, Any]:
    if kind.startswith("["):
        return {"type": "array", "items": {"$ref": f"#/$defs/{kind[1:-1]}"}}
    if kind.startswith("{"):
        return {"$ref": f"#/$defs/{kind[1:-1]}"}
    if kind == "number":
        return {"type": "number"}
    if kind in _FORMATS:
        return {"type": "string", "format": kind}
    if kind:
        return {"enum": [word.replace("_", " ") for word in kind.split("|")]}
    return {"type": "string"}


def _table(table: str) -> dict[str, Any]:
    columns = columns_of(table)
    return {
        "type": "object",
        "properties": {name: _kind(kind) for name, (_needed, kind) in columns.items()},
        "required": [name for name, (needed, _kind) in columns.items() if needed == "!"],
        "additionalProperties": False,
    }


def errors_in(table: str, item: Any) -> list[str]:
    """What the schema of one table has against a record, nested records included."""
    tables = [line.partition(":")[0] for line in FIELDS.read_text().splitlines() if line[0] != "#"]
    schema = {"$ref": f"#/$defs/{table}", "$defs": {name: _table(name) for name in tables}}
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(item)]


def errors_in_row(table: str, row: dict[str, str]) -> list[str]:
    """What is wrong with one row of a CSV: its columns, its ids, and what is required."""
    columns = columns_of(table)
    wrong = [f"{table} has no {name}" for name in row if name not in columns]
    wrong += [
        f"{table}.{name} is empty"
        for name, (needed, _kind) in columns.items()
        if needed and name not in row
    ]
    filled = {name: value for name, value in row.items() if value or not _is_formed(columns, name)}
    numbers = {name for name, (_needed, kind) in columns.items() if kind == "number"}
    item = {name: float(text) if name in numbers else text for name, text in filled.items()}
    return wrong + errors_in(table, item)


def _is_formed(columns: dict[str, tuple[str, str]], name: str) -> bool:
    return bool(columns.get(name, ("", ""))[1])
