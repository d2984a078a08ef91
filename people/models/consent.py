"""The agreement of a visitor that a partner is told who they are."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from people.models.household import Household
from people.querysets import ConsentQuerySet
from places.models import Partner
from places.pairs import paired


class Consent(models.Model):
    """For one partner, from a day until a day; what is told beside the name is chosen.

    Never changed: whoever agrees again gets a new row, whoever withdraws it closes all of them.
    """

    class How(models.TextChoices):
        SPOKEN = "spoken", _("gezegd")
        SIGNED = "signed", _("getekend")

    household = models.ForeignKey(Household, models.PROTECT, related_name="consents")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="consents")
    how = models.CharField(_("hoe"), max_length=6, choices=How)
    tells_phone = models.BooleanField(_("telefoon"), default=True)
    tells_language = models.BooleanField(_("taal"), default=True)
    tells_theme = models.BooleanField(_("waarover het gaat"), default=True)
    #: The last day on which the partner may be told.
    until = models.DateField(_("geldig tot en met"))
    given_at = models.DateTimeField(_("gegeven om"))
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(_("ingetrokken om"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("toestemming")
        verbose_name_plural = _("toestemmingen")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="consent_how_known", condition=Q(how__in=["spoken", "signed"])
            ),
            models.CheckConstraint(
                name="consent_withdrawn_at_by", condition=paired("withdrawn_at", "withdrawn_by")
            ),
        ]
        indexes = [models.Index(fields=["household", "partner"], name="consent_by_household")]

    def __str__(self) -> str:
        return f"toestemming {self.pk}"

    def is_live(self, today: dt.date) -> bool:
        return self.withdrawn_at is None and self.until >= today
