"""A referral that waits for news: what the tests of the loop share."""

import uuid

from django.urls import reverse

from tests.forms_help import desk


def refer(client, place, theme, help_type, partner, **fields):
    values = {
        "theme": theme,
        "help_types": [help_type],
        "outcome": "referred",
        "partner": partner,
        "consent": "spoken",
        "channel": "usual",
        "tells": ["phone", "language", "theme"],
    }
    return desk.note(client, place, **(values | fields))


def ask(client, visit):
    return client.get(reverse("referrals:loop", args=[visit.pk]))


def tell(client, visit, referral, said):
    form = {"referral": referral.pk, "said": said}
    return client.post(reverse("referrals:tell", args=[visit.pk]), form)


def step(client, referral, what, **fields):
    referral.refresh_from_db()
    form = {"happening": what, "version": referral.version, "request_id": uuid.uuid4()} | fields
    return client.post(reverse("referrals:step", args=[referral.pk]), form)
