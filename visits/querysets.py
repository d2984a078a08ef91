"""Questions about openings, visits, the line, messages, activities and replies."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.models import Count, Max, Q, Sum
from django.utils import timezone

from accounts.models import Membership
from visits.days import current_day

if TYPE_CHECKING:
    from people.models import Household
    from visits.models import Activity, Message, Opening, QueueTurn, Visit


class OpeningQuerySet(models.QuerySet["Opening"]):
    def of_stek(self, stek: "models.Model") -> "OpeningQuerySet":
        return self.filter(stek=stek)

    def visible_to(self, membership: Membership) -> "OpeningQuerySet":
        """With a PIN on a shared laptop only the opening of today."""
        rows = self.filter(stek_id=membership.stek_id)
        return rows.filter(day=current_day(timezone.now())) if membership.by_pin else rows

    def locked(self, pk: int) -> "Opening":
        """The row as it is now, held until the transaction ends."""
        return self.select_for_update().get(pk=pk)

    def open_or_on(self, day: dt.date) -> "OpeningQuerySet":
        """The opening of this day, and those that were never closed."""
        return self.filter(models.Q(closed_at__isnull=True) | models.Q(day=day))

    def with_counts(self) -> "OpeningQuerySet":
        """With `visit_count`: visits that count; latest day first."""
        return self.annotate(
            visit_count=models.Count("visits", filter=models.Q(visits__voided_at__isnull=True))
        ).order_by("-day")

    def on(self, day: dt.date) -> "OpeningQuerySet":
        return self.filter(day=day)

    def before(self, day: dt.date) -> "OpeningQuerySet":
        return self.filter(day__lt=day)

    def since(self, day: dt.date) -> "OpeningQuerySet":
        return self.filter(day__gte=day)

    def until(self, day: dt.date) -> "OpeningQuerySet":
        return self.filter(day__lte=day)

    def with_present(self) -> "OpeningQuerySet":
        """With who was on duty, and the accounts behind the names; two queries."""
        return self.prefetch_related("attendances__user")


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, membership: Membership) -> "VisitQuerySet":
        """With a PIN on a shared laptop only the visits of today."""
        rows = self.filter(opening__stek_id=membership.stek_id)
        return rows.filter(opening__day=current_day(timezone.now())) if membership.by_pin else rows

    def locked(self, pk: int) -> "Visit":
        """The row as it is now with its opening, held until the transaction ends."""
        return self.select_for_update(of=("self",)).select_related("opening__stek").get(pk=pk)

    def made_by_request(self, request_id: UUID) -> "Visit | None":
        """What an earlier sending of the same form made."""
        return self.filter(request_id=request_id).first()

    def first_counted(self, opening: "Opening", household: "Household") -> "Visit | None":
        """The visit that stands in the way of a second one."""
        return self.counted().filter(opening=opening, household=household, repeated=False).first()

    def repeated_with(self, visit: "Visit") -> "VisitQuerySet":
        """Later visits of the same household at the same opening, the earliest first."""
        return self.filter(
            opening_id=visit.opening_id,
            household_id=visit.household_id,
            household__isnull=False,
            repeated=True,
        ).order_by("id")

    def at(self, opening: "Opening") -> "VisitQuerySet":
        """Everything of one opening, voided visits included, latest first."""
        return (
            self.filter(opening=opening)
            .select_related("household")
            .order_by(models.F("arrived_at").desc(nulls_first=True), "-id")
        )

    def in_line_order(self, opening: "Opening") -> "VisitQuerySet":
        """Everybody of one opening, by queue number; who has none comes last, by arrival."""
        return self.filter(opening=opening).order_by(
            models.F("queue_number").asc(nulls_last=True), "id"
        )

    def waiting(self, opening: "Opening") -> "VisitQuerySet":
        """Who waits with a question and was not called yet, the lowest number first."""
        return (
            self.counted()
            .filter(opening=opening, for_question=True, turn__isnull=True)
            .order_by("queue_number")
        )

    def waiting_on(self, membership: Membership, day: dt.date) -> "VisitQuerySet":
        return self.counted().filter(
            opening__stek_id=membership.stek_id,
            opening__day=day,
            for_question=True,
            turn__isnull=True,
        )

    def of_day(self, membership: Membership, day: dt.date) -> "VisitQuerySet":
        """Of this STEK on one day, of households only."""
        return self.filter(
            opening__stek_id=membership.stek_id, opening__day=day, household__isnull=False
        )

    def counted(self) -> "VisitQuerySet":
        """What figures count: not voided."""
        return self.filter(voided_at__isnull=True)

    def of_household(self, household_id: int) -> "VisitQuerySet":
        return self.filter(household_id=household_id)

    def by_day(self) -> "VisitQuerySet":
        """The latest day first, with the opening at hand; voided ones stay in sight."""
        return self.select_related("opening").order_by("-opening__day", "-id")

    def keys_of_opening(self, opening: "Opening") -> dict[int, set[UUID]]:
        """The households whose visit counts at this opening, with the keys of those visits."""
        keys: dict[int, set[UUID]] = {}
        visits = self.counted().filter(opening=opening, household__isnull=False)
        for household_id, request_id in visits.values_list("household_id", "request_id"):
            keys.setdefault(household_id, set()).add(request_id)
        return keys

    def here_at(self, opening: "Opening", household_ids: Iterable[int]) -> set[int]:
        """Which of these households have a visit that counts at this opening."""
        return set(
            self.counted()
            .filter(opening=opening, household_id__in=household_ids)
            .values_list("household_id", flat=True)
        )

    def last_seen(
        self, household_ids: Iterable[int], opening: "Opening"
    ) -> dict[int, tuple[dt.date, bool]]:
        """The day each of these households was last here, and whether at this opening already.

        One query; a household that never came is absent.
        """
        rows = (
            self.counted()
            .filter(household_id__in=household_ids)
            .order_by()
            .values_list("household_id")
            .annotate(last=Max("opening__day"), now=Count("pk", filter=Q(opening=opening)))
        )
        return {household_id: (last, now > 0) for household_id, last, now in rows}

    def last_days(self, household_ids: Iterable[int]) -> dict[int, dt.date]:
        """The day each of these households was last here; who never came is absent."""
        rows = self.counted().filter(household_id__in=tuple(household_ids)).order_by()
        return dict(rows.values_list("household_id").annotate(last=Max("opening__day")))


class MessageQuerySet(models.QuerySet["Message"]):
    def locked(self, pk: int) -> "Message":
        return self.select_for_update(of=("self",)).select_related("household").get(pk=pk)

    def made_by_request(self, request_id: UUID) -> "Message | None":
        return self.filter(request_id=request_id).first()

    def held(self) -> "Message | None":
        """The first of these as it is now, held until the transaction ends."""
        return self.select_for_update(of=("self",)).first()

    def visible_to(self, membership: Membership) -> "MessageQuerySet":
        return self.filter(household__stek_id=membership.stek_id)

    def left_before(self, moment: dt.datetime) -> "MessageQuerySet":
        return self.filter(created_at__lt=moment)

    def waiting(self) -> "MessageQuerySet":
        return self.filter(delivered_at__isnull=True)

    def of_household(self, household_id: int) -> "MessageQuerySet":
        return self.filter(household_id=household_id)


class QueueTurnQuerySet(models.QuerySet["QueueTurn"]):
    def visible_to(self, membership: Membership) -> "QueueTurnQuerySet":
        return self.filter(visit__opening__stek_id=membership.stek_id)

    def held(self, visit: "Visit", values: dict[str, Any]) -> "tuple[QueueTurn, bool]":
        """The turn of this visit, held until the transaction ends; made of `values` without one."""
        return self.select_for_update(of=("self",)).get_or_create(visit=visit, defaults=values)

    def locked_of(self, visit: "Visit") -> "QueueTurn | None":
        """The turn of this visit as it is now, held until the transaction ends."""
        return self.select_for_update().filter(visit=visit).first()


class TableReplyQuerySet(models.QuerySet[Any]):
    def of_stek(self, stek: "models.Model") -> "TableReplyQuerySet":
        return self.filter(stek=stek)

    def between(self, first: dt.date, last: dt.date) -> "TableReplyQuerySet":
        return self.filter(day__range=(first, last)).select_related("user")

    def locked_of(self, user: "models.Model", day: dt.date) -> Any:
        """What this colleague answered for this day, held until the transaction ends."""
        return self.select_for_update().get(user=user, day=day)


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, membership: Membership) -> "ActivityQuerySet":
        return self.filter(stek_id=membership.stek_id)

    def of_stek(self, stek: "models.Model") -> "ActivityQuerySet":
        return self.filter(stek=stek)

    def made_by_request(self, request_id: UUID) -> "Activity | None":
        return self.filter(request_id=request_id).first()

    def locked(self, pk: int) -> "Activity":
        return self.select_for_update(of=("self",)).get(pk=pk)

    def between(self, first: dt.date, last: dt.date) -> "ActivityQuerySet":
        """In this period, both ends included, with the organiser at hand."""
        return self.filter(day__range=(first, last)).select_related("organiser")

    def on_public_page(self) -> "ActivityQuerySet":
        return self.filter(is_public=True)

    def counted(self) -> "ActivityQuerySet":
        """What figures count: it took place and somebody counted."""
        return self.filter(cancelled_at__isnull=True, participants__isnull=False)

    def coming(self, today: dt.date) -> "ActivityQuerySet":
        """Today and later, first one first."""
        return self.filter(day__gte=today).select_related("organiser")

    def past(self, today: dt.date) -> "ActivityQuerySet":
        """What is over, the last one first."""
        over = self.filter(day__lt=today).select_related("organiser")
        return over.order_by("-day", "-starts_at", "-id")

    def uncounted(self) -> "ActivityQuerySet":
        """It went on, as far as anybody said, and nobody noted how many took part."""
        return self.filter(cancelled_at__isnull=True, participants__isnull=True)

    def sums(self) -> "list[dict[str, Any]]":
        """How many activities and participants, by kind and organiser."""
        groups = self.order_by().values("kind", "organiser__name")
        return list(groups.annotate(count=Count("id"), people=Sum("participants")))
