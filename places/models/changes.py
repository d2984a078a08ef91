"""What is different on one date, without touching the weekly pattern."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from places.models.fields import text_field
from places.models.hours import SitterKind
from places.models.stek import Stek
from places.querysets import ChangedDayQuerySet, TableChangeQuerySet


class ChangedDay(models.Model):
    """One date that is cancelled, moved, open at other hours, or open on top of the pattern.

    `to_day` is the date on which the place opens instead: empty when it is cancelled, the same
    date for other hours or an extra opening, another one when it moved.
    """

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="changed_days")
    day = models.DateField(_("dag"))
    to_day = models.DateField(_("gaat door op"), null=True, blank=True)
    opens_at = models.TimeField(_("opent om"), null=True, blank=True)
    closes_at = models.TimeField(_("sluit om"), null=True, blank=True)
    reason = text_field(_("reden"), 80, blank=True, help_text=_("Staat op de openbare bladzijde."))
    #: Counts up at each change: calendars that subscribed take the highest.
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ChangedDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("gewijzigde dag")
        verbose_name_plural = _("gewijzigde dagen")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                name="changed_day_once",
                fields=["stek", "day"],
                violation_error_message=_("Deze dag is al gewijzigd."),
            ),
            models.UniqueConstraint(
                name="changed_day_target_once",
                fields=["stek", "to_day"],
                violation_error_message=_("Naar deze dag is al een andere verplaatst."),
            ),
            models.CheckConstraint(
                name="changed_day_hours_when_open",
                condition=Q(to_day__isnull=True, opens_at__isnull=True, closes_at__isnull=True)
                | Q(to_day__isnull=False, opens_at__isnull=False, closes_at__isnull=False),
                violation_error_message=_("Vul in van wanneer tot wanneer we open zijn."),
            ),
            models.CheckConstraint(
                name="changed_day_open_before_close",
                condition=Q(opens_at__isnull=True) | Q(opens_at__lt=F("closes_at")),
                violation_error_message=_("Het sluitingsuur moet na het openingsuur komen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"

    @property
    def is_moved(self) -> bool:
        return self.to_day is not None and self.to_day != self.day

    @property
    def is_cancelled(self) -> bool:
        return self.to_day is None

    def opens_on(self, day: dt.date) -> bool:
        return self.to_day == day


class TableChange(models.Model):
    """On one date somebody sits at the table who is not in the pattern, or does not who is."""

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="table_changes")
    day = models.DateField(_("dag"))
    who = text_field(_("wie"), 60)
    comes = models.BooleanField(_("komt"))
    #: Only asked for who comes on top of the pattern.
    kind = models.CharField(
        _("soort"), max_length=16, choices=SitterKind, default=SitterKind.PARTNER
    )

    objects = TableChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("wijziging aan tafel")
        verbose_name_plural = _("wijzigingen aan tafel")
        ordering = ["day", "who"]
        constraints = [
            models.UniqueConstraint(
                name="table_change_once",
                fields=["stek", "day", "who"],
                violation_error_message=_("Voor deze dag staat dit er al."),
            ),
            models.CheckConstraint(
                name="table_change_kind_known", condition=Q(kind__in=SitterKind.values)
            ),
        ]

    def __str__(self) -> str:
        return self.who
