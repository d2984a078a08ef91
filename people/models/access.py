"""The decision that a household may shop, and who sent it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from people.models.budget import BudgetStep
from people.models.household import Household
from people.querysets import GroceryAccessQuerySet
from places.models import Stek
from places.pairs import paired
from places.sensitive import no_national_number, plain_text


class Referrer(models.Model):
    """Who sends households to the grocery: an OCMW, a CAW, ... `key` makes one of its spellings."""

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="referrers")
    name = models.CharField(_("naam"), max_length=80, validators=[plain_text, no_national_number])
    key = models.CharField(max_length=80, editable=False)
    retired = models.BooleanField(_("niet meer gebruiken"), default=False)

    class Meta:
        verbose_name = _("toeleider")
        verbose_name_plural = _("toeleiders")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="referrer_once_per_stek",
                fields=["stek", "key"],
                violation_error_message=_("Deze toeleider staat er al."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GroceryAccess(models.Model):
    """The decision that a household may shop until a day; a renewal is a new row."""

    class SuspendReason(models.TextChoices):
        PAPERS = "papers", _("papieren ontbreken")
        REFERRER = "referrer", _("op vraag van de toeleider")
        AGREEMENT = "agreement", _("afspraken niet gevolgd")
        OWN_REQUEST = "own_request", _("op eigen vraag")
        OTHER = "other", _("andere reden")

    class EndReason(models.TextChoices):
        IMPROVED = "improved", _("niet meer nodig")
        MOVED = "moved", _("verhuisd")
        OWN_REQUEST = "own_request", _("op eigen vraag")
        REFERRER = "referrer", _("beslissing van de toeleider")
        OTHER = "other", _("andere reden")

    household = models.ForeignKey(Household, models.PROTECT, related_name="accesses")
    referrer = models.ForeignKey(
        Referrer, models.PROTECT, null=True, blank=True, verbose_name=_("toeleider")
    )
    budget_step = models.ForeignKey(
        BudgetStep,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("budgettrap"),
        help_text=_("Leeg: de trap volgt uit het aantal personen."),
    )
    valid_from = models.DateField(_("geldig vanaf"))
    valid_until = models.DateField(_("geldig tot en met"))
    #: Exactly one row of a household is current: the last decision.
    current = models.BooleanField(default=True, editable=False)
    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(_("beslist op"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    suspended_at = models.DateTimeField(_("geschorst op"), null=True, blank=True, editable=False)
    suspended_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )
    suspended_reason = models.CharField(
        _("reden van schorsing"), max_length=12, choices=SuspendReason, blank=True
    )
    ended_at = models.DateTimeField(_("stopgezet op"), null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )
    ended_reason = models.CharField(
        _("reden van stopzetting"), max_length=12, choices=EndReason, blank=True
    )

    objects = GroceryAccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("toegang")
        verbose_name_plural = _("toegangen")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="access_one_current",
                fields=["household"],
                condition=Q(current=True),
                violation_error_message=_("Dit huishouden heeft al een lopende toegang."),
            ),
            models.CheckConstraint(
                name="access_from_before_until",
                condition=Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("De einddatum kan niet voor de begindatum komen."),
            ),
            models.CheckConstraint(
                name="access_suspended_at_by", condition=paired("suspended_at", "suspended_by")
            ),
            models.CheckConstraint(
                name="access_suspended_with_reason",
                condition=Q(suspended_at__isnull=True, suspended_reason="")
                | (Q(suspended_at__isnull=False) & ~Q(suspended_reason="")),
            ),
            models.CheckConstraint(
                name="access_ended_at_by", condition=paired("ended_at", "ended_by")
            ),
            models.CheckConstraint(
                name="access_ended_with_reason",
                condition=Q(ended_at__isnull=True, ended_reason="")
                | (Q(ended_at__isnull=False) & ~Q(ended_reason="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["valid_until"], name="access_current_until", condition=Q(current=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from:%d/%m/%Y} - {self.valid_until:%d/%m/%Y}"
