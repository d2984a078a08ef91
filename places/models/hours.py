"""The weekly pattern: when a STEK is open, who sits at its table, when it stays closed."""

import datetime as dt

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from places.models.fields import text_field
from places.models.stek import Stek
from places.querysets import ClosingDayQuerySet, OpeningHoursQuerySet


class Weekday(models.IntegerChoices):
    """Monday is 0, as in `datetime.date.weekday`."""

    MONDAY = 0, _("maandag")
    TUESDAY = 1, _("dinsdag")
    WEDNESDAY = 2, _("woensdag")
    THURSDAY = 3, _("donderdag")
    FRIDAY = 4, _("vrijdag")
    SATURDAY = 5, _("zaterdag")
    SUNDAY = 6, _("zondag")


class OpeningHours(models.Model):
    """One line of the weekly pattern; a change of hours is a new line with a new start."""

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("dag"), choices=Weekday)
    opens_at = models.TimeField(_("opent om"))
    closes_at = models.TimeField(_("sluit om"))
    first_day = models.DateField(_("geldt vanaf"))
    last_day = models.DateField(_("geldt tot en met"), null=True, blank=True)

    objects = OpeningHoursQuerySet.as_manager()

    class Meta:
        verbose_name = _("openingsuren")
        verbose_name_plural = _("openingsuren")
        ordering = ["weekday", "opens_at", "first_day"]
        constraints = [
            models.CheckConstraint(
                name="opening_hours_open_before_close",
                condition=Q(opens_at__lt=F("closes_at")),
                violation_error_message=_("Het sluitingsuur moet na het openingsuur komen."),
            ),
            models.CheckConstraint(
                name="opening_hours_first_before_last_day",
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                violation_error_message=_("De laatste dag kan niet voor de eerste dag komen."),
            ),
            models.CheckConstraint(
                name="opening_hours_weekday_known",
                condition=Q(weekday__lte=6),
            ),
            models.UniqueConstraint(
                name="opening_hours_once",
                fields=["stek", "weekday", "opens_at", "first_day"],
                violation_error_message=_("Deze openingsuren staan er al."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens_at:%-Hu%M} - {self.closes_at:%-Hu%M}"

    def holds_on(self, day: dt.date) -> bool:
        """Whether this line is in force on this day; closings and changes are not considered."""
        ended = self.last_day is not None and self.last_day < day
        return self.weekday == day.weekday() and self.first_day <= day and not ended


class SitterKind(models.TextChoices):
    """What somebody at the table is, and so how the public page speaks of them."""

    PARTNER = "partner", _("partner (CAW, LIGO, ...)")
    COMMUNITY_WORKER = "community_worker", _("opbouwwerker")
    VOLUNTEER = "volunteer", _("vrijwilliger")


class TableTurn(models.Model):
    """Who sits at the table in these opening hours: every week, or every other week."""

    hours = models.ForeignKey(OpeningHours, models.CASCADE, related_name="turns")
    who = text_field(_("wie"), 60, help_text=_("Bv. CAW, LIGO of Mika."))
    kind = models.CharField(
        _("soort"),
        max_length=16,
        choices=SitterKind,
        help_text=_("De naam van een vrijwilliger komt nooit op de openbare bladzijde."),
    )
    every_weeks = models.PositiveSmallIntegerField(
        _("om de hoeveel weken"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(8)],
    )
    first_day = models.DateField(
        _("eerste keer op"), help_text=_("Vanaf deze dag wordt er geteld.")
    )

    class Meta:
        verbose_name = _("beurt aan tafel")
        verbose_name_plural = _("beurten aan tafel")
        ordering = ["who"]
        constraints = [
            models.CheckConstraint(
                name="table_turn_interval_sensible",
                condition=Q(every_weeks__gte=1) & Q(every_weeks__lte=8),
                violation_error_message=_("Kies een aantal weken van 1 tot 8."),
            ),
            models.CheckConstraint(
                name="table_turn_kind_known", condition=Q(kind__in=SitterKind.values)
            ),
            models.UniqueConstraint(
                name="table_turn_once",
                fields=["hours", "who"],
                violation_error_message=_("Deze beurt staat er al."),
            ),
        ]

    def __str__(self) -> str:
        return self.who


class ClosingDay(models.Model):
    """Days on which the STEK stays closed, on top of the Belgian holidays."""

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="closing_days")
    first_day = models.DateField(_("eerste dag"))
    last_day = models.DateField(_("laatste dag"))
    reason = text_field(_("reden"), 80, blank=True)

    objects = ClosingDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("sluitingsdag")
        verbose_name_plural = _("sluitingsdagen")
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                name="closing_day_first_before_last",
                condition=Q(last_day__gte=F("first_day")),
                violation_error_message=_("De laatste dag kan niet voor de eerste dag komen."),
            ),
        ]

    def __str__(self) -> str:
        return self.reason or f"{self.first_day:%d/%m/%Y}"
