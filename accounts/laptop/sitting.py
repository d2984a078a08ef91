"""How long a session lasts: idle time, absolute time, and what it was begun on; no database.

The moments stand in the session as whole seconds. One that lies ahead means that the clock was set
back: nobody knows then how long it was, and counting begins anew.
"""

import time
from collections.abc import MutableMapping
from typing import Any

#: Session keys.
BEGAN = "began"
SEEN = "seen"
DEVICE = "laptop"
BY_PIN = "by_pin"

#: Seconds: the longest that a session lasts, and the longest that nothing is asked of it.
ABSOLUTE = 8 * 60 * 60
IDLE = 30 * 60
#: Writing the session costs more than most pages, so that somebody is there is written once in so
#: many seconds. Idle time is so much longer: never too short, at most a minute too long.
COARSE = 60

Session = MutableMapping[str, Any]


def begin(session: Session, *, now: int, device_id: int | None) -> None:
    session[BEGAN] = session[SEEN] = now
    if device_id is not None:
        session[DEVICE] = device_id


def is_over(session: Session, *, now: int, device_id: int | None, lock_seconds: int) -> bool:
    """Whether somebody must sign in again.

    `device_id` is of the trusted device that asks. A session that was begun on one is over
    elsewhere, and everywhere once the device is revoked.
    """
    begun_on = session.get(DEVICE)
    if begun_on is not None and begun_on != device_id:
        return True
    idle = IDLE if begun_on is None else lock_seconds
    since_begin, since_seen = now - session.get(BEGAN, now), now - session.get(SEEN, now)
    return since_begin >= ABSOLUTE or since_seen > idle + COARSE


def lies_ahead(session: Session, *, now: int) -> bool:
    """Whether the clock was set back since the session was last in use."""
    return max(session[BEGAN], session[SEEN]) > now + COARSE


def must_note(session: Session, *, now: int) -> bool:
    """Whether it is long enough ago that was written that somebody is there."""
    return abs(now - session.get(SEEN, 0)) >= COARSE


def now() -> int:
    """This moment, in whole seconds."""
    return int(time.time())
