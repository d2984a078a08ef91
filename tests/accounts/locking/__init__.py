"""A laptop that locks: what the tests of it share."""

import html
import json
import re

from django.urls import reverse

from tests.accounts import laptop

NEW = reverse("visits:new_household")
WAITING = reverse("accounts:waiting")


def left(typed: dict[str, str], page: str = laptop.COUNTER) -> dict[str, str]:
    """What js/lock.js sends."""
    return {"page": page, "action": NEW, "typed": json.dumps(list(typed.items()))}


def waiting_fields(page) -> dict[str, str]:
    """Of the form that waits: the page has other forms, with keys of their own."""
    form = page.content.decode().split("data-stek-waits-form", 1)[1].split("</form>", 1)[0]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {html.unescape(name): html.unescape(value) for name, value in found}
