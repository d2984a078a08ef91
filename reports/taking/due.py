"""Freezes by itself what nobody froze in time, so that the umbrella organisation has every STEK."""

import datetime as dt
import logging
import uuid
from collections.abc import Iterator
from itertools import islice

from places.models import Stek
from reports.kinds import KINDS, Kind
from reports.models import Snapshot
from reports.taking.actions import freeze_report
from visits.days import current_day
from visits.models import Opening
from visits.period import Period, half_of, quarter_of, year_of

logger = logging.getLogger(__name__)

#: Every figure that may leave the house stands in it.
REPORT = "saamo"
#: Days after the end of a period in which somebody can still complete it.
WAITS = 14
#: In one run; the next one, minutes later, goes on.
MOST = 5


def freeze_due_reports(now: dt.datetime) -> int:
    """How many it froze. Each is counted first, and then saved in a short transaction of its own,
    so that nobody at the counter waits; whoever freezes at the same moment wins or finds it.

    One that fails stops no other; the first reason is raised at the end.
    """
    today, kind, frozen = current_day(now), KINDS[REPORT], 0
    failed: list[Exception] = []
    for stek, period in islice(_due(kind, today), MOST):
        key = uuid.uuid4()
        try:
            freeze_report(kind, stek=stek, period=period, today=today, request_id=key, by=None)
            frozen += 1
        except Exception as error:
            logger.warning("%s of %s was not frozen", period.key, stek.slug)
            failed.append(error)
    if failed:
        raise failed[0]
    return frozen


def periods(today: dt.date) -> tuple[Period, ...]:
    """The last quarter, half year and year that ended long enough ago."""
    day = today - dt.timedelta(days=WAITS - 1)
    return tuple(period_of(day).before() for period_of in (quarter_of, half_of, year_of))


def _due(kind: Kind, today: dt.date) -> Iterator[tuple[Stek, Period]]:
    """Where there was something to count and nothing is frozen; two queries for each period."""
    for period in periods(today):
        there = Snapshot.objects.of_report(kind.key, period.key).values("stek_id").order_by()
        opened = Opening.objects.filter(day__range=(period.first, period.last))
        due = Stek.objects.filter(pk__in=opened.values("stek_id")).exclude(pk__in=there)
        for stek in due.order_by("pk")[:MOST]:
            yield stek, period
