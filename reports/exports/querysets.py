"""Questions about exports."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import models

from accounts.models import Membership
from people.models import Household
from reports.exports.words import BUSY, State
from visits.models import Visit


class ExportQuerySet(models.QuerySet[Any]):
    def visible_to(self, membership: Membership) -> "ExportQuerySet":
        """Of the STEK; only its coordinators get there, and what one took out the others see."""
        return self.filter(stek_id=membership.stek_id).select_related("created_by")

    def made_by_request(self, request_id: UUID) -> Any:
        return self.filter(request_id=request_id).first()

    def newest(self, most: int) -> "ExportQuerySet":
        return self.order_by("-id")[:most]

    def busy(self) -> "ExportQuerySet":
        return self.filter(state__in=BUSY)

    def still(self, pk: int, state: str, claim: str = "") -> "ExportQuerySet":
        """This one, if it is in this state and of this worker; to change it only then."""
        return self.filter(pk=pk, state=state, claim=claim)

    def next_waiting(self) -> Any:
        return self.filter(state=State.WAITING).order_by("id").first()

    def silent_since(self, moment: dt.datetime) -> "ExportQuerySet":
        """Being made, by a worker that said nothing since."""
        return self.filter(state=State.RUNNING, beat_at__lt=moment)

    def expired(self, now: dt.datetime) -> "ExportQuerySet":
        return self.filter(state=State.DONE, expires_at__lte=now)

    def of_days_of(self, household: Household) -> "ExportQuerySet":
        """Of the STEK and of days on which this household came: its rows may be in them."""
        visits = Visit.objects.of_household(household.pk).filter(
            opening__day__gte=models.OuterRef("first_day"),
            opening__day__lte=models.OuterRef("last_day"),
        )
        rows = self.filter(stek_id=household.stek_id)
        return rows.filter(models.Exists(visits)).order_by("id")

    def naming(self, household: Household) -> "ExportQuerySet":
        """Those that may name it, and of which there is or will be a file."""
        return self.of_days_of(household).filter(with_names=True, state__in=(*BUSY, State.DONE))

    def files(self) -> set[str]:
        """The names of the files that are somebody's."""
        return set(self.exclude(file="").values_list("file", flat=True))
