"""Questions about referrals, and about the way in for partners."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Avg, F, Q
from django.utils import timezone

from accounts.models import Membership, OutgoingMail
from accounts.roles import RECORD
from referrals.states import KNOWN, OPEN, OVER, PENDING, State
from visits.models import Visit

#: What a line of the list and the board shows of a referral, and of what it points to.
LINE = (
    *("state", "state_at", "reason", "answer", "version", "voided_at"),
    *("household__number", "partner__name", "question__theme__name"),
)


class Days(models.Func):
    """From the second moment to the first, in days, to the second.

    The subtraction that Django writes for SQLite is a call of Python for each row.
    """

    output_field = models.FloatField()
    arity = 2

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "ROUND(JULIANDAY(%(expressions)s), 5)"
        joined = {"template": template, "arg_joiner": ") - JULIANDAY("}
        return self.as_sql(compiler, connection, **joined, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "ROUND(EXTRACT(EPOCH FROM %(expressions)s) / 86400, 5)"
        joined = {"template": template, "arg_joiner": " - "}
        return self.as_sql(compiler, connection, **joined, **context)


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

    def of_voided_question(self, question_id: int) -> "ReferralQuerySet":
        return self.counted().filter(question_id=question_id, question__voided_at__isnull=False)

    def made_by_request(self, request_id: UUID) -> Any:
        return self.filter(request_id=request_id).first()

    def locked(self, pk: int) -> Any:
        return self.select_for_update(of=("self",)).get(pk=pk)

    def as_it_stands(self, pk: int) -> Any:
        return self.get(pk=pk)

    def counted(self) -> "ReferralQuerySet":
        """Without those that were struck out."""
        return self.filter(voided_at__isnull=True)

    def unrestricted(self) -> "ReferralQuerySet":
        """Without those of a household whose data is kept and not used."""
        return self.filter(household__restricted_at__isnull=True)

    def open(self) -> "ReferralQuerySet":
        return self.counted().filter(state__in=OPEN)

    def in_state(self, state: str) -> "ReferralQuerySet":
        return self.filter(state=state)

    def in_states(self, states: Iterable[str]) -> "ReferralQuerySet":
        return self.filter(state__in=tuple(states))

    def counts_by_state(self) -> dict[str, int]:
        return dict(self.order_by().values_list("state").annotate(models.Count("pk")))

    def oldest_first(self) -> "ReferralQuerySet":
        return self.order_by("state_at", "id")

    def to_partner(self, partner_id: int) -> "ReferralQuerySet":
        return self.filter(partner_id=partner_id)

    def made_since(self, moment: dt.datetime) -> "ReferralQuerySet":
        return self.counted().filter(created_at__gte=moment)

    def warm(self) -> "ReferralQuerySet":
        return self.filter(warmth="warm")

    def held(self) -> "ReferralQuerySet":
        """The rows as they are now, until the transaction ends; always in one order, so that two
        who hold several never wait for each other.
        """
        return self.select_for_update(of=("self",)).order_by("id")

    def with_words(self) -> "ReferralQuerySet":
        """With everything that a line about them shows; no query more."""
        return self.select_related(
            "stek", "household", "partner", "service", "question__theme", "consent", "created_by"
        )

    def for_lines(self) -> "ReferralQuerySet":
        """With what a line of the list shows, and nothing more of the rows that it points to."""
        return self.select_related("household", "partner", "question__theme").only(*LINE)

    def open_loops(self, household_id: int, before: dt.datetime) -> "ReferralQuerySet":
        """What a visitor can tell about at the counter: contact was made before this moment, and
        nobody knows yet what came of it; a later appointment is not asked for.
        """
        rows = self.counted().filter(household_id=household_id, state__in=PENDING)
        rows = rows.unrestricted().filter(contacted_at__lt=before)
        not_yet = Q(state=State.APPOINTMENT, appointment_at__gte=before)
        return rows.exclude(not_yet).order_by("contacted_at", "id")

    def contacted_before(self, moment: dt.datetime) -> "ReferralQuerySet":
        return self.filter(contacted_at__lt=moment)

    def not_told_at(self, visit: Visit) -> "ReferralQuerySet":
        """Without those that this visitor spoke of at this visit."""
        steps: Any = self.model._meta.get_field("steps").related_model
        told = steps.objects.at_visit(visit).filter(referral=models.OuterRef("pk"))
        return self.filter(~models.Exists(told))

    def days_to_answer(self, since: dt.datetime) -> dict[int, int]:
        """By partner: whole days until its first answer, on average; one query."""
        told = self.counted().filter(contacted_at__gte=since, answered_at__isnull=False).order_by()
        took = Avg(F("answered_at") - F("contacted_at"), output_field=models.DurationField())
        return {
            partner: round(mean / dt.timedelta(days=1))
            for partner, mean in told.values_list("partner_id").annotate(took=took)
        }

    def unanswered_since(self, moment: dt.datetime) -> "ReferralQuerySet":
        """The partner was told (or it was reopened) before this moment and said nothing since."""
        return self.counted().filter(
            state=State.CONTACTED,
            warmth="warm",
            state_at__lt=moment,
            answered_at__isnull=True,
        )

    def unheard_since(self, moment: dt.datetime) -> "ReferralQuerySet":
        """Nobody told since before this moment what came of it; an appointment is waited for."""
        rows = self.counted().filter(state__in=PENDING, state_at__lt=moment)
        later = Q(state=State.APPOINTMENT, appointment_at__gte=moment)
        return rows.exclude(later).exclude(answered_at__gte=moment)

    def by_mail(self) -> "ReferralQuerySet":
        return self.filter(channel="mail").exclude(partner__email="").select_related("stek")

    def mail_did_not_leave(self, kinds: Iterable[str]) -> "ReferralQuerySet":
        """The partner did not answer yet, and may know of nothing: its mail ended badly."""
        lost = OutgoingMail.objects.about(kinds, models.OuterRef("pk")).ended_badly()
        waits = self.filter(state=State.CONTACTED, answered_at__isnull=True)
        return waits.filter(models.Exists(lost))

    def never_reminded(self) -> "ReferralQuerySet":
        return self.filter(reminded_at__isnull=True)

    def never_warned_of(self) -> "ReferralQuerySet":
        return self.filter(silent_at__isnull=True)

    def contacted_between(self, first: dt.datetime, last: dt.datetime) -> "ReferralQuerySet":
        return self.counted().filter(contacted_at__gte=first, contacted_at__lt=last)

    def known_by_partner(self, days: int, now: dt.datetime) -> list[tuple[str, int, int, int]]:
        """Partner, how many were known in so many days after the contact, how many there are, how
        many of the others are younger than that; one query, the busiest partner first.
        """
        within = dt.timedelta(days=days)
        known = Q(state__in=KNOWN, took__lte=days)
        early = Q(contacted_at__gt=now - within) & ~Q(state__in=KNOWN)
        rows = (
            self.order_by()
            .annotate(took=Days("outcome_known_at", "contacted_at"))
            .values("partner__name")
            .annotate(
                known=models.Count("pk", filter=known),
                early=models.Count("pk", filter=early),
                everything=models.Count("pk"),
            )
        )
        ordered = rows.order_by("-everything", "partner__name")
        return list(ordered.values_list("partner__name", "known", "everything", "early"))

    def with_id(self, pk: int) -> "ReferralQuerySet":
        return self.filter(pk=pk)

    def over_since(self, moment: dt.datetime) -> "ReferralQuerySet":
        """Over, or struck out, since before this moment."""
        over = Q(state__in=OVER, state_at__lt=moment)
        return self.filter(over | Q(voided_at__lt=moment))

    def with_details(self) -> "ReferralQuerySet":
        """With more than coded words and dates of steps: where to be, whom to ask for, a way in."""
        filled = ~Q(appointment_place="") | ~Q(ask_for="") | Q(links__isnull=False)
        return self.filter(filled | Q(steps__appointment_at__isnull=False)).distinct()

    def appointments_between(self, first: dt.datetime, last: dt.datetime) -> "ReferralQuerySet":
        rows = self.counted().filter(
            state__in=(State.APPOINTMENT, State.ARRIVED), appointment_at__gte=first
        )
        return rows.filter(appointment_at__lt=last).order_by("appointment_at", "id")


class StepQuerySet(models.QuerySet[Any]):
    def of_referral(self, referral: models.Model) -> "StepQuerySet":
        return self.filter(referral=referral)

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

    def letters(self) -> "AnswerLinkQuerySet":
        return self.filter(kind="letter")

    def not_letters(self) -> "AnswerLinkQuerySet":
        return self.exclude(kind="letter")

    def mailed(self) -> "AnswerLinkQuerySet":
        return self.filter(kind="mail")

    def letter_of(self, referral: models.Model) -> "AnswerLinkQuerySet":
        """Its letter, as long as the code works; there is one."""
        return self.letters().filter(referral=referral).live(timezone.now())[:1]

    def with_referral(self) -> "AnswerLinkQuerySet":
        """With everything that the answer page shows; no query more."""
        return self.select_related(
            "referral__stek",
            "referral__household",
            "referral__partner",
            "referral__consent",
            "referral__question__theme",
        )
