"""A STEK, when it is open and who sits at its table; not what happens on one day."""

from typing import TYPE_CHECKING, Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from places.purposes import Purpose
from places.querysets import ClosingDayQuerySet, OpeningHoursQuerySet
from places.sensitive import no_national_number, plain_text

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Weekday(models.IntegerChoices):
    """Monday is 0, as in `datetime.date.weekday`."""

    MONDAY = 0, _("maandag")
    TUESDAY = 1, _("dinsdag")
    WEDNESDAY = 2, _("woensdag")
    THURSDAY = 3, _("donderdag")
    FRIDAY = 4, _("vrijdag")
    SATURDAY = 5, _("zaterdag")
    SUNDAY = 6, _("zondag")


def _months(label: "StrOrPromise", default: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label, default=default, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )


def _text(label: "StrOrPromise", length: int, **options: Any) -> models.CharField:
    """One line that somebody types."""
    return models.CharField(
        label, max_length=length, validators=[plain_text, no_national_number], **options
    )


class Stek(models.Model):
    """One place, with the settings its coordinator decides on."""

    name = _text(_("naam"), 60, unique=True)
    slug = models.SlugField(_("korte naam"), unique=True)
    street = _text(_("straat en nummer"), 120, blank=True)
    postcode = _text(_("postcode"), 8, blank=True)
    town = _text(_("gemeente"), 60, blank=True)
    phone = models.CharField(
        _("telefoon"), max_length=32, blank=True, validators=[no_national_number]
    )
    email = models.EmailField(_("e-mail"), blank=True, validators=[no_national_number])

    access_months = _months(_("toegang duurt (maanden)"), 6)
    expiring_days = models.PositiveSmallIntegerField(
        _("waarschuw zoveel dagen voor de toegang verloopt"),
        default=30,
        validators=[MaxValueValidator(365)],
    )
    shows_names = models.BooleanField(
        _("lijst van vandaag toont voornaam en initiaal"),
        default=True,
        help_text=_("Uit: de lijst aan de balie toont alleen klantnummers."),
    )
    purposes = models.JSONField(
        _("redenen van bezoek"),
        default=Purpose.all_values,
        help_text=_("Welke redenen de balie toont, in deze volgorde."),
    )
    default_purposes = models.JSONField(
        _("staat al aan bij een klant"), default=Purpose.grocery_values
    )
    default_purposes_anonymous = models.JSONField(
        _("staat al aan zonder naam"), default=Purpose.coffee_values
    )

    # Meant terms of keeping; nothing removes rows by these yet, so no form asks for them.
    identity_months = _months(_("identiteit bewaren (maanden na het laatste contact)"), 12)
    note_days = models.PositiveSmallIntegerField(
        _("notities bij vragen bewaren (dagen)"),
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
    )
    referral_months = _months(_("details van doorverwijzingen bewaren (maanden)"), 6)
    audit_months = _months(_("logboek bewaren (maanden)"), 12)

    class Meta:
        verbose_name = _("STEK")
        verbose_name_plural = _("STEKs")
        ordering = ["name"]

    def __str__(self) -> str:
        return f"STEK {self.name}"


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


class TableTurn(models.Model):
    """Who sits at the table in these opening hours: every week, or every other week."""

    hours = models.ForeignKey(OpeningHours, models.CASCADE, related_name="turns")
    who = _text(_("wie"), 60, help_text=_("Bv. CAW, LIGO of Mika."))
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
    reason = _text(_("reden"), 80, blank=True)

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
