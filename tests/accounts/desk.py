"""Signing in and out as a browser does, with the form and its key."""

import html
import re

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.strict import StrictClient

PASSWORD = "een-kop-koffie-2026"


def browser() -> StrictClient:
    """A browser whose forms need their key, unlike those of Django's test client."""
    return StrictClient(enforce_csrf_checks=True)


def key_of(response: HttpResponse) -> str:
    """The key of the forms on a page."""
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', response.content.decode())
    assert found, "No form with a key on this page"
    return found[1]


def sign_in(client: Client, username: str, password: str = PASSWORD, **more: str) -> HttpResponse:
    address = reverse("account_login")
    form = {"login": username, "password": password} | more
    if client.handler.enforce_csrf_checks:
        form["csrfmiddlewaretoken"] = key_of(client.get(address))
    return client.post(address, form)


def hidden_fields(response: HttpResponse) -> dict[str, str]:
    """Everything that the hidden fields of a page would send."""
    page = response.content.decode()
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {html.unescape(name): html.unescape(value) for name, value in found}


def text_of(response: HttpResponse) -> str:
    page = re.sub(r"<[^>]+>", " ", response.content.decode())
    return html.unescape(" ".join(page.split()))
