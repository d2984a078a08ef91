"""Grouped counts of referrals, per STEK: what figures add up.

A referral counts on the local day on which the contact was made, or the address given; one that
nobody was told of yet counts nowhere. Struck-out referrals are in none of them.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils import timezone

from referrals.figure import WITHIN
from referrals.models import Referral
from referrals.querysets import Days, ReferralQuerySet
from referrals.states import KNOWN
from visits.days import start_of


class ReferralTally(NamedTuple):
    """Referrals alike in partner, warmth and state; `known`: within thirty days of the contact."""

    stek_id: int
    partner: str
    warmth: str
    state: str
    referrals: int
    known: int


class DayOfReferrals(NamedTuple):
    stek_id: int
    day: dt.date
    referrals: int


class Answered(NamedTuple):
    """One warm referral that its partner answered, and after how many calendar days."""

    stek_id: int
    partner: str
    days: int


def _contacted(stek_ids: Collection[int], first: dt.date, last: dt.date) -> ReferralQuerySet:
    moments = (start_of(first), start_of(last + dt.timedelta(days=1)))
    rows = Referral.objects.contacted_between(*moments)
    return rows.filter(stek_id__in=stek_ids).order_by()


def referrals(stek_ids: Collection[int], first: dt.date, last: dt.date) -> list[ReferralTally]:
    """One query."""
    known = Q(state__in=KNOWN, took__lte=WITHIN)
    rows = (
        _contacted(stek_ids, first, last)
        .annotate(took=Days("outcome_known_at", "contacted_at"))
        .values("stek_id", "partner__name", "warmth", "state")
        .annotate(count=Count("pk"), known=Count("pk", filter=known))
    )
    words = ("stek_id", "partner__name", "warmth", "state", "count", "known")
    return [ReferralTally(*row) for row in rows.values_list(*words)]


def referrals_by_day(
    stek_ids: Collection[int], first: dt.date, last: dt.date
) -> list[DayOfReferrals]:
    """One query, in no order; a day without referrals is absent."""
    days = Counter(
        (stek_id, _day(contacted_at))
        for stek_id, contacted_at in _contacted(stek_ids, first, last).values_list(
            "stek_id", "contacted_at"
        )
    )
    return [DayOfReferrals(stek_id, day, count) for (stek_id, day), count in days.items()]


def answered(stek_ids: Collection[int], first: dt.date, last: dt.date) -> list[Answered]:
    """One query, a row for each: calendar days are counted here, alike on both engines."""
    rows = _contacted(stek_ids, first, last).warm().filter(answered_at__isnull=False)
    words = ("stek_id", "partner__name", "contacted_at", "answered_at")
    zone = timezone.get_current_timezone()
    return [
        Answered(
            stek_id,
            partner,
            max(
                0, (answered_at.astimezone(zone).date() - contacted_at.astimezone(zone).date()).days
            ),
        )
        for stek_id, partner, contacted_at, answered_at in rows.values_list(*words)
    ]


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localtime(moment).date()
