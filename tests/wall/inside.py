"""A page that does what a test says: without `visible_to`, as a page would that forgot it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from tests.as_web import Rights

DOING: dict[str, Callable[[], Any]] = {}
DONE: dict[str, Any] = {}


@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    DONE["answer"] = DOING["now"]()
    return HttpResponse("gedaan")


urlpatterns = [path("proef/", page), path("", include("stek.urls"))]
handler500 = "stek.middleware.server_error"


def during_a_request(client: Client, do: Callable[[], Any]) -> Any:
    """What `do` answers inside a real request of this client, through every middleware."""
    DOING["now"] = do
    DONE.clear()
    client.post("/proef/")
    return DONE.get("answer")


@pytest.fixture
def pages(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests as the role of the pages, and the page above among the addresses."""
    settings.ROOT_URLCONF = "tests.wall.inside"
    monkeypatch.setattr(Rights, "of_pages", True)
