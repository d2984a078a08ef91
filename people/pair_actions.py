"""Saying that two households are not the same one, and taking that back; atomic and audited."""

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from people.models import DuplicatePair
from people.pairs import print_of


@transaction.atomic
def keep_apart(pair: DuplicatePair, *, by: User) -> DuplicatePair:
    """They are two; nobody is asked again as long as both keep their name and phone."""
    pair = DuplicatePair.objects.locked(pair.pk)
    if pair.apart_at is None:
        pair.apart_at, pair.apart_by = timezone.now(), by
        pair.apart_print = print_of(pair.one, pair.other)
        pair.save(update_fields=["apart_at", "apart_by", "apart_print"])
        record("keep_apart", on=pair, by=by)
    return pair


@transaction.atomic
def doubt_again(pair: DuplicatePair, *, by: User) -> DuplicatePair:
    """It was a slip: the pair is in the list again."""
    pair = DuplicatePair.objects.locked(pair.pk)
    if pair.apart_at is not None:
        pair.apart_at, pair.apart_by, pair.apart_print = None, None, ""
        pair.save(update_fields=["apart_at", "apart_by", "apart_print"])
        record("doubt_again", on=pair, by=by)
    return pair
