"""Deciding on an item of the inbox, and taking that back.

Every verb is atomic, audited, and safe to send twice. Of two people who decide on one item at the
same time one is first; the other is told what was decided.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from people.actions import OtherBody
from places.models import Stek
from reviews.kinds import Kind, What
from reviews.models import Decision


@dataclass(frozen=True)
class Subject:
    """What is decided on: one row of one kind, and the day that makes it this fact."""

    stek: Stek
    kind: Kind
    subject_id: int
    about_day: dt.date


@dataclass(frozen=True)
class Asked:
    """`after` is the decision that the page showed, if any; the same key is the same sending."""

    after: int | None
    request_id: UUID


class DecidedMeanwhile(Exception):
    """A colleague decided after the page was made; `current` is what stands now, if anything."""

    def __init__(self, current: Decision | None) -> None:
        self.current = current
        super().__init__("decided meanwhile")


def see(subject: Subject, *, asked: Asked, by: User) -> Decision:
    """Known, for this week."""
    return _decide(subject, asked, What.SEEN, "see_item", by=by)


def assign(subject: Subject, *, to: User, asked: Asked, by: User) -> Decision:
    """From now on only this colleague is asked."""
    return _decide(subject, asked, What.ASSIGNED, "assign_item", by=by, to=to)


def let_wait(subject: Subject, *, until: dt.date, asked: Asked, by: User) -> Decision:
    """Nobody is asked before this day."""
    return _decide(subject, asked, What.WAITS, "let_item_wait", by=by, until=until)


def finish(subject: Subject, *, asked: Asked, by: User) -> Decision:
    """Nobody is asked again, unless it happens again."""
    return _decide(subject, asked, What.DONE, "finish_item", by=by)


@transaction.atomic
def undo_decision(decision: Decision, *, by: User) -> Decision:
    """Take the last decision back; what stood before it stands again. A second time: nothing.

    Raises `DecidedMeanwhile` when another came after it.
    """
    decision = Decision.objects.locked(decision.pk)
    if decision.undone_at is not None:
        return decision
    if not decision.current:
        raise DecidedMeanwhile(_current(_subject_of(decision)))
    decision.undone_at, decision.undone_by, decision.current = timezone.now(), by, False
    decision.save(update_fields=["undone_at", "undone_by", "current"])
    if decision.replaces_id is not None:
        Decision.objects.with_id(decision.replaces_id).update(current=True)
    record("undo_decision", on=decision, by=by)
    return decision


@transaction.atomic
def _decide(
    subject: Subject,
    asked: Asked,
    what: What,
    verb: str,
    *,
    by: User,
    to: User | None = None,
    until: dt.date | None = None,
) -> Decision:
    new = Decision(
        stek=subject.stek,
        kind=subject.kind,
        subject_id=subject.subject_id,
        about_day=subject.about_day,
        what=what,
        until=until,
        assigned_to=to,
        request_id=asked.request_id,
        decided_at=timezone.now(),
        decided_by=by,
    )
    if (there := Decision.objects.made_by_request(asked.request_id)) is not None:
        return _same(there, new)
    before = _current(subject, held=True)
    if (before.pk if before else None) != asked.after:
        return _late(subject, new)
    if before is not None:
        before.current = False
        before.save(update_fields=["current"])
        new.replaces = before
        new.assigned_to = to or before.assigned_to
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError:
        return _late(subject, new)
    record(verb, on=new, by=by)
    return new


def _late(subject: Subject, new: Decision) -> Decision:
    """Somebody was first: the same sending, or a colleague."""
    if (there := Decision.objects.made_by_request(new.request_id)) is not None:
        return _same(there, new)
    raise DecidedMeanwhile(_current(subject))


def _same(there: Decision, new: Decision) -> Decision:
    names = ("stek_id", "kind", "subject_id", "about_day", "what", "until", "decided_by_id")
    if any(getattr(there, name) != getattr(new, name) for name in names):
        raise OtherBody
    if new.assigned_to_id is not None and new.assigned_to_id != there.assigned_to_id:
        raise OtherBody
    return there


def _subject_of(decision: Decision) -> Subject:
    kind = Kind(decision.kind)
    return Subject(decision.stek, kind, decision.subject_id, decision.about_day)


def _current(subject: Subject, *, held: bool = False) -> Decision | None:
    rows = Decision.objects.current().on_item(
        stek_id=subject.stek.pk,
        kind=subject.kind,
        subject_id=subject.subject_id,
        about_day=subject.about_day,
    )
    found: Decision | None = (rows.held() if held else rows.with_names()).first()
    return found
