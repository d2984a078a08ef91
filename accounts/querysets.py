"""Questions about who works where."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q


class MembershipQuerySet(models.QuerySet[Any]):
    def current(self, today: dt.date) -> "MembershipQuerySet":
        """Roles that have not ended, with their STEK and user at hand."""
        return self.filter(Q(last_day__isnull=True) | Q(last_day__gte=today)).select_related(
            "stek", "user"
        )

    def with_partner(self) -> "MembershipQuerySet":
        """With the partner that somebody works for at hand."""
        return self.select_related("partner")

    def of_user(self, user_id: int) -> "MembershipQuerySet":
        return self.filter(user_id=user_id, user__is_active=True)

    def of_stek(self, stek: models.Model) -> "MembershipQuerySet":
        return self.filter(stek=stek, user__is_active=True)


class MailQuerySet(models.QuerySet[Any]):
    def of_stek(self, stek: models.Model) -> "MailQuerySet":
        return self.filter(stek=stek)

    def waiting(self) -> "MailQuerySet":
        return self.filter(state="waiting")

    def due(self, now: dt.datetime) -> "MailQuerySet":
        """Whose turn it is, the oldest first, of STEKs that send mail; with the STEK at hand."""
        rows = self.waiting().filter(next_try_at__lte=now, stek__sends_mail=True)
        return rows.select_related("stek").order_by("next_try_at", "id")

    def with_key(self, key: str) -> "MailQuerySet":
        return self.filter(key=key)
