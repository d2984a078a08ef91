"""Who works in a STEK, their roles, sessions, shared laptops, the log, and mail that waits."""

from accounts.models.audit import AuditEvent
from accounts.models.invitation import Invitation
from accounts.models.laptop import Pin, Seat, TrustedDevice
from accounts.models.mail import OutgoingMail
from accounts.models.membership import Membership
from accounts.models.session import Session
from accounts.models.user import User

__all__ = [
    "AuditEvent",
    "Invitation",
    "Membership",
    "OutgoingMail",
    "Pin",
    "Seat",
    "Session",
    "TrustedDevice",
    "User",
]
