"""The read API in the words of OpenAPI 3.1: addresses, filters, answers, errors and examples."""

from typing import Any

from reports.api.filters import SHARED, USUAL
from reports.api.problems import TITLES, TYPE
from reports.api.schemas import SCHEMAS

PREFIX = "/api/v1"

_PERIOD = {"key": "2026-Q3", "first": "2026-07-01", "last": "2026-09-30",
           "label": "derde kwartaal 2026"}  # fmt: skip
_STEK = {"slug": "kalmthout", "name": "Kalmthout"}
_ABOUT = {"stek": _STEK, "period": _PERIOD, "report": USUAL, "title": "SAAMO", "version": 1,
          "latest": True, "definitions_version": 1, "frozen_on": "2026-10-14"}  # fmt: skip
_TABLE = {
    "key": "questions_outcome",
    "title": "vragen per resultaat",
    "function": {"key": "refer", "label": "verwijzen"},
    "shape": "partition",
    "measure": {"key": "questions", "label": "vragen"},
    "definition": "",
}
_HANDLED = {"key": "handled", "label": "afgehandeld", "measure": "questions"}
_LEFT = {"key": "not_solved", "label": "niet gelukt", "measure": "questions"}
_COLUMNS = [
    {"key": "now", "label": "derde kwartaal 2026", "period": _PERIOD},
    {
        "key": "before",
        "label": "tweede kwartaal 2026",
        "period": {"key": "2026-Q2", "first": "2026-04-01", "last": "2026-06-30",
                   "label": "tweede kwartaal 2026"},
    },
    {
        "key": "year_before",
        "label": "derde kwartaal 2025",
        "period": {"key": "2025-Q3", "first": "2025-07-01", "last": "2025-09-30",
                   "label": "derde kwartaal 2025"},
    },
]  # fmt: skip
_WORDS = {"questions": "Vragen die aan tafel genoteerd zijn, op de dag van de opening."}
_SHOWN = {"value": 112, "hidden": False}
_HIDDEN = {"value": None, "hidden": True}

EXAMPLES: dict[str, dict[str, Any]] = {
    "ReportList": {
        "schema": "1.0", "count": 1, "page": 1, "pages": 1, "next": None, "previous": None,
        "figures": [
            _ABOUT | {"url": "https://stek.example/api/v1/figures/kalmthout/2026-Q3/"
                             "?report=saamo&version=1"},
        ],
    },
    "Report": {
        "schema": "1.0", **_ABOUT, "columns": _COLUMNS,
        "tables": [_TABLE | {
            "rows": [_HANDLED | {"cells": [_SHOWN, _SHOWN, _HIDDEN]},
                     _LEFT | {"cells": [_HIDDEN, _HIDDEN, _HIDDEN]}],
            "total": [{"value": 140, "hidden": False}, _SHOWN, _HIDDEN],
        }],
        "definitions": _WORDS,
    },
    "SumOfReports": {
        "schema": "1.0", "period": _PERIOD, "report": USUAL, "title": "SAAMO", "complete": True,
        "steks": [_STEK | {"version": 1, "definitions_version": 1, "frozen_on": "2026-10-14"}],
        "missing": [],
        "note": "Een huishouden dat naar twee STEKs gaat, telt in elk van beide mee.",
        "tables": [_TABLE | {
            "rows": [_HANDLED | {"value": 112, "reason": None},
                     _LEFT | {"value": None, "reason": "hidden"}],
            "total": {"value": 140, "reason": None},
        }],
        "definitions": _WORDS,
    },
    "Definitions": {
        "schema": "1.0", "version": 1, "since": "2026-11-26",
        "measures": [{"key": "questions", "label": "vragen", "text": _WORDS["questions"],
                      "version": 1, "since": "2026-11-26"}],
        "tables": [_TABLE],
        "reports": [{"key": USUAL, "title": "SAAMO", "about": "Alle cijfers van de vier functies.",
                     "tables": ["questions_outcome"]}],
    },
}  # fmt: skip

#: By status: when, and the headers that come with it.
ERRORS: dict[int, tuple[str, dict[str, str]]] = {
    400: ("A filter is unknown, doubled or not understood.", {}),
    401: (
        "No token, a wrong one, or one that was revoked.",
        {"WWW-Authenticate": "Bearer, with error=invalid_token for a token that is not valid."},
    ),
    404: ("Unknown, not frozen, or of a STEK that the token may not read: one answer for all.", {}),
    405: ("Anything but GET and HEAD.", {"Allow": "GET, HEAD"}),
    429: ("Too many requests, or too many wrong tokens.", {"Retry-After": "Seconds to wait."}),
}


