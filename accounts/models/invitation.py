"""An invitation to work in one STEK, with a link that works once."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User
from accounts.querysets import InvitationQuerySet
from accounts.roles import Role
from places.models import Partner, Stek


def _together(at: str, by: str) -> Q:
    none = Q(**{f"{at}__isnull": True, f"{by}__isnull": True})
    return none | Q(**{f"{at}__isnull": False, f"{by}__isnull": False})


class Invitation(models.Model):
    """Open until it is accepted or withdrawn, or until `until`; then the address goes.

    The key in the link is made from the nonce and the secret key of the installation, so it is kept
    nowhere; only its hash is, to look it up.
    """

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="invitations")
    role = models.CharField(_("rol"), max_length=20, choices=Role)
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("werkt voor"),
    )
    last_day = models.DateField(_("laatste dag"), null=True, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    nonce = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    until = models.DateTimeField(_("geldig tot"))
    request_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(_("uitgenodigd om"), default=timezone.now)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(_("aanvaard om"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("wie aanvaardde"),
    )
    withdrawn_at = models.DateTimeField(_("ingetrokken om"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="invitation_role_known", condition=Q(role__in=Role.values)),
            models.CheckConstraint(
                name="invitation_accepted_at_by",
                condition=_together("accepted_at", "accepted_by"),
            ),
            models.CheckConstraint(
                name="invitation_withdrawn_at_by",
                condition=_together("withdrawn_at", "withdrawn_by"),
            ),
            models.CheckConstraint(
                name="invitation_one_end",
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                violation_error_message=_("Deze uitnodiging is al aanvaard."),
            ),
            models.UniqueConstraint(
                name="invitation_one_open_per_address",
                fields=["stek", "email"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True) & ~Q(email=""),
                violation_error_message=_("Voor dit adres is er al een uitnodiging."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
