"""Who may read frozen figures by machine: the umbrella organisation, with a token."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from people.models import paired
from places.models import Stek
from places.models.fields import text_field
from reports.consumers.querysets import ConsumerQuerySet

LONGEST_NAME = 80


class Consumer(models.Model):
    """The token itself is kept nowhere: whoever loses it asks for another consumer.

    A consumer that was revoked keeps the STEKs that it had last, so that the list can say so.
    """

    name = text_field(_("naam"), LONGEST_NAME)
    steks = models.ManyToManyField(Stek, related_name="consumers", verbose_name=_("STEKs"))
    #: `referrals.tokens.hash_of` of the token.
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(_("gemaakt om"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    revoked_at = models.DateTimeField(_("ingetrokken om"), null=True, blank=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    objects = ConsumerQuerySet.as_manager()

    class Meta:
        verbose_name = _("afnemer")
        verbose_name_plural = _("afnemers")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                name="consumer_has_name",
                condition=~Q(name=""),
                violation_error_message=_("Geef de afnemer een naam."),
            ),
            models.CheckConstraint(
                name="consumer_revoked_at_by", condition=paired("revoked_at", "revoked_by")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None
