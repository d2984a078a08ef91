"""Questions about the log: who looked at what, and when."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, Left


class AuditEventQuerySet(models.QuerySet[Any]):
    def of_stek(self, stek_id: int) -> "AuditEventQuerySet":
        return self.filter(stek_id=stek_id)

    def reads(self) -> "AuditEventQuerySet":
        """Looking, not changing."""
        return self.filter(kind="read")

    def by_user(self, user_id: int) -> "AuditEventQuerySet":
        return self.filter(actor_id=user_id)

    def on_rows(self, subjects: Mapping[str, Collection[int]]) -> "AuditEventQuerySet":
        """On one of these rows, by the name of their model."""
        about = Q(pk__in=())
        for subject_type, ids in subjects.items():
            if ids:
                about |= Q(subject_type=subject_type, subject_id__in=tuple(ids))
        return self.filter(about)

    def since(self, moment: dt.datetime) -> "AuditEventQuerySet":
        return self.filter(at__gte=moment)

    def before(self, moment: dt.datetime) -> "AuditEventQuerySet":
        return self.filter(at__lt=moment)

    def beyond(self, at: dt.datetime, pk: int) -> "AuditEventQuerySet":
        """What comes after this one in a list with the latest first."""
        return self.filter(Q(at__lt=at) | Q(pk__lt=pk), at__lte=at)

    def with_hour(self) -> "AuditEventQuerySet":
        """With `hour`: in UTC, as text ("2026-11-26 08"). Of many thousands of rows that is read in
        a fraction of the time of their moments, which Python must make of text on SQLite.
        """
        return self.annotate(hour=Left(Cast("at", models.CharField()), len("2026-11-26 08")))

    def moments(self, ids: Collection[int]) -> dict[int, dt.datetime]:
        """When exactly, of these rows."""
        return dict(self.filter(pk__in=tuple(ids)).values_list("pk", "at")) if ids else {}

    def latest_first(self) -> "AuditEventQuerySet":
        return self.order_by("-at", "-id")
