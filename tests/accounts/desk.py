"""Signing in and out as a browser does, with the form and its key."""

import html
import re
import time

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.one_time_codes import STEP, code_at
from tests import factories
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


def code(secret: str = factories.SECRET, *, ahead: int = 0) -> str:
    """What an app shows now, or so many half minutes from now."""
    return code_at(secret, int(time.time()) // STEP + ahead)


def sign_in_with_code(client: Client, username: str, **more: str) -> HttpResponse:
    """Password and code, as a coordinator does."""
    assert sign_in(client, username).url == reverse("mfa_authenticate")
    return give_code(client, code(), **more)


def give_code(client: Client, typed: str, **more: str) -> HttpResponse:
    address = reverse("mfa_authenticate")
    form = {"code": typed} | more
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


def in_fours(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def shown_secret(text: str) -> str:
    """The key of an app, as a page shows it to type by hand."""
    found = re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", text)
    assert found, "No key on this page"
    return found[0].replace(" ", "")
