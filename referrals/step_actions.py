"""Moving a referral: what the team, the partner or the visitor says of it, and putting it right."""

from uuid import UUID

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from referrals.course import may_follow
from referrals.models import Referral, ReferralStep
from referrals.states import REASONS_OF, Happening, Reason, Source, State
from referrals.steps import Appointment, MovedMeanwhile, NotNow, add, held, settle, strike
from visits.models import Visit

#: Steps that did something outside, or stand with another decision: they are not taken back.
FIXED = frozenset(
    {
        Happening.PROPOSED,
        Happening.CONSENTED,
        Happening.CONTACTED,
        Happening.WITHDRAWN,
        Happening.REMINDED,
        Happening.SILENT,
    }
)


@transaction.atomic
def note_step(
    referral: Referral,
    *,
    what: Happening,
    version: int,
    by: User | None,
    source: Source = Source.TEAM,
    reason: str = "",
    appointment: Appointment | None = None,
    request_id: UUID | None = None,
) -> Referral:
    """Note what happened; the same key with the same answer again changes nothing.

    `by` is None for a partner. Raises `MovedMeanwhile` when it was moved since `version`, `NotNow`
    when that can't happen from here; a missing reason or appointment is a mistake of the caller.
    """
    try:
        referral = held(referral, version)
    except MovedMeanwhile as moved:
        if _was_noted(moved.current, request_id, (what, reason, appointment)):
            return moved.current
        raise
    if request_id and ReferralStep.objects.made_by_request(request_id):
        raise NotNow
    refines = what == Happening.REFUSED and referral.state == State.REFUSED
    if what not in may_follow(referral.state, source) and not refines:
        raise NotNow
    assert what not in REASONS_OF or reason in REASONS_OF[what]
    assert (what == Happening.APPOINTMENT) == (appointment is not None)
    add(
        referral,
        what,
        by=by,
        source=source,
        reason=reason,
        appointment=appointment,
        request_id=request_id,
    )
    settle(referral)
    record("move_referral", on=referral, by=by, fields=["state"])
    return referral


def _was_noted(
    referral: Referral,
    request_id: UUID | None,
    said: tuple[Happening, str, Appointment | None],
) -> bool:
    """Whether this is a second press of one button, and not another one on a page of before."""
    step = ReferralStep.objects.made_by_request(request_id) if request_id else None
    if step is None or step.referral_id != referral.pk:
        return False
    at = step.appointment_at
    appointment = Appointment(at, step.appointment_place, step.ask_for) if at else None
    return bool((step.what, step.reason, appointment) == said)


@transaction.atomic
def tell(referral: Referral, *, what: Happening, visit: Visit, by: User) -> Referral:
    """What a visitor says at the counter; another answer at the same visit replaces the first.

    Raises `NotNow` when somebody else made the outcome known meanwhile.
    """
    referral = Referral.objects.with_words().locked(referral.pk)
    earlier = referral.steps.at_visit(visit).first()
    if earlier is not None and earlier.what == what:
        return referral
    if earlier is not None:
        strike(earlier, by=by)
        settle(referral)
    if what not in may_follow(referral.state, Source.VISITOR):
        raise NotNow
    reason = Reason.NOT_REACHED if what == Happening.FAILED else ""
    add(referral, what, by=by, source=Source.VISITOR, reason=reason, visit=visit)
    settle(referral)
    record("tell_referral", on=referral, by=by, fields=["state"])
    return referral


@transaction.atomic
def take_back_told(referral: Referral, *, visit: Visit, by: User) -> Referral:
    """Undo what was told at this visit; a second time nothing changes."""
    referral = Referral.objects.with_words().locked(referral.pk)
    step = referral.steps.at_visit(visit).first()
    if step is not None:
        strike(step, by=by)
        settle(referral)
        record("correct_referral", on=referral, by=by, fields=["state"])
    return referral


@transaction.atomic
def strike_step(step: ReferralStep, *, version: int, by: User) -> Referral:
    """Put the last step right by taking it away; the referral stands as before it.

    The contact itself is not taken back like this: raises `NotNow`, as for an earlier step.
    """
    referral = held(step.referral, version)
    last = referral.steps.kept().last()
    if last is None or last.pk != step.pk or last.what in FIXED:
        raise NotNow
    strike(last, by=by)
    settle(referral)
    record("correct_referral", on=referral, by=by, fields=["state"])
    return referral


def note_by_machine(referral: Referral, *, what: Happening, by: None = None) -> ReferralStep:
    """A reminder or a warning left; inside a transaction of the caller."""
    referral = Referral.objects.with_words().locked(referral.pk)
    step = add(referral, what, by=None, source=Source.MACHINE)
    settle(referral)
    record("move_referral", on=referral, by=None, fields=["state"])
    return step
