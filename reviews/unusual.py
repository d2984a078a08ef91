"""When reading is out of the ordinary, and why there; pure.

It accuses nobody: a coordinator gets a line without content, and asks. A threshold that cries wolf
is no longer read, so each stands where the work of a busy day does not come.
"""

import datetime as dt
from collections import defaultdict, deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass

#: Different households in an hour. A busy afternoon checks in fifty people in three hours, which
#: opens no record; going through a list of one page to renew access opens 25.
MOST_IN_AN_HOUR = 30
HOUR = dt.timedelta(hours=1)
#: Openings end before eight, and the office begins at seven. Whole hours: `is_night` is asked for
#: the hour of a look.
EVENING_BEGINS, MORNING_BEGINS = dt.time(20), dt.time(7)
#: Looks in one evening or night: once or twice is somebody who was called at home.
MOST_AT_NIGHT = 2
#: Somebody may stand at the counter with one's own name; who is opened there is not chosen.
AT_THE_COUNTER = frozenset({"visit", "cards"})
#: Days back: four weeks, the shortest time that a log stays.
DAYS_BACK = 28


@dataclass(frozen=True)
class Seen:
    """One look at a household, by id."""

    household_id: int
    at: dt.datetime


def most_in_an_hour(looks: Iterable[Seen]) -> int:
    """The most different households within any sixty minutes."""
    window: deque[Seen] = deque()
    times: dict[int, int] = defaultdict(int)
    most = 0
    for look in sorted(looks, key=lambda one: one.at):
        window.append(look)
        times[look.household_id] += 1
        while look.at - window[0].at >= HOUR:
            left = window.popleft().household_id
            times[left] -= 1
            if not times[left]:
                del times[left]
        most = max(most, len(times))
    return most


def is_night(at: dt.datetime) -> bool:
    """`at` is local time."""
    return at.time() >= EVENING_BEGINS or at.time() < MORNING_BEGINS


def is_crowded(looks: int, looks_after: int) -> bool:
    """Whether two hours of the clock, with so many looks, may hold sixty minutes with too many."""
    return looks + looks_after > MOST_IN_AN_HOUR


def near_open(hour: dt.datetime, openings: Collection[tuple[dt.datetime, dt.datetime]]) -> bool:
    """Whether the place was open at any moment of this hour, which is given by its beginning."""
    return any(first < hour + HOUR and hour <= last for first, last in openings)


def while_open(at: dt.datetime, openings: Collection[tuple[dt.datetime, dt.datetime]]) -> bool:
    """Whether the place was open at this moment; both ends included."""
    return any(first <= at <= last for first, last in openings)
