"""Whose turn it is in the line for a question; the place in it is the visit's queue number."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from people.models import paired
from visits.models.visit import Visit
from visits.querysets import QueueTurnQuerySet


class QueueTurn(models.Model):
    """A number that was taken from the line. Without a row the visitor still waits.

    Handing a number back removes the row; the log keeps that it happened.
    """

    class End(models.TextChoices):
        HELPED = "helped", _("geholpen")
        LEFT = "left", _("weggegaan")

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="turn")
    #: Who helps; empty when somebody left before being called.
    taken_at = models.DateTimeField(_("genomen om"), null=True, blank=True)
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    end = models.CharField(_("hoe het eindigde"), max_length=6, choices=End, blank=True)
    ended_at = models.DateTimeField(_("klaar om"), null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    objects = QueueTurnQuerySet.as_manager()

    class Meta:
        verbose_name = _("beurt in de rij")
        verbose_name_plural = _("beurten in de rij")
        ordering = ["visit__queue_number"]
        constraints = [
            models.CheckConstraint(
                name="queue_turn_taken_at_by", condition=paired("taken_at", "taken_by")
            ),
            models.CheckConstraint(
                name="queue_turn_ended_at_by", condition=paired("ended_at", "ended_by")
            ),
            models.CheckConstraint(
                name="queue_turn_ended_somehow",
                condition=Q(end="", ended_at__isnull=True, taken_at__isnull=False)
                | Q(end__in=["helped", "left"], ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"beurt {self.pk}"

    @property
    def is_over(self) -> bool:
        return bool(self.end)
