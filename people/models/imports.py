"""Customer lists that were read in, and how a STEK's list names its columns."""

import uuid

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from people.querysets import HouseholdImportQuerySet
from places.models import Stek
from places.pairs import paired


class HouseholdImport(models.Model):
    """A customer list that was read in; a draft keeps its cells until somebody decides."""

    class State(models.TextChoices):
        DRAFT = "draft", _("nog niet ingelezen")
        CONFIRMED = "confirmed", _("ingelezen")
        CANCELLED = "cancelled", _("geannuleerd")
        UNDONE = "undone", _("teruggedraaid")

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="imports")
    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    file_name = models.CharField(_("bestand"), max_length=200)
    state = models.CharField(_("toestand"), max_length=9, choices=State, default=State.DRAFT)
    #: The cells without the columns that are never read in; emptied when it is decided.
    table = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("gekozen op"), db_default=Now())
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(_("ingelezen op"), null=True, blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    undone_at = models.DateTimeField(_("teruggedraaid op"), null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    objects = HouseholdImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("ingelezen lijst")
        verbose_name_plural = _("ingelezen lijsten")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="import_confirmed_at_by", condition=paired("confirmed_at", "confirmed_by")
            ),
            models.CheckConstraint(
                name="import_undone_at_by", condition=paired("undone_at", "undone_by")
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportMapping(models.Model):
    """How this STEK's list names its columns, remembered from the last import."""

    stek = models.ForeignKey(Stek, models.CASCADE, related_name="import_mappings")
    signature = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="import_mapping_once", fields=["stek", "signature"]),
        ]

    def __str__(self) -> str:
        return self.signature
