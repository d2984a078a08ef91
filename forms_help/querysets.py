"""Questions about questions, drafts, follow-ups and the lists."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import RECORD, Role
from visits.days import current_day
from visits.models import Opening, Visit

if TYPE_CHECKING:
    from forms_help.models import FollowUp, Question


class ListQuerySet(models.QuerySet[Any]):
    def of_stek(self, stek: models.Model) -> Self:
        return self.filter(stek=stek)

    def in_use(self) -> Self:
        return self.filter(retired=False)

    def with_pk(self, pk: int) -> Self:
        return self.filter(pk=pk)

    def choices_for(self, chosen: Iterable[int]) -> Self:
        """What a form offers: those in use, and those that were chosen before they retired."""
        return self.filter(Q(retired=False) | Q(pk__in=tuple(chosen)))

    def partner_pairs(self) -> Iterable[tuple[int, int]]:
        """Line and partner that helps with it; one query."""
        rows = self.filter(partners__isnull=False).order_by()
        return rows.values_list("pk", "partners")

    def helped_by(self, partner: models.Model) -> Self:
        return self.filter(partners=partner)


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, membership: Membership) -> "QuestionQuerySet":
        """All of the STEK for who keeps the record; one's own for everybody else.

        With a PIN on a shared laptop one's own of today, whatever the role.
        """
        rows = self.filter(opening__stek_id=membership.stek_id)
        if membership.by_pin:
            mine = rows.filter(created_by_id=membership.user_id)
            return mine.filter(opening__day=current_day(timezone.now()))
        if membership.role in RECORD:
            return rows
        return rows.filter(created_by_id=membership.user_id)

    def counted(self) -> "QuestionQuerySet":
        """What figures count: not voided, and not of a visit that was."""
        # Not as a join: few visits are voided, and an index of their own tells which.
        voided = Visit.objects.filter(pk=OuterRef("visit_id"), voided_at__isnull=False)
        return self.filter(~Exists(voided), voided_at__isnull=True)

    def locked(self, pk: int) -> "Question":
        return self.select_for_update(of=("self",)).select_related("opening").get(pk=pk)

    def made_by_request(self, request_id: UUID) -> "Question | None":
        return self.filter(request_id=request_id).first()

    def of_user(self, user: User) -> "QuestionQuerySet":
        return self.filter(created_by=user)

    def with_key(self, key: str) -> "QuestionQuerySet":
        """Made by a form with this key, in any text at all."""
        try:
            return self.filter(request_id=UUID(key))
        except ValueError:
            return self.none()

    def at(self, opening: Opening) -> "QuestionQuerySet":
        return self.filter(opening=opening)

    def of_visit(self, visit: Visit) -> "QuestionQuerySet":
        return self.filter(visit=visit)

    def of_household(self, household_id: int) -> "QuestionQuerySet":
        return self.filter(visit__household_id=household_id)

    def latest_minutes_of(self, user: User, count: int) -> list[int]:
        """The bands that this person picked last, the latest first."""
        picked = self.filter(created_by=user, minutes__isnull=False).order_by("-id")
        return list(picked.values_list("minutes", flat=True)[:count])

    def with_words(self) -> "QuestionQuerySet":
        """With everything that a line about them shows; two queries."""
        return self.select_related(
            "theme", "organisation", "created_by", "follow_up", "opening"
        ).prefetch_related("help_types")

    def with_visitor(self) -> "QuestionQuerySet":
        return self.select_related("visit__household")

    def with_note(self) -> "QuestionQuerySet":
        return self.exclude(note="").select_related("opening")

    def with_note_before(self, day: dt.date) -> "QuestionQuerySet":
        """Notes whose last day has passed."""
        return self.filter(note_until__lt=day)


class DraftQuerySet(models.QuerySet[Any]):
    def of_user(self, user: User) -> "DraftQuerySet":
        return self.filter(user=user)

    def for_place(self, opening: Opening, visit: Visit | None) -> "DraftQuerySet":
        """About this visitor, or about somebody without a name at this opening."""
        return self.filter(opening=opening, visit=visit)

    def saved_before(self, moment: dt.datetime) -> "DraftQuerySet":
        return self.filter(saved_at__lt=moment)

    def of_household(self, household_id: int) -> "DraftQuerySet":
        return self.filter(visit__household_id=household_id)


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, membership: Membership) -> "FollowUpQuerySet":
        """All of the STEK for who keeps the record; for a helper what is theirs to do or to know.

        A helper sees what is for whoever sits at the table, for them by name, or came from a
        question of theirs.
        """
        rows = self.filter(stek_id=membership.stek_id)
        if membership.role in RECORD and not membership.by_pin:
            return rows
        mine = Q(for_user_id=membership.user_id) | Q(created_by_id=membership.user_id)
        if membership.role == Role.HELPER:
            mine |= Q(for_role=Role.HELPER)
        return rows.filter(mine)

    def at_hand(self, membership: Membership, day: dt.date) -> "FollowUpQuerySet":
        """Those of `visible_to`, and those of households that are here today."""
        here = Visit.objects.counted().of_day(membership, day)
        of_who_is_here = self.filter(
            stek_id=membership.stek_id, household_id__in=here.values("household_id")
        )
        return self.visible_to(membership) | of_who_is_here

    def closed_lately(self, now: dt.datetime) -> "FollowUpQuerySet":
        """Done or let go in the last two weeks, the latest first.

        Not of a question that was struck out, or of somebody who was erased: there is no way back.
        """
        since = now - dt.timedelta(days=14)
        rows = self.filter(Q(done_at__gte=since) | Q(dropped_at__gte=since))
        rows = rows.filter(question__voided_at__isnull=True, household__erased_at__isnull=True)
        return rows.order_by("-id")

    def open(self) -> "FollowUpQuerySet":
        return self.filter(done_at__isnull=True, dropped_at__isnull=True)

    def of_household(self, household_id: int) -> "FollowUpQuerySet":
        return self.filter(household_id=household_id)

    def unrestricted(self) -> "FollowUpQuerySet":
        """Not of a household whose data may only be kept; those without a name stay."""
        return self.filter(household__restricted_at__isnull=True)

    def of_households(self, household_ids: Any) -> "FollowUpQuerySet":
        return self.filter(household_id__in=household_ids)

    def of_stek(self, stek: models.Model) -> "FollowUpQuerySet":
        return self.filter(stek=stek)

    def of_question(self, question: "Question") -> "FollowUpQuerySet":
        return self.filter(question=question)

    def locked(self, pk: int) -> "FollowUp":
        return self.select_for_update(of=("self",)).get(pk=pk)

    def papers(self) -> "FollowUpQuerySet":
        return self.filter(kind="papers")

    def with_words(self) -> "FollowUpQuerySet":
        """With everything that a line about them shows; two queries."""
        return self.select_related(
            "household", "for_user", "question__theme", "created_by"
        ).prefetch_related("documents")

    def by_due(self) -> "FollowUpQuerySet":
        return self.order_by("due", "id")

    def behind(self, moment: dt.datetime) -> "FollowUpQuerySet":
        """Done or dropped before this moment, or due before it and never closed."""
        closed = Q(done_at__lt=moment) | Q(dropped_at__lt=moment)
        due = Q(done_at=None, dropped_at=None, due__lt=timezone.localdate(moment))
        return self.filter(closed | due)

    def with_text(self) -> "FollowUpQuerySet":
        return self.exclude(what="")
