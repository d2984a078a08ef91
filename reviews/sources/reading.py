"""Reading that is out of the ordinary: who, on which day and why it is said; never what was read.

One line for each colleague and day. It asks for a look by the coordinator, and by nobody else.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.log_querysets import AuditEventQuerySet
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


def _looks(look: Look) -> AuditEventQuerySet:
    rows: AuditEventQuerySet = AuditEvent.objects.of_stek(look.stek.pk).reads()
    return rows.since(look.days_ago(unusual.DAYS_BACK)).filter(actor_id__isnull=False)


def _rows(look: Look) -> QuerySet[Any]:
    """The first look of that colleague on that day that was out of the ordinary."""
    found = _unusual(look) if look.membership.role in COORDINATION else {}
    return _all(look.membership).filter(pk__in=found).annotate(about_day=TruncDate("at"))


def _items(rows: Sequence[Any], look: Look) -> list[Item]:
    reasons = _unusual(look) if rows else {}
    people = User.objects.in_bulk({row.actor_id for row in rows})
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


def _unusual(look: Look) -> Reasons:
    """By the first such look of a colleague on a day: what was unusual that day, in words."""
    first: dict[tuple[int, dt.date], int] = {}
    said: dict[tuple[int, dt.date], list[str]] = defaultdict(list)
    for actor_id, day, event_id, reason in (
        *_many(look),
        *_namesakes(look),
        *_at_night(look),
    ):
        key = (actor_id, day)
        first[key] = min(event_id, first.get(key, event_id))
        said[key].append(reason)
    return {first[key]: reasons for key, reasons in said.items()}


Found = list[tuple[int, dt.date, int, str]]


def _many(look: Look) -> Found:
    """One query that is empty on ordinary days, and one for those that are not."""
    opened = _looks(look).filter(subject_type="household").exclude(verb="looked")
    busy = (
        opened.annotate(day=TruncDate("at"))
        .order_by()
        .values("actor_id", "day")
        .annotate(n=Count("subject_id", distinct=True))
        .filter(n__gt=unusual.MOST_IN_AN_HOUR)
    )
    found: Found = []
    for row in list(busy):
        begin = timezone.make_aware(dt.datetime.combine(row["day"], dt.time()))
        that_day = opened.by_user(row["actor_id"]).since(begin)
        that_day = that_day.before(begin + dt.timedelta(days=1))
        looks = [Seen(*one) for one in that_day.values_list("pk", "subject_id", "at")]
        most = unusual.most_in_an_hour(looks)
        if most > unusual.MOST_IN_AN_HOUR:
            said = _("%(n)s huishoudens in een uur") % {"n": most}
            found.append((row["actor_id"], row["day"], min(o.event_id for o in looks), said))
    return found


def _namesakes(look: Look) -> Found:
    """Four queries: who opened which record, and the surnames on both sides."""
    opened = _looks(look).filter(subject_type="household")
    opened = opened.exclude(verb__in=(*unusual.AT_THE_COUNTER, "looked"))
    both = set(opened.order_by().values_list("actor_id", "subject_id").distinct())
    readers = User.objects.in_bulk({actor_id for actor_id, _household in both})
    ids = {household_id for _actor, household_id in both}
    surnames: dict[int, set[Name]] = defaultdict(set)
    for household_id, last_name in (
        *Household.objects.filter(pk__in=ids).values_list("pk", "last_name"),
        *Member.objects.filter(household__in=ids).values_list("household", "last_name"),
    ):
        surnames[household_id].add(tuple(normalise(last_name)))
    alike = {
        (actor_id, household_id)
        for actor_id, household_id in both
        if actor_id in readers
        and (name := tuple(normalise(readers[actor_id].last_name)))
        and name in surnames[household_id]
    }
    if not alike:
        return []
    first: dict[tuple[int, dt.date], int] = {}
    rows = opened.filter(subject_id__in={household_id for _actor, household_id in alike})
    for pk, *who, at in rows.order_by("id").values_list("pk", "actor_id", "subject_id", "at"):
        if tuple(who) in alike:
            first.setdefault((who[0], timezone.localdate(at)), pk)
    said = _("een huishouden met dezelfde familienaam")
    return [(actor_id, day, pk, said) for (actor_id, day), pk in first.items()]


def _at_night(look: Look) -> Found:
    """Two queries: what was read late or early, and when the place was open."""
    late = Q(at__time__gte=unusual.EVENING_BEGINS) | Q(at__time__lt=unusual.MORNING_BEGINS)
    rows = _looks(look).filter(late, subject_type__in=OPENED).exclude(verb="looked")
    looks = list(rows.order_by("id").values_list("pk", "actor_id", "subject_id", "at"))
    if not looks:
        return []
    openings = Opening.objects.of_stek(look.stek).since(
        look.today - dt.timedelta(days=unusual.DAYS_BACK + 1)
    )
    spans = [(one.opened_at, one.closed_at or look.now) for one in openings]
    nights: dict[tuple[int, dt.date], list[int]] = defaultdict(list)
    for pk, actor_id, _subject_id, at in looks:
        if not unusual.while_open(at, spans):
            nights[actor_id, timezone.localdate(at)].append(pk)
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
