"""Which local day a moment belongs to: an afternoon that runs late stays one afternoon."""

import datetime as dt

from django.utils import timezone

#: An opening that is not closed belongs to "today" until this local hour of the next morning.
NIGHT_ENDS = dt.time(4)


def current_day(now: dt.datetime) -> dt.date:
    """The local day that an opening at this moment belongs to."""
    local = timezone.localtime(now)
    if local.time() < NIGHT_ENDS:
        return local.date() - dt.timedelta(days=1)
    return local.date()


def start_of(day: dt.date) -> dt.datetime:
    """The first moment of a local day, also of one on which the clock changes."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def local_day(moment: dt.datetime) -> dt.date:
    """The day on the calendar, here."""
    return timezone.localtime(moment).date()
