"""The role of a user in one STEK."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User
from accounts.querysets import MembershipQuerySet
from accounts.roles import Role
from places.models import Partner, Stek


class Membership(models.Model):
    """The role of a user in one STEK; ended ones stay, for the history."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    stek = models.ForeignKey(Stek, models.PROTECT, related_name="memberships")
    role = models.CharField(_("rol"), max_length=20, choices=Role)
    last_day = models.DateField(_("laatste dag"), null=True, blank=True)
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        related_name="memberships",
        null=True,
        blank=True,
        verbose_name=_("werkt voor"),
        help_text=_("Een partner, bv. CAW of LIGO. Leeg: vrijwilliger of medewerker van SAAMO."),
    )

    #: In this request somebody is signed in with a PIN on a shared laptop, and so reaches the rows
    #: of today only; set by `accounts.laptop.middleware`.
    by_pin: bool = False

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("rol in een STEK")
        verbose_name_plural = _("rollen in een STEK")
        ordering = ["stek__name", "user__username"]
        constraints = [
            models.UniqueConstraint(
                name="membership_one_role_per_stek",
                fields=["user", "stek"],
                violation_error_message=_("Deze persoon heeft al een rol in deze STEK."),
            ),
            models.CheckConstraint(
                name="membership_role_known", condition=models.Q(role__in=Role.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"

    def has_ended(self, today: dt.date) -> bool:
        return self.last_day is not None and self.last_day < today
