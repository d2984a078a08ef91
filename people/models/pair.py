"""Two households that may be one, and what a person said of them."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from people.models.fields import paired
from people.models.household import Household
from people.pair_querysets import DuplicatePairQuerySet
from places.models import Stek


class DuplicatePair(models.Model):
    """Found by `people.pairs` from the names and phones; `one` is the one entered first."""

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="+")
    one = models.ForeignKey(Household, models.CASCADE, related_name="+")
    other = models.ForeignKey(Household, models.CASCADE, related_name="+")
    #: How sure it is, from 0 to 100.
    score = models.PositiveSmallIntegerField(_("zekerheid"))
    #: Values of `people.duplicate.Reason`.
    reasons = models.JSONField(_("waarom"), default=list)
    found_at = models.DateTimeField(_("gevonden om"), default=timezone.now)
    apart_at = models.DateTimeField(_("niet dezelfde sinds"), null=True, blank=True)
    apart_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    #: A print of both names and phones when that was said: with others it is asked again.
    apart_print = models.CharField(max_length=32, blank=True)

    objects = DuplicatePairQuerySet.as_manager()

    class Meta:
        verbose_name = _("mogelijk dubbel")
        verbose_name_plural = _("mogelijk dubbel")
        ordering = ["-score", "id"]
        constraints = [
            models.UniqueConstraint(name="pair_once", fields=["one", "other"]),
            models.CheckConstraint(name="pair_in_order", condition=Q(one__lt=F("other"))),
            models.CheckConstraint(
                name="pair_apart_at_by", condition=paired("apart_at", "apart_by")
            ),
            models.CheckConstraint(
                name="pair_apart_with_print",
                condition=Q(apart_at__isnull=True, apart_print="")
                | (Q(apart_at__isnull=False) & ~Q(apart_print="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["stek", "-score", "id"],
                name="pair_open",
                condition=Q(apart_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"paar {self.pk}"
