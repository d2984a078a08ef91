"""What makes a test fail where Django keeps silent: a GET that writes, an undefined variable."""

import re
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.db import connections
from django.template.base import FilterExpression, Node
from django.test import Client

ROOT = Path(__file__).resolve().parent.parent

# A page may note who read it, and keep its session and its rate limits.
MAY_CHANGE_ON_GET = {"accounts_session", "accounts_auditevent", "stek_cache"}
WRITE = re.compile(
    r"\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?"
    r"|CREATE\s+\w+|ALTER\s+\w+|DROP\s+\w+)\s+[\"']?(?P<table>\w+)",
    re.IGNORECASE,
)


class WriteOnGetError(AssertionError):
    """A GET changed a row; a GET must be safe to repeat, to prefetch and to reload."""


def refuse_writes(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    if (write := WRITE.match(sql)) and write["table"] not in MAY_CHANGE_ON_GET:
        raise WriteOnGetError(f"A GET wrote to {write['table']}: {sql[:200]}")
    return execute(sql, params, many, context)


class StrictClient(Client):
    """Django's test client, except that a GET or HEAD that writes fails the test."""

    def request(self, **request: Any) -> Any:
        with ExitStack() as guard:
            if request.get("REQUEST_METHOD", "GET") in {"GET", "HEAD", "OPTIONS"}:
                for connection in connections.all():
                    guard.enter_context(connection.execute_wrapper(refuse_writes))
            return super().request(**request)


class UndefinedVariableError(Exception):
    """One of our templates shows a variable that its view did not hand over."""


class UndefinedVariable(str):
    """The engine's `string_if_invalid`: empty as ever, but our own templates may not ask for it.

    Django tests its truth at the one place where a variable turned out to be undefined; saying
    False there leaves the templates of Django, allauth and crispy-forms as they are.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        frame = sys._getframe(1)
        expression = frame.f_locals.get("self")
        if frame.f_code.co_name != "resolve" or not isinstance(expression, FilterExpression):
            return False
        # `|default` says in so many words that the variable may be missing.
        if any(function.__name__.startswith("default") for function, _ in expression.filters):
            return False
        while (frame := frame.f_back) is not None:  # type: ignore[assignment]
            node = frame.f_locals.get("self")
            if isinstance(node, Node) and (origin := getattr(node, "origin", None)):
                if is_ours(origin.name):
                    raise UndefinedVariableError(f"{{{{ {expression.token} }}}} in {origin.name}")
                return False
        return False


def is_ours(template: str) -> bool:
    path = Path(template)
    return path.is_relative_to(ROOT) and "site-packages" not in path.parts
