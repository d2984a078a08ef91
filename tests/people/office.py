"""What somebody in the office does with a household, as one call each: the forms, sent by URL."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from people.models import GroceryAccess, Household
from tests.cast import Colleague


def record(client: Colleague, household: Household) -> HttpResponse:
    return client.get(reverse("people:household", args=[household.pk]))


def search(client: Colleague, text: str) -> HttpResponse:
    return client.post(reverse("people:search"), {"q": text})


def create(client: Colleague, **more: Any) -> HttpResponse:
    """A new household; a field given as None is not sent."""
    form = {
        "number": 17,
        "first_name": "Amina",
        "last_name": "Yilmaz",
        "adults": 2,
        "children": 1,
        "phone": "",
        "language": "",
        "request_id": uuid.uuid4(),
    } | more
    return client.post(reverse("people:create"), _sent(form))


def edit(client: Colleague, household: Household, **more: Any) -> HttpResponse:
    """The edit form as this copy of the household filled it, with some fields changed."""
    names = ("number", "first_name", "last_name", "adults", "children", "phone", "language")
    form = {name: getattr(household, name) for name in (*names, "version")} | more
    return client.post(reverse("people:edit", args=[household.pk]), _sent(form))


def grant(client: Colleague, household: Household, **more: Any) -> HttpResponse:
    form = {
        "referrer": "",
        "valid_from": "",
        "valid_until": "",
        "budget_step": "",
        "request_id": uuid.uuid4(),
    } | more
    return client.post(reverse("people:grant", args=[household.pk]), _sent(form))


def decide(client: Colleague, verb: str, access: GroceryAccess, **form: Any) -> HttpResponse:
    """A button on an access: renew, suspend, resume, end."""
    return client.post(reverse(f"people:{verb}", args=[access.pk]), form)


def _sent(form: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in form.items() if value is not None}
