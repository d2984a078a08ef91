"""A signal: what somebody noticed, in two lines, without a word about who."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forms_help.models import Question, Theme
from people.models import paired
from places.models import Stek
from places.models.fields import text_field
from policy.models.bundle import Bundle
from policy.querysets import SignalQuerySet
from policy.states import NOT_RETAINED, OF_ONE, Phase, Reason, VoidReason
from visits.models import UNDO

MOST_LETTERS = 300


class Signal(models.Model):
    """Many are of one line. Those that say the same are bundled; the bundle goes on from there."""

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="signals")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="signals", null=True, blank=True)
    bottleneck = text_field(_("knelpunt"), MOST_LETTERS)
    proposal = text_field(_("voorstel"), MOST_LETTERS, blank=True)
    with_visitors = models.BooleanField(_("samen met bezoekers"), default=False)
    #: Noted from this question at the table: so it counts among those concerned.
    question = models.ForeignKey(
        Question, models.PROTECT, related_name="signals", null=True, blank=True
    )

    phase = models.CharField(_("fase"), max_length=12, choices=Phase, default=Phase.NOTICED)
    reason = models.CharField(_("reden"), max_length=8, choices=Reason, blank=True)
    sorted_at = models.DateTimeField(_("gesorteerd om"), null=True, blank=True)
    sorted_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    bundle = models.ForeignKey(
        Bundle, models.PROTECT, related_name="signals", null=True, blank=True
    )
    #: Its words for outside the house; empty: no example in the brief.
    example = text_field(_("voorbeeld"), MOST_LETTERS, blank=True)
    #: When who noted it last read what came of it.
    answer_read_at = models.DateTimeField(_("antwoord gelezen om"), null=True, blank=True)

    #: Counts up at each change, so that the second of two people changing it is told.
    version = models.PositiveIntegerField(default=1, editable=False)
    request_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    noted_at = models.DateTimeField(_("genoteerd om"))
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    voided_at = models.DateTimeField(_("geschrapt om"), null=True, blank=True)
    voided_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    void_reason = models.CharField(
        _("geschrapt omdat"), max_length=8, choices=VoidReason, blank=True
    )

    objects = SignalQuerySet.as_manager()

    class Meta:
        verbose_name = _("signaal")
        verbose_name_plural = _("signalen")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="signal_has_bottleneck",
                condition=~Q(bottleneck=""),
                violation_error_message=_("Schrijf wat er niet loopt."),
            ),
            models.CheckConstraint(name="signal_phase_known", condition=Q(phase__in=OF_ONE)),
            models.CheckConstraint(
                name="signal_bundled_has_bundle",
                condition=Q(phase="bundled", bundle__isnull=False)
                | (~Q(phase="bundled") & Q(bundle__isnull=True)),
            ),
            models.CheckConstraint(
                name="signal_reason_of_phase",
                condition=Q(phase="not_retained", reason__in=NOT_RETAINED)
                | (~Q(phase="not_retained") & Q(reason="")),
                violation_error_message=_("Kies een reden."),
            ),
            models.CheckConstraint(
                name="signal_example_when_bundled",
                condition=Q(example="") | Q(bundle__isnull=False),
            ),
            models.CheckConstraint(
                name="signal_sorted_at_by", condition=paired("sorted_at", "sorted_by")
            ),
            models.CheckConstraint(
                name="signal_voided_at_by", condition=paired("voided_at", "voided_by")
            ),
            models.CheckConstraint(
                name="signal_voided_with_reason",
                condition=Q(voided_at__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
            ),
        ]
        indexes = [
            models.Index(fields=["stek", "phase", "-id"], name="signal_by_stek_phase"),
            models.Index(fields=["noted_by", "-id"], name="signal_by_who_noted"),
            models.Index(fields=["bundle", "id"], name="signal_by_bundle"),
        ]

    def __str__(self) -> str:
        return f"signaal {self.pk}"

    @property
    def is_voided(self) -> bool:
        return self.voided_at is not None

    @property
    def stands(self) -> str:
        """The phase that is shown: that of the structural signal, once it is in one."""
        return str(Phase(self.bundle.phase if self.bundle else self.phase).label)

    @property
    def has_new_answer(self) -> bool:
        """An answer came since who noted it last looked; `bundle` comes along."""
        at = self.bundle.answer_at if self.bundle else None
        return at is not None and (self.answer_read_at is None or self.answer_read_at < at)

    def may_be_undone(self, *, by: User, now: dt.datetime) -> bool:
        """Taken back without a reason: by who noted it, in the first minutes, while it is new."""
        fresh = now - self.noted_at < UNDO
        mine = self.noted_by_id == by.pk
        return mine and fresh and not self.is_voided and self.phase == Phase.NOTICED
