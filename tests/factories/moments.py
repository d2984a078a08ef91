"""Days and moments, as the application sees them."""

import datetime as dt

from django.utils import timezone


def today() -> dt.date:
    """The local day."""
    return timezone.localdate()


def moment(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))
