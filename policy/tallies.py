"""Grouped counts of signals and structural signals, per STEK: what figures add up.

A signal counts on the local day on which it was noted, a structural one on the day that it was
handed on or answered. What was struck out is in none of them.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from policy.models import Bundle, Signal
from policy.querysets import SignalQuerySet
from visits.days import start_of


class SignalTally(NamedTuple):
    """Signals alike in theme, phase (of the structural signal, once in one) and whom with."""

    stek_id: int
    theme_key: str
    theme: str
    phase: str
    with_visitors: bool
    signals: int


class DayOfSignals(NamedTuple):
    stek_id: int
    day: dt.date
    signals: int


class BundleTally(NamedTuple):
    stek_id: int
    handed_on: int
    answered: int


def _noted(stek_ids: Collection[int], first: dt.date, last: dt.date) -> SignalQuerySet:
    rows = Signal.objects.counted().filter(
        stek_id__in=stek_ids,
        noted_at__gte=start_of(first),
        noted_at__lt=start_of(last + dt.timedelta(days=1)),
    )
    return rows.order_by()


def signals(stek_ids: Collection[int], first: dt.date, last: dt.date) -> list[SignalTally]:
    """One query."""
    rows = (
        _noted(stek_ids, first, last)
        .annotate(stands=Coalesce("bundle__phase", "phase"))
        .values_list("stek_id", "theme__key", "theme__name", "stands", "with_visitors")
        .annotate(count=Count("pk"))
    )
    return [
        SignalTally(stek_id, key or "", theme or "", phase, visitors, count)
        for stek_id, key, theme, phase, visitors, count in rows
    ]


def signals_by_day(stek_ids: Collection[int], first: dt.date, last: dt.date) -> list[DayOfSignals]:
    """One query, in no order; a day without signals is absent."""
    rows = _noted(stek_ids, first, last).values_list("stek_id", "noted_at")
    days = Counter((stek_id, timezone.localtime(noted).date()) for stek_id, noted in rows)
    return [DayOfSignals(stek_id, day, count) for (stek_id, day), count in days.items()]


def bundles(stek_ids: Collection[int], first: dt.date, last: dt.date) -> list[BundleTally]:
    """One query; a STEK without any is absent."""
    handed_on = Q(handed_on__range=(first, last))
    answered = Q(answered_on__range=(first, last))
    rows = Bundle.objects.counted().filter(handed_on | answered, stek_id__in=stek_ids).order_by()
    counted = rows.values_list("stek_id").annotate(
        handed_on_count=Count("pk", filter=handed_on), answered_count=Count("pk", filter=answered)
    )
    return [BundleTally(*row) for row in counted]
