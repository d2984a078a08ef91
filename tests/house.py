"""What the rules of the house look at: sources, templates, models and addresses."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent

#: From low to high; an import points to the same app or to one before it.
LAYERS = ("places", "accounts", "people", "visits", "forms_help", "referrals", "policy", "reviews", "reports", "stek")  # fmt: skip # noqa: E501
APPS = [name for name in LAYERS if (ROOT / name).is_dir()]
MODELS = [model for app in APPS for model in apps.get_app_config(app).get_models(True)]

SOURCES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for app in APPS
    for path in sorted((ROOT / app).rglob("*.py"))
}
OWN = {name: text for name, text in SOURCES.items() if "/migrations/" not in name}
TEMPLATES = {
    path.relative_to(ROOT / "templates").as_posix(): path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "templates").rglob("*.html"))
}

Rule = Callable[[str, str], list[str]]


def broken(rule: Rule, sources: dict[str, str]) -> list[str]:
    return [f"{name}: {offence}" for name, text in sources.items() for offence in rule(name, text)]


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def layer_of(module: str) -> int:
    top = module.split(".")[0]
    return LAYERS.index(top) if top in LAYERS else -1


def routes_of(patterns: list[Any], path: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        route = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes_of(pattern.url_patterns, route)
        else:
            yield route, pattern


ROUTES = list(routes_of(get_resolver().url_patterns))