def document(server: str) -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Stek: frozen figures",
            "version": "1.0",
            "summary": "Read the frozen reports that a STEK shares, without small numbers.",
            "description": (
                "Figures only, nobody in them. A report is here from the day that it was frozen, "
                "and says the same for ever; a correction is a next version. Numbers of 1 to 4, "
                "and those that would tell them, are hidden. Fields may be added within version 1; "
                "none goes and none changes its meaning."
            ),
        },
        "servers": [{"url": server}],
        "security": [{"token": []}],
        "paths": {
            f"{PREFIX}/figures/": _get(
                "listFigures", "Every frozen report that the token may read.", "ReportList", 400,
                parameters=[
                    _query("stek", "Only of this STEK: its slug.", {"type": "string"}),
                    _query("period", "Only of this period.", {"type": "string"}, "2026-Q3"),
                    _query("report", "Only this report.", _REPORTS),
                    _query("page", "Fifty on each.", {"type": "integer", "minimum": 1}),
                ],
            ),
            f"{PREFIX}/figures/{{stek}}/{{period}}/": _get(
                "readReport", "One frozen report of one STEK.", "Report", 400, 404,
                parameters=[
                    _path("stek", "The slug of a STEK.", "kalmthout"),
                    _path("period", _PERIODS, "2026-Q3"),
                    _query("report", "Which report.", _REPORTS | {"default": USUAL}),
                    _query(
                        "version", "Without it the latest.", {"type": "integer", "minimum": 1}
                    ),
                ],
            ),
            f"{PREFIX}/sums/{{period}}/": _get(
                "readSum", "The same report of all STEKs of the token, added up.", "SumOfReports",
                400, 404,
                parameters=[
                    _path("period", _PERIODS, "2026-Q3"),
                    _query("report", "Which report.", _REPORTS | {"default": USUAL}),
                ],
            ),
            f"{PREFIX}/definitions/": _get(
                "readDefinitions", "What each figure means.", "Definitions", 400, parameters=[]
            ),
        },
        "components": {
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "43 signs, from the coordinator of a STEK; shown once.",
                }
            },
            "schemas": SCHEMAS,
            "responses": {
                **{f"Problem{status}": _problem(status) for status in ERRORS},
                "Away": {
                    "description": "The database is away for a moment; the body is a page.",
                    "headers": {"Retry-After": _header("Seconds to wait.")},
                    "content": {"text/html": {"schema": {"type": "string"}}},
                },
            },
        },
    }  # fmt: skip


_PERIODS = "2026-Q3, 2026-H1, 2026, 2026-03, 2026-W47, or two days: 2026-01-15_2026-02-20."
_REPORTS: dict[str, Any] = {"type": "string", "enum": list(SHARED)}


def _get(
    name: str, summary: str, schema: str, *errors: int, parameters: list[dict[str, Any]]
) -> dict[str, Any]:
    ok = {
        "description": summary,
        "content": {
            "application/json": {
                "schema": {"$ref": f"#/components/schemas/{schema}"},
                "example": EXAMPLES[schema],
            }
        },
    }
    problems = {
        str(status): {"$ref": f"#/components/responses/Problem{status}"}
        for status in sorted({*errors, 401, 405, 429})
    }
    away = {"503": {"$ref": "#/components/responses/Away"}}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": parameters,
            "responses": {"200": ok} | problems | away,
        }
    }


def _query(
    name: str, description: str, schema: dict[str, Any], example: str | None = None
) -> dict[str, Any]:
    found = {"name": name, "in": "query", "description": description, "schema": schema}
    return found if example is None else found | {"example": example}


def _path(name: str, description: str, example: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": {"type": "string"},
        "example": example,
    }


def _header(description: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string"}}


def _problem(status: int) -> dict[str, Any]:
    description, headers = ERRORS[status]
    example = {
        "type": "about:blank",
        "title": str(TITLES[status]),
        "status": status,
        "detail": "Wat er aan de hand is, in een zin.",
    }
    return {
        "description": description,
        "headers": {name: _header(text) for name, text in headers.items()},
        "content": {TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}},
    }
