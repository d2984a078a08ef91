"""Questions about decisions and about reviews of weeks."""

import datetime as dt
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import OuterRef, Q

from accounts.models import Membership


class DecisionQuerySet(models.QuerySet[Any]):
    def visible_to(self, membership: Membership) -> "DecisionQuerySet":
        return self.filter(stek_id=membership.stek_id)

    def current(self) -> "DecisionQuerySet":
        """The last on each item that was not undone."""
        return self.filter(current=True)

    def since(self, moment: dt.datetime) -> "DecisionQuerySet":
        return self.filter(decided_at__gte=moment)

    def on_item(
        self, *, stek_id: int, kind: str, subject_id: int, about_day: dt.date
    ) -> "DecisionQuerySet":
        return self.filter(stek_id=stek_id, kind=kind, subject_id=subject_id, about_day=about_day)

    def on_subjects(self, subject_ids: Collection[int]) -> "DecisionQuerySet":
        return self.filter(subject_id__in=tuple(subject_ids))

    def about(self, kinds: Collection[str]) -> "DecisionQuerySet":
        """On things of these kinds."""
        return self.filter(kind__in=tuple(kinds))

    def kinds(self) -> set[str]:
        """Of which something was decided."""
        return set(self.order_by().values_list("kind", flat=True).distinct())

    def with_names(self) -> "DecisionQuerySet":
        return self.select_related("decided_by", "assigned_to")

    def with_id(self, pk: int) -> "DecisionQuerySet":
        return self.filter(pk=pk)

    def made_by_request(self, request_id: UUID) -> Any:
        return self.filter(request_id=request_id).first()

    def held(self) -> "DecisionQuerySet":
        """The rows as they are now, until the transaction ends."""
        return self.select_for_update(of=("self",))

    def locked(self, pk: int) -> Any:
        return self.held().get(pk=pk)

    def putting_aside(
        self,
        kind: str,
        *,
        membership: Membership,
        today: dt.date,
        monday: dt.datetime,
        team: Collection[int],
    ) -> "DecisionQuerySet":
        """For a subquery over the rows of a source: on this row, and somebody needs not look now.

        What is assigned is asked of that colleague only, as long as they work here.
        """
        mine = Q(assigned_to_id=membership.user_id)
        handled = (
            Q(what="done")
            | Q(what="waits", until__gt=today)
            | Q(what="seen", decided_at__gte=monday)
            | Q(mine, what="assigned", decided_by_id=membership.user_id, decided_at__gte=monday)
        )
        elsewhere = Q(assigned_to_id__in=tuple(team)) & ~mine
        return self.current().filter(
            handled | elsewhere,
            stek_id=membership.stek_id,
            kind=kind,
            subject_id=OuterRef("pk"),
            about_day=OuterRef("about_day"),
        )


class WeekReviewQuerySet(models.QuerySet[Any]):
    def of_stek(self, stek: models.Model) -> "WeekReviewQuerySet":
        return self.filter(stek=stek)

    def of_week(self, monday: dt.date) -> "WeekReviewQuerySet":
        return self.filter(week=monday)

    def live(self) -> "WeekReviewQuerySet":
        """Not reopened: at most one of each week."""
        return self.filter(reopened_at__isnull=True)

    def reviewed(self) -> "WeekReviewQuerySet":
        return self.filter(reviewed_at__isnull=False)

    def mondays_reviewed(self, first: dt.date, last: dt.date) -> set[dt.date]:
        """Of the weeks that begin in this period, those that are reviewed."""
        rows = self.live().reviewed().filter(week__range=(first, last))
        return set(rows.order_by().values_list("week", flat=True))

    def with_names(self) -> "WeekReviewQuerySet":
        """The last one first."""
        return self.select_related("reviewed_by", "reopened_by").order_by("-number")

    def held(self) -> "WeekReviewQuerySet":
        return self.select_for_update(of=("self",))

    def locked(self, pk: int) -> Any:
        return self.held().get(pk=pk)

    def made_by_request(self, request_id: UUID) -> Any:
        return self.filter(request_id=request_id).first()


class WeekMailQuerySet(models.QuerySet[Any]):
    def refused_by(self) -> set[int]:
        """The memberships that want no mail."""
        return set(self.filter(wanted=False).values_list("membership_id", flat=True))

    def wants(self, membership: Membership) -> bool:
        """Who never chose gets it."""
        return not self.filter(membership=membership, wanted=False).exists()
