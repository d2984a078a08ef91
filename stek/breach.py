"""What was seen or taken out, by whom and when: for the quarter of an hour after a leak is noticed.

Answered from the log, which holds no names: it says which households and which kinds of data.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from accounts.log_words import VERBS
from accounts.models import AuditEvent, User
from people.models import Household
from people.names import short_name
from places.models import Stek
from stek.everything.links import LINKS
from stek.kinds_of_data import KINDS
from visits.days import start_of

#: Rows of the log that one answer reads; more than this asks for a shorter period.
MOST_ROWS = 20_000
#: What leaves the house as a file.
FILES = frozenset({"download_export", "everything_file", "report_file", "cards", "print_list"})


@dataclass(frozen=True)
class Asked:
    """From the first day to the last one; the others make it narrower."""

    first: dt.date
    last: dt.date
    colleague: int | None = None
    number: int | None = None
    device: int | None = None


@dataclass(frozen=True)
class Touched:
    """One household: which kinds of data were seen, by whom, how often."""

    pk: int
    number: int
    is_erased: bool
    kinds: tuple[str, ...]
    people: tuple[str, ...]
    times: int
    first: dt.datetime
    last: dt.datetime


@dataclass(frozen=True)
class Listed:
    """Seen or taken out as a list: of whom it spoke is not in the log."""

    at: dt.datetime
    who: str
    what: str
    is_file: bool


@dataclass(frozen=True)
class Breach:
    households: tuple[Touched, ...]
    lists: tuple[Listed, ...]
    too_many: bool

    @classmethod
    def of(cls, stek: Stek, asked: Asked) -> "Breach":
        """One question to the log, and one for each kind of row that was seen."""
        rows = AuditEvent.objects.filter(
            stek_id=stek.pk,
            kind=AuditEvent.Kind.READ,
            at__gte=start_of(asked.first),
            at__lt=start_of(asked.last + dt.timedelta(days=1)),
        )
        if asked.colleague is not None:
            rows = rows.filter(actor_id=asked.colleague)
        if asked.device is not None:
            rows = rows.filter(device_id=asked.device)
        events = list(rows.order_by("id")[: MOST_ROWS + 1])
        owners = _owners(events)
        names = _names(events)
        grouped: dict[int, list[AuditEvent]] = defaultdict(list)
        lists = []
        for event in events[:MOST_ROWS]:
            owner = owners.get((event.subject_type, event.subject_id or 0))
            if owner is not None:
                grouped[owner].append(event)
            elif asked.number is None:
                lists.append(_listed(event, names))
        people = Household.objects.of_stek(stek).in_bulk(grouped)
        touched = [_touched(people[pk], found, names) for pk, found in grouped.items()]
        kept = [one for one in touched if asked.number in {None, one.number}]
        kept.sort(key=lambda one: one.number)
        return cls(tuple(kept), tuple(lists), too_many=len(events) > MOST_ROWS)


def _owners(events: Iterable[AuditEvent]) -> dict[tuple[str, int], int]:
    """The household of each row that was seen, by the declared links."""
    seen: dict[str, set[int]] = defaultdict(set)
    for event in events:
        seen[event.subject_type].add(event.subject_id or 0)
    found: dict[tuple[str, int], int] = {}
    for label, path in LINKS.items():
        model: Any = apps.get_model(label)
        name = model._meta.model_name
        if ids := seen.get(name):
            rows = model._base_manager.filter(pk__in=ids, **{f"{path}__isnull": False})
            found |= {(name, pk): owner for pk, owner in rows.values_list("pk", path)}
    return found


def _names(events: Iterable[AuditEvent]) -> dict[int | None, str]:
    """First name and initial of whoever looked."""
    ids = {event.actor_id for event in events if event.actor_id is not None}
    people = User.objects.in_bulk(ids).values()
    return {one.pk: short_name(one.first_name, one.last_name) or one.username for one in people}


def _kind(event: AuditEvent) -> str:
    """The kind of data that this row is of; a record shows several at once."""
    if event.verb in {"open", "everything_file"}:
        return "alles op de fiche"
    for kind in KINDS:
        if event.subject_type in {label.rsplit(".", 1)[1].lower() for label in kind.models}:
            return kind.title.nl
    return event.subject_type


def _touched(household: Household, events: list[AuditEvent], names: Any) -> Touched:
    return Touched(
        pk=household.pk,
        number=household.number,
        is_erased=household.erased_at is not None,
        kinds=tuple(dict.fromkeys(map(_kind, events))),
        people=tuple(dict.fromkeys(names.get(one.actor_id, "partner") for one in events)),
        times=len(events),
        first=events[0].at,
        last=events[-1].at,
    )


def _listed(event: AuditEvent, names: Any) -> Listed:
    return Listed(
        at=event.at,
        who=names.get(event.actor_id, "partner of machine"),
        what=str(VERBS.get(event.verb, event.verb)),
        is_file=event.verb in FILES,
    )
