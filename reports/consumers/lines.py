"""The consumers of a STEK as their page lists them: what they read, and when they last did."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Max
from django.utils import timezone

from accounts.models import AuditEvent, Membership
from places.models import Stek
from reports.models import Consumer

#: Seconds between two notes of when a consumer was last here.
NOTED_EVERY = 60
#: The verb of the log for figures that went out.
READ = "read_figures"


@dataclass(frozen=True)
class Line:
    """`used_at` is None when it never came; `mine` are its STEKs that this person coordinates."""

    consumer: Consumer
    steks: tuple[Stek, ...]
    mine: tuple[Stek, ...]
    used_at: dt.datetime | None

    @property
    def others(self) -> tuple[Stek, ...]:
        return tuple(stek for stek in self.steks if stek not in self.mine)


def lines(membership: Membership, coordinated: Collection[Stek]) -> list[Line]:
    """Three queries and one look in the cache."""
    rows = list(Consumer.objects.visible_to(membership).with_steks())
    used = _last_used([row.pk for row in rows])
    return [line_of(row, coordinated, used.get(row.pk)) for row in rows]


def line_of(
    consumer: Consumer, coordinated: Collection[Stek], used_at: dt.datetime | None = None
) -> Line:
    steks = tuple(consumer.steks.all())
    mine = tuple(stek for stek in steks if stek in coordinated)
    return Line(consumer, steks, mine, used_at)


def note_use(consumer: Consumer, *, now: dt.datetime) -> None:
    """In the cache, at most once a minute: asking for figures writes no row of ours."""
    key = _key(consumer.pk)
    before = cache.get(key)
    if not isinstance(before, dt.datetime) or (now - before).total_seconds() >= NOTED_EVERY:
        cache.set(key, now, timeout=None)


def _last_used(pks: Iterable[int]) -> dict[int, dt.datetime]:
    """From the cache; what fell out of it, from the log, which knows each day."""
    keys = {_key(pk): pk for pk in pks}
    logged = AuditEvent.objects.filter(
        subject_type=Consumer._meta.model_name, subject_id__in=keys.values(), verb=READ
    )
    used = dict(logged.values_list("subject_id").annotate(Max("at")).order_by())
    for key, at in cache.get_many(keys).items():
        pk = keys[key]
        used[pk] = max(at, used.get(pk, at))
    return used


def read_today(consumer: Consumer) -> set[int]:
    """The STEKs of which it got figures today; one query."""
    start = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = AuditEvent.objects.filter(
        subject_type=Consumer._meta.model_name, subject_id=consumer.pk, verb=READ, at__gte=start
    )
    return {pk for pk in rows.values_list("stek_id", flat=True) if pk is not None}


def _key(pk: int) -> str:
    return f"consumer-used:{pk}"
