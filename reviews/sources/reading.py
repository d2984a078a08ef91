"""Reading that is out of the ordinary: who, on which day and why it is said; never what was read.

One line for each colleague and day. It asks for a look by the coordinator, and by nobody else.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
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
#: Looks at one household, its record or what hangs on it.
OPENED = ("household", "question", "referral")


def _all(membership: Membership) -> QuerySet[Any]:
    rows = AuditEvent.objects.of_stek(membership.stek_id).reads()
    return rows if membership.role in COORDINATION else rows.none()


class Looked(NamedTuple):
    event_id: int
    actor_id: int
    subject_type: str
    subject_id: int
    verb: str
    #: Local time.
    at: dt.datetime


def _looked(look: Look, colleagues: Collection[int] | None) -> list[Looked]:
    """One query: what was opened in these weeks, the earliest first; None is everybody.

    Days and nights are told apart here: SQLite would ask Python for each row anyway, and slower.
    """
    rows = AuditEvent.objects.of_stek(look.stek.pk).reads().exclude(verb="looked")
    rows = rows.since(look.days_ago(unusual.DAYS_BACK)).filter(
        actor_id__isnull=False, subject_type__in=OPENED
    )
    if colleagues is not None:
        rows = rows.filter(actor_id__in=colleagues)
    found = rows.order_by("id").values_list(
        "pk", "actor_id", "subject_type", "subject_id", "verb", "at"
    )
    return [
        Looked(event_id, actor_id, kind, subject_id, verb, timezone.localtime(at))
        for event_id, actor_id, kind, subject_id, verb, at in found
    ]


def _rows(look: Look) -> QuerySet[Any]:
    """The first look of that colleague on that day that was out of the ordinary."""
    found = _unusual(look) if look.membership.role in COORDINATION else {}
    return _all(look.membership).filter(pk__in=found).annotate(about_day=TruncDate("at"))


def _items(rows: Sequence[Any], look: Look) -> list[Item]:
    colleagues = {row.actor_id for row in rows}
    reasons = _unusual(look, colleagues) if rows else {}
    people = User.objects.in_bulk(colleagues)
    return [
        Item(
            subject_id=row.pk,
            about_day=row.about_day,
            since=row.about_day,
            words=_("%(who)s bekeek iets op een ongewone manier") % {"who": people[row.actor_id]},
            detail="; ".join(reasons.get(row.pk, [])),
            when=words.on(row.about_day),
            url="people:looked_by",
            url_id=row.actor_id,
        )
        for row in rows
        if row.actor_id in people
    ]


def _unusual(look: Look, colleagues: Collection[int] | None = None) -> Reasons:
    """By the first such look of a colleague on a day: what was unusual that day, in words."""
    first: dict[tuple[int, dt.date], int] = {}
    said: dict[tuple[int, dt.date], list[str]] = defaultdict(list)
    looked = _looked(look, colleagues)
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
    days: dict[tuple[int, dt.date], list[Seen]] = defaultdict(list)
    for one in opened:
        days[one.actor_id, one.at.date()].append(Seen(one.event_id, one.subject_id, one.at))
    return [
        (*who_and_day, looks[0].event_id, _("%(n)s huishoudens in een uur") % {"n": most})
        for who_and_day, looks in days.items()
        if (most := unusual.most_in_an_hour(looks)) > unusual.MOST_IN_AN_HOUR
    ]


def _namesakes(opened: Iterable[Looked]) -> Found:
    """Three queries: the surnames on both sides."""
    chosen = [one for one in opened if one.verb not in unusual.AT_THE_COUNTER]
    readers = User.objects.in_bulk({one.actor_id for one in chosen})
    ids = {one.subject_id for one in chosen}
    surnames: dict[int, set[Name]] = defaultdict(set)
    for household_id, last_name in (
        *Household.objects.filter(pk__in=ids).values_list("pk", "last_name"),
        *Member.objects.filter(household__in=ids).values_list("household", "last_name"),
    ):
        surnames[household_id].add(tuple(normalise(last_name)))
    own = {pk: tuple(normalise(reader.last_name)) for pk, reader in readers.items()}
    first: dict[tuple[int, dt.date], int] = {}
    for one in chosen:
        name = own.get(one.actor_id)
        if name and name in surnames[one.subject_id]:
            first.setdefault((one.actor_id, one.at.date()), one.event_id)
    said = _("een huishouden met dezelfde familienaam")
    return [(actor_id, day, pk, said) for (actor_id, day), pk in first.items()]


def _at_night(looked: Iterable[Looked], look: Look) -> Found:
    """One query: when the place was open."""
    late = [one for one in looked if unusual.is_night(one.at)]
    if not late:
        return []
    openings = Opening.objects.of_stek(look.stek).since(
        look.today - dt.timedelta(days=unusual.DAYS_BACK + 1)
    )
    spans = [(one.opened_at, one.closed_at or look.now) for one in openings]
    nights: dict[tuple[int, dt.date], list[int]] = defaultdict(list)
    for one in late:
        if not unusual.while_open(one.at, spans):
            nights[one.actor_id, one.at.date()].append(one.event_id)
    return [
        (actor_id, day, events[0], _late(len(events)))
        for (actor_id, day), events in nights.items()
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
