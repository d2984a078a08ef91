"""A laptop that is shared, the PIN of who works on it, and the place that each has there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.laptop.querysets import DeviceQuerySet, PinQuerySet, SeatQuerySet
from accounts.models.user import User
from places.models import Stek
from places.pairs import paired


class TrustedDevice(models.Model):
    """A laptop on which colleagues of one STEK may sign in with a PIN.

    The laptop holds a long secret in a cookie; only the hash of it stands here.
    """

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="devices")
    name = models.CharField(_("naam"), max_length=60)
    secret_hash = models.CharField(max_length=64, unique=True)
    request_id = models.UUIDField(unique=True)
    created_at = models.DateTimeField(_("vertrouwd op"))
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    #: At most a minute behind.
    last_used_at = models.DateTimeField(_("laatst gebruikt"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("gedeelde laptop")
        verbose_name_plural = _("gedeelde laptops")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="device_revoked_at_by", condition=paired("revoked_at", "revoked_by")
            ),
            models.UniqueConstraint(
                name="device_name_once_per_stek",
                fields=["stek", "name"],
                condition=models.Q(revoked_at__isnull=True),
                violation_error_message=_("Er is al een laptop met deze naam."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Pin(models.Model):
    """The six digits of one person, as a slow hash; good on trusted devices only."""

    user = models.OneToOneField(User, models.PROTECT, related_name="pin")
    code_hash = models.CharField(max_length=128)
    set_at = models.DateTimeField(_("gekozen op"))
    #: Wrong tries on all devices together since the password was last right.
    wrong = models.PositiveSmallIntegerField(default=0)

    objects = PinQuerySet.as_manager()

    class Meta:
        verbose_name = _("pincode")
        verbose_name_plural = _("pincodes")

    def __str__(self) -> str:
        return f"pin {self.pk}"


class Seat(models.Model):
    """One person at one device: wrong tries, and what waits there until they come back."""

    device = models.ForeignKey(TrustedDevice, models.PROTECT, related_name="seats")
    user = models.ForeignKey(User, models.PROTECT, related_name="seats")
    #: Wrong tries here since the PIN or the password was last right.
    wrong = models.PositiveSmallIntegerField(default=0)
    last_used_at = models.DateTimeField(null=True, blank=True)
    #: Where they were and what they had typed, encrypted; empty when nothing waits.
    sealed = models.TextField(blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("plaats aan een laptop")
        verbose_name_plural = _("plaatsen aan een laptop")
        constraints = [
            models.UniqueConstraint(name="seat_once_per_device", fields=["device", "user"]),
            models.CheckConstraint(
                name="seat_sealed_since",
                condition=models.Q(sealed="", left_at__isnull=True)
                | (~models.Q(sealed="") & models.Q(left_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"seat {self.pk}"
