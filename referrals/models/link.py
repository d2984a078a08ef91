"""How a partner reaches its answer page without an account: a link, or the code of a letter."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from referrals.models.referral import Referral
from referrals.querysets import AnswerLinkQuerySet


class AnswerLink(models.Model):
    """A way in for one referral. The token itself is nowhere: `referrals.tokens` makes it again
    from the nonce and the secret key of the installation, and only its hash is looked up.
    """

    class Kind(models.TextChoices):
        MAIL = "mail", _("link in een mail")
        LETTER = "letter", _("code in een brief")
        ENTERED = "entered", _("na het invullen van een code")

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="links")
    kind = models.CharField(max_length=7, choices=Kind)
    nonce = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    #: The second fact that a code asks for: the month in which the letter was printed.
    letter_day = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = AnswerLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("toegang voor een partner")
        verbose_name_plural = _("toegangen voor partners")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="answer_link_letter_has_day",
                condition=Q(kind="letter", letter_day__isnull=False)
                | (~Q(kind="letter") & Q(letter_day__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"toegang {self.pk}"

    def is_live(self, now: dt.datetime) -> bool:
        return self.revoked_at is None and self.expires_at > now
