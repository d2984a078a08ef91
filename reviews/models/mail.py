"""Whether a colleague wants the mail on Monday; who never said so gets it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from reviews.querysets import WeekMailQuerySet


class WeekMail(models.Model):
    """What one colleague chose in one STEK; it stands here, because the accounts know no week."""

    membership = models.OneToOneField(Membership, models.PROTECT, related_name="+")
    wanted = models.BooleanField(_("krijgt op maandag een mail over de week"))
    chosen_at = models.DateTimeField(_("gekozen om"))

    objects = WeekMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("keuze over de mail op maandag")
        verbose_name_plural = _("keuzes over de mail op maandag")

    def __str__(self) -> str:
        return f"mail op maandag {self.pk}"
