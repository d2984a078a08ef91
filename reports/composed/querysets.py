"""Questions about the reports that coordinators put together."""

from typing import Any
from uuid import UUID

from django.db import models

from accounts.models import Membership


class ComposedQuerySet(models.QuerySet[Any]):
    def visible_to(self, membership: Membership) -> "ComposedQuerySet":
        """Of the STEK: they are shared within it."""
        return self.filter(stek_id=membership.stek_id)

    def of_stek(self, stek: models.Model) -> "ComposedQuerySet":
        return self.filter(stek=stek)

    def in_use(self) -> "ComposedQuerySet":
        return self.filter(retired_at__isnull=True)

    def named(self, name: str) -> "ComposedQuerySet":
        return self.filter(name=name)

    def still(self, pk: int) -> "ComposedQuerySet":
        return self.filter(pk=pk)

    def with_id(self, pk: int) -> Any:
        """The row, or None."""
        return self.filter(pk=pk).first()

    def made_by_request(self, request_id: UUID) -> Any:
        return self.filter(request_id=request_id).first()
