"""Who came in at an opening, and for what."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from people.models import MOST_PERSONS, Household, paired
from places.purposes import Purpose
from visits.eligibility import OverrideReason, Refusal, VoidReason
from visits.models.opening import Opening
from visits.querysets import VisitQuerySet

#: How long a check-in is a slip of the hand that needs no reason.
UNDO = dt.timedelta(minutes=15)


class Visit(models.Model):
    """One household, or a few people without a name, who came in at an opening."""

    opening = models.ForeignKey(
        Opening,
        models.PROTECT,
        related_name="visits",
        db_index=False,  # visit_for_figures
    )
    household = models.ForeignKey(
        Household,
        models.PROTECT,
        related_name="visits",
        null=True,
        blank=True,
        db_index=False,  # visit_by_household
    )
    #: The size on that day, so that figures don't change when a household grows.
    adults = models.PositiveSmallIntegerField(_("volwassenen"))
    children = models.PositiveSmallIntegerField(_("kinderen"))
    first_this_year = models.BooleanField(_("eerste keer dit jaar"), default=False)
    #: Null when it was typed in afterwards and nobody knows the hour.
    arrived_at = models.DateTimeField(_("aangemeld om"), null=True, blank=True)

    for_grocery = models.BooleanField(_("winkel"), default=False)
    for_coffee = models.BooleanField(_("koffie"), default=False)
    for_question = models.BooleanField(_("vraag"), default=False)
    for_activity = models.BooleanField(_("activiteit"), default=False)
    queue_number = models.PositiveSmallIntegerField(_("volgnummer"), null=True, blank=True)

    #: What the counter said, and why a person let them in all the same.
    refusal = models.CharField(max_length=12, choices=Refusal, blank=True, editable=False)
    override_reason = models.CharField(
        _("toch aangemeld omdat"), max_length=14, choices=OverrideReason, blank=True
    )
    #: A second visit of the same household in one opening, because somebody said so.
    repeated = models.BooleanField(default=False, editable=False)

    voided_at = models.DateTimeField(_("geschrapt om"), null=True, blank=True)
    voided_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    void_reason = models.CharField(
        _("geschrapt omdat"), max_length=10, choices=VoidReason, blank=True
    )

    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("bezoek")
        verbose_name_plural = _("bezoeken")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="visit_household_once_per_opening",
                fields=["opening", "household"],
                condition=Q(voided_at__isnull=True, repeated=False),
                violation_error_message=_("Dit huishouden is bij deze opening al aangemeld."),
            ),
            models.UniqueConstraint(
                name="visit_queue_number_once",
                fields=["opening", "queue_number"],
                violation_error_message=_("Dit volgnummer is al gegeven."),
            ),
            models.CheckConstraint(
                name="visit_queue_number_with_question",
                condition=Q(for_question=False) | Q(queue_number__isnull=False),
            ),
            models.CheckConstraint(
                name="visit_size_sensible",
                condition=Q(adults__lte=MOST_PERSONS)
                & Q(children__lte=MOST_PERSONS)
                & (Q(adults__gte=1) | Q(children__gte=1)),
                violation_error_message=_(
                    "Tel minstens 1 persoon, en hoogstens 30 volwassenen en 30 kinderen."
                ),
            ),
            models.CheckConstraint(
                name="visit_refusal_overridden_with_reason",
                condition=Q(refusal="", override_reason="")
                | (~Q(refusal="") & ~Q(override_reason="")),
            ),
            models.CheckConstraint(
                name="visit_voided_at_by", condition=paired("voided_at", "voided_by")
            ),
            models.CheckConstraint(
                name="visit_voided_with_reason",
                condition=Q(voided_at__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
            ),
        ]
        indexes = [
            models.Index(fields=["household", "opening"], name="visit_by_household"),
            # The few that questions of must be left out, without looking at the many others.
            models.Index(
                fields=["id"],
                name="visit_voided",
                condition=models.Q(voided_at__isnull=False),
            ),
            # Figures are counted from this alone, a fifth of the size of the rows.
            models.Index(
                fields=[
                    "opening",
                    "voided_at",
                    "household",
                    "adults",
                    "children",
                    "first_this_year",
                    "for_grocery",
                    "for_coffee",
                    "for_question",
                    "for_activity",
                ],
                name="visit_for_figures",
            ),
        ]

    def __str__(self) -> str:
        return f"bezoek {self.pk}"

    @property
    def persons(self) -> int:
        return self.adults + self.children

    @property
    def is_voided(self) -> bool:
        return self.voided_at is not None

    def may_be_undone(self, *, by: User, now: dt.datetime) -> bool:
        """Taken back without a reason: by who entered it, in the first minutes."""
        return not self.is_voided and self.created_by_id == by.pk and now - self.created_at < UNDO

    @property
    def purposes(self) -> list[Purpose]:
        """In the fixed order of the counter."""
        return [purpose for purpose in Purpose if getattr(self, f"for_{purpose.value}")]
