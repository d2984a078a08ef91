"""What the page of one partner shows: what it offers, who works there, and how it went."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import Membership
from accounts.roles import RECORD
from forms_help.models import Theme
from places.models import Partner
from referrals.directory import Checked, ServiceShown
from referrals.models import Contact, PartnerCheck, Referral, Service
from referrals.offer import LOOKED_BACK

#: Of the checks of one partner.
MOST_CHECKS = 10


@dataclass(frozen=True)
class PartnerPage:
    """One partner with all we know of it."""

    partner: Partner
    services: tuple[ServiceShown, ...]
    retired: tuple[ServiceShown, ...]
    contacts: tuple[Contact, ...]
    checks: tuple[PartnerCheck, ...]
    checked: Checked
    themes: tuple[Theme, ...]
    #: In the last twelve months.
    referred: int
    #: Whole days until the first answer, on average over the same months; None without any.
    answers_in: int | None
    edits: bool
    may_take_back: bool

    @classmethod
    def of(cls, partner: Partner, membership: Membership, *, now: dt.datetime) -> "PartnerPage":
        """Nine queries."""
        stek, since = membership.stek, now - LOOKED_BACK
        rows = Service.objects.of_stek(stek).of_partner(partner.pk).for_offer()
        services = [ServiceShown.of(one, now) for one in rows]
        checks = PartnerCheck.objects.of_partner(partner).select_related("checked_by")
        shown = tuple(checks[:MOST_CHECKS])
        checked = Checked.of(shown[0] if shown else None, today=timezone.localdate(now))
        mine = Referral.objects.of_stek(stek).to_partner(partner.pk)
        edits = membership.role in RECORD
        offered = {theme for one in rows if not one.retired for theme in one.themes.all()}
        offered |= set(Theme.objects.of_stek(stek).helped_by(partner))
        return cls(
            partner=partner,
            services=tuple(one for one in services if not one.service.retired),
            retired=tuple(one for one in services if one.service.retired),
            contacts=tuple(partner.contacts.all()),
            checks=shown,
            checked=checked,
            themes=tuple(sorted(offered, key=lambda one: (one.position, one.name))),
            referred=mine.made_since(since).count(),
            answers_in=mine.days_to_answer(since).get(partner.pk),
            edits=edits,
            may_take_back=edits and checked.may_be_taken_back_by(membership.user),
        )
