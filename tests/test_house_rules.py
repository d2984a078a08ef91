"""The house as tests: where code may stand, what it may import, and that nothing lies about unused.

Each rule over source text is a function that returns what breaks it. `PLANTS` at the end feeds each
of them a small offence, because a rule that cannot fail is no rule.
"""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import allauth
import django.contrib.admin
import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.log_words import VERBS
from people.models import Household, paired
from places.models import Stek
from stek.everything.links import JOINS, LEFT_OUT, LINKS, POINTERS, fields_of
from stek.everything.words import TITLES, WORDS
from stek.kinds_of_data import KINDS
from stek.management.commands.run_due import SLOW_TASKS, TASKS
from stek.privacy import FIELDS, Kept, Privacy
from stek.register import kept_for

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


# --- direction ---


def imports_upward(name: str, text: str) -> list[str]:
    """Imports of a higher app, also those inside a function."""
    place = LAYERS.index(name.split("/")[0])
    return [m for m in _imported(ast.parse(text)) if _layer(m) > place]


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def _layer(module: str) -> int:
    top = module.split(".")[0]
    return LAYERS.index(top) if top in LAYERS else -1


def test_an_import_points_down_the_house() -> None:
    assert not broken(imports_upward, SOURCES)


#: An import inside a function hides a circle; these have another reason.
IMPORTS_INSIDE = {
    "stek/middleware.py": "middleware is loaded before the models are",
    "stek/apps.py": "checks can only be registered once the apps are loaded",
}


def imports_inside(name: str, text: str) -> list[str]:
    if name in IMPORTS_INSIDE:
        return []
    functions = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef)]
    return [
        f"{function.name} imports {module}"
        for function in functions
        for module in _imported(function)
        if _layer(module) >= 0
    ]


def test_nothing_of_ours_is_imported_inside_a_function() -> None:
    assert not broken(imports_inside, OWN)


# --- names and sizes ---

NO_HOME = {"core", "common", "utils", "helpers", "base", "services"}


def homeless(name: str, text: str) -> list[str]:
    """A helper belongs to the app whose word it uses."""
    return sorted(NO_HOME & set(Path(name).with_suffix("").parts))


def test_no_module_is_a_drawer_for_everything() -> None:
    assert not broken(homeless, SOURCES)


LONGEST = 300
#: Longer, for a reason; a module that became shorter leaves this list.
LONG: dict[str, str] = {"stek/privacy.py": "a literal list with a line for each model"}


def too_long(name: str, text: str) -> list[str]:
    lines = len(text.splitlines())
    return [f"{lines} lines"] if lines > LONGEST and name not in LONG else []


def test_a_module_that_outgrows_its_concept_is_split() -> None:
    assert not broken(too_long, OWN)
    assert [name for name in LONG if len(OWN.get(name, "").splitlines()) <= LONGEST] == []


def without_docstring(name: str, text: str) -> list[str]:
    return ["no docstring"] if text.strip() and not ast.get_docstring(ast.parse(text)) else []


def test_every_module_says_what_is_in_it() -> None:
    assert not broken(without_docstring, OWN)


#: Programs that speak to a terminal.
MAY_PRINT = {"stek/run.py"}


def prints(name: str, text: str) -> list[str]:
    called = [n.func for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Call)]
    found = [f for f in called if isinstance(f, ast.Name) and f.id == "print"]
    return [f"print in line {f.lineno}" for f in found] if name not in MAY_PRINT else []


def test_nothing_prints() -> None:
    assert not broken(prints, OWN)


# --- views ---

#: Methods that ask or change the database; a view calls a queryset's adjective or an action.
QUERIES = {
    "filter", "exclude", "annotate", "aggregate", "order_by", "values_list", "raw", "extra",
    "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
}  # fmt: skip


def queries(name: str, text: str) -> list[str]:
    """Query expressions in a view or a template tag."""
    if not (name.endswith("views.py") or "/templatetags/" in name):
        return []
    tree = ast.parse(text)
    called = [n.func for n in ast.walk(tree) if isinstance(n, ast.Call)]
    found = [f for f in called if isinstance(f, ast.Attribute) and f.attr in QUERIES]
    expressions = [
        f"imports {alias.name} of django.db.models"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.db.models")
        for alias in node.names
    ]
    return [f".{f.attr}( in line {f.lineno}" for f in found] + expressions


def test_views_and_template_tags_hold_no_queries() -> None:
    assert not broken(queries, OWN)


#: "About 25": decorators and docstring not counted.
LONGEST_VIEW = 30


