"""Rows taken out of the house: who asked for what and why, and the file until it is a day old."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from places.models import Stek
from places.models.fields import text_field
from reports.exports.querysets import ExportQuerySet
from reports.exports.words import BUSY, FileFormat, State, Subject, Why
from visits.period import Kind, Period


class Export(models.Model):
    """The row stays, the file goes; it says how many rows were taken, and never which."""

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="exports")
    subject = models.CharField(_("wat"), max_length=10, choices=Subject)
    file_format = models.CharField(_("als"), max_length=4, choices=FileFormat)
    first_day = models.DateField(_("van"))
    last_day = models.DateField(_("tot en met"))
    with_names = models.BooleanField(_("met namen"), default=False)
    reason = models.CharField(_("waarvoor"), max_length=8, choices=Why)
    reason_words = text_field(_("leg uit"), 120)

    state = models.CharField(_("stand"), max_length=9, choices=State, default=State.WAITING)
    #: Of the worker that makes it; another one that took it over has another.
    claim = models.CharField(max_length=32, blank=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    done_parts = models.PositiveIntegerField(default=0, editable=False)
    all_parts = models.PositiveIntegerField(default=0, editable=False)
    rows = models.PositiveIntegerField(_("rijen"), null=True, editable=False)
    #: A random name in the folder of exports; empty without a file.
    file = models.CharField(max_length=40, blank=True, editable=False)
    size = models.PositiveBigIntegerField(_("grootte"), null=True, editable=False)
    #: Why it failed, for who reads the page.
    problem = models.CharField(max_length=12, blank=True, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    beat_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    expires_at = models.DateTimeField(null=True, editable=False)

    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="export_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="export_first_before_last",
                condition=Q(last_day__gte=F("first_day")),
                violation_error_message=_("De laatste dag komt voor de eerste. Wissel ze om."),
            ),
            models.CheckConstraint(
                name="export_done_has_file",
                condition=~Q(state="done")
                | (
                    Q(rows__isnull=False, size__isnull=False, expires_at__isnull=False)
                    & ~Q(file="")
                ),
            ),
            models.CheckConstraint(
                name="export_file_of_live_one",
                condition=Q(file="") | Q(state__in=["running", "done"]),
            ),
        ]
        indexes = [models.Index(fields=["state", "id"], name="export_by_state")]

    def __str__(self) -> str:
        return f"export {self.pk}"

    @property
    def period(self) -> Period:
        return Period(self.first_day, self.last_day, Kind.FREE)

    @property
    def is_busy(self) -> bool:
        return self.state in BUSY

    @property
    def is_done(self) -> bool:
        return self.state == State.DONE

    @property
    def percent(self) -> int:
        return 100 * self.done_parts // self.all_parts if self.all_parts else 0

    @property
    def download_name(self) -> str:
        """What is in it and of when, without anybody in it."""
        days = f"{self.first_day.isoformat()}-{self.last_day.isoformat()}"
        return f"{self.get_subject_display()}-{days}.{self.file_format}"
