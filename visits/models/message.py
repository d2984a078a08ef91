"""One line kept for a visitor until the next check-in."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from people.models import Household, paired
from places.sensitive import no_national_number, plain_text
from visits.querysets import MessageQuerySet


class Message(models.Model):
    """One line for a visitor, shown at the next check-in; its text goes once it is passed on."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="messages")
    text = models.CharField(
        _("bericht"), max_length=140, validators=[plain_text, no_national_number], blank=True
    )
    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    delivered_at = models.DateTimeField(_("doorgegeven om"), null=True, blank=True)
    delivered_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("bericht voor een bezoeker")
        verbose_name_plural = _("berichten voor bezoekers")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="message_delivered_at_by", condition=paired("delivered_at", "delivered_by")
            ),
            models.CheckConstraint(
                name="message_text_until_delivered",
                condition=(Q(delivered_at__isnull=True) & ~Q(text=""))
                | Q(delivered_at__isnull=False, text=""),
            ),
            models.UniqueConstraint(
                name="message_one_waiting_per_household",
                fields=["household"],
                condition=Q(delivered_at__isnull=True),
                violation_error_message=_("Er wacht al een bericht voor dit huishouden."),
            ),
        ]

    def __str__(self) -> str:
        return f"bericht {self.pk}"
