"""A question at the table, and one that is half filled in."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Role
from forms_help.models.lists import HelpType, Theme
from forms_help.notes import MOST_LETTERS
from forms_help.outcomes import Minutes, Outcome, QuestionVoidReason, UnmetReason
from forms_help.querysets import DraftQuerySet, QuestionQuerySet
from people.models import paired
from places.models import Partner
from visits.models import UNDO, Opening, Visit

if TYPE_CHECKING:
    from forms_help.models.follow_up import FollowUp


class Question(models.Model):
    """What somebody was helped with at an opening; a chat is a full question without a theme.

    Without a visit it is of somebody who gave no name and was not counted at the counter.
    """

    opening = models.ForeignKey(Opening, models.PROTECT, related_name="questions")
    visit = models.ForeignKey(
        Visit, models.PROTECT, related_name="questions", null=True, blank=True
    )
    is_chat = models.BooleanField(_("babbel"), default=False)
    theme = models.ForeignKey(
        Theme, models.PROTECT, related_name="questions", null=True, blank=True
    )
    help_types = models.ManyToManyField(HelpType, blank=True, related_name="questions")
    outcome = models.CharField(_("resultaat"), max_length=10, choices=Outcome)
    unmet_reason = models.CharField(
        _("niet gelukt omdat"), max_length=12, choices=UnmetReason, blank=True
    )
    minutes = models.PositiveSmallIntegerField(_("hoelang"), choices=Minutes, null=True, blank=True)
    note = models.CharField(_("korte nota"), max_length=MOST_LETTERS, blank=True)
    note_until = models.DateField(_("nota bewaard tot"), null=True, blank=True)

    #: Who helped, in which role and for which partner, as it was on that day.
    helper_role = models.CharField(_("rol"), max_length=20, choices=Role)
    organisation = models.ForeignKey(
        Partner, models.PROTECT, related_name="questions", null=True, blank=True
    )
    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    voided_at = models.DateTimeField(_("geschrapt om"), null=True, blank=True)
    voided_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    void_reason = models.CharField(
        _("geschrapt omdat"), max_length=10, choices=QuestionVoidReason, blank=True
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("vraag")
        verbose_name_plural = _("vragen")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="question_theme_unless_chat",
                condition=Q(is_chat=True, theme__isnull=True)
                | Q(is_chat=False, theme__isnull=False),
                violation_error_message=_("Kies waarover het ging."),
            ),
            models.CheckConstraint(
                name="question_outcome_known", condition=Q(outcome__in=Outcome.values)
            ),
            models.CheckConstraint(
                name="question_unmet_with_reason",
                condition=(Q(outcome="not_solved") & ~Q(unmet_reason=""))
                | (~Q(outcome="not_solved") & Q(unmet_reason="")),
                violation_error_message=_("Kies waarom het niet lukte."),
            ),
            models.CheckConstraint(
                name="question_note_expires",
                condition=Q(note="", note_until__isnull=True)
                | (~Q(note="") & Q(note_until__isnull=False)),
            ),
            models.CheckConstraint(
                name="question_of_partner_without_note",
                condition=Q(organisation__isnull=True) | Q(note="", minutes__isnull=True),
                violation_error_message=_("Bij een partner bewaren we geen nota."),
            ),
            models.CheckConstraint(
                name="question_voided_at_by", condition=paired("voided_at", "voided_by")
            ),
            models.CheckConstraint(
                name="question_voided_with_reason",
                condition=Q(voided_at__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
            ),
        ]
        indexes = [
            models.Index(fields=["created_by", "-id"], name="question_by_helper"),
            # All that figures ask of a question: they read this and not the rows.
            models.Index(
                fields=[
                    "opening",
                    "theme",
                    "outcome",
                    "unmet_reason",
                    "organisation",
                    "helper_role",
                    "visit",
                    "id",
                ],
                name="question_for_figures",
                condition=Q(voided_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"vraag {self.pk}"

    @property
    def is_voided(self) -> bool:
        return self.voided_at is not None

    @property
    def open_follow_up(self) -> "FollowUp | None":
        """What is still to do after it; no query on a row of `with_words`."""
        follow_up: FollowUp | None = getattr(self, "follow_up", None)
        return follow_up if follow_up is not None and follow_up.is_open else None

    def is_repeatable_at(self, visit: Visit) -> bool:
        """Of an earlier visit, and with a theme that is still in use: "zoals vorige keer"."""
        if self.visit_id == visit.pk or self.theme is None:
            return False
        return not self.theme.retired

    def may_be_undone(self, *, by: User, now: dt.datetime) -> bool:
        """Taken back without a reason: by who entered it, in the first minutes."""
        return not self.is_voided and self.created_by_id == by.pk and now - self.created_at < UNDO


class QuestionDraft(models.Model):
    """What somebody had filled in and not saved: offered again to the same person, for a day."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    opening = models.ForeignKey(Opening, models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="+", null=True, blank=True)
    fields = models.JSONField()
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("klad van een vraag")
        verbose_name_plural = _("klad van vragen")
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(name="draft_once_per_visit", fields=["user", "visit"]),
            models.UniqueConstraint(
                name="draft_once_without_name",
                fields=["user", "opening"],
                condition=Q(visit__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"klad {self.pk}"
