"""The steps of a referral: adding one, striking one, and reading again where it stands."""

import datetime as dt
import uuid
from dataclasses import asdict, dataclass
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from referrals.course import standing_after
from referrals.models import Referral, ReferralStep
from referrals.states import Happening, Source
from visits.models import Visit


class MovedMeanwhile(Exception):
    """Somebody moved this referral first; `current` is how it stands now."""

    def __init__(self, current: Referral) -> None:
        self.current = current
        super().__init__("moved meanwhile")


class NotNow(Exception):
    """From where it stands, this can't happen."""


@dataclass(frozen=True)
class Appointment:
    at: dt.datetime
    place: str = ""
    ask_for: str = ""


def held(referral: Referral, version: int) -> Referral:
    """The row as it is now, held; when it was moved since, or struck out, it raises."""
    current: Referral = Referral.objects.with_words().locked(referral.pk)
    if current.version != version:
        raise MovedMeanwhile(current)
    if current.is_voided:
        raise NotNow
    return current


def add(
    referral: Referral,
    what: Happening,
    *,
    by: User | None,
    source: Source = Source.TEAM,
    reason: str = "",
    visit: Visit | None = None,
    appointment: Appointment | None = None,
    request_id: UUID | None = None,
) -> ReferralStep:
    step: ReferralStep = ReferralStep.objects.create(
        referral=referral,
        what=what,
        reason=reason,
        source=source,
        at=timezone.now(),
        by=by,
        visit=visit,
        appointment_at=appointment.at if appointment else None,
        appointment_place=appointment.place if appointment else "",
        ask_for=appointment.ask_for if appointment else "",
        request_id=request_id or uuid.uuid4(),
    )
    return step


def strike(step: ReferralStep, *, by: User) -> None:
    step.struck_at, step.struck_by = timezone.now(), by
    step.save(update_fields=["struck_at", "struck_by"])


def settle(referral: Referral) -> None:
    """Write where it stands after its steps."""
    for name, value in asdict(
        standing_after(ReferralStep.objects.of_referral(referral).kept())
    ).items():
        setattr(referral, name, value)
    referral.version += 1
    referral.save()
