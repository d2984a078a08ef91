"""The review of one week: a note, and once it is reviewed the figures as they were then."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from people.models import paired
from places.models import Stek
from places.models.fields import text_field
from reviews.kinds import ReopenReason
from reviews.querysets import WeekReviewQuerySet

MOST_LETTERS = 600


class WeekReview(models.Model):
    """A note on a week, and its frozen figures; reopening leaves it, and a new one comes beside it.

    `week` is its Monday. Of one week one row is live: the one that was not reopened.
    """

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="week_reviews")
    week = models.DateField(_("week van"))
    number = models.PositiveSmallIntegerField(_("hoeveelste keer"), default=1)
    note = text_field(_("nota"), MOST_LETTERS, blank=True)
    #: Numbers only, as `reviews.figures` writes them, and which definitions they follow.
    figures = models.JSONField(_("cijfers"), null=True, blank=True)
    definitions = models.PositiveSmallIntegerField(_("definities"), null=True, blank=True)
    reviewed_at = models.DateTimeField(_("nagekeken om"), null=True, blank=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    reopened_at = models.DateTimeField(_("heropend om"), null=True, blank=True)
    reopened_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    reopen_reason = models.CharField(
        _("heropend omdat"), max_length=8, choices=ReopenReason, blank=True
    )
    #: Counts up at each change, so that the second of two people writing is told.
    version = models.PositiveIntegerField(default=1, editable=False)
    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = WeekReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("nagekeken week")
        verbose_name_plural = _("nagekeken weken")
        ordering = ["-week", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="week_review_once_per_number", fields=["stek", "week", "number"]
            ),
            models.UniqueConstraint(
                name="week_review_one_live",
                fields=["stek", "week"],
                condition=Q(reopened_at__isnull=True),
                violation_error_message=_("Deze week is al nagekeken."),
            ),
            models.CheckConstraint(
                name="week_review_reviewed_at_by", condition=paired("reviewed_at", "reviewed_by")
            ),
            models.CheckConstraint(
                name="week_review_figures_when_reviewed",
                condition=paired("reviewed_at", "figures", "definitions"),
            ),
            models.CheckConstraint(
                name="week_review_reopened_at_by", condition=paired("reopened_at", "reopened_by")
            ),
            models.CheckConstraint(
                name="week_review_reopened_with_reason",
                condition=Q(reopened_at__isnull=True, reopen_reason="")
                | (Q(reopened_at__isnull=False, reviewed_at__isnull=False) & ~Q(reopen_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"week van {self.week:%d/%m/%Y}"

    @property
    def is_reviewed(self) -> bool:
        return self.reviewed_at is not None
