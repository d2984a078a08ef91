"""Questions about referrals, the way in for partners, the directory, and requests that come in."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import F, Max, Q

from accounts.models import Membership
from accounts.roles import RECORD
from referrals.states import KNOWN, OPEN, PENDING, State
from visits.models import Visit


class ReferralQuerySet(models.QuerySet[Any]):
    def visible_to(self, membership: Membership) -> "ReferralQuerySet":
        """All of the STEK for who keeps the record; for others what they made themselves."""
        rows = self.filter(stek_id=membership.stek_id)
        if membership.role in RECORD:
            return rows
        return rows.filter(created_by_id=membership.user_id)

    def of_stek(self, stek: models.Model) -> "ReferralQuerySet":
        return self.filter(stek=stek)

    def of_household(self, household_id: int) -> "ReferralQuerySet":
        return self.filter(household_id=household_id)

    def of_question(self, question: models.Model) -> "ReferralQuerySet":
        return self.filter(question=question)

    def of_consents(self, household_id: int, partner_id: int) -> "ReferralQuerySet":
        """Those that tell this partner who this household is."""
        return self.filter(household_id=household_id, partner_id=partner_id, consent__isnull=False)

    def made_by_request(self, request_id: UUID) -> Any:
        return self.filter(request_id=request_id).first()

    def locked(self, pk: int) -> Any:
        return self.select_for_update(of=("self",)).get(pk=pk)

    def counted(self) -> "ReferralQuerySet":
        """Without those that were struck out."""
        return self.filter(voided_at__isnull=True)

    def open(self) -> "ReferralQuerySet":
        return self.counted().filter(state__in=OPEN)

    def in_state(self, state: str) -> "ReferralQuerySet":
        return self.filter(state=state)

    def to_partner(self, partner_id: int) -> "ReferralQuerySet":
        return self.filter(partner_id=partner_id)

    def warm(self) -> "ReferralQuerySet":
        return self.filter(warmth="warm")

    def ordered_for_locking(self) -> "ReferralQuerySet":
        """Always in one order, so that two who hold several never wait for each other."""
        return self.order_by("id")

    def with_words(self) -> "ReferralQuerySet":
        """With everything that a line about them shows; no query more."""
        return self.select_related(
            "stek", "household", "partner", "service", "question__theme", "consent", "created_by"
        )

    def open_loops(self, household_id: int, before: dt.datetime) -> "ReferralQuerySet":
        """What a visitor can tell about at the counter: contact was made before this moment, and
        nobody knows yet what came of it; a later appointment is not asked for.
        """
        rows = self.counted().filter(household_id=household_id, state__in=PENDING)
        rows = rows.filter(contacted_at__lt=before)
        not_yet = Q(state=State.APPOINTMENT, appointment_at__gte=before)
        return rows.exclude(not_yet).order_by("contacted_at", "id")

    def unanswered_since(self, moment: dt.datetime) -> "ReferralQuerySet":
        """The partner was told before this moment and said nothing since."""
        return self.counted().filter(
            state=State.CONTACTED,
            warmth="warm",
            contacted_at__lt=moment,
            answered_at__isnull=True,
        )

    def contacted_between(self, first: dt.datetime, last: dt.datetime) -> "ReferralQuerySet":
        return self.counted().filter(contacted_at__gte=first, contacted_at__lt=last)

    def known_within(self, days: int) -> "ReferralQuerySet":
        """What came of them was known in so many days after the contact."""
        return self.filter(
            state__in=KNOWN, outcome_known_at__lte=F("contacted_at") + dt.timedelta(days=days)
        )

    def appointments_between(self, first: dt.datetime, last: dt.datetime) -> "ReferralQuerySet":
        rows = self.counted().filter(
            state__in=(State.APPOINTMENT, State.ARRIVED), appointment_at__gte=first
        )
        return rows.filter(appointment_at__lt=last).order_by("appointment_at", "id")


class StepQuerySet(models.QuerySet[Any]):
    def kept(self) -> "StepQuerySet":
        """Without those that were put right."""
        return self.filter(struck_at__isnull=True)

    def at_visit(self, visit: Visit) -> "StepQuerySet":
        return self.kept().filter(visit=visit)

    def made_by_request(self, request_id: UUID) -> Any:
        return self.filter(request_id=request_id).first()


class AnswerLinkQuerySet(models.QuerySet[Any]):
    def by_hash(self, token_hash: str) -> "AnswerLinkQuerySet":
        return self.filter(token_hash=token_hash)

    def of_referral(self, referral: models.Model) -> "AnswerLinkQuerySet":
        return self.filter(referral=referral)

    def live(self, now: dt.datetime) -> "AnswerLinkQuerySet":
        return self.filter(revoked_at__isnull=True, expires_at__gt=now)

    def past(self, moment: dt.datetime) -> "AnswerLinkQuerySet":
        return self.filter(expires_at__lt=moment)


class ServiceQuerySet(models.QuerySet[Any]):
    def visible_to(self, membership: Membership) -> "ServiceQuerySet":
        return self.filter(stek_id=membership.stek_id)

    def of_stek(self, stek: models.Model) -> "ServiceQuerySet":
        return self.filter(stek=stek)

    def in_use(self) -> "ServiceQuerySet":
        return self.filter(retired=False, partner__retired=False)


class PartnerCheckQuerySet(models.QuerySet[Any]):
    def latest_by_partner(self, stek: models.Model) -> dict[int, dt.datetime]:
        """When each partner was last checked, by its id; one query."""
        rows = self.filter(partner__stek=stek).order_by()
        return dict(rows.values_list("partner_id").annotate(Max("checked_at")))


class InboundLinkQuerySet(models.QuerySet[Any]):
    def of_stek(self, stek: models.Model) -> "InboundLinkQuerySet":
        return self.filter(stek=stek)

    def live(self) -> "InboundLinkQuerySet":
        return self.filter(revoked_at__isnull=True)

    def by_hash(self, token_hash: str) -> "InboundLinkQuerySet":
        return self.filter(token_hash=token_hash)


class InboundReferralQuerySet(models.QuerySet[Any]):
    def visible_to(self, membership: Membership) -> "InboundReferralQuerySet":
        return self.filter(stek_id=membership.stek_id)

    def waiting(self) -> "InboundReferralQuerySet":
        return self.filter(state="requested")

    def made_by_request(self, request_id: UUID) -> Any:
        return self.filter(request_id=request_id).first()

    def locked(self, pk: int) -> Any:
        return self.select_for_update(of=("self",)).get(pk=pk)
