"""What docs/security.md and docs/privacy.md promise names the tests that prove it; they are there.

A proof is written as `tests/path.py` or `tests/path.py::test_name`; each row of a table of promises
has one.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.strict import ROOT

DOCUMENTS = ("docs/security.md", "docs/privacy.md")
#: In backticks, a file and perhaps a test in it; or a test that should have its file before it.
PROOF = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
LOOSE = re.compile(r"`(test_\w+)[^`]*`")
PROMISES = "| Promise |"


@cache
def named_in(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef))


def faults_of(text: str) -> list[str]:
    """What the document names that is not there, and what it promises without a proof."""
    faults = [f"{name} stands without its file" for name in LOOSE.findall(text)]
    for file, name in PROOF.findall(text):
        path = ROOT / file
        if not path.is_file():
            faults.append(f"{file} is not there")
        elif name and name not in named_in(path):
            faults.append(f"{file} has no {name}")
        elif not name and not any(one.startswith("test_") for one in named_in(path)):
            faults.append(f"{file} holds no test")
    return faults + [f"no proof: {row[:60]}" for row in _promises(text) if not PROOF.search(row)]


def _promises(text: str) -> list[str]:
    """The rows of the tables whose first column says so."""
    rows, inside = [], False
    for line in text.splitlines():
        if line.startswith(PROMISES):
            inside = True
        elif not line.startswith("|"):
            inside = False
        elif inside and not line.startswith("|--"):
            rows.append(line)
    return rows


@pytest.mark.parametrize("name", DOCUMENTS)
def test_document_names_tests_that_are_there_for_all_it_promises(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert len(_promises(text)) > 10
    assert not faults_of(text)


@pytest.mark.parametrize(
    "row",
    [
        "| Nobody reads it | `tests/nowhere.py` |",
        "| Nobody reads it | `tests/test_promises.py::test_that_is_not_there` |",
        "| Nobody reads it | `tests/strict.py` |",
        "| Nobody reads it | `test_loose` |",
        "| Nobody reads it | trust us |",
    ],
)
def test_promise_without_a_proof_is_seen(row: str) -> None:
    assert faults_of(f"| Promise | Proof |\n|---|---|\n{row}\n")


def test_promise_with_its_proof_is_let_through() -> None:
    here = "`tests/test_promises.py::test_promise_without_a_proof_is_seen`"
    assert not faults_of(f"| Promise | Proof |\n|---|---|\n| It is proved | {here} |\n\n| a | b |")
