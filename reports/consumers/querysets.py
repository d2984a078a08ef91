"""Questions about who may read the figures by machine."""

from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import F

from accounts.models import Membership


class ConsumerQuerySet(models.QuerySet[Any]):
    def visible_to(self, membership: Membership) -> "ConsumerQuerySet":
        """Those that read, or last read, this STEK."""
        return self.filter(steks=membership.stek_id)

    def in_use(self) -> "ConsumerQuerySet":
        return self.filter(revoked_at__isnull=True)

    def with_steks(self) -> "ConsumerQuerySet":
        """To list them: those in use first, each group by name. Two queries."""
        rows = self.select_related("created_by", "revoked_by").prefetch_related("steks")
        return rows.order_by(F("revoked_at").desc(nulls_first=True), "name", "pk")

    def behind(self, token_hash: str) -> Any:
        """The one that holds this token, None when there is none (any more)."""
        return self.in_use().filter(token_hash=token_hash).first()

    def made_by_request(self, request_id: UUID) -> Any:
        return self.filter(request_id=request_id).first()
