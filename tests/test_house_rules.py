"""The house as tests: where code may stand, what it may import, and that nothing lies about unused.

Each rule over source text is a function that returns what breaks it. `PLANTS` at the end feeds each
of them a small offence, because a rule that cannot fail is no rule.
"""

import ast
import re
from pathlib import Path

import pytest

from accounts.log_words import VERBS
from tests.house import LAYERS, OWN, SOURCES, Rule, broken, imported, layer_of

# --- direction ---


def imports_upward(name: str, text: str) -> list[str]:
    """Imports of a higher app, also those inside a function."""
    place = LAYERS.index(name.split("/")[0])
    return [m for m in imported(ast.parse(text)) if layer_of(m) > place]


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
        for module in imported(function)
        if layer_of(module) >= 0
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


#: What is said to a checker so that it looks away.
EXCUSE = re.compile(
    r"#\s*(?:type: ignore(?:\[[\w, -]+\])?|noqa(?:: [A-Z0-9, ]+)?|pragma: [a-z ]+)(?P<why>.*)"
)


def bare_excuses(name: str, text: str) -> list[str]:
    """An excuse with no reason behind it."""
    found = [(n, EXCUSE.search(line)) for n, line in enumerate(text.splitlines(), start=1)]
    return [f"line {n}" for n, excuse in found if excuse and not excuse["why"].strip(" #")]


def test_every_excuse_to_a_checker_says_why() -> None:
    assert not broken(bare_excuses, OWN)


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


# --- actions ---

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
    signals = [m for m in imported(tree) if m.endswith(("signals", "dispatch"))]
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
    (bare_excuses, "people/x.py", "x = f()  # type: ignore[misc]"),
    (bare_excuses, "people/x.py", "x = f()  # noqa: S311"),
    (queries, "people/views.py", "def v(request):\n    Household.objects.filter(a=1)"),
    (queries, "people/card_views.py", "from django.db.models import Q"),
    (queries, "people/templatetags/x.py", "rows.exclude(a=1)"),
    (long_views, "people/views.py", "def v(request):\n" + "    x = 1\n" * 31),
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
]


@pytest.mark.parametrize(("rule", "name", "text"), PLANTS)
def test_the_rule_sees_an_offence(rule: Rule, name: str, text: str) -> None:
    assert rule(name, text)


#: What must stay allowed.
ALLOWED: list[tuple[Rule, str, str]] = [
    (imports_upward, "visits/x.py", "from people.models import Household"),
    (bare_excuses, "people/x.py", "x = f()  # noqa: S311  (nothing to guess)"),
    (queries, "people/views.py", "rows = Household.objects.visible_to(m).in_use()"),
    (queries, "people/querysets.py", "self.filter(a=1)"),
    (verbs_without_by, "people/actions.py", "def erase(household, *, by): ..."),
    (verbs_without_by, "people/actions.py", "def _piece(household): ..."),
    (badly_named_migration, "people/migrations/0002_household_language.py", ""),
]


@pytest.mark.parametrize(("rule", "name", "text"), ALLOWED)
def test_the_rule_lets_the_rightful_through(rule: Rule, name: str, text: str) -> None:
    assert not rule(name, text)
