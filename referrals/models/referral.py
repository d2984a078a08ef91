"""Who was referred to which partner, where that stands, and every step on the way."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forms_help.models import Question
from people.models import Consent, Household, paired
from places.models import Partner, Stek
from places.models.fields import text_field
from referrals.models.directory import Service
from referrals.querysets import ReferralQuerySet, StepQuerySet
from referrals.states import (
    DROP_OUTS,
    FORCED_DROP_OUTS,
    KNOWN,
    OPEN,
    OVER,
    REFUSALS,
    RESULTS,
    Channel,
    Happening,
    Reason,
    Source,
    State,
    VoidReason,
    Warmth,
)
from visits.models import UNDO, Visit


class Referral(models.Model):
    """A question that goes on to a partner; where it stands follows from its steps.

    Everything from `state` down to `outcome_known_at` is written by `referrals.actions` only, as
    `referrals.course` reads it from the steps.
    """

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="referrals")
    question = models.ForeignKey(Question, models.PROTECT, related_name="referrals")
    #: Empty for somebody without a name: then it is cold.
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="referrals", null=True, blank=True
    )
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="referrals")
    service = models.ForeignKey(
        Service, models.PROTECT, related_name="referrals", null=True, blank=True
    )
    warmth = models.CharField(_("warm of koud"), max_length=4, choices=Warmth)
    channel = models.CharField(_("hoe"), max_length=7, choices=Channel)
    consent = models.ForeignKey(
        Consent, models.PROTECT, related_name="referrals", null=True, blank=True
    )

    state = models.CharField(_("stand"), max_length=11, choices=State, default=State.PROPOSED)
    state_at = models.DateTimeField(_("sinds"))
    reason = models.CharField(_("reden"), max_length=11, choices=Reason, blank=True)
    #: When the partner was told, or the address given; the thirty days count from here.
    contacted_at = models.DateTimeField(_("contact gelegd om"), null=True, blank=True)
    #: The last word of the partner that did not move it.
    answer = models.CharField(_("antwoord"), max_length=11, choices=Happening, blank=True)
    #: When the partner first said anything.
    answered_at = models.DateTimeField(_("eerste antwoord om"), null=True, blank=True)
    appointment_at = models.DateTimeField(_("afspraak op"), null=True, blank=True)
    appointment_place = text_field(_("waar"), 120, blank=True)
    ask_for = text_field(_("vragen naar"), 60, blank=True)
    outcome_known_at = models.DateTimeField(_("uitkomst bekend om"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("partner herinnerd om"), null=True, blank=True)
    silent_at = models.DateTimeField(_("opbouwwerker verwittigd om"), null=True, blank=True)

    #: Counts up at each change, so that the second of two people moving it is told.
    version = models.PositiveIntegerField(default=1, editable=False)
    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    voided_at = models.DateTimeField(_("geschrapt om"), null=True, blank=True)
    voided_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    void_reason = models.CharField(
        _("geschrapt omdat"), max_length=8, choices=VoidReason, blank=True
    )

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("doorverwijzing")
        verbose_name_plural = _("doorverwijzingen")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="referral_once_per_question",
                fields=["question", "partner"],
                condition=Q(voided_at__isnull=True),
                violation_error_message=_("Voor deze vraag is er al naar deze partner verwezen."),
            ),
            models.CheckConstraint(
                name="referral_state_known", condition=Q(state__in=State.values)
            ),
            models.CheckConstraint(
                name="referral_cold_gives_address",
                condition=Q(warmth="cold", channel="address")
                | (Q(warmth="warm") & ~Q(channel="address")),
            ),
            models.CheckConstraint(
                name="referral_warm_of_household",
                condition=Q(warmth="cold") | Q(household__isnull=False),
                violation_error_message=_("Zonder naam kan je alleen het adres meegeven."),
            ),
            models.CheckConstraint(
                name="referral_warm_with_consent",
                condition=Q(warmth="cold")
                | Q(consent__isnull=False)
                | Q(contacted_at__isnull=True),
                violation_error_message=_("Vraag eerst toestemming."),
            ),
            models.CheckConstraint(
                name="referral_contact_before_partner_moves",
                condition=Q(contacted_at__isnull=False)
                | Q(state__in=["proposed", "consented", "dropped_out"]),
            ),
            models.CheckConstraint(
                name="referral_reason_of_state",
                condition=Q(state="refused", reason__in=REFUSALS)
                | Q(state="closed", reason__in=RESULTS)
                | Q(state="dropped_out", reason__in=[*DROP_OUTS, *FORCED_DROP_OUTS])
                | (~Q(state__in=["refused", "closed", "dropped_out"]) & Q(reason="")),
                violation_error_message=_("Kies een reden."),
            ),
            models.CheckConstraint(
                name="referral_outcome_known_at",
                condition=Q(state__in=KNOWN, outcome_known_at__isnull=False)
                | (~Q(state__in=KNOWN) & Q(outcome_known_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="referral_appointment_has_time",
                # What was struck out loses the hour after its term, and keeps its state.
                condition=~Q(state="appointment")
                | Q(appointment_at__isnull=False)
                | Q(voided_at__isnull=False),
                violation_error_message=_("Vul de dag en het uur van de afspraak in."),
            ),
            models.CheckConstraint(
                name="referral_voided_at_by", condition=paired("voided_at", "voided_by")
            ),
            models.CheckConstraint(
                name="referral_voided_with_reason",
                condition=Q(voided_at__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
            ),
        ]
        indexes = [
            models.Index(fields=["stek", "state", "-id"], name="referral_by_stek_state"),
            models.Index(fields=["stek", "-id"], name="referral_by_stek"),
            models.Index(fields=["stek", "partner", "-id"], name="referral_by_partner"),
            models.Index(fields=["household", "-id"], name="referral_by_household"),
            models.Index(fields=["stek", "contacted_at"], name="referral_by_contact"),
            models.Index(
                fields=["stek", "appointment_at"],
                name="referral_by_appointment",
                condition=Q(appointment_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"doorverwijzing {self.pk}"

    @property
    def is_warm(self) -> bool:
        return self.warmth == Warmth.WARM

    @property
    def is_voided(self) -> bool:
        return self.voided_at is not None

    @property
    def is_open(self) -> bool:
        return not self.is_voided and self.state in OPEN

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    def may_be_told(self, today: dt.date) -> bool:
        """Whether the partner may still see who it is: agreed, neither withdrawn nor past, and the
        household not restricted.
        """
        if self.is_voided or self.consent is None or not self.consent.is_live(today):
            return False
        return self.household is not None and not self.household.is_restricted

    def may_be_undone(self, *, by: User, now: dt.datetime) -> bool:
        """Taken back without a reason: by who made it, in the first minutes."""
        return not self.is_voided and self.created_by_id == by.pk and now - self.created_at < UNDO


class ReferralStep(models.Model):
    """One thing that happened; a wrong one is struck out, and the referral stands as before it."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="steps")
    what = models.CharField(_("wat"), max_length=11, choices=Happening)
    reason = models.CharField(_("reden"), max_length=11, choices=Reason, blank=True)
    source = models.CharField(_("van wie"), max_length=7, choices=Source, default=Source.TEAM)
    at = models.DateTimeField(_("wanneer"))
    #: Empty when a partner answered, or the machine did it.
    by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    #: The check-in at which a visitor answered.
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="+", null=True, blank=True)
    appointment_at = models.DateTimeField(_("afspraak op"), null=True, blank=True)
    appointment_place = text_field(_("waar"), 120, blank=True)
    ask_for = text_field(_("vragen naar"), 60, blank=True)
    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    struck_at = models.DateTimeField(_("rechtgezet om"), null=True, blank=True)
    struck_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("stap van een doorverwijzing")
        verbose_name_plural = _("stappen van een doorverwijzing")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="referral_step_once_per_visit",
                fields=["referral", "visit"],
                condition=Q(struck_at__isnull=True, visit__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_step_of_team_has_person",
                condition=~Q(source__in=["team", "visitor"]) | Q(by__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_step_struck_at_by", condition=paired("struck_at", "struck_by")
            ),
        ]

    def __str__(self) -> str:
        return f"stap {self.pk}"
