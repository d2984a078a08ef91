"""When a partner can be reached next, out of its weekly hours; holidays are not known."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

Hours = Iterable[tuple[int, dt.time, dt.time]]
WEEK = 7


@dataclass(frozen=True)
class NextHour:
    """`day` and from when to when; `is_now` when it is open at this moment."""

    day: dt.date
    opens_at: dt.time
    closes_at: dt.time
    is_now: bool
    is_today: bool


def next_hour(hours: Hours, now: dt.datetime) -> NextHour | None:
    """The first line (weekday with Monday 0, from, to) that is not over; `now` is local."""
    found = []
    for weekday, opens_at, closes_at in hours:
        ahead = (weekday - now.weekday()) % WEEK
        if ahead == 0 and closes_at <= now.time():
            ahead = WEEK
        found.append((ahead, opens_at, closes_at))
    if not found:
        return None
    ahead, opens_at, closes_at = min(found)
    return NextHour(
        day=now.date() + dt.timedelta(days=ahead),
        opens_at=opens_at,
        closes_at=closes_at,
        is_now=ahead == 0 and opens_at <= now.time(),
        is_today=ahead == 0,
    )
