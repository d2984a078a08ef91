"""Real answers of the API against its own description, and the list of fields as it was decided."""

from typing import Any

import jsonschema
import pytest
from django.urls import get_resolver

from reports.api.filters import SHARED
from reports.api.openapi import ERRORS, EXAMPLES, PREFIX, document
from reports.api.schemas import SCHEMAS
from tests import factories
from tests.reports.api import TOKEN, ask, fill

pytestmark = pytest.mark.one_engine("the form of what test_answers.py reads on each engine")

#: What consumers build on: a field that comes, goes or gets another name is a decision, and stands
#: in docs/api.md.
FIELDS = {
    "Cell": "value hidden",
    "Column": "key label period",
    "Definitions": "schema version since measures tables reports",
    "Function": "key label",
    "ListedReport": (
        "stek period report title version latest definitions_version frozen_on url"
    ),
    "Measure": "key label",
    "MeasureMeaning": "key label text version since",
    "Period": "key first last label",
    "Problem": "type title status detail",
    "Report": (
        "schema stek period report title version latest definitions_version frozen_on columns "
        "tables definitions"
    ),
    "ReportList": "schema count page pages next previous figures",
    "ReportMeaning": "key title about tables",
    "Row": "key label measure cells",
    "Stek": "slug name",
    "Sum": "value reason",
    "SumOfReports": (
        "schema period report title complete steks missing note tables definitions"
    ),
    "SumRow": "key label measure value reason",
    "SumTable": "key title function shape measure definition rows total",
    "SummedStek": "slug name version definitions_version frozen_on",
    "Table": "key title function shape measure definition rows total",
    "TableMeaning": "key title function shape measure definition",
}  # fmt: skip


def strict(schema: Any) -> Any:
    """The same, in which no field may stand that is not described."""
    if isinstance(schema, list):
        return [strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: strict(value) for key, value in schema.items()}
    if "properties" in schema and schema.get("type") == "object":
        made["additionalProperties"] = False
    return made


def check(body: Any, name: str) -> None:
    whole = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": strict(SCHEMAS)}}
    found = jsonschema.Draft202012Validator(
        whole, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    errors = sorted(found.iter_errors(body), key=str)
    assert not errors, "\n".join(f"{list(one.path)}: {one.message}" for one in errors[:5])


def test_fields_are_those_that_were_decided():
    found = {
        name: " ".join(schema["properties"])
        for name, schema in SCHEMAS.items()
        if "properties" in schema
    }
    assert found == FIELDS
    for schema in SCHEMAS.values():
        assert schema.get("required") == list(schema.get("properties", {})) or "enum" in schema


@pytest.fixture
def koepel(stek, essen):
    """Two STEKs with figures, hidden cells, and means of which one is hidden."""
    fill(essen)
    for one in (stek, essen):
        for kind in SHARED:
            row = factories.snapshot(one, kind, "2026-Q3")
            assert row.shown is not None
            for table in row.shown["tables"]:
                if table["key"] == "answer_days":
                    cells = [[3.5, 8], "hidden", None]
                    table["rows"] = [["all", "alle partners", "answer_days", cells]]
            row.save()
    return factories.consumer(stek, essen, token=TOKEN)


@pytest.mark.parametrize("kind", SHARED)
def test_report_is_as_described(koepel, kind):
    one = ask("figures/kalmthout/2026-Q3/", report=kind).json()
    check(one, "Report")
    cells = [c for t in one["tables"] for r in t["rows"] for c in r["cells"]]
    assert {cell["hidden"] for cell in cells} == {True, False}
    assert all(len(r["cells"]) == len(one["columns"]) for t in one["tables"] for r in t["rows"])
    check(ask("sums/2026-Q3/", report=kind).json(), "SumOfReports")


def test_sum_that_is_not_complete_is_as_described(koepel):
    koepel.steks.add(factories.stek("Wuustwezel"))
    check(ask("sums/2026-Q3/").json(), "SumOfReports")


def test_list_and_definitions_are_as_described(koepel):
    check(ask("figures/").json(), "ReportList")
    check(ask("figures/", page=3).json(), "ReportList")
    check(ask("definitions/").json(), "Definitions")


@pytest.mark.parametrize(
    ("path", "token", "asked", "status"),
    [
        ("figures/", TOKEN, {"page": "x"}, 400),
        ("figures/", None, {}, 401),
        ("figures/nergens/2026-Q3/", TOKEN, {}, 404),
    ],
)
def test_problem_is_as_described(koepel, path, token, asked, status):
    answer = ask(path, token, **asked)
    assert answer.status_code == status
    check(answer.json(), "Problem")
    described = ERRORS[status][1]
    assert set(described) <= set(answer.headers)


def test_examples_are_as_described():
    for name, example in EXAMPLES.items():
        check(example, name)


def test_description_is_for_everybody_and_names_every_address(koepel):
    answer = ask("openapi.json", None)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    body = answer.json()
    assert body == document("http://testserver")
    assert body["openapi"] == "3.1.0"
    assert body["security"] == [{"token": []}]
    routes = {
        str(pattern.pattern)
        for pattern in get_resolver().namespace_dict["api"][1].url_patterns
        if pattern.name not in {"nothing", "unknown", "openapi"}
    }
    named = {
        path.removeprefix(f"{PREFIX}/")
        .replace("{stek}", "<slug:stek>")
        .replace("{period}", "<str:period>")
        for path in body["paths"]
    }
    assert named == routes
    for operation in (path["get"] for path in body["paths"].values()):
        assert {"200", "401", "405", "429", "503"} <= set(operation["responses"])
        for status, response in operation["responses"].items():
            if status != "200":
                name = response["$ref"].rsplit("/", 1)[1]
                assert name in body["components"]["responses"]


def test_schemas_are_schemas():
    for schema in SCHEMAS.values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_a_field_too_many_is_seen(koepel):
    body = ask("figures/").json()
    body["figures"][0]["household"] = 7
    with pytest.raises(AssertionError, match="household"):
        check(body, "ReportList")
