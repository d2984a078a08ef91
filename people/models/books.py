"""Who leaves the books: since when that is announced, and who is kept longer."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from people.models.household import Household
from people.querysets import HoldQuerySet, NoticeQuerySet
from people.rights import HoldReason
from places.pairs import paired


class LeavingNotice(models.Model):
    """A household stands in the list "gaat uit de boeken" since a day.

    The machine erases nobody who did not stand there for a month. Who comes back loses the row,
    and the month begins again.
    """

    household = models.OneToOneField(Household, models.PROTECT, related_name="leaving_notice")
    since = models.DateField(_("in de lijst sinds"))

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("aankondiging")
        verbose_name_plural = _("aankondigingen")

    def __str__(self) -> str:
        return f"aankondiging {self.pk}"


class RetentionHold(models.Model):
    """Somebody keeps a household longer than its term, for a reason and until a day."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="holds")
    reason = models.CharField(_("reden"), max_length=8, choices=HoldReason)
    until = models.DateField(_("tot en met"))
    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    held_at = models.DateTimeField(_("langer bewaard sinds"))
    held_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(_("toch niet meer sinds"), null=True, blank=True)
    lifted_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("langer bewaren")
        verbose_name_plural = _("langer bewaren")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="retention_hold_one_live",
                fields=["household"],
                condition=Q(lifted_at__isnull=True),
                violation_error_message=_("Dit huishouden wordt al langer bewaard."),
            ),
            models.CheckConstraint(
                name="retention_hold_reason_known", condition=Q(reason__in=HoldReason.values)
            ),
            models.CheckConstraint(
                name="retention_hold_lifted_at_by", condition=paired("lifted_at", "lifted_by")
            ),
        ]

    def __str__(self) -> str:
        return f"langer bewaren {self.pk}"
