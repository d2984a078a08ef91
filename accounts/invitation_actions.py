"""Inviting somebody, withdrawing and sending again, and accepting with a new or an own account."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import invitation_mail
from accounts.audit import record
from accounts.link_keys import hash_of, key_of
from accounts.models import Invitation, Membership, User
from accounts.sessions import end_sessions
from places.models import Partner, Stek

VALID_FOR = dt.timedelta(days=7)


class OtherBodyError(Exception):
    """A form key came back with other content."""


class AlreadyInvitedError(Exception):
    """There is an open invitation for this address."""


class OverError(Exception):
    """The invitation was accepted, withdrawn or too old when it came to it."""


class NameTakenError(Exception):
    """Somebody else took this user name meanwhile."""


class WorksHereError(Exception):
    """This account holds a role in this STEK already."""


@dataclass(frozen=True)
class Asked:
    """What an invitation is for."""

    role: str
    email: str
    partner: Partner | None
    last_day: dt.date | None


def invite(*, stek: Stek, asked: Asked, request_id: uuid.UUID, by: User) -> Invitation:
    """An invitation, and the mail with its link; the same `request_id` gives the same one."""
    now = timezone.now()
    nonce = uuid.uuid4()
    try:
        with transaction.atomic():
            made = Invitation.objects.create(
                stek=stek,
                role=asked.role,
                email=asked.email,
                partner=asked.partner,
                last_day=asked.last_day,
                nonce=nonce,
                key_hash=hash_of(key_of(nonce)),
                until=now + VALID_FOR,
                request_id=request_id,
                created_at=now,
                created_by=by,
            )
            record("invite", on=made, by=by)
            invitation_mail.send_invitation(made, now=now)
    except IntegrityError as error:
        there = Invitation.objects.made_by_request(request_id)
        if there is None:
            raise AlreadyInvitedError from error
        before = Asked(there.role, there.email, there.partner, there.last_day)
        if there.stek_id != stek.pk or before != asked:
            raise OtherBodyError from error
        return there
    return made


@transaction.atomic
def invite_again(invitation: Invitation, *, by: User) -> Invitation:
    """Another link in place of the one that was sent, for another week."""
    row = _open(invitation)
    now = timezone.now()
    row.nonce = uuid.uuid4()
    row.key_hash, row.until = hash_of(key_of(row.nonce)), now + VALID_FOR
    row.save(update_fields=["nonce", "key_hash", "until"])
    record("invite_again", on=row, by=by)
    invitation_mail.send_invitation(row, now=now)
    return row


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> None:
    """Its link stops at once, and the address goes."""
    row = _open(invitation)
    row.withdrawn_at, row.withdrawn_by, row.email = timezone.now(), by, ""
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "email"])
    record("withdraw_invitation", on=row, by=by)


@transaction.atomic
def accept_with_new_account(
    invitation: Invitation, *, user: User, password: str, by: User | None = None
) -> User:
    """`user` is not saved yet; nobody is signed in, so the new account is who did it."""
    row = _usable(invitation)
    user.email = row.email
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise NameTakenError from error
    _accept(row, user=user, by=by or user)
    return user


@transaction.atomic
def accept_with_own_account(invitation: Invitation, *, by: User) -> None:
    _accept(_usable(invitation), user=by, by=by)


def _accept(row: Invitation, *, user: User, by: User) -> None:
    """A role that ended before begins again, as this invitation says."""
    now = timezone.now()
    held = Membership.objects.select_for_update().filter(user=user, stek=row.stek).first()
    if held is not None and not held.has_ended(timezone.localdate(now)):
        raise WorksHereError
    given = {"role": row.role, "partner": row.partner, "last_day": row.last_day}
    Membership.objects.update_or_create(user=user, stek=row.stek, defaults=given)
    row.accepted_at, row.accepted_by, row.email = now, by, ""
    row.save(update_fields=["accepted_at", "accepted_by", "email"])
    record("accept_invitation", on=row, by=by)


def _open(invitation: Invitation) -> Invitation:
    """Locked, so that of two who decide at once the second one is told."""
    row: Invitation | None = Invitation.objects.open().locked(invitation.pk)
    if row is None:
        raise OverError
    return row


def _usable(invitation: Invitation) -> Invitation:
    row = _open(invitation)
    if row.until <= timezone.now():
        raise OverError
    return row


@transaction.atomic
def end_at_once(user: User, *, stek_id: int, by: User) -> None:
    """A role or an account ended, or changed: whoever sits there is signed out now."""
    if end_sessions(user):
        record("end_sessions", on=user, by=by, stek_id=stek_id)
