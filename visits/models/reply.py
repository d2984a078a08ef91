"""What a colleague answers: whether they come to the table on a day."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from places.models import Stek
from visits.querysets import TableReplyQuerySet


class TableReply(models.Model):
    """What one colleague said for one day, "ik kom" or "ik kan niet"; the last answer counts."""

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="table_replies")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    day = models.DateField(_("dag"))
    comes = models.BooleanField(_("komt"))
    answered_at = models.DateTimeField(_("geantwoord om"), default=timezone.now)

    objects = TableReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("antwoord voor een dag")
        verbose_name_plural = _("antwoorden voor een dag")
        ordering = ["day", "user"]
        constraints = [
            models.UniqueConstraint(name="table_reply_once", fields=["stek", "user", "day"]),
        ]

    def __str__(self) -> str:
        return f"antwoord {self.pk}"
