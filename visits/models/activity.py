"""Lessons, workshops, trips: who organised them and how many took part; never who."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from people.models import paired
from places.models import Partner, Stek
from places.models.fields import text_field
from visits.querysets import ActivityQuerySet

#: More than this at one activity is a typing error.
MOST_PARTICIPANTS = 500


class Activity(models.Model):
    """Something people take part in, before or after an opening or on a day of its own."""

    class Kind(models.TextChoices):
        LESSON = "lesson", _("les")
        WORKSHOP = "workshop", _("workshop")
        COOKING = "cooking", _("samen koken")
        TRIP = "trip", _("uitstap")
        MEETING = "meeting", _("ontmoeting")

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="activities")
    day = models.DateField(_("dag"))
    starts_at = models.TimeField(_("begint om"))
    ends_at = models.TimeField(_("eindigt om"), null=True, blank=True)
    kind = models.CharField(_("soort"), max_length=8, choices=Kind)
    title = text_field(_("wat"), 80)
    organiser = models.ForeignKey(
        Partner,
        models.PROTECT,
        related_name="activities",
        null=True,
        blank=True,
        verbose_name=_("wie organiseert het"),
    )
    is_public = models.BooleanField(_("staat op de openbare bladzijde"), default=True)
    #: Null until it took place and somebody counted.
    participants = models.PositiveSmallIntegerField(_("deelnemers"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("afgelast om"), null=True, blank=True)
    cancelled_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    #: Counts up at each change: for two people who edit, and for calendars that subscribed.
    version = models.PositiveIntegerField(default=1, editable=False)
    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activiteit")
        verbose_name_plural = _("activiteiten")
        ordering = ["day", "starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="activity_starts_before_end",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("Het einde moet na het begin komen."),
            ),
            models.CheckConstraint(name="activity_has_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="activity_participants_sensible",
                condition=Q(participants__isnull=True) | Q(participants__lte=MOST_PARTICIPANTS),
                violation_error_message=_("Tel hoogstens 500 deelnemers."),
            ),
            models.CheckConstraint(
                name="activity_cancelled_at_by", condition=paired("cancelled_at", "cancelled_by")
            ),
            models.CheckConstraint(
                name="activity_cancelled_without_participants",
                condition=Q(cancelled_at__isnull=True) | Q(participants__isnull=True),
                violation_error_message=_("Een afgelaste activiteit heeft geen deelnemers."),
            ),
        ]
        indexes = [models.Index(fields=["stek", "day"], name="activity_by_stek_day")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None
