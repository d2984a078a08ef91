"""One decision on one item of the inbox."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from people.models import paired
from places.models import Stek
from reviews.kinds import Kind, What
from reviews.querysets import DecisionQuerySet


class Decision(models.Model):
    """What somebody decided on one thing; the last one that was not undone is current.

    The thing is pointed at by number and not by a foreign key, because it is of any model. With
    the same thing on another day something new happened, and no decision is about that.
    """

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="decisions")
    kind = models.CharField(_("soort"), max_length=10, choices=Kind)
    subject_id = models.BigIntegerField(_("nummer"))
    about_day = models.DateField(_("van welke dag"))
    what = models.CharField(_("wat"), max_length=8, choices=What)
    #: The first day on which it is asked again.
    until = models.DateField(_("wacht tot"), null=True, blank=True)
    #: Who has it in hand; stays with a later decision until somebody else gets it.
    assigned_to = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("voor")
    )
    decided_at = models.DateTimeField(_("wanneer"))
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    current = models.BooleanField(default=True, editable=False)
    #: What was current before: it is again when this one is undone.
    replaces = models.ForeignKey(
        "self", models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )
    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    undone_at = models.DateTimeField(_("ongedaan om"), null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("beslissing bij een week")
        verbose_name_plural = _("beslissingen bij een week")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="decision_one_current",
                fields=["stek", "kind", "subject_id", "about_day"],
                condition=Q(current=True),
                violation_error_message=_("Hierover is intussen al beslist."),
            ),
            models.CheckConstraint(name="decision_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="decision_waits_until",
                condition=Q(what="waits", until__isnull=False)
                | (Q(what__in=["seen", "assigned", "done"], until__isnull=True)),
                violation_error_message=_("Kies tot welke dag het wacht."),
            ),
            models.CheckConstraint(
                name="decision_assigned_to_somebody",
                condition=~Q(what="assigned") | Q(assigned_to__isnull=False),
                violation_error_message=_("Kies voor wie het is."),
            ),
            models.CheckConstraint(
                name="decision_undone_at_by", condition=paired("undone_at", "undone_by")
            ),
            models.CheckConstraint(
                name="decision_undone_not_current",
                condition=Q(undone_at__isnull=True) | Q(current=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["stek", "decided_at"],
                name="decision_current_by_time",
                condition=Q(current=True),
            ),
        ]

    def __str__(self) -> str:
        return f"beslissing {self.pk}"
