"""The append-only log of what was changed and of who looked."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.log_querysets import AuditEventQuerySet


class AuditEvent(models.Model):
    """Who did or read what, when. Ids and field names only, never values.

    The database refuses to change a row, and to remove one of the last 28 days (migration 0009).
    No foreign keys: the log outlives what it speaks of, and writing a row costs one insert.
    """

    class Kind(models.TextChoices):
        CHANGE = "change", _("wijziging")
        READ = "read", _("inzage")

    at = models.DateTimeField(_("wanneer"), default=timezone.now, editable=False)
    kind = models.CharField(_("soort"), max_length=6, choices=Kind)
    verb = models.CharField(_("wat"), max_length=40)
    actor_id = models.BigIntegerField(_("wie"), null=True)
    stek_id = models.BigIntegerField(_("STEK"), null=True)
    subject_type = models.CharField(_("soort gegeven"), max_length=30)
    subject_id = models.BigIntegerField(_("nummer"), null=True)
    fields = models.JSONField(_("velden"), default=list)
    #: The trusted laptop from which it was asked; empty for any other machine.
    device_id = models.BigIntegerField(_("laptop"), null=True)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("regel in het logboek")
        verbose_name_plural = _("regels in het logboek")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="audit_by_subject"),
            models.Index(fields=["stek_id", "id"], name="audit_by_stek"),
            models.Index(
                fields=["stek_id", "kind", "actor_id", "at", "id"], name="audit_by_reader"
            ),
            models.Index(fields=["stek_id", "kind", "at"], name="audit_by_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id or ''}".strip()
