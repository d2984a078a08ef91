"""A referrer who asks for access: what the tests of inbound requests share."""

import datetime as dt
import uuid
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from referrals.models import InboundReferral
from tests import factories

TOKEN = "a" * 43
State = InboundReferral.State


def page(client: Client, token: str = TOKEN, **query: Any) -> HttpResponse:
    return client.get(reverse("inbound:ask_access", args=[token]), query)


def send(client: Client, token: str = TOKEN, **more: Any) -> HttpResponse:
    """The form; a field given as None is not sent."""
    form = {
        "first_name": "Amina",
        "last_name": "Yilmaz",
        "phone": "0476 12 34 56",
        "language": "tr",
        "adults": 2,
        "children": 3,
        "valid_until": (factories.today() + dt.timedelta(days=90)).strftime("%d/%m/%Y"),
        "budget_step": "",
        "agreed": "on",
        "request_id": uuid.uuid4(),
    } | more
    form = {name: value for name, value in form.items() if value is not None}
    return client.post(reverse("inbound:ask_access", args=[token]), form)
