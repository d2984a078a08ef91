"""A value that waits for a while for one purpose, sealed (`accounts.sealed`)."""

import json
import time
from typing import Any

from accounts.sealed import UnreadableError, seal, unseal


def seal_value(value: Any, *, purpose: str) -> str:
    """What JSON can hold; sealed for one purpose it opens for no other."""
    return seal(json.dumps([purpose, int(time.time()), value]))


def unseal_value(sealed: str, *, purpose: str, max_age: int) -> Any:
    """What was sealed, or None when it was tampered with or is older than so many seconds.

    A clock that was set back does not make it unreadable.
    """
    try:
        meant_for, sealed_at, value = json.loads(unseal(sealed))
    except (UnreadableError, ValueError):
        return None
    return value if meant_for == purpose and time.time() - sealed_at <= max_age else None
