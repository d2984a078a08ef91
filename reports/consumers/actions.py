"""Giving a consumer a token, and taking it back."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from people.actions import OtherBody
from places.models import Stek
from referrals.tokens import hash_of, new_token
from reports.models import Consumer


@dataclass(frozen=True)
class Made:
    """`token` is there this once; it is empty when the consumer was made before."""

    consumer: Consumer
    token: str


def make_consumer(*, name: str, steks: Collection[Stek], request_id: UUID, by: User) -> Made:
    """A consumer that may read these STEKs, with a token that nobody sees again.

    The same `request_id` again returns what was made the first time, without the token; with
    another body it raises `OtherBody`.
    """
    token = new_token()
    made = Consumer(name=name, token_hash=hash_of(token), request_id=request_id, created_by=by)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
            made.steks.set(steks)
            for stek in steks:
                record("make_consumer", on=made, by=by, stek_id=stek.pk)
    except IntegrityError:
        there = Consumer.objects.made_by_request(request_id)
        if there is None:
            raise
        if (there.name, set(there.steks.all())) != (name, set(steks)):
            raise OtherBody from None
        return Made(there, "")
    return Made(made, token)


@transaction.atomic
def revoke_consumer(consumer: Consumer, *, stek_ids: Collection[int], by: User) -> bool:
    """Take these STEKs away from it; without any left its token stops for good.

    Returns whether it still reads other STEKs. What was revoked before stays as it is.
    """
    row: Consumer = Consumer.objects.select_for_update(no_key=True).get(pk=consumer.pk)
    if row.is_revoked:
        return False
    held = {stek.pk for stek in row.steks.all()}
    taken = held & set(stek_ids)
    left = bool(held - taken)
    if left:
        row.steks.remove(*taken)
    else:
        row.revoked_at, row.revoked_by = timezone.now(), by
        row.save(update_fields=["revoked_at", "revoked_by"])
    for stek_id in sorted(taken):
        fields = ["steks"] if left else ["revoked_at"]
        record("revoke_consumer", on=row, by=by, stek_id=stek_id, fields=fields)
    return left
