"""What somebody at the counter does, as one call each: the forms of the page, sent by URL."""

import html
import re
import uuid
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from accounts.models import AuditEvent
from people.models import Household
from tests.cast import Colleague
from visits.models import Opening, Visit


def show(client: Colleague) -> HttpResponse:
    return client.get(reverse("visits:counter"))


def search(client: Colleague, opening: Opening, text: str) -> HttpResponse:
    return client.post(reverse("visits:search"), {"opening": opening.pk, "q": text})


def enter(client: Colleague, opening: Opening, text: object, **more: Any) -> HttpResponse:
    """Enter in the field, or a scanner that sends it."""
    form = {"opening": opening.pk, "q": text, "request_id": uuid.uuid4()} | more
    return client.post(reverse("visits:enter"), form)


def check_in(
    client: Colleague, opening: Opening, household: Household, **more: Any
) -> HttpResponse:
    """The marked line of the results; `reason` and `only` are the buttons after a refusal."""
    form = {"opening": opening.pk, "household": household.pk, "request_id": uuid.uuid4()} | more
    return client.post(reverse("visits:check_in"), form)


def anonymous(client: Colleague, opening: Opening, **more: Any) -> HttpResponse:
    form = {"opening": opening.pk, "adults": 1, "children": 0, "request_id": uuid.uuid4()} | more
    form = {name: value for name, value in form.items() if value is not None}
    return client.post(reverse("visits:check_in_anonymous"), form)


def newcomer(client: Colleague, opening: Opening, **more: Any) -> HttpResponse:
    form = {
        "opening": opening.pk,
        "first_name": "Amina",
        "last_name": "Yilmaz",
        "adults": 2,
        "children": 1,
        "request_id": uuid.uuid4(),
    } | more
    return client.post(reverse("visits:new_household"), form)


def press(client: Colleague, view: str, visit: Visit, **form: Any) -> HttpResponse:
    """A button on the card of a visit: undo, void, set_purpose."""
    return client.post(reverse(f"visits:{view}", args=[visit.pk]), form)


def card_of(client: Colleague, visit: Visit) -> str:
    """The card of a visit, as text."""
    return text_of(client.get(reverse("visits:visit", args=[visit.pk])), "card")


def list_of(client: Colleague, opening: Opening) -> str:
    """The list of the day, as text."""
    return text_of(client.get(reverse("visits:today", args=[opening.pk])))


def text_of(response: HttpResponse, piece: str = "") -> str:
    """What somebody reads: without tags, in single spaces; `piece` is the id where it starts."""
    page = response.content.decode()
    if piece:
        assert f'id="{piece}"' in page, f"No {piece} on this page"
        page = page.split(f'id="{piece}"', 1)[1].split(">", 1)[1]
        page = re.split(r'<div id="anonymous"|<aside', page, maxsplit=1)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def verbs() -> list[str]:
    """What was changed, in order."""
    changes = AuditEvent.objects.filter(kind="change").order_by("id")
    return list(changes.values_list("verb", flat=True))
