"""Questions about the directory: what partners offer, who works there, and who checked it when."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Max

from accounts.models import Membership


class ServiceQuerySet(models.QuerySet[Any]):
    def visible_to(self, membership: Membership) -> "ServiceQuerySet":
        return self.filter(stek_id=membership.stek_id)

    def of_stek(self, stek: models.Model) -> "ServiceQuerySet":
        return self.filter(stek=stek)

    def in_use(self) -> "ServiceQuerySet":
        return self.filter(retired=False, partner__retired=False)

    def of_partner(self, partner_id: int) -> "ServiceQuerySet":
        return self.filter(partner_id=partner_id)

    def locked(self, pk: int) -> Any:
        return self.select_for_update(of=("self",)).get(pk=pk)

    def with_partner(self) -> "ServiceQuerySet":
        return self.select_related("partner")

    def made_by_request(self, key: UUID) -> Any:
        """What a form made has the key of that form as its own in exchanges."""
        return self.filter(hsds_id=key).first()

    def of_partners(self, partner_ids: Iterable[int]) -> "ServiceQuerySet":
        return self.filter(partner_id__in=tuple(partner_ids))

    def texts(self) -> Iterable[tuple[Any, ...]]:
        """What is searched in: the partner, whether retired, the languages, and every text."""
        return self.order_by().values_list(
            "partner_id",
            "retired",
            "languages",
            "name",
            "description",
            "conditions",
            "area",
            "town",
        )

    def theme_pairs(self) -> Iterable[tuple[int, int]]:
        """Partner and theme, for what is still offered."""
        rows = self.filter(retired=False, themes__isnull=False).order_by()
        return rows.values_list("partner_id", "themes")

    def for_card(self) -> "ServiceQuerySet":
        """With its hours, and its papers in every language; three queries more."""
        return self.prefetch_related("documents__names", "hours")

    def for_offer(self) -> "ServiceQuerySet":
        """With what a choice of partners shows; three queries more."""
        return self.prefetch_related("themes", "documents", "hours")


class ContactQuerySet(models.QuerySet[Any]):
    def with_id(self, pk: int) -> "ContactQuerySet":
        return self.filter(pk=pk)

    def visible_to(self, membership: Membership) -> "ContactQuerySet":
        return self.filter(partner__stek_id=membership.stek_id).select_related("partner")

    def of_partners(self, partner_ids: Iterable[int]) -> "ContactQuerySet":
        return self.filter(partner_id__in=tuple(partner_ids))

    def locked(self, pk: int) -> Any:
        return self.select_for_update(of=("self",)).get(pk=pk)


class PartnerCheckQuerySet(models.QuerySet[Any]):
    def of_partner(self, partner: models.Model) -> "PartnerCheckQuerySet":
        return self.filter(partner=partner)

    def newest(self, stek: models.Model) -> "PartnerCheckQuerySet":
        """The last one of each partner, with who looked; one query."""
        last = self.filter(partner__stek=stek).order_by().values("partner_id")
        return self.filter(pk__in=last.annotate(last=Max("pk")).values("last")).select_related(
            "checked_by"
        )

    def latest_by_partner(self, stek: models.Model) -> dict[int, dt.datetime]:
        """When each partner was last checked, by its id; one query."""
        rows = self.filter(partner__stek=stek).order_by()
        return dict(rows.values_list("partner_id").annotate(Max("checked_at")))
