"""A shared laptop as its users meet it: its lock screen, its digits, its keys."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from accounts.laptop.device import cookie_name
from accounts.models import User
from tests import factories
from tests.strict import StrictClient

LOCK_SCREEN = reverse("accounts:lock_screen")
COUNTER = reverse("visits:counter")


def at(secret: str) -> StrictClient:
    """A browser that holds this laptop's secret, and where nobody is signed in."""
    client = StrictClient()
    client.cookies[cookie_name()] = secret
    return client


def give_pin(client: StrictClient, who: User, digits: str = factories.PIN, **more: Any) -> Any:
    return client.post(LOCK_SCREEN, {"who": who.pk, "pin": digits} | more)


def lock(client: StrictClient, **left: Any) -> HttpResponse:
    answer: Any = client.post(reverse("accounts:lock"), left)
    return answer


def is_open(client: StrictClient) -> bool:
    return client.get(COUNTER).status_code == 200
