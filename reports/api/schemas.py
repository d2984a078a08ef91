"""The fields of every answer of the API, as JSON Schema (2020-12); a literal list.

`tests/reports/api/test_schema.py` holds real answers against it, and the list of fields against one
of its own, so that a change is a decision.
"""

from typing import Any

from reports.catalogue import Function, Measure, Shape

Schema = dict[str, Any]


def _object(description: str, **fields: Schema) -> Schema:
    """Every field is always there; null says that there is nothing to tell."""
    return {
        "type": "object",
        "description": description,
        "required": list(fields),
        "properties": fields,
    }


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


TEXT: Schema = {"type": "string"}
YES_NO: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
WHOLE: Schema = {"type": "integer", "minimum": 1}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {
    "type": ["number", "null"],
    "description": "A whole number; of a mean one with a decimal. Null: see beside it why.",
}
LINK: Schema = {"type": ["string", "null"], "format": "uri"}
FORM: Schema = {
    "type": "string",
    "const": "1.0",
    "description": "Of the form of this answer. Another first number is another API.",
}
MEASURE: Schema = {"type": "string", "enum": [measure.value for measure in Measure]}
REPORT: Schema = {"type": "string", "description": "Key of a report, see /definitions/."}
WORDS: Schema = {
    "type": "object",
    "description": "By measure that occurs: what it counts, in the words of the day of freezing.",
    "propertyNames": MEASURE,
    "additionalProperties": TEXT,
}
_ABOUT: dict[str, Schema] = {
    "stek": _ref("Stek"),
    "period": _ref("Period"),
    "report": REPORT,
    "title": TEXT,
    "version": WHOLE | {"description": "A correction is a next version beside the ones before."},
    "latest": YES_NO,
    "definitions_version": WHOLE,
    "frozen_on": DAY,
}
_TABLE: dict[str, Schema] = {
    "key": TEXT,
    "title": TEXT,
    "function": _ref("Function"),
    "shape": _ref("Shape"),
    "measure": _or_null(_ref("Measure")),
    "definition": TEXT | {"description": "How its rows are made; empty when the title says it."},
}
_ROW: dict[str, Schema] = {"key": TEXT, "label": TEXT, "measure": MEASURE}
_SUM: dict[str, Schema] = {
    "value": NUMBER,
    "reason": {
        "enum": [None, "hidden", "missing", "definitions", "mean", "nothing"],
        "description": (
            "Why there is no value. hidden: one of the STEKs hides it. missing: not every STEK is "
            "frozen. definitions: they were frozen with other definitions. mean: means are not "
            "added up. nothing: no STEK has anything to tell."
        ),
    },
}

SCHEMAS: dict[str, Schema] = {
    "Problem": _object(
        "What went wrong (RFC 9457).", type=TEXT, title=TEXT, status={"type": "integer"},
        detail=TEXT,
    ),
    "Stek": _object(
        "One place. The slug stands in addresses and never changes.", slug=TEXT, name=TEXT
    ),
    "Period": _object(
        "From first to last, both included.", key=TEXT, first=DAY, last=DAY, label=TEXT
    ),
    "Function": _object(
        "What a STEK is for.",
        key={"type": "string", "enum": [function.value for function in Function]},
        label=TEXT,
    ),
    "Shape": {
        "type": "string",
        "enum": [shape.value for shape in Shape],
        "description": (
            "figures: each row counts something else. partition and time: the rows add up to the "
            "total. parts: one thing may be in several rows. mean: the numbers are means."
        ),
    },
    "Measure": _object("What is counted; two measures are never added.", key=MEASURE, label=TEXT),
    "Cell": _object(
        "One number. hidden: it is not told, because it is small or would tell a small one. "
        "Neither value nor hidden: there is nothing to tell.",
        value=NUMBER,
        hidden=YES_NO,
    ),
    "Column": _object(
        "One period of the report.",
        key={"type": "string", "enum": ["now", "before", "year_before"]},
        label=TEXT,
        period=_ref("Period"),
    ),
    "Row": _object(
        "One row; a cell for each column.", **_ROW, cells=_list(_ref("Cell"))
    ),
    "Table": _object(
        "One table; total is what the rows are part of, a cell for each column.",
        **_TABLE,
        rows=_list(_ref("Row")),
        total=_or_null(_list(_ref("Cell"))),
    ),
    "ListedReport": _object(
        "One version of one frozen report.", **_ABOUT, url={"type": "string", "format": "uri"}
    ),
    "ReportList": _object(
        "What there is, the youngest period first.",
        schema=FORM,
        count=COUNT,
        page=WHOLE,
        pages=WHOLE,
        next=LINK,
        previous=LINK,
        figures=_list(_ref("ListedReport")),
    ),
    "Report": _object(
        "One frozen report, as it was shown.",
        schema=FORM,
        **_ABOUT,
        columns=_list(_ref("Column")),
        tables=_list(_ref("Table")),
        definitions=WORDS,
    ),
    "SummedStek": _object(
        "A STEK that is in the sum.",
        slug=TEXT,
        name=TEXT,
        version=WHOLE,
        definitions_version=WHOLE,
        frozen_on=DAY,
    ),
    "Sum": _object("One number of all STEKs together, or why there is none.", **_SUM),
    "SumRow": _object("One row of the sum.", **_ROW, **_SUM),
    "SumTable": _object(
        "One table of the sum.",
        **_TABLE,
        rows=_list(_ref("SumRow")),
        total=_or_null(_ref("Sum")),
    ),
    "SumOfReports": _object(
        "The same report of all STEKs of the token, added up.",
        schema=FORM,
        period=_ref("Period"),
        report=REPORT,
        title=TEXT,
        complete=YES_NO | {"description": "Whether every STEK of the token is in it."},
        steks=_list(_ref("SummedStek")),
        missing=_list(_ref("Stek")),
        note=TEXT | {"description": "A household that goes to two STEKs is counted in each."},
        tables=_list(_ref("SumTable")),
        definitions=WORDS,
    ),
    "MeasureMeaning": _object(
        "What a measure counts.", key=MEASURE, label=TEXT, text=TEXT, version=WHOLE, since=DAY
    ),
    "TableMeaning": _object("A table that a report may hold.", **_TABLE),
    "ReportMeaning": _object(
        "A report that exists in every STEK.", key=TEXT, title=TEXT, about=TEXT, tables=_list(TEXT)
    ),
    "Definitions": _object(
        "What each figure means now; a frozen report carries its own words.",
        schema=FORM,
        version=WHOLE,
        since=DAY,
        measures=_list(_ref("MeasureMeaning")),
        tables=_list(_ref("TableMeaning")),
        reports=_list(_ref("ReportMeaning")),
    ),
}  # fmt: skip
