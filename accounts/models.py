"""People who work in a STEK, their role there, the append-only audit log, and mail that waits."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.querysets import MailQuerySet, MembershipQuerySet
from accounts.roles import Role
from places.models import Partner, Stek


class User(AbstractUser):
    """Somebody who signs in; what they may do stands in their memberships."""

    #: Filled at each request by `accounts.backends`, with the STEKs at hand.
    current_memberships: "list[Membership]"

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class Membership(models.Model):
    """The role of a user in one STEK; ended ones stay, for the history."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    stek = models.ForeignKey(Stek, models.PROTECT, related_name="memberships")
    role = models.CharField(_("rol"), max_length=20, choices=Role)
    last_day = models.DateField(_("laatste dag"), null=True, blank=True)
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        related_name="memberships",
        null=True,
        blank=True,
        verbose_name=_("werkt voor"),
        help_text=_("Een partner, bv. CAW of LIGO. Leeg: vrijwilliger of medewerker van SAAMO."),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("rol in een STEK")
        verbose_name_plural = _("rollen in een STEK")
        ordering = ["stek__name", "user__username"]
        constraints = [
            models.UniqueConstraint(
                name="membership_one_role_per_stek",
                fields=["user", "stek"],
                violation_error_message=_("Deze persoon heeft al een rol in deze STEK."),
            ),
            models.CheckConstraint(
                name="membership_role_known", condition=models.Q(role__in=Role.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"


class AuditEvent(models.Model):
    """Who did or read what, when. Ids and field names only, never values.

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

    class Meta:
        verbose_name = _("regel in het logboek")
        verbose_name_plural = _("regels in het logboek")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="audit_by_subject"),
            models.Index(fields=["stek_id", "id"], name="audit_by_stek"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id or ''}".strip()


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
