"""A consumer that asks: what the tests of the API share."""

from typing import Any

from django.test import Client

from tests.strict import StrictClient

TOKEN = "k" * 43
OTHER_TOKEN = "e" * 43


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
