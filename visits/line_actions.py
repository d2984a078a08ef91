"""Taking somebody from the line for a question; every verb is atomic, audited, and safe twice."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from visits.models import Opening, QueueTurn, Visit


class TakenAlready(Exception):
    """A colleague has this number; `turn` says who, or how it ended."""

    def __init__(self, turn: QueueTurn) -> None:
        self.turn = turn
        super().__init__(str(turn))


class NotInLine(Exception):
    """The visit was struck out, or is not for a question any more."""


def take(visit: Visit, *, by: User) -> QueueTurn:
    """Call this number. The constraint decides who of two was first; the other is told.

    Raises `TakenAlready` when it is a colleague's, or was helped or left.
    """
    try:
        with transaction.atomic():
            visit = Visit.objects.locked(visit.pk)
            if visit.is_voided or not visit.for_question:
                raise NotInLine
            turn = QueueTurn.objects.create(visit=visit, taken_at=timezone.now(), taken_by=by)
            record("take", on=visit, by=by, stek_id=visit.opening.stek_id)
            return turn
    except IntegrityError:
        there = QueueTurn.objects.select_related("taken_by").filter(visit=visit).first()
        if there is None:  # handed back in this very moment
            return take(visit, by=by)
        if there.taken_by_id == by.pk and not there.is_over:
            return there
        raise TakenAlready(there) from None


def take_next(opening: Opening, *, by: User) -> Visit | None:
    """Call the lowest number that waits; None when nobody does."""
    for visit in Visit.objects.waiting(opening):
        try:
            take(visit, by=by)
        except (TakenAlready, NotInLine):
            continue  # a colleague was a moment faster: the one after
        return visit
    return None


@transaction.atomic
def hand_back(visit: Visit, *, by: User) -> None:
    """Put this number back in its place in the line, also when it was marked as left."""
    turn = QueueTurn.objects.locked_of(visit)
    if turn is not None and turn.end != QueueTurn.End.HELPED:
        turn.delete()
        record("hand_back", on=visit, by=by, stek_id=visit.opening.stek_id)


@transaction.atomic
def leave(visit: Visit, *, by: User) -> QueueTurn | None:
    """Note that somebody went home without being helped; who was helped stays helped.

    Who is not in the line has no turn to lose: a question that is ticked later would find it.
    """
    visit = Visit.objects.locked(visit.pk)
    if visit.is_voided or not visit.for_question:
        return None
    return _end(visit, QueueTurn.End.LEFT, by=by)


@transaction.atomic
def finish(visit: Visit, *, by: User) -> QueueTurn:
    """Note that somebody was helped, whether they were called or not.

    Hold the visit (`Visit.objects.locked`) when they may be called at this moment.
    """
    return _end(visit, QueueTurn.End.HELPED, by=by)


@transaction.atomic
def hold(visit: Visit, *, by: User) -> QueueTurn:
    """Keep somebody at the table for another question, also after they were helped.

    Hold the visit (`Visit.objects.locked`) when they may be called at this moment.
    """
    now = timezone.now()
    turn, is_new = QueueTurn.objects.held(visit, {"taken_at": now, "taken_by": by})
    if turn.is_over:
        turn.end, turn.ended_at, turn.ended_by = "", None, None
        turn.taken_at, turn.taken_by = now, by
        turn.save(update_fields=["end", "ended_at", "ended_by", "taken_at", "taken_by"])
        is_new = True
    if is_new:
        record("take", on=visit, by=by, stek_id=visit.opening.stek_id)
    return turn


@transaction.atomic
def reopen(visit: Visit, *, by: User) -> None:
    """What was noted is taken back: the visitor is with this colleague again."""
    turn = QueueTurn.objects.locked_of(visit)
    if turn is not None and turn.end == QueueTurn.End.HELPED and not visit.is_voided:
        hold(visit, by=by)


def _end(visit: Visit, end: QueueTurn.End, *, by: User) -> QueueTurn:
    """The turn is the lock: of two ends at once the first stays, but helped outweighs left."""
    now = timezone.now()
    helped = end == QueueTurn.End.HELPED
    ended = {"end": end, "ended_at": now, "ended_by": by}
    taken = {"taken_at": now, "taken_by": by} if helped else {}
    turn, is_new = QueueTurn.objects.held(visit, ended | taken)
    if not is_new:
        if turn.end == end or turn.end == QueueTurn.End.HELPED:
            return turn
        if turn.taken_at is None:
            ended |= taken
        for name, value in ended.items():
            setattr(turn, name, value)
        turn.save(update_fields=list(ended))
    verb = "finish" if helped else "leave"
    record(verb, on=visit, by=by, stek_id=visit.opening.stek_id)
    return turn
