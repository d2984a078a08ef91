"""A report that a coordinator put together from the tables there are, shared within the STEK."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from people.models import paired
from places.models import Stek
from places.models.fields import text_field
from reports.composed.querysets import ComposedQuerySet


class ComposedReport(models.Model):
    """Its tables never change: whoever wants others replaces it, so that what was frozen of it
    keeps saying what it was.
    """

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="composed_reports")
    name = text_field(_("naam"), 60)
    #: Keys of `reports.catalogue.TABLES`, in the order of the catalogue.
    tables = models.JSONField(_("tabellen"))
    leaves_house = models.BooleanField(
        _("is voor buiten"),
        default=True,
        help_text=_("Kleine getallen worden dan verborgen."),
    )
    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    retired_at = models.DateTimeField(_("weggedaan om"), null=True, blank=True)
    retired_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    objects = ComposedQuerySet.as_manager()

    class Meta:
        verbose_name = _("samengesteld rapport")
        verbose_name_plural = _("samengestelde rapporten")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(name="composed_report_has_name", condition=~Q(name="")),
            models.UniqueConstraint(
                name="composed_report_name_once_per_stek",
                fields=["stek", "name"],
                condition=Q(retired_at__isnull=True),
                violation_error_message=_("Er is al een rapport met deze naam."),
            ),
            models.CheckConstraint(
                name="composed_report_retired_at_by", condition=paired("retired_at", "retired_by")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """How it stands in an address, beside the reports that everybody has."""
        return f"eigen-{self.pk}"
