"""Mail that waits to leave: put in once per key, and sent by `run_due`."""

import datetime as dt

from accounts.models import OutgoingMail
from places.models import Stek


def put_in(
    *, stek: Stek, kind: str, subject_id: int, key: str, not_before: dt.datetime
) -> OutgoingMail:
    """Let this mail leave once, from this moment on; the same key again changes nothing."""
    mail, _made = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            "stek": stek,
            "kind": kind,
            "subject_id": subject_id,
            "created_at": not_before,
            "next_try_at": not_before,
        },
    )
    return mail
