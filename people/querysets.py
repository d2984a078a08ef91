"""Questions about households and their access."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.models import FilteredRelation, Q

from accounts.models import Membership
from people.budget import Budget

if TYPE_CHECKING:
    from people.models import GroceryAccess, Household, HouseholdImport


# Any: the type checker does not know the name `access` that `with_access` adds.
class HouseholdQuerySet(models.QuerySet[Any]):
    def of_stek(self, stek: models.Model) -> "HouseholdQuerySet":
        """Households of one place, erased ones included."""
        return self.filter(stek=stek)

    def visible_to(self, membership: Membership) -> "HouseholdQuerySet":
        """Households that this colleague may meet: those of the STEK they work in now."""
        return self.filter(stek_id=membership.stek_id)

    def in_use(self) -> "HouseholdQuerySet":
        """Without those that were erased, or merged into another."""
        return self.filter(erased_at__isnull=True, merged_into__isnull=True)

    def not_erased(self) -> "HouseholdQuerySet":
        """Merged ones too, to say so."""
        return self.filter(erased_at__isnull=True)

    def erased(self) -> "HouseholdQuerySet":
        return self.filter(erased_at__isnull=False)

    def side_by_side(self) -> "HouseholdQuerySet":
        """With access, members, and what it was merged into; two queries."""
        return self.with_access().select_related("merged_into").prefetch_related("members")

    def to_compare(self) -> "HouseholdQuerySet":
        """Changed since they were compared with the others, the newest first."""
        return self.in_use().filter(to_compare__gt=0).order_by("-id")

    def compare_again(self, pk: int) -> None:
        """Names or members of this one changed."""
        self.filter(pk=pk).update(to_compare=models.F("to_compare") + 1)

    def merged(self) -> "HouseholdQuerySet":
        """Those that turned out to be another, with that one at hand."""
        return self.filter(merged_into__isnull=False, erased_at__isnull=True).select_related(
            "merged_into"
        )

    def with_access(self) -> "HouseholdQuerySet":
        """With the current access as `access` (None when there never was one), in one query."""
        return self.annotate(
            access=FilteredRelation("accesses", condition=Q(accesses__current=True))
        ).select_related("access")

    def with_budget_step(self) -> "HouseholdQuerySet":
        """With the current access and the step that its referrer chose."""
        return self.with_access().select_related("access__budget_step")

    def made_by_request(self, request_id: UUID) -> "Household | None":
        """What an earlier sending of the same form made."""
        return self.filter(request_id=request_id).first()

    def locked(self, pk: int) -> "Household":
        """The row as it is now, held until the transaction ends (SQLite holds everything)."""
        return self.select_for_update(of=("self",)).get(pk=pk)

    def with_stek(self) -> "HouseholdQuerySet":
        """With the place at hand, and only the household held when it is locked."""
        return self.select_related("stek")

    def with_card(self, token: str) -> "Household | None":
        """Whose card it is; that of a merged household is of the one that was kept."""
        return self.filter(card=token).first() or self.filter(absorbed__card=token).first()

    def with_number(self, number: int) -> "Household | None":
        """Whose number it is; that of a merged household is of the one that was kept."""
        return self.filter(number=number).first() or self.filter(absorbed__number=number).first()

    def held(self, ids: Iterable[int]) -> "dict[int, Household]":
        """These rows as they are now, held in one order by whoever wants them, by id."""
        rows = self.select_for_update(of=("self",)).filter(pk__in=tuple(ids)).order_by("pk")
        return {row.pk: row for row in rows}

    def held_with_absorbed(self, pk: int) -> "list[Household]":
        """This row, and after it those that were merged into it; held, with the place at hand.

        Asked twice: a merge may have ended while the first time waited for the row.
        """
        rows = self.with_stek().select_for_update(of=("self",)).order_by("pk")
        rows = rows.filter(Q(pk=pk) | Q(merged_into=pk))
        len(rows)  # from here on nothing is merged into it
        return sorted(rows.all(), key=lambda one: one.pk != pk)

    def by_number(self, numbers: Iterable[str]) -> "dict[int, Household]":
        """Households by customer number, with their access; what is no number is left out."""
        wanted = {int(n) for n in numbers if n.isascii() and n.isdigit() and len(n) <= 6}
        found = self.in_use().with_access().filter(number__in=wanted)
        return {household.number: household for household in found}

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

    def with_referrer(self) -> "HouseholdQuerySet":
        """With the referrer of the current access at hand."""
        return self.with_access().select_related("access__referrer")

    def ended_since(self, first: dt.date, today: dt.date) -> "HouseholdQuerySet":
        """Access that ran out from `first` on and was not renewed, latest first."""
        return (
            self.in_use()
            .with_access()
            .filter(
                access__valid_until__gte=first,
                access__valid_until__lt=today,
                access__ended_at__isnull=True,
            )
            .order_by("-access__valid_until", "number")
        )

    def without_access(self) -> "HouseholdQuerySet":
        """Nobody decided on access yet; newest first."""
        return self.in_use().with_access().filter(access__isnull=True).order_by("-id")

    def with_phone(self, spellings: Iterable[str]) -> "HouseholdQuerySet":
        return self.filter(phone__in=spellings)

    def kept_of(self, pk: int) -> int | None:
        """The household that this one was merged into, or None."""
        kept: int | None = self.filter(pk=pk).values_list("merged_into", flat=True).first()
        return kept

    def numbered(self, first: int, last: int) -> "HouseholdQuerySet":
        """Customer numbers from `first` up to and including `last`."""
        return self.filter(number__range=(first, last))

    def of_import(self, source: models.Model) -> "HouseholdQuerySet":
        return self.filter(source_import=source)

    def entered_since(self, moment: dt.datetime) -> "HouseholdQuerySet":
        return self.filter(created_at__gte=moment)

    def unrestricted(self) -> "HouseholdQuerySet":
        """Without those whose data is kept and not used."""
        return self.filter(restricted_at__isnull=True)

    def with_hold(self, today: dt.date) -> "HouseholdQuerySet":
        """With `held_until`, the last day of a hold that runs (None without one)."""
        holds: Any = self.model._meta.get_field("holds").related_model
        live = holds.objects.live(today)
        mine = live.filter(household=models.OuterRef("pk")).order_by()
        return self.annotate(held_until=models.Subquery(mine.values("until")[:1]))


class NoticeQuerySet(models.QuerySet[Any]):
    def of_stek(self, stek: models.Model) -> "NoticeQuerySet":
        return self.filter(household__stek=stek)

    def of_household(self, household_id: int) -> "NoticeQuerySet":
        return self.filter(household_id=household_id)

    def ahead_of(self, day: dt.date) -> "NoticeQuerySet":
        return self.filter(since__gt=day)


class HoldQuerySet(models.QuerySet[Any]):
    def of_household(self, household_id: int) -> "HoldQuerySet":
        return self.filter(household_id=household_id)

    def of_households(self, household_ids: Iterable[int]) -> "HoldQuerySet":
        return self.filter(household_id__in=tuple(household_ids))

    def not_lifted(self) -> "HoldQuerySet":
        return self.filter(lifted_at__isnull=True)

    def live(self, today: dt.date) -> "HoldQuerySet":
        """Neither lifted nor past its last day."""
        return self.not_lifted().filter(until__gte=today)

    def made_by_request(self, request_id: UUID) -> Any:
        return self.filter(request_id=request_id).first()


class BudgetRuleQuerySet(models.QuerySet[Any]):
    def in_force(self, stek: models.Model) -> Budget | None:
        """The budget of this STEK with its steps, in one query; None when it has none."""
        rows = list(
            self.filter(stek=stek, active=True)
            .order_by("steps__from_persons")
            .values_list("period", "per_adult", "per_child", "steps__from_persons", "steps__amount")
        )
        if not rows:
            return None
        period, per_adult, per_child = rows[0][:3]
        return Budget(
            period=period,
            period_label=str(self.model.Period(period).label),
            per_adult=per_adult,
            per_child=per_child,
            steps=tuple((start, amount) for *_rule, start, amount in rows if start is not None),
        )


class MemberQuerySet(models.QuerySet[Any]):
    def of_household(self, household: models.Model) -> "MemberQuerySet":
        return self.filter(household=household)

    def visible_to(self, membership: Membership) -> "MemberQuerySet":
        return self.filter(household__stek_id=membership.stek_id)


class GroceryAccessQuerySet(models.QuerySet["GroceryAccess"]):
    def visible_to(self, membership: Membership) -> "GroceryAccessQuerySet":
        return self.filter(household__stek_id=membership.stek_id)

    def current(self) -> "GroceryAccessQuerySet":
        return self.filter(current=True)

    def made_by_request(self, request_id: UUID) -> "GroceryAccess | None":
        """What an earlier sending of the same form made."""
        return self.filter(request_id=request_id).first()

    def with_household(self) -> "GroceryAccessQuerySet":
        return self.select_related("household__stek", "referrer", "budget_step")

    def history_of(self, household: models.Model) -> "GroceryAccessQuerySet":
        """Every decision on this household, the last one first, with who took it."""
        return self.filter(household=household).select_related(
            "referrer", "budget_step", "created_by", "suspended_by", "ended_by"
        )


class HouseholdImportQuerySet(models.QuerySet["HouseholdImport"]):
    def visible_to(self, membership: Membership) -> "HouseholdImportQuerySet":
        return self.filter(stek_id=membership.stek_id)

    def of_stek(self, stek: models.Model) -> "HouseholdImportQuerySet":
        return self.filter(stek=stek)

    def last_read_in(self) -> "HouseholdImport | None":
        """The list that was read in last and still stands."""
        return self.filter(state="confirmed").order_by("-confirmed_at", "-id").first()

    def with_cells(self) -> "HouseholdImportQuerySet":
        """Those of which rows of the file are still kept; held until the transaction ends."""
        return self.exclude(table={}).select_for_update(of=("self",))

    def older_drafts(self, before: dt.datetime) -> "HouseholdImportQuerySet":
        return self.filter(state="draft", created_at__lt=before)


class ConsentQuerySet(models.QuerySet[Any]):
    def for_partner(self, household_id: int, partner_id: int) -> "ConsentQuerySet":
        return self.filter(household_id=household_id, partner__pk=partner_id)

    def of_household(self, household_id: int) -> "ConsentQuerySet":
        return self.filter(household_id=household_id)

    def not_withdrawn(self) -> "ConsentQuerySet":
        return self.filter(withdrawn_at__isnull=True)

    def by_partner(self) -> "ConsentQuerySet":
        """With the partner; its newest consent first."""
        return self.select_related("partner").order_by("partner__name", "-given_at", "-id")

    def live(self, today: dt.date) -> "ConsentQuerySet":
        """Given, not withdrawn, and not past its last day."""
        return self.not_withdrawn().filter(until__gte=today)
