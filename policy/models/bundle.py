"""A structural signal: several signals with one owner, a recipient, an answer, and its steps."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forms_help.models import Theme
from people.models import paired
from places.models import Stek
from places.models.fields import text_field
from policy.querysets import BundleQuerySet, BundleStepQuerySet
from policy.states import KNOWN_OUTSIDE, NOT_RETAINED, OF_BUNDLE, Move, Phase, Reason, VoidReason

MOST_LETTERS = 600
LONGEST_TITLE = 120


class Bundle(models.Model):
    """What returns, said once; where it stands follows from its steps.

    `phase` down to `handed_on` are written by `policy.steps` only, as `policy.course` reads them.
    """

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="bundles")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="bundles", null=True, blank=True)
    title = text_field(_("titel"), LONGEST_TITLE)
    problem = text_field(_("knelpunt"), MOST_LETTERS, blank=True)
    proposal = text_field(_("voorstel"), MOST_LETTERS, blank=True)

    phase = models.CharField(_("fase"), max_length=12, choices=Phase, default=Phase.BUNDLED)
    phase_at = models.DateTimeField(_("sinds"))
    reason = models.CharField(_("reden"), max_length=8, choices=Reason, blank=True)
    recipient = text_field(_("aan wie"), 120, blank=True)
    handed_on = models.DateField(_("doorgegeven op"), null=True, blank=True)

    owner = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    owner_since = models.DateTimeField(_("trekker sinds"), null=True, blank=True)
    answer = text_field(_("antwoord"), MOST_LETTERS, blank=True)
    answered_on = models.DateField(_("antwoord van"), null=True, blank=True)
    #: When the answer was last typed in: who reported sees it as new when they read it before.
    answer_at = models.DateTimeField(_("antwoord genoteerd om"), null=True, blank=True)
    answer_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    #: Counts up at each change, so that the second of two people changing it is told.
    version = models.PositiveIntegerField(default=1, editable=False)
    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    voided_at = models.DateTimeField(_("geschrapt om"), null=True, blank=True)
    voided_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    void_reason = models.CharField(
        _("geschrapt omdat"), max_length=8, choices=VoidReason, blank=True
    )

    objects = BundleQuerySet.as_manager()

    class Meta:
        verbose_name = _("structureel signaal")
        verbose_name_plural = _("structurele signalen")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="bundle_has_title", condition=~Q(title="")),
            models.CheckConstraint(name="bundle_phase_known", condition=Q(phase__in=OF_BUNDLE)),
            models.CheckConstraint(
                name="bundle_handed_on_to_somebody",
                condition=Q(recipient="", handed_on__isnull=True)
                | (~Q(recipient="") & Q(handed_on__isnull=False)),
                violation_error_message=_("Vul in aan wie, en op welke dag."),
            ),
            models.CheckConstraint(
                name="bundle_known_outside_was_handed_on",
                condition=~Q(phase__in=KNOWN_OUTSIDE) | Q(handed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="bundle_reason_of_phase",
                condition=Q(phase="not_retained", reason__in=NOT_RETAINED)
                | (~Q(phase="not_retained") & Q(reason="")),
                violation_error_message=_("Kies een reden."),
            ),
            models.CheckConstraint(
                name="bundle_owner_since", condition=paired("owner", "owner_since")
            ),
            models.CheckConstraint(
                name="bundle_answer_at_by", condition=paired("answer_at", "answer_by")
            ),
            models.CheckConstraint(
                name="bundle_answer_has_day",
                condition=Q(answer="", answered_on__isnull=True, answer_at__isnull=True)
                | (~Q(answer="") & Q(answered_on__isnull=False, answer_at__isnull=False)),
                violation_error_message=_("Vul het antwoord in, en van welke dag het is."),
            ),
            models.CheckConstraint(
                name="bundle_answer_after_handed_on",
                condition=Q(answer="") | Q(handed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="bundle_voided_at_by", condition=paired("voided_at", "voided_by")
            ),
            models.CheckConstraint(
                name="bundle_voided_with_reason",
                condition=Q(voided_at__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
            ),
        ]
        indexes = [models.Index(fields=["stek", "phase", "-id"], name="bundle_by_stek_phase")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_voided(self) -> bool:
        return self.voided_at is not None


class BundleStep(models.Model):
    """One thing that was done; a wrong one is struck out, and the signal stands as before it."""

    bundle = models.ForeignKey(Bundle, models.PROTECT, related_name="steps")
    what = models.CharField(_("wat"), max_length=12, choices=Move)
    reason = models.CharField(_("reden"), max_length=8, choices=Reason, blank=True)
    recipient = text_field(_("aan wie"), 120, blank=True)
    day = models.DateField(_("dag"), null=True, blank=True)
    at = models.DateTimeField(_("wanneer"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    struck_at = models.DateTimeField(_("rechtgezet om"), null=True, blank=True)
    struck_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    objects = BundleStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("stap van een structureel signaal")
        verbose_name_plural = _("stappen van een structureel signaal")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="bundle_step_known", condition=Q(what__in=Move.values)),
            models.CheckConstraint(
                name="bundle_step_struck_at_by", condition=paired("struck_at", "struck_by")
            ),
        ]

    def __str__(self) -> str:
        return f"stap {self.pk}"
