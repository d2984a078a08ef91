"""Writes a plan in few statements, inside the transaction of whoever calls it."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from places.models import Partner
from referrals.hsds.plan import BESIDE, Plan, Planned
from referrals.models import Contact, Service, ServiceHours

BATCH = 500
#: Told how many of how many are written.
Tell = Callable[[int, int], None]


def store(plan: Plan, tell: Tell) -> None:
    """Partners before what belongs to them."""
    total, done = len(plan.all), 0
    kinds: tuple[tuple[Any, list[Planned]], ...] = (
        (Partner, plan.partners),
        (Service, plan.services),
        (Contact, plan.contacts),
    )
    for model, planned in kinds:
        for start in range(0, len(planned), BATCH):
            batch = planned[start : start + BATCH]
            _store(model, batch)
            done += len(batch)
            tell(done, total)


def _store(model: Any, planned: Sequence[Planned]) -> None:
    new = [one for one in planned if one.is_new]
    changed = [one for one in planned if not one.is_new]
    model.objects.bulk_create([one.instance for one in new])
    fields = {name for one in changed for name in one.changed} - BESIDE
    if model is Service:
        for one in changed:
            one.instance.version += 1
        fields |= {"version"} if changed else set()
    if fields:
        model.objects.bulk_update([one.instance for one in changed], sorted(fields))
    if model is Service:
        _store_hours(planned)
        _store_ticks(Service.themes.through, "theme_id", "themes", planned)
        _store_ticks(Service.documents.through, "document_id", "documents", planned)


def _store_hours(planned: Sequence[Planned]) -> None:
    touched = [one for one in planned if "hours" in one.changed]
    ServiceHours.objects.filter(service__in=[one.instance.pk for one in touched]).delete()
    ServiceHours.objects.bulk_create(
        ServiceHours(
            service=one.instance,
            weekday=weekday,
            opens_at=dt.time.fromisoformat(opens),
            closes_at=dt.time.fromisoformat(closes),
        )
        for one in touched
        for weekday, opens, closes in one.changed["hours"]
    )


def _store_ticks(through: Any, column: str, name: str, planned: Sequence[Planned]) -> None:
    touched = [one for one in planned if name in one.changed]
    through.objects.filter(service__in=[one.instance.pk for one in touched]).delete()
    through.objects.bulk_create(
        through(service_id=one.instance.pk, **{column: pk})
        for one in touched
        for pk in sorted(one.changed[name])
    )
