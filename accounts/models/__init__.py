"""People who work in a STEK, their role there, the append-only audit log, and mail that waits."""

from accounts.models.audit import AuditEvent
from accounts.models.mail import OutgoingMail
from accounts.models.membership import Membership
from accounts.models.user import User

__all__ = ["AuditEvent", "Membership", "OutgoingMail", "User"]
