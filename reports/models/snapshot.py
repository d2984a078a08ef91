"""A report of a closed period as it was frozen; a correction is another version beside it."""

import uuid
from functools import cached_property

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from places.models import Stek
from places.models.fields import text_field
from reports.report import Report
from reports.stored import from_json
from reports.taking.querysets import SnapshotQuerySet

MOST_LETTERS = 200


class Snapshot(models.Model):
    """Numbers and words of lists, never of people; nothing in it changes any more."""

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="snapshots")
    kind = models.CharField(_("rapport"), max_length=24)
    period = models.CharField(_("periode"), max_length=24)
    first = models.DateField(_("eerste dag"))
    last = models.DateField(_("laatste dag"))
    version = models.PositiveSmallIntegerField(_("versie"), default=1)
    #: The true figures, for inside; and what is shown, when it was made for others.
    figures = models.JSONField(_("cijfers"))
    shown = models.JSONField(_("cijfers voor buiten"), null=True, blank=True)
    definitions_version = models.PositiveSmallIntegerField(_("versie van de definities"))
    #: Of a correction: what was put right.
    why = text_field(_("waarom"), MOST_LETTERS, blank=True)
    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField(_("vastgelegd om"))
    #: Empty: by itself.
    maker = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("vastgelegd rapport")
        verbose_name_plural = _("vastgelegde rapporten")
        ordering = ["-last", "kind", "-version"]
        constraints = [
            models.UniqueConstraint(
                name="snapshot_once_per_version",
                fields=["stek", "kind", "period", "version"],
                violation_error_message=_("Dit rapport is intussen al vastgelegd."),
            ),
            models.CheckConstraint(
                name="snapshot_days_in_order", condition=Q(last__gte=models.F("first"))
            ),
            models.CheckConstraint(
                name="snapshot_correction_says_why",
                condition=Q(version=1, why="") | (Q(version__gt=1) & ~Q(why="")),
                violation_error_message=_("Schrijf wat er rechtgezet is."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.period} v{self.version}"

    @cached_property
    def report(self) -> Report:
        """What it shows: the safe figures when it was made for others."""
        return from_json(self.shown if self.shown is not None else self.figures)

    @cached_property
    def true_report(self) -> Report:
        return from_json(self.figures)
