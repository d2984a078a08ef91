"""What somebody at the table does, as one call each: the forms of the page, sent by URL."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from forms_help.models import FollowUp, Question
from tests.cast import Colleague
from tests.visits.desk import text_of
from visits.models import Opening, Visit


def show(client: Colleague) -> HttpResponse:
    return client.get(reverse("forms_help:table"))


def line_of(client: Colleague, opening: Opening) -> str:
    """The line beside the table, as text."""
    return text_of(client.get(reverse("forms_help:line", args=[opening.pk])))


def person(client: Colleague, visit: Visit, **query: Any) -> HttpResponse:
    return client.get(reverse("forms_help:person", args=[visit.pk]), query)


def take(client: Colleague, visit: Visit) -> HttpResponse:
    """A tap on somebody in the line."""
    return client.post(reverse("forms_help:take", args=[visit.pk]))


def take_next(client: Colleague, opening: Opening) -> HttpResponse:
    return client.post(reverse("forms_help:take_next"), {"opening": opening.pk})


def hand_back(client: Colleague, visit: Visit) -> HttpResponse:
    return client.post(reverse("forms_help:hand_back", args=[visit.pk]))


def leave(client: Colleague, visit: Visit) -> HttpResponse:
    return client.post(reverse("forms_help:leave", args=[visit.pk]))


def _place(place: Visit | Opening) -> dict[str, Any]:
    """Somebody by name, or nobody by name at this opening."""
    if isinstance(place, Visit):
        return {"opening": place.opening_id, "visit": place.pk}
    return {"opening": place.pk}


def note(client: Colleague, place: Visit | Opening, **fields: Any) -> HttpResponse:
    """Save a question; `None` leaves a field out."""
    form = {"request_id": uuid.uuid4(), "outcome": "handled"} | _place(place) | fields
    return client.post(reverse("referrals:note"), _sent(form))


def _sent(form: dict[str, Any]) -> dict[str, Any]:
    """Rows as their ids, as the form would send them."""
    sent = {}
    for name, value in form.items():
        values = value if isinstance(value, list) else [value]
        ids = [getattr(one, "pk", one) for one in values if one is not None]
        if ids:
            sent[name] = ids
    return sent


def chat(client: Colleague, place: Visit | Opening, **fields: Any) -> HttpResponse:
    form = {"request_id": uuid.uuid4()} | _place(place) | fields
    return client.post(reverse("forms_help:chat"), form)


def like_last(client: Colleague, visit: Visit, **fields: Any) -> HttpResponse:
    form = {"request_id": uuid.uuid4()} | fields
    return client.post(reverse("forms_help:like_last", args=[visit.pk]), form)


def keep_draft(client: Colleague, place: Visit | Opening, **fields: Any) -> HttpResponse:
    """What the script sends while somebody taps; `weg="1"` throws it away."""
    return client.post(reverse("forms_help:draft"), _sent(_place(place) | fields))


def question(client: Colleague, question: Question) -> HttpResponse:
    return client.get(reverse("forms_help:question", args=[question.pk]))


def undo(client: Colleague, question: Question) -> HttpResponse:
    return client.post(reverse("referrals:undo_question", args=[question.pk]))


def void(client: Colleague, question: Question, reason: str = "mistake") -> HttpResponse:
    return client.post(reverse("referrals:void_question", args=[question.pk]), {"reason": reason})


def follow_ups(client: Colleague) -> HttpResponse:
    return client.get(reverse("forms_help:follow_ups"))


def press(client: Colleague, what: str, follow_up: FollowUp, **form: Any) -> HttpResponse:
    """A button beside a follow-up: done, reopen, move, drop."""
    return client.post(reverse(f"forms_help:follow_up_{what}", args=[follow_up.pk]), form)