def long_views(name: str, text: str) -> list[str]:
    if not name.endswith("views.py"):
        return []
    functions = [n for n in ast.parse(text).body if isinstance(n, ast.FunctionDef)]
    return [
        f"{function.name} has {lines} lines"
        for function in functions
        if (lines := (function.end_lineno or 0) - _first_line(function)) > LONGEST_VIEW
    ]


def _first_line(function: ast.FunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[0].lineno - 1 if body else function.lineno


def test_a_view_guards_asks_and_answers() -> None:
    assert not broken(long_views, OWN)


def _routes(patterns: list[Any], path: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        route = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route, pattern


ROUTES = list(_routes(get_resolver().url_patterns))
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
    """The roles themselves stand in tests/test_access.py."""
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


# --- actions and models ---

#: Public functions of an actions module that change nothing, or that the machine does by itself.
NO_ACTOR = {
    ("people/actions.py", "next_number"),
    ("people/imports/actions.py", "drop_old_drafts"),
    ("referrals/hsds/actions.py", "drop_old_directory_drafts"),
}


def verbs_without_by(name: str, text: str) -> list[str]:
    """Every verb says who does it, by name."""
    if not name.endswith("actions.py"):
        return []
    functions = [n for n in ast.parse(text).body if isinstance(n, ast.FunctionDef)]
    return [
        f.name
        for f in functions
        if not f.name.startswith("_")
        and (name, f.name) not in NO_ACTOR
        and "by" not in {argument.arg for argument in f.args.kwonlyargs}
    ]


def test_every_action_says_who_does_it() -> None:
    assert not broken(verbs_without_by, OWN)
    there = {
        (name, node.name)
        for name, text in OWN.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
    }
    assert there >= NO_ACTOR


def hidden_changes(name: str, text: str) -> list[str]:
    """A change stands in an action: no signals, no overridden save or delete."""
    tree = ast.parse(text)
    signals = [m for m in _imported(tree) if m.endswith(("signals", "dispatch"))]
    if Path(name).name != "models.py" and "/models/" not in name:
        return signals
    functions = [n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    return signals + [f for f in functions if f in {"save", "delete"}]


def test_nothing_changes_behind_the_back_of_an_action() -> None:
    assert not broken(hidden_changes, OWN)


#: Functions that take a verb of the log.
WRITE_LOG = {"record", "record_read", "_record", "_save_access"}


def audit_verbs(name: str, text: str) -> list[str]:
    """Verbs of the log without a Dutch name."""
    found: list[ast.expr | None] = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            function = getattr(node.func, "id", getattr(node.func, "attr", ""))
            found += node.args if function in WRITE_LOG else []
            found += [k.value for k in node.keywords if k.arg == "verb"]
        elif isinstance(node, ast.arguments):
            keyword_only = zip(node.kwonlyargs, node.kw_defaults, strict=True)
            found += [default for argument, default in keyword_only if argument.arg == "verb"]
    verbs = {n.value for n in found if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    return sorted(verbs - set(VERBS))


def test_every_verb_of_the_log_has_a_dutch_name() -> None:
    assert not broken(audit_verbs, OWN)


#: Foreign keys that do not protect, and why.
NOT_PROTECTED = {
    "places.TableTurn.hours": ("CASCADE", "part of the hours, which go only before they are used"),
    "forms_help.DocumentName.document": ("CASCADE", "part of the paper it names"),
    "people.BudgetStep.rule": ("CASCADE", "part of the rule"),
    "people.GroceryAccess.budget_step": ("SET_NULL", "without it the step follows from the size"),
    "referrals.ServiceHours.service": ("CASCADE", "part of what is offered"),
    "referrals.InboundReferral.budget_step": ("SET_NULL", "without it the step follows from size"),
    "people.ImportMapping.stek": ("CASCADE", "remembered for convenience only"),
    "people.NameKey.stek": ("CASCADE", "derived from the names"),
    "people.NameKey.household": ("CASCADE", "derived from the names"),
    "people.NameKey.member": ("CASCADE", "derived from the names"),
    "people.DuplicatePair.one": ("CASCADE", "derived from the names"),
    "people.DuplicatePair.other": ("CASCADE", "derived from the names"),
}


def test_what_others_point_at_is_protected() -> None:
    found = {}
    for model in MODELS:
        if model._meta.auto_created:
            continue  # Django's own tables of groups and permissions, which stay empty
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey):
                rule = field.remote_field.on_delete.__name__
                if rule != "PROTECT":
                    found[f"{model._meta.label}.{field.name}"] = rule
    assert found == {name: rule for name, (rule, _why) in NOT_PROTECTED.items()}


def unpaired(model: type[models.Model]) -> list[str]:
    """Who and when are filled together or not at all, and the database holds it."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    conditions = [
        c.condition for c in model._meta.constraints if isinstance(c, models.CheckConstraint)
    ]
    offences = []
    for name in fields:
        if not name.endswith("_by"):
            continue
        at = name.removesuffix("_by") + "_at"
        if at not in fields:
            offences.append(f"{name} without {at}")
        elif fields[name].null != fields[at].null:
            offences.append(f"only one of {name} and {at} may be empty")
        elif fields[name].null and paired(at, name) not in conditions:
            offences.append(f"{at} and {name} without a constraint")
    return offences


def test_who_and_when_go_together() -> None:
    assert {model._meta.label: unpaired(model) for model in MODELS if unpaired(model)} == {}


@isolate_apps("people")
def test_a_pair_without_a_constraint_is_seen() -> None:
    class Planted(models.Model):
        opened_at = models.DateTimeField(null=True)
        opened_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
        closed_by = models.ForeignKey("self", models.PROTECT, related_name="+")

        class Meta:
            app_label = "people"

        def __str__(self) -> str:
            return ""

    assert unpaired(Planted) == [
        "opened_at and opened_by without a constraint",
        "closed_by without closed_at",
    ]


def badly_named_migration(name: str, text: str) -> list[str]:
    """Named for what it means: 0007_household_language, not 0007_auto_20260301 or 0007_alter_..."""
    if "/migrations/" not in name or Path(name).stem in {"__init__", "0001_initial"}:
        return []
    stem = Path(name).stem
    good = re.fullmatch(r"\d{4}_[a-z][a-z0-9_]+", stem)
    generated = re.search(r"_auto_|_(alter|rename|add|remove)_\w+_(and_more|\w+_\w+_\w+_\w+)", stem)
    return [stem] if not good or generated else []


def test_migrations_are_named_for_what_they_mean() -> None:
    assert not broken(badly_named_migration, SOURCES)


# --- privacy ---


def test_every_field_says_what_it_tells_about_a_person_and_how_long_it_stays() -> None:
    stored = {
        f"{model._meta.label}.{field.name}"
        for model in MODELS
        for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many)
    }
    assert stored - set(FIELDS) == set(), "in no list of stek/privacy.py"
    assert set(FIELDS) - stored == set(), "in stek/privacy.py, but gone"


def test_a_term_that_is_a_setting_is_one() -> None:
    settings = {field.name for field in Stek._meta.concrete_fields}
    assert {kept.value for kept in (Kept.IDENTITY, Kept.LOG)} <= settings


def test_nothing_personal_stays_for_ever() -> None:
    personal = {name for name, (kind, _kept) in FIELDS.items() if kind is Privacy.PERSONAL}
    assert not {name for name in personal if FIELDS[name][1] is Kept.FOREVER}


def _ways_to_a_household(model: type[models.Model], seen: frozenset[Any]) -> bool:
    """Whether a row of this kind leads to a household, over any number of foreign keys."""
    pointed_at = {
        field.related_model
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
    }
    return Household in pointed_at or any(
        _ways_to_a_household(other, seen | {model})
        for other in pointed_at - seen - {model}
        if isinstance(other, type)
    )


def test_every_row_that_leads_to_a_household_is_declared() -> None:
    """Then it is in "alles over dit huishouden", in the register and on the breach page."""
    leading = {
        model._meta.label
        for model in MODELS
        if _ways_to_a_household(model, frozenset()) or model is Household
    }
    assert leading - set(LINKS) - set(JOINS) == set(), "in no list of stek/everything/links.py"
    assert set(LINKS) | set(JOINS) <= leading
    missing = {
        f"{model}.{field}"
        for model in (*LINKS, *POINTERS)
        if model != "accounts.AuditEvent"
        for field in fields_of(model)
        if field not in WORDS.get(model, {}) or model not in TITLES
    }
    assert missing == set(), "without a word in stek/everything/words.py"
    assert {name.rsplit(".", 1)[0] for name in LEFT_OUT} <= {*LINKS, *POINTERS}


#: What carries out each term; the others end with something that a person does.
CARRIED_OUT = {
    Kept.IDENTITY: "carry_out_terms",
    Kept.LOG: "carry_out_terms",
    Kept.MESSAGE: "forget_messages",
    Kept.DRAFT: "drop_old_drafts",
    Kept.NOTE: "forget_old_notes",
    Kept.REFERRAL: "forget_details",
    Kept.REQUEST: "forget_decided",
    Kept.SESSION: "clear_sessions",
    Kept.INVITATION: "forget_addresses",
    Kept.MERGE: "make_merges_final",
    Kept.SEAT: "forget_what_waits_too_long",
    Kept.PIN: "drop_pins",
}
BY_A_PERSON = {Kept.PARTNER, Kept.RESTRICTION, Kept.ACCOUNT, Kept.FOREVER}


def test_every_term_is_carried_out_and_has_words() -> None:
    assert set(CARRIED_OUT) | BY_A_PERSON == set(Kept)
    tasks = {task.__name__ for _what, task in (*TASKS, *SLOW_TASKS)}
    assert set(CARRIED_OUT.values()) <= tasks
    for kept in Kept:
        said = kept_for(kept, Stek())
        assert said.nl, kept
        assert said.fr, kept
        assert said.en, kept


def test_every_row_about_somebody_is_of_one_kind_of_data() -> None:
    """Then it is in the register of processing, and what is of visitors in the statement."""
    personal = {
        name.rsplit(".", 1)[0] for name, (kind, _k) in FIELDS.items() if kind is Privacy.PERSONAL
    }
    named = [model for kind in KINDS for model in kind.models]
    assert len(named) == len(set(named))
    assert (personal | set(LINKS) | POINTERS) - set(named) == set(), "not in stek/kinds_of_data.py"
    assert set(named) <= {name.rsplit(".", 1)[0] for name in FIELDS}


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
    (imports_upward, "people/x.py", "def f():\n    from visits.models import Visit"),
    (imports_upward, "places/x.py", "import accounts.models"),
    (imports_inside, "visits/x.py", "def f():\n    from people.models import Household"),
    (homeless, "people/utils.py", ""),
    (homeless, "people/core/names.py", ""),
    (too_long, "people/x.py", "x = 1\n" * 301),
    (without_docstring, "people/x.py", "x = 1"),
    (prints, "people/x.py", "def f():\n    print(1)"),
    (queries, "people/views.py", "def v(request):\n    Household.objects.filter(a=1)"),
    (queries, "people/card_views.py", "from django.db.models import Q"),
    (queries, "people/templatetags/x.py", "rows.exclude(a=1)"),
    (long_views, "people/views.py", "def v(request):\n" + "    x = 1\n" * 31),
    (not_dutch, "huishoudens/search/", ""),
    (not_dutch, "Balie/", ""),
    (verbs_without_by, "people/actions.py", "def erase(household): ..."),
    (verbs_without_by, "people/access_actions.py", "def erase(household, by): ..."),
    (hidden_changes, "people/models.py", "class A:\n    def save(self): ..."),
    (hidden_changes, "people/models/household.py", "class A:\n    def delete(self): ..."),
    (hidden_changes, "people/x.py", "from django.db.models.signals import post_save"),
    (audit_verbs, "people/actions.py", "record('besnuffel', on=row, by=by)"),
    (audit_verbs, "people/actions.py", "grant(verb='besnuffel')"),
    (audit_verbs, "people/actions.py", "def grant(*, verb='besnuffel'): ..."),
    (badly_named_migration, "people/migrations/0002_auto_20260301_1200.py", ""),
    (badly_named_migration, "people/migrations/0002_alter_member_options_and_more.py", ""),
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
    (imports_upward, "visits/x.py", "from people.models import Household"),
    (queries, "people/views.py", "rows = Household.objects.visible_to(m).in_use()"),
    (queries, "people/querysets.py", "self.filter(a=1)"),
    (verbs_without_by, "people/actions.py", "def erase(household, *, by): ..."),
    (verbs_without_by, "people/actions.py", "def _piece(household): ..."),
    (not_dutch, "huishoudens/<int:pk>/wijzigen/", ""),
    (badly_named_migration, "people/migrations/0002_household_language.py", ""),
    (inline, "x.html", '<script src="a.js"></script><p data-style="a" hx-swap="none">'),
    (leaky_includes, "x.html", '{% include "people/_line.html" with a=b only %}'),
]


@pytest.mark.parametrize(("rule", "name", "text"), ALLOWED)
def test_the_rule_lets_the_rightful_through(rule: Rule, name: str, text: str) -> None:
    assert not rule(name, text)


def test_a_setting_that_is_read_is_seen() -> None:
    text = "A = env.str('STEK_A')\nB = os.environ.get('STEK_B')\nC = other.get('STEK_C')"
    assert settings_read(text) == {"STEK_A", "STEK_B"}
