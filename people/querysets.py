"""Questions about households and their access."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import FilteredRelation, Q

from accounts.models import Membership

if TYPE_CHECKING:
    from people.models import Household


class HouseholdQuerySet(models.QuerySet):
    def of_stek(self, stek: models.Model) -> "HouseholdQuerySet":
        """Households of one place, erased ones included."""
        return self.filter(stek=stek)

    def visible_to(self, membership: Membership) -> "HouseholdQuerySet":
        """Households that this colleague may meet: those of the STEK they work in now."""
        return self.filter(stek_id=membership.stek_id)

    def in_use(self) -> "HouseholdQuerySet":
        """Without those that were erased."""
        return self.filter(erased_at__isnull=True)

    def with_access(self) -> "HouseholdQuerySet":
        """With the current access as `access` (None when there never was one), in one query."""
        return self.annotate(
            access=FilteredRelation("accesses", condition=Q(accesses__current=True))
        ).select_related("access")

    def made_by_request(self, request_id: UUID) -> "Household | None":
        """What an earlier sending of the same form made."""
        return self.filter(request_id=request_id).first()

    def locked(self, pk: int) -> "Household":
        """The row as it is now, held until the transaction ends (SQLite holds everything)."""
        return self.select_for_update().get(pk=pk)

    def with_ids(self, ids: Iterable[int]) -> "HouseholdQuerySet":
        return self.filter(pk__in=ids)

    def expiring(self, today: dt.date, days: int) -> "HouseholdQuerySet":
        """Access that ends in the coming days, soonest first."""
        return (
            self.in_use()
            .with_access()
            .filter(
                access__valid_until__gte=today,
                access__valid_until__lte=today + dt.timedelta(days=days),
                access__ended_at__isnull=True,
            )
            .order_by("access__valid_until", "number")
        )


class MemberQuerySet(models.QuerySet):
    def visible_to(self, membership: Membership) -> "MemberQuerySet":
        return self.filter(household__stek_id=membership.stek_id)


class GroceryAccessQuerySet(models.QuerySet):
    def visible_to(self, membership: Membership) -> "GroceryAccessQuerySet":
        return self.filter(household__stek_id=membership.stek_id)

    def current(self) -> "GroceryAccessQuerySet":
        return self.filter(current=True)


class HouseholdImportQuerySet(models.QuerySet):
    def visible_to(self, membership: Membership) -> "HouseholdImportQuerySet":
        return self.filter(stek_id=membership.stek_id)

    def of_stek(self, stek: models.Model) -> "HouseholdImportQuerySet":
        return self.filter(stek=stek)

    def older_drafts(self, before: dt.datetime) -> "HouseholdImportQuerySet":
        return self.filter(state="draft", created_at__lt=before)
