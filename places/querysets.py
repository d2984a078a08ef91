"""Questions about the hours, the closings, the changed days and the partners of a STEK."""

import datetime as dt
from typing import Any
from uuid import UUID

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

    def between(self, first: dt.date, last: dt.date) -> "OpeningHoursQuerySet":
        """The lines that hold on some day of this period, with their turns; two queries."""
        return self.filter(
            Q(last_day__isnull=True) | Q(last_day__gte=first), first_day__lte=last
        ).prefetch_related("turns")


class ClosingDayQuerySet(models.QuerySet):
    def of_stek(self, stek: models.Model) -> "ClosingDayQuerySet":
        return self.filter(stek=stek)

    def touching(self, first: dt.date, last: dt.date) -> "ClosingDayQuerySet":
        """Closings that share a day with this period, both ends included."""
        return self.filter(first_day__lte=last, last_day__gte=first)


class ChangedDayQuerySet(models.QuerySet):
    def of_stek(self, stek: models.Model) -> "ChangedDayQuerySet":
        return self.filter(stek=stek)

    def touching(self, first: dt.date, last: dt.date) -> "ChangedDayQuerySet":
        """Changes of a day in this period, and those that moved an opening into it."""
        return self.filter(Q(day__range=(first, last)) | Q(to_day__range=(first, last)))

    def on(self, day: dt.date) -> "ChangedDayQuerySet":
        return self.filter(day=day)

    def locked(self) -> "ChangedDayQuerySet":
        """The rows as they are now, held until the transaction ends."""
        return self.select_for_update(of=("self",))


class TableChangeQuerySet(models.QuerySet):
    def of_stek(self, stek: models.Model) -> "TableChangeQuerySet":
        return self.filter(stek=stek)

    def between(self, first: dt.date, last: dt.date) -> "TableChangeQuerySet":
        return self.filter(day__range=(first, last))

    def about(self, who: str, day: dt.date) -> "TableChangeQuerySet":
        return self.filter(who=who, day=day)

    def locked(self) -> "TableChangeQuerySet":
        """The rows as they are now, held until the transaction ends."""
        return self.select_for_update(of=("self",))

    def absences_on(self, day: dt.date) -> "TableChangeQuerySet":
        """Who was noted not to come on this day."""
        return self.filter(day=day, comes=False)


class PartnerQuerySet(models.QuerySet):
    def of_stek(self, stek: models.Model) -> "PartnerQuerySet":
        return self.filter(stek=stek)

    def in_use(self) -> "PartnerQuerySet":
        return self.filter(retired=False)

    def choices_for(self, chosen_id: int | None) -> "PartnerQuerySet":
        """What a form offers: those in use, and the one that was chosen before it retired."""
        return self.filter(Q(retired=False) | Q(pk=chosen_id))

    def locked(self, pk: int) -> Any:
        return self.select_for_update(of=("self",)).get(pk=pk)

    def made_by_request(self, key: UUID) -> Any:
        """A partner that a form made has the key of that form as its own in exchanges."""
        return self.filter(hsds_id=key).first()

    def on_public_page(self) -> "PartnerQuerySet":
        return self.in_use().filter(on_site=True)
