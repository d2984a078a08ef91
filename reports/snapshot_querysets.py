"""Questions about frozen reports."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import models

from accounts.models import Membership


class SnapshotQuerySet(models.QuerySet[Any]):
    def visible_to(self, membership: Membership) -> "SnapshotQuerySet":
        """Of this STEK alone; those of several are reached through all of them."""
        return self.filter(set_key=str(membership.stek_id))

    def of_set(self, key: str) -> "SnapshotQuerySet":
        return self.filter(set_key=key)

    def of_report(self, kind: str, period: str) -> "SnapshotQuerySet":
        """The latest version first."""
        return self.filter(kind=kind, period=period).order_by("-version")

    def about(self, period: str) -> "SnapshotQuerySet":
        return self.filter(period=period)

    def without_figures(self) -> "SnapshotQuerySet":
        """To list them; the latest version of a report comes last."""
        return self.defer("figures", "shown").order_by("version")

    def in_version(self, version: int) -> "SnapshotQuerySet":
        return self.filter(version=version)

    def for_others(self) -> "SnapshotQuerySet":
        """What may have left the house."""
        return self.filter(shown__isnull=False)

    def touching(self, stek_ids: list[int]) -> "SnapshotQuerySet":
        """With any of these STEKs in them."""
        return self.filter(steks__in=stek_ids).distinct()

    def overlapping(self, first: dt.date, last: dt.date) -> "SnapshotQuerySet":
        return self.filter(first__lte=last, last__gte=first)

    def made_by_request(self, request_id: UUID) -> Any:
        return self.filter(request_id=request_id).first()

    def with_maker(self) -> "SnapshotQuerySet":
        return self.select_related("made_by")
