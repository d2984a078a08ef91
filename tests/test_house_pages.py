"""The house as tests: addresses and their doors, templates, static files, settings and targets.

A rule over text is a function that returns what breaks it; `PLANTS` feeds each a small offence.
"""

import ast
import re
from pathlib import Path

import allauth
import django.contrib.admin
import pytest

from tests.house import APPS, OWN, ROOT, ROUTES, TEMPLATES, Rule, broken

# --- addresses ---

#: Pages of packages that we route: for anybody, or for any account.
NOT_OURS = {"account_login", "account_logout", "account_change_password", "mfa_authenticate"}
#: Pages of ours for any account, with a role or without: one's own.
OWN_ACCOUNT = {
    "account", "end_session", "end_other_sessions", "set_up_factor", "remove_factor",
    "recovery_codes", "renew_codes",
}  # fmt: skip
#: Pages of ours for anybody.
PUBLIC = {
    "home", "public", "privacy", "first_privacy", "poster", "first_calendar", "calendar",
    "calendar_shop", "calendar_table", "calendar_activities", "ask_access", "code", "answer",
    "renew_link", "figures", "figures_of", "sums", "meanings", "openapi", "nothing", "unknown",
    "accept_invitation", "health", "lock_screen", "lock",
}  # fmt: skip


def test_every_door_carries_its_roles() -> None:
    """The roles themselves stand in tests/access/doors.py."""
    for route, pattern in ROUTES:
        view = pattern.callback
        in_admin = hasattr(view, "admin_site") or hasattr(view, "model_admin")
        open_to_all = NOT_OURS | PUBLIC | OWN_ACCOUNT
        if in_admin or pattern.name in open_to_all or route.startswith("beheer/"):
            continue
        assert hasattr(view, "allowed_roles"), f"{route} lets everybody in"


def test_every_view_is_a_function() -> None:
    for route, pattern in ROUTES:
        view = pattern.callback
        if view.__module__.split(".")[0] in APPS:
            assert not hasattr(view, "view_class"), route


#: English words that would slip into an address.
ENGLISH = {
    "accounts", "add", "admin", "cancel", "card", "cards", "change", "close", "confirm", "counter",
    "create", "delete", "edit", "erase", "grant", "home", "household", "households", "import",
    "list", "login", "logout", "member", "members", "message", "new", "open", "print", "remove",
    "renew", "resume", "search", "settings", "suspend", "switch", "today", "undo", "user", "users",
    "visit", "visits", "void", "week-review",
}  # fmt: skip


def not_dutch(route: str, _text: str) -> list[str]:
    words = re.sub(r"<[^>]+>", "", route).strip("/").split("/")
    return [w for w in words if w and (w in ENGLISH or not re.fullmatch(r"[a-z0-9.-]+", w))]


def test_addresses_are_dutch_and_lowercase() -> None:
    routes = {route: "" for route, _pattern in ROUTES if not route.startswith("beheer/")}
    assert len(routes) > 20
    assert not broken(not_dutch, routes)


# --- templates, static files, settings ---

INLINE = {
    "a style sheet in the page": re.compile(r"<style", re.IGNORECASE),
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "an on... attribute": re.compile(r"<[a-z][^>]*\s(on[a-z]+|hx-on[:a-z-]*)\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
}


def inline(name: str, text: str) -> list[str]:
    """What the Content-Security-Policy would refuse."""
    return [what for what, pattern in INLINE.items() if pattern.search(text)]


def test_templates_hold_no_script_and_no_style() -> None:
    assert not broken(inline, TEMPLATES)


def leaky_includes(name: str, text: str) -> list[str]:
    """A piece gets what it needs by name, and `only` that."""
    tags = re.findall(r"{%-?\s*include\s+(.*?)%}", text, re.DOTALL)
    return [tag.strip() for tag in tags if not re.search(r"\bonly\s*$", tag)]


def test_pieces_are_included_with_only() -> None:
    assert not broken(leaky_includes, TEMPLATES)


#: Found by Django by these names.
BY_NAME = {"400.html", "403.html", "404.html", "429.html", "500.html"}
#: Templates of packages, which ours replace by having the same name.
PACKAGES = [
    Path(package.__file__).parent / "templates" for package in (django.contrib.admin, allauth)
]


def test_every_template_is_used() -> None:
    texts = [*OWN.values(), *TEMPLATES.values()]
    unused = [
        name
        for name in TEMPLATES
        if name not in BY_NAME
        and not any((folder / name).exists() for folder in PACKAGES)
        and not any(f'"{name}"' in text or f"'{name}'" in text for text in texts)
        and not any(f'"{name}#' in text or f"'{name}#" in text for text in texts)
    ]
    assert unused == []


#: Beside the files that they are about.
PAPERS = {"LICENSE", "README.md"}


def test_every_static_file_is_used() -> None:
    static = ROOT / "static"
    files = [path for path in static.rglob("*") if path.is_file() and path.name not in PAPERS]
    pages = "\n".join([*OWN.values(), *TEMPLATES.values()])
    sheets = {p: p.read_text(encoding="utf-8") for p in files if p.suffix in {".css", ".js"}}
    unused = [
        path.relative_to(static).as_posix()
        for path in files
        if path.relative_to(static).as_posix() not in pages
        and not any(path.name in text for other, text in sheets.items() if other != path)
    ]
    assert unused == []


def settings_read(text: str) -> set[str]:
    """Names of environment variables that are read."""
    names = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            owner = ast.unparse(node.func.value)
            first = node.args[0]
            if owner in {"env", "os.environ"} and isinstance(first, ast.Constant):
                names.add(str(first.value))
    return names


def test_the_readme_lists_the_settings_that_are_read() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", readme, re.MULTILINE))
    assert listed == settings_read(OWN["stek/settings.py"])


def test_the_readme_lists_the_targets_of_make() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"`make ([a-z]+)`", readme))
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert {"run", "test"} <= named <= targets


# --- each rule was seen red ---

PLANTS: list[tuple[Rule, str, str]] = [
    (not_dutch, "huishoudens/search/", ""),
    (not_dutch, "Balie/", ""),
    (inline, "x.html", "<p style='color: red'>"),
    (inline, "x.html", "<style>p {}</style>"),
    (inline, "x.html", "<script>alert(1)</script>"),
    (inline, "x.html", '<button class="a" onclick="f()">'),
    (inline, "x.html", '<a href="javascript:f()">'),
    (leaky_includes, "x.html", '{% include "people/_line.html" with a=b %}'),
]


@pytest.mark.parametrize(("rule", "name", "text"), PLANTS)
def test_the_rule_sees_an_offence(rule: Rule, name: str, text: str) -> None:
    assert rule(name, text)


#: What must stay allowed.
ALLOWED: list[tuple[Rule, str, str]] = [
    (not_dutch, "huishoudens/<int:pk>/wijzigen/", ""),
    (inline, "x.html", '<script src="a.js"></script><p data-style="a" hx-swap="none">'),
    (leaky_includes, "x.html", '{% include "people/_line.html" with a=b only %}'),
]


@pytest.mark.parametrize(("rule", "name", "text"), ALLOWED)
def test_the_rule_lets_the_rightful_through(rule: Rule, name: str, text: str) -> None:
    assert not rule(name, text)


def test_a_setting_that_is_read_is_seen() -> None:
    text = "A = env.str('STEK_A')\nB = os.environ.get('STEK_B')\nC = other.get('STEK_C')"
    assert settings_read(text) == {"STEK_A", "STEK_B"}
