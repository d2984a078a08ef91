"""Questions about the hours and closing days of a STEK."""

import datetime as dt

from django.db import models
from django.db.models import Q


class OpeningHoursQuerySet(models.QuerySet):
    def of_stek(self, stek: models.Model) -> "OpeningHoursQuerySet":
        return self.filter(stek=stek)

    def on(self, day: dt.date) -> "OpeningHoursQuerySet":
        """The lines of the weekly pattern that hold on this day, closing days not considered."""
        return self.filter(
            Q(last_day__isnull=True) | Q(last_day__gte=day),
            weekday=day.weekday(),
            first_day__lte=day,
        )


class ClosingDayQuerySet(models.QuerySet):
    def of_stek(self, stek: models.Model) -> "ClosingDayQuerySet":
        return self.filter(stek=stek)

    def touching(self, first: dt.date, last: dt.date) -> "ClosingDayQuerySet":
        """Closings that share a day with this period, both ends included."""
        return self.filter(first_day__lte=last, last_day__gte=first)
