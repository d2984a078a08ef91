"""The open loop of a household at a check-in: what to ask, or what was just told."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from referrals.models import Referral, ReferralStep
from referrals.states import Channel, State
from visits.models import Visit

#: With these the partner calls; with the others the visitor goes.
PARTNER_CALLS = frozenset({Channel.MAIL, Channel.PHONE})


@dataclass(frozen=True)
class Loop:
    """`ask` is what to ask about, `told` what was said at this visit; both may be None."""

    ask: Referral | None
    told: ReferralStep | None

    @classmethod
    def of(cls, visit: Visit) -> "Loop":
        """Two queries; none for who has no name."""
        if visit.household_id is None:
            return cls(None, None)
        told = ReferralStep.objects.at_visit(visit).select_related("referral__partner").last()
        day = timezone.make_aware(dt.datetime.combine(visit.opening.day, dt.time()))
        rows = Referral.objects.open_loops(visit.household_id, day).not_told_at(visit)
        return cls(rows.select_related("partner").first(), told)

    @property
    def question(self) -> str:
        """The partner's name, never what it is about."""
        assert self.ask is not None
        name = {"partner": self.ask.partner.name}
        if self.ask.state != State.APPOINTMENT and self.ask.channel in PARTNER_CALLS:
            return _("Heeft %(partner)s je gebeld?") % name
        return _("Ben je bij %(partner)s geweest?") % name
