"""Questions about who works where, who is signed in, and about the mail that waits."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import models
from django.db.models import Exists, OuterRef, Q


class MembershipQuerySet(models.QuerySet[Any]):
    def current(self, today: dt.date) -> "MembershipQuerySet":
        """Roles that have not ended, with their STEK and user at hand."""
        rows = self.filter(Q(last_day__isnull=True) | Q(last_day__gte=today))
        return rows.with_person_and_stek()

    def with_person_and_stek(self) -> "MembershipQuerySet":
        return self.select_related("stek", "user")

    def with_second_factor(self) -> "MembershipQuerySet":
        """With `has_factor`: whether signing in asks this person for a code."""
        codes = Authenticator.objects.filter(type=Authenticator.Type.TOTP)
        return self.annotate(has_factor=Exists(codes.filter(user=OuterRef("user"))))

    def with_person(self) -> "MembershipQuerySet":
        return self.select_related("user")

    def with_partner(self) -> "MembershipQuerySet":
        """With the partner that somebody works for at hand."""
        return self.select_related("partner")

    def of_user(self, user_id: int) -> "MembershipQuerySet":
        return self.filter(user_id=user_id, user__is_active=True)

    def of_stek(self, stek: models.Model) -> "MembershipQuerySet":
        return self.filter(stek=stek, user__is_active=True)

    def reachable(self, roles: Iterable[str]) -> "MembershipQuerySet":
        """Who holds one of these roles and has an address."""
        rows = self.filter(role__in=tuple(roles), user__is_active=True)
        return rows.exclude(user__email="")

    def visible_to(self, membership: Any) -> "MembershipQuerySet":
        """Roles in the STEK where this colleague works now, also of who left."""
        return self.filter(stek_id=membership.stek_id)

    def of_person(self, user_id: int) -> "MembershipQuerySet":
        return self.filter(user_id=user_id).select_related("user", "stek")

    def by_name(self) -> "MembershipQuerySet":
        rows = self.select_related("user", "stek")
        return rows.order_by("user__first_name", "user__last_name", "user__username")

    def with_id(self, pk: int) -> "MembershipQuerySet":
        return self.filter(pk=pk)

    def roles_of(self, stek: models.Model) -> "models.QuerySet[Any, tuple[int, str]]":
        """User and role here, also of who left: for what happened before."""
        return self.filter(stek=stek).order_by().values_list("user_id", "role")


class SessionQuerySet(models.QuerySet[Any]):
    def of_user(self, user: models.Model) -> "SessionQuerySet":
        return self.filter(user=user)

    def live(self, now: dt.datetime) -> "SessionQuerySet":
        """Not over; the one that was used last comes first."""
        return self.filter(expire_date__gt=now).order_by("-seen_at", "session_key")

    def other_than(self, key: str | None) -> "SessionQuerySet":
        return self.exclude(session_key=key) if key else self


class InvitationQuerySet(models.QuerySet[Any]):
    def visible_to(self, membership: Any) -> "InvitationQuerySet":
        return self.filter(stek=membership.stek)

    def open(self) -> "InvitationQuerySet":
        """Neither accepted nor withdrawn; it may be too old."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def addressed(self) -> "InvitationQuerySet":
        """Whose address is still there, with who invited."""
        return self.exclude(email="").select_related("created_by", "partner")

    def with_hash(self, key_hash: str) -> "InvitationQuerySet":
        return self.filter(key_hash=key_hash).select_related("stek", "partner")

    def with_id(self, pk: int) -> "InvitationQuerySet":
        return self.filter(pk=pk)

    def locked(self, pk: int) -> Any:
        """None when it is not among these."""
        return self.select_for_update(of=("self",)).select_related("stek").filter(pk=pk).first()

    def made_by_request(self, key: UUID) -> Any:
        return self.filter(request_id=key).first()

    def over_since(self, moment: dt.datetime) -> "InvitationQuerySet":
        """Of which the link stopped before this moment, and the address stayed."""
        return self.open().filter(until__lt=moment).exclude(email="")


class MailQuerySet(models.QuerySet[Any]):
    def of_stek(self, stek: models.Model) -> "MailQuerySet":
        return self.filter(stek=stek)

    def waiting(self) -> "MailQuerySet":
        return self.filter(state="waiting")

    def due(self, now: dt.datetime) -> "MailQuerySet":
        """Whose turn it is, the oldest first, of STEKs that send mail; with the STEK at hand."""
        rows = self.waiting().filter(next_try_at__lte=now, stek__sends_mail=True)
        rows = rows.filter(claimed_at__isnull=True)
        return rows.select_related("stek").order_by("next_try_at", "id")

    def steks_in_turn(self) -> list[int]:
        """Whose mails these are; who waits longest comes first."""
        rows = self.order_by().values("stek_id").annotate(first=models.Min("next_try_at"))
        return [row["stek_id"] for row in rows.order_by("first", "stek_id")]

    def claimed_before(self, moment: dt.datetime) -> "MailQuerySet":
        """Taken by a process that never said what became of it."""
        return self.waiting().filter(claimed_at__lt=moment)

    def claimed_as(self, mail: Any) -> "MailQuerySet":
        """This mail, as long as it is in the hands that took it."""
        return self.waiting().filter(pk=mail.pk, claimed_at=mail.claimed_at)

    def gone_since(self, moment: dt.datetime) -> "MailQuerySet":
        """Sent, or perhaps sent, since this moment; and what is being sent now."""
        gone = Q(state__in=("sent", "unsure"), settled_at__gte=moment)
        return self.filter(gone | Q(state="waiting", claimed_at__isnull=False))

    def settled_before(self, moment: dt.datetime) -> "MailQuerySet":
        return self.filter(settled_at__lt=moment)

    def ids(self, most: int) -> "models.QuerySet[Any, int]":
        """The oldest so many."""
        return self.order_by("id").values_list("pk", flat=True)[:most]

    def stuck_since(self, moment: dt.datetime) -> "MailQuerySet":
        """Put in before this moment and still waiting, of STEKs that send mail."""
        return self.waiting().filter(created_at__lt=moment, stek__sends_mail=True)

    def ended_badly(self) -> "MailQuerySet":
        """A person has to look: it did not leave, or nobody knows whether it did."""
        return self.filter(state__in=("failed", "unsure"))

    def with_id(self, pk: int) -> "MailQuerySet":
        return self.filter(pk=pk)

    def about(self, kinds: Iterable[str], subject_id: Any) -> "MailQuerySet":
        """Mails of these kinds about one row, the newest first."""
        return self.filter(kind__in=tuple(kinds), subject_id=subject_id).order_by("-id")

    def with_key(self, key: str) -> "MailQuerySet":
        return self.filter(key=key)

    def keys_among(self, keys: Iterable[str]) -> set[str]:
        """Which of these mails were put in already."""
        rows = self.filter(key__in=tuple(keys)).order_by()
        return set(rows.values_list("key", flat=True))
