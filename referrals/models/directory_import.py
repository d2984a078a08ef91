"""Files of partners that were chosen, and read in."""

import uuid

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from people.models import paired
from places.models import Stek
from referrals.hsds.querysets import DirectoryImportQuerySet


class DirectoryImport(models.Model):
    """A file with partners; a draft keeps its rows until somebody decides, at most a day."""

    class State(models.TextChoices):
        DRAFT = "draft", _("nog niet ingelezen")
        CONFIRMED = "confirmed", _("ingelezen")
        CANCELLED = "cancelled", _("niet ingelezen")

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="directory_imports")
    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    file_name = models.CharField(_("bestand"), max_length=200)
    state = models.CharField(_("toestand"), max_length=9, choices=State, default=State.DRAFT)
    #: The columns that we read, and nothing else; emptied when it is decided.
    table = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("gekozen op"), db_default=Now())
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(_("ingelezen op"), null=True, blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    objects = DirectoryImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("ingelezen lijst van partners")
        verbose_name_plural = _("ingelezen lijsten van partners")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="directory_import_confirmed_at_by",
                condition=paired("confirmed_at", "confirmed_by"),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
