"""That two households became one, and for a month what is needed to undo it."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from people.models.fields import paired
from people.models.household import Household
from people.pair_querysets import MergeQuerySet
from places.models import Stek

#: How long a merge can be undone.
UNDO_DAYS = dt.timedelta(days=30)


class Merge(models.Model):
    """`gone` went into `kept`; made, undone and made final by `stek.merging` and its like only."""

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="+")
    kept = models.ForeignKey(Household, models.PROTECT, related_name="+")
    gone = models.ForeignKey(Household, models.PROTECT, related_name="+")
    #: Which side each choice took: {"name": "kept", "phone": "gone", ...}.
    choices = models.JSONField(default=dict)
    #: What was written over, of both; emptied when it is undone or final.
    before = models.JSONField(default=dict)
    #: Ids of what moved, by model and field, and which marks were set; emptied likewise.
    moved = models.JSONField(default=dict)
    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    merged_at = models.DateTimeField(_("samengevoegd om"), default=timezone.now)
    merged_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(_("teruggedraaid om"), null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    final_at = models.DateTimeField(_("voorgoed sinds"), null=True, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("samenvoeging")
        verbose_name_plural = _("samenvoegingen")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="merge_once",
                fields=["gone"],
                condition=Q(undone_at__isnull=True),
                violation_error_message=_("Dit huishouden is al samengevoegd."),
            ),
            models.CheckConstraint(name="merge_of_two", condition=~Q(kept=F("gone"))),
            models.CheckConstraint(
                name="merge_undone_at_by", condition=paired("undone_at", "undone_by")
            ),
            models.CheckConstraint(
                name="merge_undone_or_final",
                condition=Q(undone_at__isnull=True) | Q(final_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["kept"], name="merge_by_kept")]

    def __str__(self) -> str:
        return f"samenvoeging {self.pk}"

    @property
    def undo_until(self) -> dt.datetime:
        return self.merged_at + UNDO_DAYS

    def may_be_undone(self, now: dt.datetime) -> bool:
        return self.undone_at is None and self.final_at is None and now < self.undo_until
