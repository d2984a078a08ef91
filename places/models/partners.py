"""The organisations that a STEK works with; what they offer is not in here."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from places.models.fields import text_field
from places.models.stek import Stek
from places.querysets import PartnerQuerySet
from places.sensitive import no_national_number


class Partner(models.Model):
    """An organisation: it sits at the table, organises activities, or lives on the same site.

    Retired instead of deleted: what it did stays its own.
    """

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="partners")
    name = text_field(_("naam"), 60)
    line = text_field(
        _("wat doen ze, in één zin"),
        140,
        blank=True,
        help_text=_("Voor bezoekers: kort, zonder moeilijke woorden."),
    )
    #: Where a referral is sent to; nothing else is ever mailed there.
    email = models.EmailField(
        _("e-mail voor doorverwijzingen"), blank=True, validators=[no_national_number]
    )
    phone = models.CharField(
        _("telefoon"), max_length=32, blank=True, validators=[no_national_number]
    )
    website = models.URLField(_("website"), blank=True, validators=[no_national_number])
    #: Who it is in an exchange of directories; the same in every file.
    hsds_id = models.UUIDField(default=uuid.uuid4, editable=False)
    on_site = models.BooleanField(_("staat op de openbare bladzijde"), default=False)
    position = models.PositiveSmallIntegerField(_("volgorde"), default=50)
    retired = models.BooleanField(_("niet meer in gebruik"), default=False)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                name="partner_name_once_per_stek",
                fields=["stek", "name"],
                violation_error_message=_("Deze partner staat er al."),
            ),
            models.UniqueConstraint(
                name="partner_hsds_id_once_per_stek", fields=["stek", "hsds_id"]
            ),
            models.CheckConstraint(name="partner_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name
