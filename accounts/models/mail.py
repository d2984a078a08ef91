"""Mail that waits to leave."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.querysets import MailQuerySet
from places.models import Stek


class OutgoingMail(models.Model):
    """A mail that is to leave once; what it says, and to whom, is written when it leaves.

    So nothing of anybody stands here, and what is no longer meant to be said is not sent.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("wacht")
        SENT = "sent", _("verstuurd")
        #: The server took it and never said so: sending again might send it twice.
        UNSURE = "unsure", _("misschien verstuurd")
        NOT_NEEDED = "not_needed", _("niet meer nodig")
        FAILED = "failed", _("niet gelukt")

    stek = models.ForeignKey(Stek, models.PROTECT, related_name="mails")
    #: Which writer makes the text (`stek.mails`), and of what.
    kind = models.CharField(_("soort"), max_length=20)
    subject_id = models.BigIntegerField()
    #: What makes it the same mail: asked for twice, it leaves once.
    key = models.CharField(max_length=60, unique=True)
    state = models.CharField(_("stand"), max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(_("keren geprobeerd"), default=0)
    created_at = models.DateTimeField(_("klaargezet om"), default=timezone.now)
    next_try_at = models.DateTimeField(_("volgende keer"), default=timezone.now)
    #: Set while a process sends it: no other takes it then.
    claimed_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(_("klaar om"), null=True, blank=True)
    #: What the server said, as a short code; never an address.
    error = models.CharField(_("wat er misging"), max_length=60, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail die vertrekt")
        verbose_name_plural = _("mails die vertrekken")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="outgoing_mail_settled",
                condition=models.Q(state="waiting", settled_at__isnull=True)
                | (~models.Q(state="waiting") & models.Q(settled_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                name="outgoing_mail_due",
                condition=models.Q(state="waiting"),
            ),
            models.Index(fields=["stek", "settled_at"], name="outgoing_mail_by_day"),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}"
