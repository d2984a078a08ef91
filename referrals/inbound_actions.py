"""What can be done with requests of referrers: ask, accept, refuse; and with their links.

Every verb is atomic and audited. What comes from outside has no colleague: its `by` is None.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from accounts.seeing import is_key_elsewhere
from people.access_actions import grant_access
from people.actions import OtherBody, create_household
from people.models import BudgetStep, Household, Referrer
from referrals.inbound import initials_of
from referrals.models import InboundLink, InboundReferral
from referrals.tokens import hash_of, new_token

State = InboundReferral.State


class LinkThere(Exception):
    """This referrer has a link already: it must be revoked before there is another."""


class DecidedMeanwhile(Exception):
    """Somebody decided on this request first; `request` is how it stands now."""

    def __init__(self, request: InboundReferral) -> None:
        self.request = request
        super().__init__("decided meanwhile")


class DayIsPast(Exception):
    """The last day of the access that is asked is over."""


@dataclass(frozen=True)
class Asked:
    """Who asks for access: what stands in the form."""

    first_name: str
    last_name: str
    phone: str
    language: str
    adults: int
    children: int
    valid_until: dt.date
    budget_step: BudgetStep | None
    agreed: bool


def make_link(referrer: Referrer, *, by: User) -> str:
    """The key of a new private link; it is kept nowhere, so this is the only time it is seen."""
    token = new_token()
    try:
        with transaction.atomic():
            link = InboundLink.objects.create(
                stek_id=referrer.stek_id,
                referrer=referrer,
                token_hash=hash_of(token),
                created_by=by,
            )
            record("inbound_link", on=link, by=by)
    except IntegrityError:
        if not InboundLink.objects.of_referrer(referrer).live():
            raise
        raise LinkThere from None
    return token


@transaction.atomic
def revoke_link(link: InboundLink, *, by: User) -> InboundLink:
    """The link stops at once; a second press changes nothing more."""
    current: InboundLink = InboundLink.objects.locked(link.pk)
    if current.revoked_at is None:
        current.revoked_at, current.revoked_by = timezone.now(), by
        current.save(update_fields=["revoked_at", "revoked_by"])
        record("revoke_link", on=current, by=by, fields=["revoked_at"])
    return current


def ask_access(link: InboundLink, *, asked: Asked, request_id: UUID, by: None) -> InboundReferral:
    """Keep a request; the same key with the same content is the same request, else `OtherBody`."""
    values = {**vars(asked), "link": link}
    try:
        with transaction.atomic():
            row = InboundReferral.objects.create(
                stek=link.stek,
                request_id=request_id,
                initials=initials_of(asked.first_name, asked.last_name),
                **values,
            )
            record("ask_access", on=row, by=by)
    except IntegrityError as error:
        earlier: InboundReferral | None = InboundReferral.objects.made_by_request(request_id)
        if earlier is None and is_key_elsewhere(error):
            raise OtherBody from None
        if earlier is None:
            raise
        names = [f"{name}_id" if name in {"link", "budget_step"} else name for name in values]
        sent = InboundReferral(**values)
        if any(getattr(earlier, name) != getattr(sent, name) for name in names):
            raise OtherBody from None
        return earlier
    return row


@transaction.atomic
def accept_as_new(request: InboundReferral, *, today: dt.date, by: User) -> InboundReferral:
    """A new household with the access that was asked. Raises `DecidedMeanwhile`, `DayIsPast`."""
    current = _waiting(request)
    household = create_household(
        stek=current.stek,
        first_name=current.first_name,
        last_name=current.last_name,
        adults=current.adults,
        children=current.children,
        phone=current.phone,
        language=current.language,
        # Not the key of the request: that was chosen outside.
        request_id=uuid.uuid4(),
        by=by,
    )
    return _accept(current, household, today=today, by=by)


@transaction.atomic
def accept_for(
    request: InboundReferral, *, household: Household, today: dt.date, by: User
) -> InboundReferral:
    """The access that was asked, for a household that is known; what we know of it stays."""
    return _accept(_waiting(request), household, today=today, by=by)


@transaction.atomic
def refuse(request: InboundReferral, *, reason: str, by: User) -> InboundReferral:
    """With a coded reason, which the sender sees under its link."""
    current = _waiting(request)
    current.state, current.refusal = State.REFUSED, reason
    current.decided_at, current.decided_by = timezone.now(), by
    current.save(update_fields=["state", "refusal", "decided_at", "decided_by"])
    record("refuse_request", on=current, by=by, fields=["state", "refusal"])
    return current


def _waiting(request: InboundReferral) -> InboundReferral:
    """The row as it is now, held until the transaction ends; two decisions come one by one."""
    current: InboundReferral = InboundReferral.objects.locked(request.pk)
    if current.state != State.REQUESTED:
        raise DecidedMeanwhile(current)
    return current


def _accept(
    current: InboundReferral, household: Household, *, today: dt.date, by: User
) -> InboundReferral:
    if current.valid_until < today:
        raise DayIsPast
    current.access = grant_access(
        household,
        valid_from=today,
        valid_until=current.valid_until,
        referrer=current.link.referrer,
        budget_step=current.budget_step,
        request_id=uuid.uuid4(),
        by=by,
    )
    current.household = household
    current.state = State.ACCEPTED
    current.decided_at, current.decided_by = timezone.now(), by
    current.save(update_fields=["access", "household", "state", "decided_at", "decided_by"])
    record("accept_request", on=current, by=by, fields=["state", "household"])
    return current
