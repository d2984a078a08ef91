"""Questions about the private links of referrers, and about what was asked with them."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import models

from accounts.models import Membership


class InboundLinkQuerySet(models.QuerySet[Any]):
    def visible_to(self, membership: Membership) -> "InboundLinkQuerySet":
        return self.filter(stek_id=membership.stek_id)

    def live(self) -> "InboundLinkQuerySet":
        return self.filter(revoked_at__isnull=True)

    def opened_by(self, token_hash: str) -> Any:
        """The link that this key opens; None when it is revoked or its referrer is retired."""
        rows = self.live().select_related("stek", "referrer")
        return rows.filter(token_hash=token_hash, referrer__retired=False).first()

    def of_referrer(self, referrer: models.Model) -> "InboundLinkQuerySet":
        return self.filter(referrer=referrer)

    def locked(self, pk: int) -> Any:
        return self.select_for_update(of=("self",)).get(pk=pk)


class InboundReferralQuerySet(models.QuerySet[Any]):
    def visible_to(self, membership: Membership) -> "InboundReferralQuerySet":
        return self.filter(stek_id=membership.stek_id)

    def waiting(self) -> "InboundReferralQuerySet":
        return self.filter(state="requested")

    def oldest_first(self) -> "InboundReferralQuerySet":
        """With the words of a line about them; no query more."""
        return self.select_related("link__referrer", "budget_step").order_by("requested_at", "id")

    def decided_since(self, moment: dt.datetime) -> "InboundReferralQuerySet":
        """The last decision first, with who took it and the household it became."""
        rows = self.filter(decided_at__gte=moment).order_by("-decided_at", "-id")
        return rows.select_related("link__referrer", "decided_by", "household")

    def of_link(self, link: models.Model) -> "InboundReferralQuerySet":
        return self.filter(link=link)

    def of_household(self, household_id: int) -> "InboundReferralQuerySet":
        return self.filter(household_id=household_id)

    def since(self, moment: dt.datetime) -> "InboundReferralQuerySet":
        return self.filter(requested_at__gte=moment).order_by("-requested_at", "-id")

    def decided_before(self, moment: dt.datetime) -> "InboundReferralQuerySet":
        return self.filter(decided_at__lt=moment)

    def with_name(self) -> "InboundReferralQuerySet":
        """Of which somebody could still read who it was."""
        return self.exclude(first_name="", last_name="", phone="", language="", initials="")

    def made_by_request(self, request_id: UUID) -> Any:
        return self.filter(request_id=request_id).first()

    def locked(self, pk: int) -> Any:
        """The row as it is now, held until the transaction ends."""
        rows = self.select_for_update(of=("self",))
        return rows.select_related("stek", "link__referrer", "budget_step").get(pk=pk)
