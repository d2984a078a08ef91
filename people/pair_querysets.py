"""Questions about households that may be double, and about those that were merged."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from accounts.models import Membership


class DuplicatePairQuerySet(models.QuerySet[Any]):
    def visible_to(self, membership: Membership) -> "DuplicatePairQuerySet":
        return self.filter(stek_id=membership.stek_id)

    def of_stek(self, stek: models.Model) -> "DuplicatePairQuerySet":
        return self.filter(stek=stek)

    def standing(self) -> "DuplicatePairQuerySet":
        """Both are still there and in use: not erased, merged into another, or restricted."""
        gone = ("erased_at", "merged_into", "restricted_at")
        return self.filter(
            **{f"{side}__{name}__isnull": True for side in ("one", "other") for name in gone}
        )

    def open(self) -> "DuplicatePairQuerySet":
        """Nobody said yet that they are not the same; the likeliest first."""
        return self.standing().filter(apart_at__isnull=True).order_by("-score", "id")

    def apart(self) -> "DuplicatePairQuerySet":
        """Somebody said they are not the same; the last one first."""
        rows = self.standing().filter(apart_at__isnull=False)
        return rows.select_related("apart_by").order_by("-apart_at", "-id")

    def with_both(self) -> "DuplicatePairQuerySet":
        """With both households and their members; three queries."""
        return self.select_related("one", "other").prefetch_related(
            "one__members", "other__members"
        )

    def of_household(self, household_id: int) -> "DuplicatePairQuerySet":
        return self.filter(Q(one_id=household_id) | Q(other_id=household_id))

    def among(self, household_ids: Iterable[int]) -> "DuplicatePairQuerySet":
        """Pairs with at least one of these."""
        ids = tuple(household_ids)
        return self.filter(Q(one_id__in=ids) | Q(other_id__in=ids))

    def newest_of(self, household_ids: Iterable[int]) -> "DuplicatePairQuerySet":
        """Pairs of which the one entered last is among these; the likeliest first."""
        return self.open().filter(other_id__in=tuple(household_ids))

    def between(self, one: int, other: int) -> "DuplicatePairQuerySet":
        return self.filter(one_id=min(one, other), other_id=max(one, other))

    def locked(self, pk: int) -> Any:
        """The row as it is now with both households, held until the transaction ends."""
        return self.select_for_update(of=("self",)).select_related("one", "other").get(pk=pk)


class MergeQuerySet(models.QuerySet[Any]):
    def visible_to(self, membership: Membership) -> "MergeQuerySet":
        return self.filter(stek_id=membership.stek_id)

    def made_by_request(self, request_id: UUID) -> Any:
        """What an earlier sending of the same form made."""
        return self.filter(request_id=request_id).first()

    def standing(self) -> "MergeQuerySet":
        """Not undone."""
        return self.filter(undone_at__isnull=True)

    def undoable(self) -> "MergeQuerySet":
        """Not undone, and what is needed to undo it is still kept."""
        return self.standing().filter(final_at__isnull=True)

    def among(self, household_ids: Iterable[int]) -> "MergeQuerySet":
        """Those with at least one of these, on either side."""
        ids = tuple(household_ids)
        return self.filter(Q(kept_id__in=ids) | Q(gone_id__in=ids))

    def into(self, household_id: int) -> "MergeQuerySet":
        return self.filter(kept_id=household_id)

    def older_than(self, moment: dt.datetime) -> "MergeQuerySet":
        return self.filter(merged_at__lt=moment)

    def after(self, merge: Any) -> "MergeQuerySet":
        """Later ones of the same STEK, the first of them first."""
        return self.filter(stek_id=merge.stek_id, pk__gt=merge.pk).order_by("pk")

    def with_names(self) -> "MergeQuerySet":
        """With both households and who did it; the last one first."""
        return self.select_related("kept", "gone", "merged_by").order_by("-merged_at", "-id")

    def with_gone(self) -> "MergeQuerySet":
        return self.select_related("gone")

    def held(self) -> "MergeQuerySet":
        """As they are now, until the transaction ends."""
        return self.select_for_update(of=("self",))

    def locked(self, pk: int) -> Any:
        return self.held().get(pk=pk)
