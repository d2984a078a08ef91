"""Which app writes which kind of mail, and the round that sends what is due."""

import datetime as dt
from collections.abc import Mapping

from accounts.outbox import Writer, send_due

WRITERS: Mapping[str, Writer] = {}


def send_mails(now: dt.datetime) -> int:
    """How many left."""
    return send_due(now, WRITERS)
