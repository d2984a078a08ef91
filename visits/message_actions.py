"""A message kept for a visitor: left, passed on, or forgotten; every verb is atomic and audited."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from people.actions import OtherBody
from people.models import Household
from visits.models import Message


@transaction.atomic
def leave_message(household: Household, *, text: str, request_id: UUID, by: User) -> Message:
    """Keep one line for the next check-in; a newer one replaces what still waits.

    The same `request_id` again returns the message that is there; for another household or with
    another text it raises `OtherBody`.
    """
    # The household row is the lock: of two messages at once, the second replaces the first.
    Household.objects.locked(household.pk)
    earlier = Message.objects.made_by_request(request_id)
    if earlier is not None:
        # Its text is gone once it was passed on.
        if earlier.household_id != household.pk or earlier.text not in {"", text}:
            raise OtherBody
        return earlier
    Message.objects.of_household(household.pk).waiting().update(
        text="", delivered_at=timezone.now(), delivered_by=by
    )
    message = Message.objects.create(
        household=household, text=text, request_id=request_id, created_by=by
    )
    record("leave_message", on=message, by=by, stek_id=household.stek_id)
    return message


@transaction.atomic
def deliver_message(message: Message, *, by: User) -> Message:
    """The visitor was told: the text goes, that it was passed on stays."""
    message = Message.objects.locked(message.pk)
    if message.delivered_at is None:
        _deliver(message, stek_id=message.household.stek_id, by=by)
    return message


def _deliver(message: Message, *, stek_id: int, by: User) -> None:
    message.text = ""
    message.delivered_at, message.delivered_by = timezone.now(), by
    message.save(update_fields=["text", "delivered_at", "delivered_by"])
    record("deliver_message", on=message, by=by, stek_id=stek_id)


@transaction.atomic
def forget_message_of(household: Household, *, by: User | None) -> None:
    """The one that waits for a household that is erased; `by` None: the timer."""
    waiting = Message.objects.of_household(household.pk).waiting().held()
    if waiting is not None and by is not None:
        _deliver(waiting, stek_id=household.stek_id, by=by)
    elif waiting is not None:
        _forget(waiting, stek_id=household.stek_id, by=None)


@transaction.atomic
def forget_old_messages(*, before: dt.datetime, by: User | None) -> int:
    """Remove messages left before this moment that nobody came for; `by` None: the timer."""
    old = list(Message.objects.waiting().left_before(before).select_related("household"))
    for message in old:
        _forget(message, stek_id=message.household.stek_id, by=by)
    return len(old)


def _forget(message: Message, *, stek_id: int, by: User | None) -> None:
    record("forget_message", on=message, by=by, stek_id=stek_id)
    message.delete()
