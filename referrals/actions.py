"""Making a referral, striking it out, withdrawing what a partner may be told.

Every verb is atomic, audited, and safe to send twice. Each change is a step; where the referral
stands is read again from its steps (`course`).
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from accounts.seeing import is_key_elsewhere
from forms_help.models import Question
from people.actions import OtherBody
from people.consent_actions import Agreed, close_consents, give_consent
from people.models import Household
from places.models import Partner
from referrals.links import make_link, revoke_links
from referrals.mails import ask_partner
from referrals.models import AnswerLink, Referral, Service
from referrals.states import (
    OPEN,
    Channel,
    Happening,
    Reason,
    State,
    VoidReason,
    Warmth,
)
from referrals.steps import NotNow, add, held, settle
from visits.days import current_day


class NoConsent(Exception):
    """A warm contact needs the agreement of the visitor."""


class NoAddress(Exception):
    """This partner has no e-mail address to send a link to."""


class AlreadyReferred(Exception):
    """This question went to this partner before; `there` is that referral."""

    def __init__(self, there: Referral) -> None:
        self.there = there
        super().__init__("already referred")


@dataclass(frozen=True)
class Plan:
    """What was chosen for a referral; without `agreed` a warm one waits as proposed."""

    partner: Partner
    channel: str
    service: Service | None = None
    agreed: Agreed | None = None
    #: Make the contact now; without it the agreement is kept and nothing leaves yet.
    contact: bool = True

    @property
    def warmth(self) -> str:
        return Warmth.COLD if self.channel == Channel.ADDRESS else Warmth.WARM


def refer(question: Question, *, plan: Plan, request_id: UUID, by: User) -> Referral:
    """Refer a question to a partner; the same key again gives the referral that is there.

    Raises `OtherBody` for the same key with other content, `AlreadyReferred`, `NoConsent` for a
    warm one of somebody without a name, `NoAddress`.
    """
    if (there := Referral.objects.made_by_request(request_id)) is not None:
        return _same(there, question, plan)
    household = question.visit.household if question.visit else None
    if plan.warmth == Warmth.WARM and (household is None or household.is_restricted):
        raise NoConsent
    try:
        with transaction.atomic():
            now = timezone.now()
            referral = Referral(
                stek_id=question.opening.stek_id,
                question=question,
                household=household,
                partner=plan.partner,
                service=plan.service,
                warmth=plan.warmth,
                channel=plan.channel,
                state_at=now,
                request_id=request_id,
                created_by=by,
            )
            referral.save(force_insert=True)
            add(referral, Happening.PROPOSED, by=by)
            _go_on(referral, plan, by=by)
            record("refer", on=referral, by=by)
            return referral
    except IntegrityError as error:
        if (there := Referral.objects.made_by_request(request_id)) is not None:
            return _same(there, question, plan)
        if is_key_elsewhere(error):
            raise OtherBody from None
        rows = Referral.objects.of_question(question).counted().to_partner(plan.partner.pk)
        if (there := rows.first()) is not None:
            raise AlreadyReferred(there) from None
        raise


@transaction.atomic
def send(referral: Referral, *, plan: Plan, version: int, by: User) -> Referral:
    """Make the contact of a referral that was only proposed or agreed to.

    Raises `MovedMeanwhile`, `NotNow`, and what `refer` raises.
    """
    referral = held(referral, version)
    if referral.state not in {State.PROPOSED, State.CONSENTED}:
        raise NotNow
    household = referral.household
    if plan.warmth == Warmth.WARM and (household is None or household.is_restricted):
        raise NoConsent
    referral.warmth, referral.channel = plan.warmth, plan.channel
    _go_on(referral, plan, by=by)
    record("send_referral", on=referral, by=by, fields=["state"])
    return referral


def _same(there: Referral, question: Question, plan: Plan) -> Referral:
    if (there.question_id, there.partner_id) != (question.pk, plan.partner.pk):
        raise OtherBody
    return there


def _go_on(referral: Referral, plan: Plan, *, by: User) -> None:
    """The agreement and the contact, as far as the plan goes."""
    if referral.is_warm and plan.agreed is not None and referral.household is not None:
        today = current_day(timezone.now())
        referral.consent = give_consent(
            referral.household, partner=plan.partner, agreed=plan.agreed, today=today, by=by
        )
        add(referral, Happening.CONSENTED, by=by)
    if referral.is_warm and referral.consent is None:
        # Nobody agreed yet, so it stays proposed and nothing leaves.
        settle(referral)
        return
    if plan.contact:
        _make_contact(referral, by=by)
    settle(referral)


def _make_contact(referral: Referral, *, by: User) -> None:
    now = timezone.now()
    if referral.channel == Channel.MAIL:
        if not referral.partner.email:
            raise NoAddress
        ask_partner(referral, not_before=now)
    if referral.channel == Channel.LETTER:
        make_link(referral, kind=AnswerLink.Kind.LETTER, now=now)
    add(referral, Happening.CONTACTED, by=by)
    if referral.channel == Channel.TABLE:
        # The partner sits in the same room: who is referred is with them at once.
        add(referral, Happening.ARRIVED, by=by)


@transaction.atomic
def void_referral(referral: Referral, *, reason: VoidReason, by: User) -> Referral:
    """Strike it out, with its links; a mail that did not leave yet stays here."""
    referral = Referral.objects.with_words().locked(referral.pk)
    _void(referral, reason, by)
    return referral


@transaction.atomic
def void_with_question(question_pk: int, *, by: User) -> None:
    """A question that was struck out was referred to nobody; nothing when it was not."""
    for referral in Referral.objects.of_voided_question(question_pk).held():
        _void(referral, VoidReason.QUESTION, by)


def _void(referral: Referral, reason: VoidReason, by: User) -> None:
    if referral.is_voided:
        return
    referral.voided_at, referral.voided_by = timezone.now(), by
    referral.void_reason = reason
    referral.version += 1
    referral.save(update_fields=["voided_at", "voided_by", "void_reason", "version"])
    revoke_links(referral)
    record("void_referral", on=referral, by=by, fields=["void_reason"])


@transaction.atomic
def withdraw_consent(
    household: Household,
    *,
    partner: Partner | None,
    by: User,
    reason: Reason = Reason.WITHDRAWN,
) -> None:
    """From now on this partner (None: every partner) is told nothing: links stop, what was open
    is dropped.
    """
    close_consents(household, partner=partner, by=by)
    rows = Referral.objects.of_household(household.pk).counted().warm()
    if partner is not None:
        rows = rows.to_partner(partner.pk)
    for referral in rows.held():
        revoke_links(referral)
        if referral.state in OPEN:
            add(referral, Happening.WITHDRAWN, by=by, reason=reason)
            settle(referral)
            record("move_referral", on=referral, by=by, fields=["state"])
