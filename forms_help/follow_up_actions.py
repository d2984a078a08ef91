"""What becomes of a follow-up: done, moved, let go; every verb is atomic and audited."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from forms_help.models import FollowUp, Question
from forms_help.outcomes import DropReason


@transaction.atomic
def follow_up_done(follow_up: FollowUp, *, by: User) -> FollowUp:
    """Tick it off; a second time, or after it was let go, nothing changes."""
    follow_up = FollowUp.objects.locked(follow_up.pk)
    if follow_up.is_open:
        follow_up.done_at, follow_up.done_by = timezone.now(), by
        follow_up.save(update_fields=["done_at", "done_by"])
        record("follow_up_done", on=follow_up, by=by, fields=["done_at"])
    return follow_up


@transaction.atomic
def follow_up_reopen(follow_up: FollowUp, *, by: User) -> FollowUp:
    """Take back that it was done or let go."""
    follow_up = FollowUp.objects.locked(follow_up.pk)
    if not follow_up.is_open:
        follow_up.done_at = follow_up.done_by = None
        follow_up.dropped_at = follow_up.dropped_by = None
        follow_up.drop_reason = ""
        follow_up.save(
            update_fields=["done_at", "done_by", "dropped_at", "dropped_by", "drop_reason"]
        )
        record("follow_up_reopen", on=follow_up, by=by, fields=["done_at", "dropped_at"])
    return follow_up


@transaction.atomic
def follow_up_move(follow_up: FollowUp, *, due: dt.date, by: User) -> FollowUp:
    """Put it off, or forward, to another day."""
    follow_up = FollowUp.objects.locked(follow_up.pk)
    if follow_up.is_open and follow_up.due != due:
        follow_up.due = due
        follow_up.save(update_fields=["due"])
        record("follow_up_move", on=follow_up, by=by, fields=["due"])
    return follow_up


@transaction.atomic
def follow_up_drop(follow_up: FollowUp, *, reason: DropReason, by: User) -> FollowUp:
    """Let it go, with the reason."""
    follow_up = FollowUp.objects.locked(follow_up.pk)
    if follow_up.is_open:
        follow_up.dropped_at, follow_up.dropped_by = timezone.now(), by
        follow_up.drop_reason = reason
        follow_up.save(update_fields=["dropped_at", "dropped_by", "drop_reason"])
        record("follow_up_drop", on=follow_up, by=by, fields=["drop_reason"])
    return follow_up


def drop_with_question(question: Question, *, by: User) -> None:
    """A question that is struck out leaves nothing to do."""
    follow_up = FollowUp.objects.of_question(question).open().first()
    if follow_up is not None:
        follow_up_drop(follow_up, reason=DropReason.MISTAKE, by=by)
