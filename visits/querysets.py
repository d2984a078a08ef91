"""Questions about openings, visits and messages."""

import datetime as dt
from collections.abc import Iterable

from django.db import models
from django.db.models import Max

from accounts.models import Membership


class OpeningQuerySet(models.QuerySet):
    def visible_to(self, membership: Membership) -> "OpeningQuerySet":
        return self.filter(stek_id=membership.stek_id)

    def not_closed(self) -> "OpeningQuerySet":
        return self.filter(closed_at__isnull=True)

    def on(self, day: dt.date) -> "OpeningQuerySet":
        return self.filter(day=day)

    def before(self, day: dt.date) -> "OpeningQuerySet":
        return self.filter(day__lt=day)

    def since(self, day: dt.date) -> "OpeningQuerySet":
        return self.filter(day__gte=day)


class VisitQuerySet(models.QuerySet):
    def visible_to(self, membership: Membership) -> "VisitQuerySet":
        return self.filter(opening__stek_id=membership.stek_id)

    def at(self, opening: models.Model) -> "VisitQuerySet":
        """Everything of one opening, voided visits included, latest first."""
        return (
            self.filter(opening=opening)
            .select_related("household")
            .order_by(models.F("arrived_at").desc(nulls_first=True), "-id")
        )

    def counted(self) -> "VisitQuerySet":
        """What figures count: not voided."""
        return self.filter(voided_at__isnull=True)

    def of_household(self, household_id: int) -> "VisitQuerySet":
        return self.filter(household_id=household_id)

    def last_days(self, household_ids: Iterable[int]) -> dict[int, dt.date]:
        """The day each of these households was last here; one query, absent when never."""
        return dict(
            self.counted()
            .filter(household_id__in=household_ids)
            .order_by()
            .values("household_id")
            .annotate(last=Max("opening__day"))
            .values_list("household_id", "last")
        )


class MessageQuerySet(models.QuerySet):
    def visible_to(self, membership: Membership) -> "MessageQuerySet":
        return self.filter(household__stek_id=membership.stek_id)

    def waiting(self) -> "MessageQuerySet":
        return self.filter(delivered_at__isnull=True)

    def of_household(self, household_id: int) -> "MessageQuerySet":
        return self.filter(household_id=household_id)
