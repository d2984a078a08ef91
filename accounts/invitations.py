"""What stands open, and which invitation a key belongs to."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from accounts.invitation_mail import mail_key
from accounts.link_keys import hash_of
from accounts.models import Invitation, Membership, OutgoingMail
from accounts.querysets import InvitationQuerySet
from accounts.roles import GRANTS, Role

#: Days that the address of somebody who never came is still shown.
ADDRESS_STAYS = dt.timedelta(days=30)


@dataclass(frozen=True)
class Line:
    invitation: Invitation
    is_over: bool
    may_handle: bool
    #: Its mail came back, or nobody knows whether it arrived.
    mail_failed: bool


def lines(membership: Membership, *, now: dt.datetime) -> list[Line]:
    """Not accepted and not withdrawn, the newest first; two queries."""
    rows = list(Invitation.objects.visible_to(membership).open().addressed())
    granted = GRANTS[Role(membership.role)]
    keys = {mail_key(row): row.pk for row in rows}
    failed = {keys[key] for key in OutgoingMail.objects.ended_badly().keys_among(keys)}
    return [
        Line(row, row.until <= now, row.role in granted, mail_failed=row.pk in failed)
        for row in rows
    ]


def may_handle(rows: InvitationQuerySet, membership: Membership) -> InvitationQuerySet:
    """Those for a role that this person may give."""
    return rows.filter(role__in=GRANTS[Role(membership.role)])


def invitation_behind(key: str, *, now: dt.datetime) -> Invitation | None:
    """The one that may still be accepted."""
    row: Invitation | None = Invitation.objects.open().with_hash(hash_of(key)).first()
    return row if row is not None and row.until > now else None


@transaction.atomic
def forget_addresses(now: dt.datetime) -> int:
    """Of who did not come: the row stays, without the address."""
    return Invitation.objects.over_since(now - ADDRESS_STAYS).update(email="")
