"""Questions about frozen reports."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models

from accounts.models import Membership


class SnapshotQuerySet(models.QuerySet[Any]):
    def visible_to(self, membership: Membership) -> "SnapshotQuerySet":
        return self.filter(stek_id=membership.stek_id)

    def of_stek(self, stek: models.Model) -> "SnapshotQuerySet":
        return self.filter(stek=stek)

    def of_steks(self, stek_ids: Iterable[int]) -> "SnapshotQuerySet":
        return self.filter(stek_id__in=tuple(stek_ids))

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

    def without_true(self) -> "SnapshotQuerySet":
        """For who only reads what is shown."""
        return self.defer("figures")

    def for_others(self) -> "SnapshotQuerySet":
        """What may have left the house."""
        return self.filter(shown__isnull=False)

    def made_by_request(self, request_id: UUID) -> Any:
        return self.filter(request_id=request_id).first()

    def with_maker(self) -> "SnapshotQuerySet":
        return self.select_related("maker")
