"""What partners offer, for whom and when, who works there, and when somebody checked it."""

import uuid
from typing import Any

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forms_help.models import Document, Theme
from places.models import Partner, Stek, Weekday
from places.models.fields import text_field
from places.sensitive import no_national_number
from referrals.directory_querysets import ContactQuerySet, PartnerCheckQuerySet, ServiceQuerySet


def _web(label: Any) -> models.URLField:
    return models.URLField(
        label,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"]), no_national_number],
    )


class Service(models.Model):
    """Something that a partner offers; retired instead of deleted, because referrals name it."""

    #: The same as the partner's; here so that `hsds_id` is unique within it.
    stek = models.ForeignKey(Stek, models.PROTECT, related_name="services")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="services")
    hsds_id = models.UUIDField(default=uuid.uuid4, editable=False)
    name = text_field(_("aanbod"), 120)
    description = text_field(_("wat het is"), 500, blank=True)
    themes = models.ManyToManyField(
        Theme, blank=True, related_name="services", verbose_name=_("thema's")
    )
    documents = models.ManyToManyField(
        Document, blank=True, related_name="+", verbose_name=_("mee te brengen")
    )
    conditions = text_field(_("voor wie"), 300, blank=True)
    fee = text_field(_("wat het kost"), 120, blank=True)
    area = text_field(_("voor welke gemeenten"), 200, blank=True)
    #: Codes of `people.Language`, in the order of that list.
    languages = models.JSONField(_("talen"), default=list, blank=True)
    how_to_reach = text_field(_("hoe bereik je het"), 300, blank=True)
    by_appointment = models.BooleanField(_("alleen op afspraak"), default=False)
    phone = models.CharField(
        _("telefoon"), max_length=32, blank=True, validators=[no_national_number]
    )
    email = models.EmailField(_("e-mail"), blank=True, validators=[no_national_number])
    website = _web(_("website"))
    social_map = _web(_("op De Sociale Kaart"))
    street = text_field(_("straat en nummer"), 120, blank=True)
    postcode = text_field(_("postcode"), 8, blank=True)
    town = text_field(_("gemeente"), 60, blank=True)
    position = models.PositiveSmallIntegerField(_("volgorde"), default=50)
    retired = models.BooleanField(_("niet meer in gebruik"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanbod")
        verbose_name_plural = _("aanbod")
        ordering = ["position", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                name="service_name_once_per_partner",
                fields=["partner", "name"],
                violation_error_message=_("Deze partner heeft al een aanbod met deze naam."),
            ),
            models.UniqueConstraint(
                name="service_hsds_id_once_per_stek", fields=["stek", "hsds_id"]
            ),
            models.CheckConstraint(name="service_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class ServiceHours(models.Model):
    """When somebody can walk in or call, on a day of the week."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("dag"), choices=Weekday)
    opens_at = models.TimeField(_("van"))
    closes_at = models.TimeField(_("tot"))

    class Meta:
        verbose_name = _("uur van een aanbod")
        verbose_name_plural = _("uren van een aanbod")
        ordering = ["weekday", "opens_at"]
        constraints = [
            models.UniqueConstraint(
                name="service_hours_once", fields=["service", "weekday", "opens_at"]
            ),
            models.CheckConstraint(
                name="service_hours_in_order",
                condition=Q(closes_at__gt=F("opens_at")),
                violation_error_message=_("Het einde moet na het begin komen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens_at:%H:%M}"


class Contact(models.Model):
    """Somebody to ask for at a partner."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="contacts")
    hsds_id = models.UUIDField(default=uuid.uuid4, editable=False)
    name = text_field(_("naam"), 80)
    task = text_field(_("waarvoor"), 80, blank=True)
    phone = models.CharField(
        _("telefoon"), max_length=32, blank=True, validators=[no_national_number]
    )
    email = models.EmailField(_("e-mail"), blank=True, validators=[no_national_number])

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contactpersoon")
        verbose_name_plural = _("contactpersonen")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                name="contact_hsds_id_once_per_partner", fields=["partner", "hsds_id"]
            ),
            models.CheckConstraint(name="contact_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class PartnerCheck(models.Model):
    """Somebody looked whether what we say of a partner still holds; the last row counts."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="checks")
    checked_at = models.DateTimeField(_("nagekeken op"), db_default=Now())
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = PartnerCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("nazicht van een partner")
        verbose_name_plural = _("nazicht van partners")
        ordering = ["-id"]
        indexes = [models.Index(fields=["partner", "-id"], name="partner_check_latest")]

    def __str__(self) -> str:
        return f"nazicht {self.pk}"
