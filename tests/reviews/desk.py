"""The week as somebody works with it: the lines that stand there, and the buttons on them."""

import datetime as dt
import html
import re
import uuid
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from people.models import Household
from places.models import Stek
from tests import factories
from tests.cast import Colleague

NOW = "2026-11-19T15:00:00+01:00"
WEEK, BEFORE, NEXT = "2026-W47", "2026-W46", "2026-W48"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def moment(text: str, hour: int = 12) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day(text), dt.time(hour)))


def ago(days: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


def household(stek: Stek, *names: str, days_ago: int = 400, **fields: Any) -> Household:
    """Entered so many days ago: nothing about it is new."""
    return factories.household(stek, *names, created_at=ago(days_ago), **fields)


def page(who: Colleague, key: str = WEEK, query: str = "") -> HttpResponse:
    who.force_login(who.user)  # the clock may have moved: nobody stays signed in for days
    response = who.get(reverse("reviews:week", args=[key]) + query)
    assert response.status_code == 200
    return response


def words(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def read(who: Colleague, key: str = WEEK) -> str:
    return words(page(who, key).content.decode())


def lines(response: HttpResponse) -> dict[str, str]:
    """By the name of each line what stands on it, as it stands in the page."""
    found = re.findall(r'<li class="item.*?</li>', response.content.decode(), re.DOTALL)
    return {re.findall(r'id="([^"]+)"', one)[0]: one for one in found}


def items(who: Colleague, key: str = WEEK, query: str = "") -> dict[str, str]:
    """The same in words."""
    return {name: words(one) for name, one in lines(page(who, key, query)).items()}


def waiting(who: Colleague, key: str = WEEK, query: str = "") -> list[str]:
    """The names of what is still to do, in the order of the page."""
    shown = lines(page(who, key, query))
    return [name for name, one in shown.items() if "item-done" not in one.split(">", 1)[0]]


def ticked(who: Colleague, key: str = WEEK) -> list[str]:
    return [name for name in items(who, key) if name not in waiting(who, key)]


def form_of(who: Colleague, name: str) -> dict[str, str]:
    """What the hidden fields of a line say."""
    line = lines(page(who))[name]
    return dict(re.findall(r'type="hidden"\s+name="(\w+)"\s+value="([^"]*)"', line))


def press(who: Colleague, name: str, choice: str = "", **fields: Any) -> HttpResponse:
    """One click on one line, as the page stands now."""
    form = form_of(who, name) | ({"choice": choice} if choice else {})
    return who.post(reverse("reviews:decide", args=[WEEK]), form | fields)


def review(who: Colleague, key: str = WEEK, *, close: bool = False, **fields: Any) -> HttpResponse:
    values = {"note": "", "version": 0, "request_id": uuid.uuid4()} | fields
    if close:
        values["close"] = "1"
    return who.post(reverse("reviews:review", args=[key]), values)
