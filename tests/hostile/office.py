"""The forms of the office (Django's admin), as they stand on its pages."""

from collections.abc import Iterator
from html.parser import HTMLParser

from django.contrib import admin
from django.test import Client
from django.urls import reverse


class Fields(HTMLParser):
    """What a browser would send of the forms on a page, untouched."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "select":
            self._select = name
            self.sent.setdefault(name, "")
        elif tag == "option" and "selected" in given:
            self.sent[self._select] = value
        elif tag == "textarea":
            self.sent[name] = ""
        elif tag == "input" and name and given.get("type") not in {"submit", "checkbox", "radio"}:
            self.sent[name] = value
        elif tag == "input" and "checked" in given:
            self.sent[name] = value or "on"


def office_forms(client: Client) -> Iterator[tuple[str, dict[str, str]]]:
    """Every form that this person may open: its address, and what is in it."""
    for model in admin.site._registry:
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        row = model._default_manager.order_by("-pk").first()
        addresses = [reverse(f"{base}_add")]
        addresses += [reverse(f"{base}_change", args=[row.pk])] if row else []
        for address in addresses:
            page = client.get(address)
            if page.status_code == 200 and 'name="_save"' in (text := page.content.decode()):
                yield address, Fields(text).sent
