"""A day on which a STEK was open, and who was on duty."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from people.models import paired
from places.models import Stek
from places.sensitive import no_national_number, plain_text
from visits.querysets import OpeningQuerySet


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
