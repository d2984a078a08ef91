"""A second factor: what the tests of it share."""

from django.urls import reverse

from tests.accounts import desk

SET_UP = reverse("accounts:set_up_factor")
CODES = reverse("accounts:recovery_codes")
ACCOUNT = reverse("accounts:account")
COUNTER = reverse("visits:counter")


def secret_on(client) -> str:
    return desk.shown_secret(desk.text_of(client.get(SET_UP)))
