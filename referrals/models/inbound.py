"""Households that an OCMW or a CAW sends us: its private link, and what it asked with it."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from people.models import (
    MOST_PERSONS,
    BudgetStep,
    GroceryAccess,
    Household,
    Language,
    Referrer,
    paired,
)
from people.models.fields import name_field
from places.models import Stek
from places.sensitive import no_national_number
from referrals.inbound_querysets import InboundLinkQuerySet, InboundReferralQuerySet


class InboundLink(models.Model):
    """The private address of one referrer; only the hash of its token is kept."""

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="inbound_links")
    referrer = models.ForeignKey(Referrer, models.PROTECT, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    revoked_at = models.DateTimeField(_("ingetrokken om"), null=True, blank=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    objects = InboundLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link van een toeleider")
        verbose_name_plural = _("links van toeleiders")
        ordering = ["referrer__name", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="inbound_link_one_per_referrer",
                fields=["referrer"],
                condition=Q(revoked_at__isnull=True),
            ),
            models.CheckConstraint(
                name="inbound_link_revoked_at_by", condition=paired("revoked_at", "revoked_by")
            ),
        ]

    def __str__(self) -> str:
        return f"link {self.pk}"


class InboundReferral(models.Model):
    """A household that a referrer asks access for; a coordinator decides.

    Once decided, who it is stands in the household, and the fields here are emptied by `run_due`.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", _("aangevraagd")
        ACCEPTED = "accepted", _("aanvaard")
        REFUSED = "refused", _("geweigerd")

    class Refusal(models.TextChoices):
        ALREADY = "already", _("heeft al toegang")
        AREA = "area", _("woont niet in ons gebied")
        CONDITIONS = "conditions", _("voldoet niet aan de voorwaarden")
        FULL = "full", _("er is geen plaats meer")
        INCOMPLETE = "incomplete", _("de gegevens kloppen niet")
        DOUBLE = "double", _("dubbel aangevraagd")

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="inbound_referrals")
    link = models.ForeignKey(InboundLink, models.PROTECT, related_name="referrals")
    first_name = name_field(_("voornaam"))
    last_name = name_field(_("familienaam"))
    phone = models.CharField(
        _("telefoon"), max_length=32, blank=True, validators=[no_national_number]
    )
    language = models.CharField(_("taal"), max_length=2, choices=Language, blank=True)
    #: What the sender still sees of the name: "F. E.".
    initials = models.CharField(max_length=8)
    adults = models.PositiveSmallIntegerField(_("volwassenen"), default=1)
    children = models.PositiveSmallIntegerField(_("kinderen"), default=0)
    valid_until = models.DateField(_("toegang tot en met"))
    budget_step = models.ForeignKey(
        BudgetStep, models.SET_NULL, related_name="+", null=True, blank=True
    )
    agreed = models.BooleanField(_("de persoon gaat akkoord"))
    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    requested_at = models.DateTimeField(_("aangevraagd om"), db_default=Now(), editable=False)
    state = models.CharField(_("stand"), max_length=9, choices=State, default=State.REQUESTED)
    refusal = models.CharField(_("geweigerd omdat"), max_length=10, choices=Refusal, blank=True)
    decided_at = models.DateTimeField(_("beslist om"), null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="inbound_referrals", null=True, blank=True
    )
    access = models.OneToOneField(
        GroceryAccess, models.PROTECT, related_name="inbound_referral", null=True, blank=True
    )

    objects = InboundReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanvraag van een toeleider")
        verbose_name_plural = _("aanvragen van toeleiders")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="inbound_agreed",
                condition=Q(agreed=True),
                violation_error_message=_("Zonder akkoord van de persoon kan het niet."),
            ),
            models.CheckConstraint(
                name="inbound_size_sensible",
                condition=Q(adults__lte=MOST_PERSONS)
                & Q(children__lte=MOST_PERSONS)
                & (Q(adults__gte=1) | Q(children__gte=1)),
            ),
            models.CheckConstraint(
                name="inbound_decided_at_by", condition=paired("decided_at", "decided_by")
            ),
            models.CheckConstraint(
                name="inbound_state_of_decision",
                condition=Q(
                    state="requested", decided_at__isnull=True, refusal="", household__isnull=True
                )
                | Q(state="accepted", decided_at__isnull=False, refusal="", household__isnull=False)
                | (Q(state="refused", decided_at__isnull=False) & ~Q(refusal="")),
            ),
            models.CheckConstraint(
                name="inbound_named_until_decided",
                condition=~Q(state="requested") | ~Q(first_name="") | ~Q(last_name=""),
            ),
        ]
        indexes = [models.Index(fields=["stek", "state", "-id"], name="inbound_by_stek_state")]

    def __str__(self) -> str:
        return f"aanvraag {self.pk}"
