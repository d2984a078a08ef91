"""Days and moments, as the application sees them."""

import datetime as dt

from django.utils import timezone

from visits.days import current_day


def today() -> dt.date:
    """The day of an opening at this moment: until four o'clock it is still yesterday."""
    return current_day(timezone.now())


def moment(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))
