"""Reading that is out of the ordinary: who, on which day and why it is said; never what was read.

One line for each colleague and day. It asks for a look by the coordinator, and by nobody else.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import AuditEvent, Membership, User
from accounts.roles import COORDINATION
from people.models import Household, Member
from people.names import normalise
from reviews import unusual
from reviews.kinds import Kind
from reviews.sources import words
from reviews.sources.source import Item, Look, Source
from reviews.unusual import Seen
from visits.models import Opening

Reasons = dict[int, list[str]]
Name = tuple[str, ...]
#: How `with_hour` writes an hour.
HOUR = "%Y-%m-%d %H"
#: Looks at one household, its record or what hangs on it.
OPENED = ("household", "question", "referral")


def _all(membership: Membership) -> QuerySet[Any]:
    rows = AuditEvent.objects.of_stek(membership.stek_id).reads()
    return rows if membership.role in COORDINATION else rows.none()


class Looked(NamedTuple):
    """One look. It is told by its hour, and its moment is only asked where minutes matter."""

    event_id: int
    actor_id: int
    subject_type: str
    subject_id: int
    verb: str
    #: As the database writes it, in UTC.
    hour: str


def _looked(look: Look) -> list[Looked]:
    """One query: what was opened in these weeks."""
    rows = AuditEvent.objects.of_stek(look.stek.pk).reads().exclude(verb="looked")
    rows = rows.since(look.days_ago(unusual.DAYS_BACK)).filter(
        actor_id__isnull=False, subject_type__in=OPENED
    )
    found = (
        rows.with_hour()
        .order_by()
        .values_list("pk", "actor_id", "subject_type", "subject_id", "verb", "hour")
    )
    return list(map(Looked._make, found))


@dataclass(frozen=True)
class Hour:
    """What is known of all looks in it; local time is whole hours away from UTC."""

    begins: dt.datetime
    day: dt.date
    is_night: bool
    #: The hour after it, as the database writes it.
    following: str


@lru_cache(maxsize=2000)
def _hour(text: str) -> Hour:
    begins = dt.datetime.strptime(text, HOUR).replace(tzinfo=dt.UTC)
    local = timezone.localtime(begins)
    following = (begins + unusual.HOUR).strftime(HOUR)
    return Hour(begins, local.date(), unusual.is_night(local), following)


def _rows(look: Look) -> QuerySet[Any]:
    """The first look of that colleague on that day that was out of the ordinary."""
    found = _unusual(look) if look.membership.role in COORDINATION else {}
    return _all(look.membership).filter(pk__in=found).annotate(about_day=TruncDate("at"))


def _items(rows: Sequence[Any], look: Look) -> list[Item]:
    people = User.objects.in_bulk({row.actor_id for row in rows})
    return [
        Item(
            subject_id=row.pk,
            about_day=row.about_day,
            since=row.about_day,
            words=_("%(who)s bekeek iets op een ongewone manier") % {"who": people[row.actor_id]},
            detail="; ".join(_unusual(look).get(row.pk, [])),
            when=words.on(row.about_day),
            url="people:looked_by",
            url_id=row.actor_id,
        )
        for row in rows
        if row.actor_id in people
    ]


def _unusual(look: Look) -> Reasons:
    """By the first such look of a colleague on a day: what was unusual that day, in words."""
    if Kind.READING not in look.found:
        look.found[Kind.READING] = _find(look)
    found: Reasons = look.found[Kind.READING]
    return found


def _find(look: Look) -> Reasons:
    first: dict[tuple[int, dt.date], int] = {}
    said: dict[tuple[int, dt.date], list[str]] = defaultdict(list)
    looked = _looked(look)
    opened = [one for one in looked if one.subject_type == "household"]
    for actor_id, day, event_id, reason in (
        *_many(opened),
        *_namesakes(opened),
        *_at_night(looked, look),
    ):
        key = (actor_id, day)
        first[key] = min(event_id, first.get(key, event_id))
        said[key].append(reason)
    return {first[key]: reasons for key, reasons in said.items()}


Found = list[tuple[int, dt.date, int, str]]


def _many(opened: Iterable[Looked]) -> Found:
    """One query at most: when exactly, on days on which it may have been too many."""
    hours = Counter((one.actor_id, one.hour) for one in opened)
    crowded = {
        (actor_id, _hour(hour).day)
        for (actor_id, hour), looks in hours.items()
        if unusual.is_crowded(looks, hours.get((actor_id, _hour(hour).following), 0))
    }
    days: dict[tuple[int, dt.date], list[Looked]] = defaultdict(list)
    for one in opened if crowded else ():
        if (who_and_day := (one.actor_id, _hour(one.hour).day)) in crowded:
            days[who_and_day].append(one)
    at = AuditEvent.objects.moments([one.event_id for day in days.values() for one in day])
    found: Found = []
    for who_and_day, day in days.items():
        most = unusual.most_in_an_hour(Seen(one.subject_id, at[one.event_id]) for one in day)
        if most > unusual.MOST_IN_AN_HOUR:
            said = _("%(n)s huishoudens in een uur") % {"n": most}
            found.append((*who_and_day, min(one.event_id for one in day), said))
    return found


def _namesakes(opened: Iterable[Looked]) -> Found:
    """Three queries: the surnames on both sides."""
    chosen = [one for one in opened if one.verb not in unusual.AT_THE_COUNTER]
    readers = User.objects.in_bulk({one.actor_id for one in chosen})
    own = {pk: tuple(normalise(reader.last_name)) for pk, reader in readers.items()}
    ids = {one.subject_id for one in chosen}
    alike: dict[Name, set[int]] = defaultdict(set)
    for household_id, last_name in (
        *Household.objects.filter(pk__in=ids).values_list("pk", "last_name"),
        *Member.objects.filter(household__in=ids).values_list("household", "last_name"),
    ):
        alike[tuple(normalise(last_name))].add(household_id)
    nobody: set[int] = set()
    theirs = {pk: alike.get(name, nobody) if name else nobody for pk, name in own.items()}
    days: dict[tuple[int, dt.date], list[int]] = defaultdict(list)
    for one in chosen:
        if one.subject_id in theirs.get(one.actor_id, nobody):
            days[one.actor_id, _hour(one.hour).day].append(one.event_id)
    said = _("een huishouden met dezelfde familienaam")
    return [(*who_and_day, min(events), said) for who_and_day, events in days.items()]


def _at_night(looked: Iterable[Looked], look: Look) -> Found:
    """Two queries at most: when the place was open, and which looks fell just beside it."""
    late = [one for one in looked if _hour(one.hour).is_night]
    if not late:
        return []
    openings = Opening.objects.of_stek(look.stek).since(
        look.today - dt.timedelta(days=unusual.DAYS_BACK + 1)
    )
    spans = [(one.opened_at, one.closed_at or look.now) for one in openings]
    near = {
        hour for hour in {one.hour for one in late} if unusual.near_open(_hour(hour).begins, spans)
    }
    at = AuditEvent.objects.moments([one.event_id for one in late if one.hour in near])
    nights: dict[tuple[int, dt.date], list[int]] = defaultdict(list)
    for one in late:
        if one.hour not in near or not unusual.while_open(at[one.event_id], spans):
            nights[one.actor_id, _hour(one.hour).day].append(one.event_id)
    return [
        (*who_and_day, min(events), _late(len(events)))
        for who_and_day, events in nights.items()
        if len(events) > unusual.MOST_AT_NIGHT
    ]


def _late(count: int) -> str:
    said = ngettext(
        "%(n)s keer laat op de avond of 's nachts, terwijl er geen opening was",
        "%(n)s keer laat op de avond of 's nachts, terwijl er geen opening was",
        count,
    )
    return said % {"n": count}


READING = Source(
    kind=Kind.READING,
    explained=gettext_lazy(
        "Veel fiches in een uur, een naamgenoot, of laat op de avond. Het zegt niet dat er iets "
        "mis is: vraag ernaar. Alleen coördinatoren zien dit."
    ),
    all=_all,
    rows=_rows,
    items=_items,
)
