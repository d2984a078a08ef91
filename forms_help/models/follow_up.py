"""What is still to do after a question, for whom, and by when."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from accounts.roles import FOLLOWING, Role
from forms_help.models.lists import Document
from forms_help.models.question import Question
from forms_help.outcomes import DropReason
from forms_help.querysets import FollowUpQuerySet
from people.models import Household, paired
from places.models import Stek
from places.models.fields import text_field


class FollowUp(models.Model):
    """Papers that a visitor brings, or something that a colleague does; one per question."""

    class Kind(models.TextChoices):
        PAPERS = "papers", _("brengt papieren mee")
        TASK = "task", _("op te volgen")

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="follow_ups")
    question = models.OneToOneField(Question, models.PROTECT, related_name="follow_up")
    #: Empty for somebody without a name.
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="follow_ups", null=True, blank=True
    )
    kind = models.CharField(_("soort"), max_length=6, choices=Kind)
    documents = models.ManyToManyField(Document, blank=True, related_name="+")
    what = text_field(_("wat"), 140, blank=True)
    #: Exactly one of these: whoever has the role, or one colleague.
    for_role = models.CharField(_("voor"), max_length=20, choices=Role, blank=True)
    for_user = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    due = models.DateField(_("tegen"))

    created_at = models.DateTimeField(db_default=Now(), editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    done_at = models.DateTimeField(_("gedaan om"), null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    dropped_at = models.DateTimeField(_("losgelaten om"), null=True, blank=True)
    dropped_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    drop_reason = models.CharField(
        _("losgelaten omdat"), max_length=10, choices=DropReason, blank=True
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("opvolging")
        verbose_name_plural = _("opvolgingen")
        ordering = ["due", "id"]
        constraints = [
            models.CheckConstraint(
                name="follow_up_for_role_or_user",
                condition=(~Q(for_role="") & Q(for_user__isnull=True))
                | Q(for_role="", for_user__isnull=False),
                violation_error_message=_("Kies voor wie het is."),
            ),
            models.CheckConstraint(
                name="follow_up_done_at_by", condition=paired("done_at", "done_by")
            ),
            models.CheckConstraint(
                name="follow_up_dropped_at_by", condition=paired("dropped_at", "dropped_by")
            ),
            models.CheckConstraint(
                name="follow_up_dropped_with_reason",
                condition=Q(dropped_at__isnull=True, drop_reason="")
                | (Q(dropped_at__isnull=False) & ~Q(drop_reason="")),
            ),
            models.CheckConstraint(
                name="follow_up_done_or_dropped",
                condition=Q(done_at__isnull=True) | Q(dropped_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["household"],
                name="follow_up_open_by_household",
                condition=Q(done_at__isnull=True, dropped_at__isnull=True),
            ),
            models.Index(
                fields=["stek", "due"],
                name="follow_up_open_by_due",
                condition=Q(done_at__isnull=True, dropped_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"opvolging {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.dropped_at is None

    def may_be_read_by(self, membership: Membership) -> bool:
        """Its text: for whoever has the list, and for who wrote it. Papers are for everybody."""
        return membership.role in FOLLOWING or self.created_by_id == membership.user_id

    def is_overdue(self, today: dt.date) -> bool:
        return self.is_open and self.due < today
