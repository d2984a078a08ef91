"""A consumer that asks: what the tests of the API share."""

import datetime as dt
from typing import Any

from django.test import Client

from tests import factories
from tests.strict import StrictClient

TOKEN = "k" * 43
OTHER_TOKEN = "e" * 43
NOW = dt.datetime(2026, 11, 26, 10, tzinfo=dt.UTC)
DAY = dt.date(2026, 8, 4)


def ask(path: str, token: str | None = TOKEN, client: Client | None = None, **asked: Any) -> Any:
    """The answer of the API on this address."""
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    return (client or StrictClient()).get(f"/api/v1/{path}", asked, headers=headers)


def problem(answer: Any) -> dict[str, Any]:
    """What it says is wrong, after a look at its form."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert set(body) == {"type", "title", "status", "detail"}
    assert body["status"] == answer.status_code
    return body


def fill(stek):
    """Thirteen visits, ten questions on housing, three on debts; names that must never come out."""
    opening = factories.opening(stek, DAY, closed=True)
    housing = factories.theme(stek, "wonen en huur", key="housing")
    debts = factories.theme(stek, "schulden", key="debts")
    partner = factories.partner(stek)
    factories.contact(partner, "Contactpersoontje")
    for place in range(13):
        household = factories.household(
            stek, "Kanarievogel", "Zanger", adults=2 if place < 10 else 4
        )
        visit = factories.visit(opening, household, purposes=["grocery", "question"])
        question = factories.question(visit, housing if place < 10 else debts)
        question.note, question.note_until = "geheime nota", DAY
        question.save()


def row(body, table, key):
    found = next(one for one in body["tables"] if one["key"] == table)
    return next(one for one in found["rows"] if one["key"] == key)
