"""What happened: openings, who was on duty, who came, and a message kept for a visitor."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from people.models import MOST_PERSONS, Household, paired
from places.models import Stek
from places.purposes import Purpose
from places.sensitive import no_national_number, plain_text
from visits.eligibility import OverrideReason, Refusal, VoidReason
from visits.querysets import MessageQuerySet, OpeningQuerySet, VisitQuerySet

#: How long a check-in is a slip of the hand that needs no reason.
UNDO = dt.timedelta(minutes=15)


class Opening(models.Model):
    """One day on which a STEK was open. `day` is the local day, decided when it was opened."""

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="openings")
    day = models.DateField(_("dag"))
    opened_at = models.DateTimeField(_("geopend om"))
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(_("gesloten om"), null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    #: The last number given in the line for a question; numbers are never given twice.
    last_queue_number = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening")
        verbose_name_plural = _("openingen")
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(
                name="opening_once_per_day",
                fields=["stek", "day"],
                violation_error_message=_("Deze dag is al geopend."),
            ),
            models.CheckConstraint(
                name="opening_closed_at_by", condition=paired("closed_at", "closed_by")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def is_past(self, today: dt.date) -> bool:
        return self.day < today


class Attendance(models.Model):
    """Who is on duty at an opening: a colleague with an account, or an organisation by name."""

    opening = models.ForeignKey(Opening, models.PROTECT, related_name="attendances")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    who = models.CharField(_("wie"), max_length=60, validators=[plain_text, no_national_number])

    class Meta:
        verbose_name = _("aanwezige")
        verbose_name_plural = _("bezetting")
        ordering = ["who"]
        constraints = [
            models.UniqueConstraint(name="attendance_once", fields=["opening", "who"]),
        ]

    def __str__(self) -> str:
        return self.who


class Visit(models.Model):
    """One household, or a few people without a name, who came in at an opening."""

    opening = models.ForeignKey(Opening, models.PROTECT, related_name="visits")
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="visits", null=True, blank=True
    )
    #: The size on that day, so that figures don't change when a household grows.
    adults = models.PositiveSmallIntegerField(_("volwassenen"))
    children = models.PositiveSmallIntegerField(_("kinderen"))
    first_this_year = models.BooleanField(_("eerste keer dit jaar"), default=False)
    #: Null when it was typed in afterwards and nobody knows the hour.
    arrived_at = models.DateTimeField(_("aangemeld om"), null=True, blank=True)

    for_grocery = models.BooleanField(_("winkel"), default=False)
    for_coffee = models.BooleanField(_("koffie"), default=False)
    for_question = models.BooleanField(_("vraag"), default=False)
    for_activity = models.BooleanField(_("activiteit"), default=False)
    queue_number = models.PositiveSmallIntegerField(_("volgnummer"), null=True, blank=True)

    #: What the counter said, and why a person let them in all the same.
    refusal = models.CharField(max_length=12, choices=Refusal, blank=True, editable=False)
    override_reason = models.CharField(
        _("toch aangemeld omdat"), max_length=14, choices=OverrideReason, blank=True
    )
    #: A second visit of the same household in one opening, because somebody said so.
    repeated = models.BooleanField(default=False, editable=False)

    voided_at = models.DateTimeField(_("geschrapt om"), null=True, blank=True)
    voided_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    void_reason = models.CharField(
        _("geschrapt omdat"), max_length=10, choices=VoidReason, blank=True
    )

    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("bezoek")
        verbose_name_plural = _("bezoeken")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="visit_household_once_per_opening",
                fields=["opening", "household"],
                condition=Q(voided_at__isnull=True, repeated=False),
                violation_error_message=_("Dit huishouden is bij deze opening al aangemeld."),
            ),
            models.UniqueConstraint(
                name="visit_queue_number_once",
                fields=["opening", "queue_number"],
                violation_error_message=_("Dit volgnummer is al gegeven."),
            ),
            models.CheckConstraint(
                name="visit_queue_number_with_question",
                condition=Q(for_question=False) | Q(queue_number__isnull=False),
            ),
            models.CheckConstraint(
                name="visit_size_sensible",
                condition=Q(adults__lte=MOST_PERSONS)
                & Q(children__lte=MOST_PERSONS)
                & (Q(adults__gte=1) | Q(children__gte=1)),
                violation_error_message=_(
                    "Tel minstens 1 persoon, en hoogstens 30 volwassenen en 30 kinderen."
                ),
            ),
            models.CheckConstraint(
                name="visit_refusal_overridden_with_reason",
                condition=Q(refusal="", override_reason="")
                | (~Q(refusal="") & ~Q(override_reason="")),
            ),
            models.CheckConstraint(
                name="visit_voided_at_by", condition=paired("voided_at", "voided_by")
            ),
            models.CheckConstraint(
                name="visit_voided_with_reason",
                condition=Q(voided_at__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
            ),
        ]
        indexes = [
            models.Index(fields=["household", "opening"], name="visit_by_household"),
        ]

    def __str__(self) -> str:
        return f"bezoek {self.pk}"

    @property
    def persons(self) -> int:
        return self.adults + self.children

    @property
    def is_voided(self) -> bool:
        return self.voided_at is not None

    def may_be_undone(self, *, by: User, now: dt.datetime) -> bool:
        """Taken back without a reason: by who entered it, in the first minutes."""
        return not self.is_voided and self.created_by_id == by.pk and now - self.created_at < UNDO

    @property
    def purposes(self) -> list[Purpose]:
        """In the fixed order of the counter."""
        return [purpose for purpose in Purpose if getattr(self, f"for_{purpose.value}")]


class Message(models.Model):
    """One line for a visitor, shown at the next check-in; its text goes once it is passed on."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="messages")
    text = models.CharField(
        _("bericht"), max_length=140, validators=[plain_text, no_national_number], blank=True
    )
    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    delivered_at = models.DateTimeField(_("doorgegeven om"), null=True, blank=True)
    delivered_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("bericht voor een bezoeker")
        verbose_name_plural = _("berichten voor bezoekers")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="message_delivered_at_by", condition=paired("delivered_at", "delivered_by")
            ),
            models.CheckConstraint(
                name="message_text_until_delivered",
                condition=(Q(delivered_at__isnull=True) & ~Q(text=""))
                | Q(delivered_at__isnull=False, text=""),
            ),
            models.UniqueConstraint(
                name="message_one_waiting_per_household",
                fields=["household"],
                condition=Q(delivered_at__isnull=True),
                violation_error_message=_("Er wacht al een bericht voor dit huishouden."),
            ),
        ]

    def __str__(self) -> str:
        return f"bericht {self.pk}"
